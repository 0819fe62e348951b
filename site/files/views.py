from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from .access import Access, access
from .formats import BY_ENDING
from .models import PortalDocument, PortalRendition
from .names import extension_of
from .serving import send
from .signals import document_downloaded

#: A rendition's address changes with its content.
FOREVER = "public, max-age=31536000, immutable"
#: Browsers may keep a file but must ask: tomorrow its page may be closed.
ASK_EACH_TIME = {Access.PUBLIC: "no-cache", Access.PERSONAL: "private, no-cache"}


def opened(request: HttpRequest, document_id: int) -> tuple[PortalDocument, Access]:
    """The document, for those who may have it; the others are not told that it exists."""
    document = get_object_or_404(PortalDocument.objects.select_related("collection"), pk=document_id)
    allowed = access(document, request)
    if allowed is Access.DENIED:
        raise Http404
    return document, allowed


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """The file, to take away."""
    found, allowed = opened(request, document_id)
    if filename != found.filename:
        raise Http404
    response = send(
        request,
        open_or_404(found.file.storage, found.file.name),
        size=found.file.size,
        etag=found.file_hash,
        content_type=found.content_type,
        attachment_name=found.filename,
    )
    response["Cache-Control"] = ASK_EACH_TIME[allowed]
    if request.method == "GET" and response.status_code == 200:  # noqa: PLR2004 - HTTP
        document_downloaded.send(PortalDocument, document=found, request=request)
    return response


@require_safe
def preview(request: HttpRequest, document_id: int) -> HttpResponse:
    """The picture of the first page."""
    found, allowed = opened(request, document_id)
    if not found.preview:
        raise Http404
    response = send(
        request,
        open_or_404(found.preview.storage, found.preview.name),
        size=found.preview.size,
        etag=PurePosixPath(found.preview.name).stem,
        content_type="image/webp",
    )
    response["Cache-Control"] = ASK_EACH_TIME[allowed]
    return response


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """A picture drawn anew from an original; originals themselves have no address."""
    format_ = BY_ENDING.get(extension_of(name))
    if not format_ or not format_.is_picture:
        raise Http404
    storage = PortalRendition.file.field.storage
    file = open_or_404(storage, f"images/{name}")
    response = send(
        request,
        file,
        size=file.size,
        etag=name,
        content_type=format_.content_type,
    )
    response["Cache-Control"] = FOREVER
    return response


def open_or_404(storage, name: str):
    """An open file of the storage. A row whose file is lost is as good as no row to a reader."""
    try:
        return storage.open(name)
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
