"""What people are told of a review. Authors never learn here who has read them, nor experts who else does."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from accounts.roles import Role
from certificates import services as certificates
from notifications.kinds import Frequency, Group, Kind
from notifications.services import notify
from practices.models import BankPage, PracticePage, Review, ReviewSettings, Round

ASKED, DUE, TAKEN, OUTCOME = "reviews.asked", "reviews.due", "reviews.reassigned", "reviews.outcome"
DECISION, NO_EXPERT = "reviews.decision", "reviews.no_expert"
CERTIFICATE = "review"
#: What a certificate has room for.
LONGEST_TITLE = 500

EXPERTS, COORDINATORS = frozenset({Role.EXPERT.value}), frozenset({Role.COORDINATOR.value})

KINDS = [
    Kind(DECISION, gettext_lazy("Experts' decision on my practice"), Group.PRACTICES, Frequency.AT_ONCE),
    Kind(ASKED, gettext_lazy("I am asked to review a practice"), Group.REVIEWS, Frequency.AT_ONCE, EXPERTS),
    Kind(DUE, gettext_lazy("My review is due soon"), Group.REVIEWS, Frequency.AT_ONCE, EXPERTS),
    Kind(TAKEN, gettext_lazy("My review is no longer needed"), Group.REVIEWS, Frequency.AT_ONCE, EXPERTS),
    Kind(OUTCOME, gettext_lazy("How a practice I reviewed was decided"), Group.REVIEWS, Frequency.DAILY, EXPERTS),
    Kind(NO_EXPERT, gettext_lazy("No expert is free"), Group.COORDINATION, Frequency.AT_ONCE, COORDINATORS),
]

DECISIONS = {
    Round.Outcome.RETURNED: (
        gettext_lazy("«%(title)s» is returned to you for changes"),
        gettext_lazy("The experts have said section by section what to change. Correct it and submit again."),
    ),
    Round.Outcome.REJECTED: (gettext_lazy("«%(title)s» is not accepted"), gettext_lazy("See what the experts said.")),
}


def tell(people, kind: str, title: str, text: str, *, url: str, key: str) -> None:
    notify(recipients=[person for person in people if person], kind=kind, title=title, text=text, url=url, key=key)


def asked(review: Review) -> None:
    with override(settings.LANGUAGE_CODE):
        practice = text_of(review.round)
        title = _("You are asked to review «%(title)s»") % {"title": practice.title}
        text = _("Please give your verdict by %(day)s. If you cannot, one press hands it over to a colleague.")
        key = f"{ASKED}:{review.pk}:{review.asked_at.isoformat()}"
        tell([review.expert], ASKED, title, text % {"day": day(review.due_at)}, url=read_url(review), key=key)


def due_soon(review: Review) -> None:
    with override(settings.LANGUAGE_CODE):
        title = _("Your review of «%(title)s» is due by %(day)s")
        words = {"title": text_of(review.round).title, "day": day(review.due_at)}
        text = _("If you have no time, hand it over: the author waits for an answer.")
        key = f"{DUE}:{review.pk}:{review.due_at.date()}"
        tell([review.expert], DUE, title % words, text, url=read_url(review), key=key)


def moved(review: Review) -> None:
    with override(settings.LANGUAGE_CODE):
        title = _("Your review of «%(title)s» is now due by %(day)s")
        words = {"title": text_of(review.round).title, "day": day(review.due_at)}
        key = f"{DUE}:{review.pk}:moved:{review.due_at.date()}"
        text = _("The coordinator has moved the date.")
        tell([review.expert], DUE, title % words, text, url=read_url(review), key=key)


def released(review: Review) -> None:
    with override(settings.LANGUAGE_CODE):
        text = review.reason or _("The coordinator has handed it over. What you wrote is kept.")
        _taken(review, text)


def late(review: Review) -> None:
    with override(settings.LANGUAGE_CODE):
        _taken(review, _("The date has passed, so another expert is asked. What you wrote is kept."))


def _taken(review: Review, text: str) -> None:
    title = _("You need not review «%(title)s» any more") % {"title": text_of(review.round).title}
    key = f"{TAKEN}:{review.pk}:{review.asked_at.isoformat()}"
    tell([review.expert], TAKEN, title, text, url=read_url(review), key=key)


def nobody_free(opened: Round) -> None:
    with override(settings.LANGUAGE_CODE):
        title = _("Nobody is free to review «%(title)s»") % {"title": text_of(opened).title}
        text = _("All suitable experts are busy, have declined or work with the author. Please ask somebody yourself.")
        missing = opened.reviews.exclude(state__in=[Review.State.ASKED, Review.State.DONE]).count()
        _tell_coordinators(opened, title, text, f"{NO_EXPERT}:{opened.pk}:{missing}")


def nobody_instead(review: Review) -> None:
    with override(settings.LANGUAGE_CODE):
        title = _("A review of «%(title)s» is late, and nobody is free") % {"title": text_of(review.round).title}
        words = {"name": review.expert or _("the expert"), "day": day(review.due_at)}
        text = _("%(name)s was to answer by %(day)s. They may finish still; or ask somebody yourself.") % words
        _tell_coordinators(review.round, title, text, f"{NO_EXPERT}:late:{review.pk}:{review.due_at.date()}")


def _tell_coordinators(opened: Round, title: str, text: str, key: str) -> None:
    """All but the authors of the practice: who reads them is not for them to know."""
    authors = {author.pk for author in authors_of(opened)}
    people = User.objects.with_role(Role.COORDINATOR).filter(is_active=True).exclude(pk__in=authors)
    tell(people, NO_EXPERT, title, text, url=reverse("review:round", args=[opened.pk]), key=key)


def done(review: Review) -> None:
    """The expert's paper. It names the practice only where authors may know their experts."""
    if review.expert is None:
        return
    with override(settings.LANGUAGE_CODE):
        practice = text_of(review.round)
        bank = BankPage.objects.first()
        title = practice.title
        if not ReviewSettings.load().shows_experts:
            subjects = ", ".join(subject.name for subject in practice.subjects.all())
            title = ", ".join(filter(None, [practice.get_kind_display(), subjects, str(practice.year)]))
        certificates.issue(
            kind=CERTIFICATE,
            holder=review.expert,
            title=Truncator(title).chars(LONGEST_TITLE),
            obj=review,
            url=(bank and bank.get_url()) or "/",
            on=timezone.localdate(review.finished_at),
        )


