"""Many children of one page at once, below treebeard and below multi-table inheritance.

`bulk_create` knows neither: the pages' own rows go in by it, the rows of the child table by Django's
insert compiler, and the places in the tree are numbered here as `MP_Node.add_child` would number them.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F
from django.db.models.sql import InsertQuery
from wagtail.models import Page

from core.text import address
from practices.views.bank import RESERVED_SLUGS


def add_pages(parent: Page, pages: list[Page]) -> None:
    """Put these unsaved pages of one model, in this order, behind the last child of `parent`."""
    Page.objects.select_for_update().get(pk=parent.pk)
    last = Page.objects.child_of(parent).order_by("path").last()
    position = Page._str2int(last.path[-Page.steplen :]) if last else 0  # noqa: SLF001 - treebeard's own way
    slugs = Slugs(parent)
    model = type(pages[0])
    for step, page in enumerate(pages, position + 1):
        page.depth, page.numchild = parent.depth + 1, 0
        page.path = Page._get_path(parent.path, page.depth, step)  # noqa: SLF001
        page.slug = slugs.free(page.title)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.locale_id = parent.locale_id
        page.content_type = ContentType.objects.get_for_model(model)
    plain = Page.objects.bulk_create(
        Page(
            **{
                field.attname: getattr(page, field.attname)
                for field in Page._meta.concrete_fields
                if field.attname != "id"
            }
        )
        for page in pages
    )
    for page, row in zip(pages, plain, strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
        page._state.adding, page._state.db = False, row._state.db
    insert_rows(model, pages)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def insert_rows(model: type[Page], pages: list[Page]) -> None:
    """The rows of the model's own table, for pages whose row among all pages is there."""
    query = InsertQuery(model)
    query.insert_values(model._meta.local_concrete_fields, pages)
    query.get_compiler(connection=connection).execute_sql()


class Slugs:
    """Addresses that are free below a page: asked of the database once."""

    def __init__(self, parent: Page):
        self.taken = set(Page.objects.child_of(parent).values_list("slug", flat=True)) | RESERVED_SLUGS

    def free(self, title: str) -> str:
        base = slug = address(title)
        number = 2
        while slug in self.taken:
            slug, number = f"{base}-{number}", number + 1
        self.taken.add(slug)
        return slug
