"""The two scales of Russian schooling on which everything here is placed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST_GRADE, LAST_GRADE = 1, 11
GRADES = range(FIRST_GRADE, LAST_GRADE + 1)
GRADE_CHOICES = [(grade, str(grade)) for grade in GRADES]


class Level(models.TextChoices):
    """Levels of general education (273-ФЗ, article 10)."""

    PRESCHOOL = "preschool", _("Preschool education")
    PRIMARY = "primary", _("Primary school, grades 1–4")
    BASIC = "basic", _("Basic school, grades 5–9")
    SECONDARY = "secondary", _("Secondary school, grades 10–11")


def levels_of(grades: list[int]) -> list[str]:
    """The levels that these grades belong to, from the youngest."""
    bounds = {Level.PRIMARY: (1, 4), Level.BASIC: (5, 9), Level.SECONDARY: (10, 11)}
    return [str(level) for level, (low, high) in bounds.items() if any(low <= grade <= high for grade in grades)]
