from .coauthors import CoauthorsView, InvitationView
from .editor import EditView, WriteView
from .leaving import CallBackView, CopyView, DiscardView, PreviewView
from .start import StartView
from .submission import SubmittedView, SubmitView
from .suggesting import DocumentUploadView, PictureUploadView, TagsView

__all__ = [
    "CallBackView",
    "CoauthorsView",
    "CopyView",
    "DiscardView",
    "DocumentUploadView",
    "EditView",
    "InvitationView",
    "PictureUploadView",
    "PreviewView",
    "StartView",
    "SubmitView",
    "SubmittedView",
    "TagsView",
    "WriteView",
]