def closed(ended: Round, spared: list[Review]) -> None:
    """The end of a round: to who has read it the outcome, to who has not that they need not, to the authors what to do.

    Of what is accepted the authors hear as published (`practices.kinds`), not twice.
    """
    with override(settings.LANGUAGE_CODE):
        for review in spared:
            _taken(review, _("It is decided without your verdict.") if ended.outcome != "called_back" else _recalled())
        readers = [review.expert for review in ended.reviews.done().select_related("expert")]
        practice = text_of(ended)
        title = f"«{practice.title}»: {ended.get_outcome_display()}"
        thanks = _("Thank you for your review.")
        tell(readers, OUTCOME, title, thanks, url=reverse("review:index"), key=f"{OUTCOME}:{ended.pk}")
        if ended.outcome in DECISIONS:
            url = reverse("review:history", args=[ended.practice_id])
            key = f"{DECISION}:{ended.pk}"
            tell(authors_of(ended), DECISION, _decision(ended, practice), _next(ended), url=url, key=key)


def _recalled() -> str:
    return _("The author has called it back to change it.")


def _decision(ended: Round, practice: PracticePage) -> str:
    return DECISIONS[ended.outcome][0] % {"title": practice.title}


def _next(ended: Round) -> str:
    return str(DECISIONS[ended.outcome][1])


def text_of(of: Round) -> PracticePage:
    """The practice as it was submitted."""
    return of.revision.as_object()


def authors_of(of: Round) -> list[User]:
    """The people of the portal who wrote it."""
    from practices.review.services.filling import authors_of as ids_of  # noqa: PLC0415 - it writes letters itself

    ids = ids_of(text_of(of)) | {of.submitted_by_id}
    return list(User.objects.filter(pk__in=ids - {None}, is_active=True).order_by("pk"))


def day(moment) -> str:
    return date_format(timezone.localtime(moment), "j E")


def read_url(review: Review) -> str:
    return reverse("review:read", args=[review.pk])
