from .afterlife import Adoption, Correction, Distinction, Withdrawal
from .bank import BankPage
from .fingerprint import Fingerprint
from .parts import PracticeAuthor, PracticeMaterial, PracticeTag
from .practice import PracticePage
from .review import Criterion, Review, ReviewSettings, ReviewTask, Round, Score, SectionComment
from .statistics import PracticeStatistics
from .submission import AuthorUpload, CoauthorInvitation, Submission

__all__ = [
    "Adoption",
    "AuthorUpload",
    "BankPage",
    "CoauthorInvitation",
    "Correction",
    "Criterion",
    "Distinction",
    "Fingerprint",
    "PracticeAuthor",
    "PracticeMaterial",
    "PracticePage",
    "PracticeStatistics",
    "PracticeTag",
    "Review",
    "ReviewSettings",
    "ReviewTask",
    "Round",
    "Score",
    "SectionComment",
    "Submission",
    "Withdrawal",
]
