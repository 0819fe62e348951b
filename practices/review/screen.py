"""What an expert has before them: the practice as its readers will see it, by the sections they comment to."""

from dataclasses import dataclass, field

from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse

from practices import diff, reading
from practices.cards import card_of
from practices.choices import TextSection
from practices.inspection import inspect
from practices.inspection.duplicates import near
from practices.models import BankPage, PracticePage, Review, ReviewSettings, Round
from practices.review.forms import ReviewForm

#: Which parts of the public page a section of the author's form fills.
PARTS = {
    TextSection.PROBLEM: {"problem"},
    TextSection.BODY: {"practice"},
    TextSection.RESULTS: {"results", "did-not-work"},
}


@dataclass(frozen=True)
class Part:
    """A section of the text with all that is said to it; `field` is None where nothing can be written any more."""

    code: str
    title: str
    sections: list[reading.Section] = field(default_factory=list)
    field: BoundField | None = None
    #: The expert's own comment of an earlier round.
    earlier: str = ""


def text_context(reviewed: Round, request: HttpRequest, form: ReviewForm | None = None, earlier=None) -> dict:
    """The text of a round for `practices/review/_text.html`."""
    practice = reviewed.revision.as_object()
    bank_url = BankPage.address(request)
    said = {comment.section: comment.text for comment in earlier.comments.all()} if earlier else {}
    read = reading.sections(practice)
    parts = [
        Part(
            code,
            str(title),
            [section for section in read if section.anchor in PARTS.get(code, ())],
            form and form.comment(code),
            said.get(code, ""),
        )
        for code, title in TextSection.choices
    ]
    return {
        "practice": practice,
        "parts": parts,
        "card": card_of(practice, request),
        "authors": reading.authors(practice),
        "subjects": [
            {"name": subject.name, "url": f"{bank_url}subjects/{subject.slug}/"} for subject in practice.subjects.all()
        ],
        "conditions": reading.conditions(practice),
        "materials": reading.materials(practice),
    }


def screen_context(review: Review, request: HttpRequest, form: ReviewForm | None) -> dict:
    """All of `practices/review/read.html`."""
    reviewed = review.round
    earlier = earlier_review(review)
    context = text_context(reviewed, request, form, earlier)
    practice = context["practice"]
    return {
        **context,
        "review": review,
        "round": reviewed,
        "form": form,
        "earlier": earlier,
        "changes": changes_since_before(reviewed, practice),
        "near": near(practice),
        "findings": inspect(practice),
        "shows_experts": ReviewSettings.load().shows_experts,
        "decline_url": reverse("review:decline", args=[review.pk]),
    }


def own_context(review: Review) -> dict:
    """What `practices/review/read.html` shows to one who reads the practice no more: its name, and their own words."""
    return {"practice": review.round.revision.as_object(), "review": review, "round": review.round, "is_off": True}


def earlier_review(review: Review) -> Review | None:
    """What this expert said to the practice the last time."""
    return (
        Review.objects.done()
        .filter(
            expert=review.expert_id, round__practice=review.round.practice_id, round__number__lt=review.round.number
        )
        .select_related("round")
        .prefetch_related("comments")
        .order_by("-round__number")
        .first()
    )


def changes_since_before(reviewed: Round, practice: PracticePage) -> list[diff.Change] | None:
    """Against the text of the round before, or against the public one; None where this is the first text."""
    before = Round.objects.filter(practice=reviewed.practice_id, number=reviewed.number - 1).first()
    revision = before.revision if before else reviewed.practice.live_revision
    if revision is None or revision.pk == reviewed.revision_id:
        return None
    return diff.changes(revision.as_object(), practice)
