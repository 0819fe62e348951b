from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Frequency, Group, Kind


class Preference(models.Model):
    """What a person chose for a group of kinds; where there is no row, the kinds' own defaults hold."""

    class Choice(models.TextChoices):
        """The frequencies, and one that keeps what comes at once and drops the rest."""

        AT_ONCE = Frequency.AT_ONCE.value, _("everything at once")
        DAILY = Frequency.DAILY.value, _("once a day, together")
        WEEKLY = Frequency.WEEKLY.value, _("once a week, together")
        IMPORTANT = "important", _("only what is important, at once")
        OFF = Frequency.OFF.value, _("no letters")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences")
    group = models.CharField(max_length=20, choices=Group)
    choice = models.CharField(max_length=10, choices=Choice)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")
        constraints = [
            models.UniqueConstraint("person", "group", name="preference_is_one_a_group"),
            models.CheckConstraint(
                condition=models.Q(choice__in=["at-once", "daily", "weekly", "important", "off"]),
                name="preference_choice_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.get_group_display()}: {self.get_choice_display()}"


def frequency(kind: Kind, choice: str | None) -> Frequency:
    """How a kind is mailed to one who made this choice for its group (None: no choice)."""
    if choice is None:
        return kind.default
    if choice == Preference.Choice.IMPORTANT:
        return Frequency.AT_ONCE if kind.default == Frequency.AT_ONCE else Frequency.OFF
    return Frequency(choice)


def choices_of(people: Iterable, group: Group) -> dict[int, str]:
    """What these people chose for a group, by the person's id; one query."""
    return dict(Preference.objects.filter(person__in=people, group=group).values_list("person_id", "choice"))
