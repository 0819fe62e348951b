"""Small answers for scripts: tags that begin so, a file that was brought."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse

from core.text import normalise
from practices import tags
from practices.authoring.uploads import keep_document, keep_picture
from practices.authoring.uploads.desk import THUMBNAIL

from .base import AuthorView

SUGGESTED = 8


class TagsView(AuthorView):
    """Tags in use that hold these letters, the most used first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = normalise(request.GET.get("q", ""))
        found = tags.used_tags().filter(key__contains=typed).order_by("-count", "key") if typed else []
        return JsonResponse({"tags": [tag.name for tag in found[:SUGGESTED]]})


class UploadView(AuthorView):
    """One file, checked and stored as the person's own; a refusal says why."""

    def post(self, request: HttpRequest) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return JsonResponse({"message": ""}, status=400)
        try:
            return JsonResponse(self.keep(file, request.user))
        except ValidationError as error:
            return JsonResponse({"message": " ".join(map(str, error.messages))}, status=422)


class PictureUploadView(UploadView):
    @staticmethod
    def keep(file, user) -> dict:
        image = keep_picture(file=file, uploader=user)
        return {"id": image.pk, "title": image.title, "thumbnail": image.get_rendition(THUMBNAIL).url}


class DocumentUploadView(UploadView):
    @staticmethod
    def keep(file, user) -> dict:
        document = keep_document(file=file, uploader=user)
        return {
            "id": document.pk,
            "title": document.title,
            "label": document.kind_label,
            "size": document.size,
            "url": document.url,
        }
