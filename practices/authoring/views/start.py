"""Three ways to begin: a Word file, an empty form, an earlier practice."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from practices.authoring import drafts
from practices.authoring.cards.body import ids_in
from practices.authoring.permissions import practices_of
from practices.authoring.uploads.storing import refuse_flood, remember_pictures
from practices.authoring.word import Understood, WordRefused, read
from schools.services import user_school

from .base import AuthorView

#: Earlier practices offered to begin from.
OFFERED = 30
#: What becomes of a Word file beside a text: where it was told, by session key.
UNDERSTOOD = "understood"


class WordForm(forms.Form):
    """A Word file to begin from."""

    file = forms.FileField(
        label=_("Word file"),
        help_text=_("A .docx of up to 50 MB. Headings, lists, tables and pictures come along."),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.FileInput({"accept": ".docx,.doc", "data-word": ""}),
    )
    origin = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class StartView(AuthorView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, WordForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = WordForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, form)
        try:
            # The pictures of the file are uploads too.
            refuse_flood(request.user)
            understood = read(form.cleaned_data["file"], uploader=request.user)
        except ValidationError as flood:
            form.add_error("file", flood)
            return self.page(request, form)
        except WordRefused as refused:
            form.add_error("file", refused.message)
            return self.page(request, form)
        content = content_of_word(understood)
        remember_pictures(ids_in(content["body"], "image"))
        if drafts.is_empty(content):
            form.add_error("file", _("There is no text in this file. Choose another one or begin with an empty form."))
            return self.page(request, form)
        practice = drafts.start(author=request.user, origin=form.cleaned_data["origin"], **content)
        told = request.session.get(UNDERSTOOD, {})
        told[str(practice.pk)] = {
            "notes": list(map(str, understood.notes)),
            "outline": [list(map(str, line)) for line in understood.outline],
        }
        request.session[UNDERSTOOD] = told
        return redirect("authoring:edit", practice.pk)

    @staticmethod
    def page(request: HttpRequest, form: WordForm) -> HttpResponse:
        mine = practices_of(request.user).only("pk", "title", "draft_title", "live", "latest_revision_created_at")
        context = {
            "form": form,
            "earlier": mine[:OFFERED],
            "copy_origin": uuid.uuid4(),
            "school": user_school(request.user),
            "write_url": reverse("authoring:write"),
        }
        return render(request, "practices/authoring/start.html", context, status=422 if form.errors else 200)


def content_of_word(understood: Understood) -> dict:
    """What was understood, by the keys of `authoring.content`."""
    content = {name: value for name, value in vars(understood).items() if name not in {"notes", "outline"}}
    return {name: value for name, value in content.items() if value} | {"body": understood.body}
