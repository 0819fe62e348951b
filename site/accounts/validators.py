import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: «Анна-Мария», «О’Нил», «Мамед оглы», «Дюма-ст.»: letters parted by a space, hyphen, apostrophe or full stop.
NAME = re.compile(r"[^\W\d_]+(?:(?:\. |[ '’.\-])[^\W\d_]+)*\.?")


def validate_name(value: str) -> None:
    """Refuses what is no surname, name or patronymic: digits, signs, addresses."""
    if not NAME.fullmatch(value):
        raise ValidationError(_("A name is written in letters, with hyphens and spaces."), code="name")
