from .generation import SiteGeneration
from .pages import BasePage
from .subjects import Subject
from .tags import Tag, TagsField

__all__ = ["BasePage", "SiteGeneration", "Subject", "Tag", "TagsField"]
