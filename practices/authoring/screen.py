"""What the author's page shows: plain values for its templates."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from files.formats import DOCUMENT_ENDINGS
from files.limits import MEGABYTE, limit
from practices.authoring import drafts, materials
from practices.authoring.cards import KINDS, Body
from practices.authoring.cards.pictures import GalleryItem
from practices.authoring.drafts.missing import Missing, missing_in
from practices.authoring.forms import FIELDS, PracticeForm
from practices.authoring.help import HELP, Help
from practices.authoring.uploads import Desk
from practices.choices import TextSection
from practices.models import PracticePage, Round, Submission
from practices.reading import conditions, sections
from practices.review.services import comments_for_author
from practices.stages import Stage, stages_of

#: In the place of a block's id in the cards that scripts copy.
PLACEHOLDER, PART_PLACEHOLDER = "--id--", "--part--"


@dataclass(frozen=True)
class Asked:
    """A field with what stands beside it."""

    field: forms.BoundField
    help: Help
    is_needed: bool
    #: The section's title says the same.
    is_titled: bool = False


@dataclass(frozen=True)
class Section:
    """One of the five parts of the page."""

    code: str
    title: str
    asked: list[Asked] = field(default_factory=list)
    comments: list[dict] = field(default_factory=list)
    help: Help | None = None


NEEDED = {"title", "summary", "kind", "subjects", "problem", "results"}


def editor(
    user: User, practice: PracticePage | None, draft: PracticePage | None, form: PracticeForm, body: Body
) -> dict[str, Any]:
    """Context of `editor.html`, but for what the view knows alone."""
    said = comments_for_author(practice) if practice else {}
    desk = Desk(user, practice)
    return {
        "practice": practice,
        "form": form,
        "sections": [_section(TextSection(code), form, said.get(code, [])) for code in TextSection.values],
        "said": said.get("", []),
        "body": body,
        "kinds": [{"type": kind.type, "label": kind.label, "hint": kind.hint} for kind in KINDS.values()],
        "blank_cards": [kind(PLACEHOLDER, desk) for kind in KINDS.values()],
        "blank_gallery": KINDS["gallery"](PLACEHOLDER, desk),
        "blank_part": GalleryItem(PLACEHOLDER, PART_PLACEHOLDER, desk),
        "limits": limits(),
        "words": words(),
        "returned": _last_outcome(practice) == Round.Outcome.RETURNED,
        "action": reverse("authoring:edit", args=[practice.pk]) if practice else reverse("authoring:write"),
        "copy_key": f"authoring:{user.pk}:",
        "material_help": HELP["materials"],
        "accept": ",".join(f".{ending}" for ending in DOCUMENT_ENDINGS),
        **side(user, practice, draft),
    }


def _section(code: TextSection, form: PracticeForm, comments: list[dict]) -> Section:
    asked = [Asked(form[name], HELP[name], name in NEEDED, name == code.value) for name in FIELDS[code]]
    return Section(code.value, str(code.label), asked, comments, HELP.get(code.value) if not asked else None)


def _last_outcome(practice: PracticePage | None) -> str:
    last = Round.objects.filter(practice=practice).order_by("-number").first() if practice else None
    return last.outcome if last else ""


def side(user: User, practice: PracticePage | None, draft: PracticePage | None) -> dict[str, Any]:
    """Context of `_side.html`: what is missing by section, and what can be done with the whole."""
    lacks = missing_in(draft) if draft else []
    submission = drafts.submission_of(practice) if practice else None
    answers = bool(practice) and user.has_perm("practices.answer_for_practice", practice)
    return {
        "practice": practice,
        "parts": [
            Part(code, str(title), [m for m in lacks if m.section == code]) for code, title in TextSection.choices
        ],
        "lacks": [each for each in lacks if each.needed],
        "submission": submission,
        "answers_for": answers,
        "is_discardable": answers and drafts.is_discardable(practice),
        "stage": stage(practice),
        "has_text": draft is not None,
    }


@dataclass(frozen=True)
class Part:
    """A line of the page's contents."""

    code: str
    title: str
    missing: list[Missing]

    @property
    def needed(self) -> list[Missing]:
        return [each for each in self.missing if each.needed]


