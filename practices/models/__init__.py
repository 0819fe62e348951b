from .bank import BankPage
from .parts import PracticeAuthor, PracticeMaterial, PracticeTag
from .practice import PracticePage
from .statistics import PracticeStatistics

__all__ = ["BankPage", "PracticeAuthor", "PracticeMaterial", "PracticePage", "PracticeStatistics", "PracticeTag"]
