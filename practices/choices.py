"""What a practice may be, and on which terms it may be taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Kinds of practices kept in the bank."""

    LESSON = "lesson", _("Lesson")
    MASTER_CLASS = "master_class", _("Master class")
    PROGRAMME = "programme", _("Programme")
    PROJECT = "project", _("Project")
    EXPERIENCE = "experience", _("Teaching experience")
    LOCAL_ACT = "local_act", _("School regulation")
    ASSESSMENT = "assessment", _("Assessment")
    EVENT_SCENARIO = "event_scenario", _("Event scenario")


class Licence(models.TextChoices):
    """Licences by which an author lets others use the work; names are Creative Commons' own."""

    CC_BY = "CC BY 4.0", _("CC BY 4.0 — use freely, name the author")
    CC_BY_SA = "CC BY-SA 4.0", _("CC BY-SA 4.0 — use freely, name the author, share alike")
    CC_BY_NC = "CC BY-NC 4.0", _("CC BY-NC 4.0 — name the author, not for sale")
    ALL_RIGHTS = "all-rights-reserved", _("All rights reserved — only reading")

    @property
    def url(self) -> str | None:
        if self == Licence.ALL_RIGHTS:
            return None
        code, version = self.value.removeprefix("CC ").lower().split()
        return f"https://creativecommons.org/licenses/{code}/{version}/deed.ru"


class AuthorRole(models.TextChoices):
    """What a person did for the practice."""

    AUTHOR = "author", _("author")
    CONSULTANT = "consultant", _("consultant")
    PHOTOGRAPHER = "photographer", _("photographer")


class TextSection(models.TextChoices):
    """Sections of a practice, in the order of reading: an author writes by them, an expert comments to them."""

    ABOUT = "about", _("About the practice")
    PROBLEM = "problem", _("What was hard")
    BODY = "body", _("What was done")
    RESULTS = "results", _("What came of it")
    TRANSFER = "transfer", _("What another class needs")