def stage(practice: PracticePage | None) -> Stage | None:
    return stages_of([practice])[practice.pk] if practice else None


def locked(user: User, practice: PracticePage, draft: PracticePage) -> dict[str, Any]:
    """Context of `locked.html`: the text as the experts have it."""
    return {
        "practice": practice,
        "draft": draft,
        "sections": sections(draft),
        "conditions": conditions(draft),
        "stage": stage(practice),
        "answers_for": user.has_perm("practices.answer_for_practice", practice),
    }


def understood(told: dict | None) -> dict[str, Any] | None:
    """What became of the parts of a Word file, in words: `{notes, outline: [(heading, where)]}`."""
    if not told:
        return None
    return {"notes": told["notes"], "outline": told["outline"]}


def conflict(user: User, current: Submission) -> dict[str, Any]:
    """Who has saved meanwhile and when."""
    mine = current.saved_by_id == user.pk
    return {
        "who": "" if mine or not current.saved_by else current.saved_by.get_full_name(),
        "when": date_format(timezone.localtime(current.saved_at), "H:i"),
        "url": reverse("authoring:preview", args=[current.practice.pk]),
        "edit_url": reverse("authoring:edit", args=[current.practice.pk]),
    }


def limits() -> dict[str, Any]:
    return {
        "document": limit("FILES_DOCUMENT_MAX_BYTES"),
        "picture": limit("FILES_PICTURE_MAX_BYTES"),
        "document_mb": limit("FILES_DOCUMENT_MAX_BYTES") // MEGABYTE,
        "picture_mb": limit("FILES_PICTURE_MAX_BYTES") // MEGABYTE,
        "files": materials.MOST,
        "endings": DOCUMENT_ENDINGS,
    }


def words() -> dict[str, str]:
    """What scripts say."""
    return {
        "saving": _("Saving…"),
        "unsaved": _("Not saved yet"),
        "local": _("The portal does not answer. Your text is kept on this computer and will be sent when it is back."),
        "signedOut": _("You were signed out. Sign in in another tab: your text is kept on this computer."),
        "invalid": _("Saved, but something could not be understood: it is marked."),
        "removed": _("The card is removed."),
        "undo": _("Bring it back"),
        "moved": _("The card is moved: place %(place)s of %(all)s."),
        "added": _("A card is added."),
        "uploading": _("Uploading: %(percent)s"),
        "waiting": _("Waits"),
        "cancel": _("Cancel"),
        "retry": _("Try again"),
        "dismiss": _("Take off the list"),
        "cancelled": _("Cancelled"),
        "failed": _("The file did not get through. Check the connection and try again."),
        "tooLarge": _("The file is larger than %(limit)s MB."),
        "tooMany": _("No more than %(limit)s files fit."),
        "badEnding": _("Files of this kind are not taken. The list of kinds stands above."),
        "removeTag": _("Remove the tag «%(tag)s»"),
        "addTag": _("Add a tag"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "h3": _("Heading"),
        "h4": _("Subheading"),
        "ul": _("Bulleted list"),
        "ol": _("Numbered list"),
        "blockquote": _("Quote"),
        "link": _("Link"),
        "undoText": _("Undo"),
        "redoText": _("Redo"),
        "formatting": _("Look of the text"),
        "linkAddress": _("Address of the link"),
        "linkSet": _("Put the link"),
        "linkRemove": _("Take the link away"),
        "heading": _("Heading of column %(column)s"),
        "cell": _("Row %(row)s, column %(column)s"),
        "addRow": _("Add a row"),
        "addColumn": _("Add a column"),
        "removeRow": _("Remove row %(row)s"),
        "removeColumn": _("Remove column %(column)s"),
    }
