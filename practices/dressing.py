"""What an imported practice lacks of one made by hand: a cover, and its materials as files."""

from io import BytesIO

from django.core.files.base import ContentFile
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import ReferenceIndex, Revision

from files.services import store_document, store_image
from practices import covers
from practices.importer import materials as makers
from practices.locks import lock_page
from practices.models import PracticeMaterial, PracticePage
from practices.querysets import COVER_FILTERS, SHARE_FILTER
from search import index

COVER_SIZE = (1600, 900)


def dress(page_id: int, outlines: list[dict]) -> None:
    """Give the practice a cover if it has none, and the files of these outlines if it lacks them.

    Done again, it changes nothing. The published revision is completed too: an editor who opens the
    page next finds cover and files there.
    """
    try:
        page = lock_page(page_id)
    except PracticePage.DoesNotExist:
        return
    if not page.share_image_id:
        page.share_image = cover_of(page)
        PracticePage.objects.filter(pk=page_id).update(share_image=page.share_image)
    have = set(page.materials.values_list("title", flat=True))
    for order, outline in enumerate(outlines):
        if outline["title"] not in have:
            material = PracticeMaterial(page=page, title=outline["title"], sort_order=order)
            material.document = file_of(page, outline)
            material.save()
    complete_revision(page)
    ReferenceIndex.create_or_update_for_object(page)
    index.update("practice", [page_id])


def cover_of(page: PracticePage):
    subject = page.subjects.first()
    drawn = covers.draw(page.kind, subject.hue if subject else 200, seed=page.slug, size=COVER_SIZE)
    file = BytesIO()
    drawn.save(file, "PNG")
    cover = store_image(
        file=ContentFile(file.getvalue(), name=f"{page.slug}.png"),
        title=page.title,
        description=covers.describe(page.kind),
        uploader=page.owner,
    )
    # AVIF takes a tenth of a second a size: better here than while a visitor waits.
    cover.get_renditions(*COVER_FILTERS, SHARE_FILTER)
    return cover


def file_of(page: PracticePage, outline: dict):
    name, content = makers.make(outline["format"], outline["title"], outline["outline"], practice=page.title)
    return store_document(file=ContentFile(content, name=name), title=outline["title"], uploader=page.owner)


def complete_revision(page: PracticePage) -> None:
    revision = page.live_revision
    if not revision:
        return
    revision.content["share_image"] = page.share_image_id
    revision.content["materials"] = [
        get_serializable_data_for_fields(material) for material in PracticeMaterial.objects.filter(page=page)
    ]
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
