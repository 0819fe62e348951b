"""The page on which a practice is written. One form for scripts and without them: fields in, a saved draft out."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from practices.authoring import drafts, materials, screen
from practices.authoring.cards import KINDS, Body
from practices.authoring.cards.body import changed
from practices.authoring.content import RICH, raw_body
from practices.authoring.forms import PracticeForm
from practices.authoring.richtext import internal_links
from practices.authoring.uploads import Desk
from practices.models import PracticePage, Submission

from .base import AuthorView, PracticeView, wants_json
from .start import UNDERSTOOD

#: Where what was taken away waits for «bring it back», by session key.
REMOVED = "removed_card"
CONFLICT, LOCKED = 409, 423


@dataclass
class Sent:
    """What came with a form."""

    form: PracticeForm
    body: Body
    materials: list[materials.Material]
    content: dict[str, Any]
    deed: str

    @property
    def errors(self) -> dict[str, list[str]]:
        return {name: list(map(str, errors)) for name, errors in self.form.errors.items()} | self.body.errors


class Editor(AuthorView):
    """Writing, whether the draft exists or not yet."""

    practice: PracticePage | None = None

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.request.user, self.practice)

    @cached_property
    def draft(self) -> PracticePage | None:
        return drafts.draft_of(self.practice) if self.practice else None

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if self.practice and drafts.is_under_review(self.practice):
            return render(
                request, "practices/authoring/locked.html", screen.locked(request.user, self.practice, self.draft)
            )
        return self.page(PracticeForm.of(self.draft), self.stored_body())

    def stored_body(self) -> Body:
        return Body.of(raw_body(self.draft) if self.draft else [], self.desk)

    def stored_materials(self) -> list[materials.Material]:
        pairs = [(each.document_id, each.title) for each in self.draft.materials.all()] if self.draft else []
        return materials.of(pairs, self.desk)

    def page(self, form: PracticeForm, body: Body, status: int = 200, **context) -> HttpResponse:
        session = self.request.session
        key = str(self.practice.pk) if self.practice else ""
        context = {
            "materials": self.stored_materials(),
            "version": drafts.current_version(self.practice) if self.practice else 0,
            "origin": self.origin() or uuid.uuid4(),
            "understood": screen.understood(session.get(UNDERSTOOD, {}).get(key)),
            "removed": session.get(REMOVED, {}).get("practice") == key,
            **context,
        }
        context |= screen.editor(self.request.user, self.practice, self.draft, form, body)
        return render(self.request, "practices/authoring/editor.html", context, status=status)

    # What was sent

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if "whole" not in request.POST:
            return HttpResponseBadRequest(_("The form came incomplete: nothing was saved."))
        sent = self.read(request)
        try:
            return self.do(sent)
        except drafts.Stale as stale:
            return self.conflict(sent, stale.current)
        except drafts.Locked:
            words = _("The practice is under review: call it back to change it.")
            if wants_json(request):
                return JsonResponse({"message": words}, status=LOCKED)
            messages.error(request, words)
            return redirect("authoring:edit", self.practice.pk)

    def read(self, request: HttpRequest) -> Sent:
        former = raw_body(self.draft) if self.draft else []
        rich = [getattr(self.draft, name) for name in RICH] if self.draft else []
        links = internal_links([*rich, *map(str, (block["value"] for block in former))])
        form = PracticeForm(request.POST, year=self.draft and self.draft.year)
        body = Body.sent(request.POST, request.FILES, self.desk, former=former, links=links)
        deed = request.POST.get("do", "save")
        listed = materials.changed(materials.sent(request.POST, request.FILES, self.desk), deed)
        content = form.content(links) | {"body": body.raw(), "materials": materials.pairs(listed)}
        return Sent(form, body, listed, content, deed)

    def do(self, sent: Sent) -> HttpResponse:
        session = self.request.session
        if sent.deed == "theirs" and self.practice:
            return redirect("authoring:edit", self.practice.pk)
        if sent.deed == "apart" and self.practice:
            user, origin = self.request.user, self.origin()
            copy = drafts.copy_of(practice=self.practice, author=user, content=sent.content, origin=origin)
            messages.success(self.request, _("Your text is kept here, as a draft of its own."))
            return redirect("authoring:edit", copy.pk)
        if sent.deed == "understood" and self.practice:
            session[UNDERSTOOD] = {k: v for k, v in session.get(UNDERSTOOD, {}).items() if k != str(self.practice.pk)}
        blocks, place, removed = changed(sent.content["body"], sent.deed)
        if sent.deed == "undo" and self.practice:
            blocks, place = self.brought_back(blocks)
        sent.content["body"] = blocks
        if self.practice is None and drafts.is_empty(sent.content):
            return self.nothing_yet(sent, blocks, place)
        submission = self.save(sent)
        if removed:
            session[REMOVED] = {"practice": str(submission.practice.pk), **removed}
        return self.saved(sent, submission, place)

    def save(self, sent: Sent) -> Submission:
        user = self.request.user
        if self.practice is None:
            self.practice = drafts.start(author=user, origin=self.origin(), **sent.content)
            # A second first save finds the draft of the first and saves its own text there.
            return drafts.save(practice=self.practice, user=user, version=1, content=sent.content)
        if sent.deed == "mine":
            return drafts.put_over(practice=self.practice, user=user, content=sent.content)
        version = self.request.POST.get("version", "")
        version = int(version) if version.isdecimal() and len(version) < 10 else -1  # noqa: PLR2004 - no such version
        return drafts.save(practice=self.practice, user=user, version=version, content=sent.content)

    def brought_back(self, blocks: list[dict]) -> tuple[list[dict], str]:
        """The card that was removed last, in its place again."""
        removed = self.request.session.get(REMOVED, {})
        if removed.get("practice") != str(self.practice.pk):
            return blocks, ""
        del self.request.session[REMOVED]
        block, place = removed["block"], removed["place"]
        if block["type"] not in KINDS or any(each["id"] == block["id"] for each in blocks):
            return blocks, ""
        return [*blocks[:place], block, *blocks[place:]], block["id"]

    # Answers

    def nothing_yet(self, sent: Sent, blocks: list[dict], place: str) -> HttpResponse:
        """No empty drafts: an empty form stays what it is."""
        if wants_json(self.request):
            return JsonResponse({"empty": True})
        if sent.deed in {"save", "submit", "preview"}:
            messages.info(self.request, _("There is nothing to save yet: write a word or two."))
        for words in self.desk.refusals:
            messages.error(self.request, words)
        return self.page(sent.form, Body.of(blocks, self.desk), focus=place, materials=sent.materials)

    def saved(self, sent: Sent, submission: Submission, place: str) -> HttpResponse:
        self.practice = practice = PracticePage.objects.get(pk=submission.practice.pk)
        self.draft = drafts.draft_of(practice)
        when = date_format(timezone.localtime(submission.saved_at), "H:i")
        if wants_json(self.request):
            side = screen.side(self.request.user, practice, self.draft)
            return JsonResponse(
                {
                    "version": submission.version,
                    "saved": _("Saved at %(time)s") % {"time": when},
                    "url": reverse("authoring:edit", args=[practice.pk]),
                    "side": render_to_string("practices/authoring/_side.html", side, self.request),
                    "errors": sent.errors,
                    "refusals": self.desk.refusals,
                }
            )
        for words in self.desk.refusals:
            messages.error(self.request, words)
        if sent.errors:
            context = {"version": submission.version, "materials": sent.materials, "errors": sent.errors}
            return self.page(sent.form, sent.body, status=422, **context)
        if sent.deed in {"submit", "preview"}:
            return redirect(f"authoring:{sent.deed}", practice.pk)
        messages.success(self.request, _("Saved at %(time)s") % {"time": when})
        anchor = f"#card-{place}" if place else "#materials" if sent.deed.startswith("material") else ""
        return redirect(reverse("authoring:edit", args=[practice.pk]) + anchor)

    def conflict(self, sent: Sent, current: Submission) -> HttpResponse:
        """Somebody has saved meanwhile: nothing is overwritten, both texts are there, the writer chooses."""
        conflict = screen.conflict(self.request.user, current)
        if wants_json(self.request):
            panel = render_to_string("practices/authoring/_conflict.html", {"conflict": conflict}, self.request)
            return JsonResponse({"version": current.version, "panel": panel}, status=CONFLICT)
        version = self.request.POST.get("version", "")
        context = {"conflict": conflict, "version": version, "materials": sent.materials}
        return self.page(sent.form, sent.body, status=CONFLICT, **context)


class WriteView(Editor):
    """A practice that is not yet there: its first save makes it."""


class EditView(PracticeView, Editor):
    """A practice that is being written."""
