"""Tags of practices: the index by letters, and merging two that mean one."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q
from wagtail.models import Revision

from core.models import SiteGeneration, Tag
from practices.models.parts import PracticeTag
from search import index


def used_tags():
    """Tags of published practices with `count`, in the order of the alphabet."""
    public = Q(practice_tags__content_object__live=True)
    return Tag.objects.annotate(count=Count("practice_tags", filter=public)).filter(count__gt=0).order_by("key")


def by_letter(bank_url: str) -> list[dict]:
    """`[{letter, tags: [{name, url, count}]}]`: the page of all tags."""
    letters: dict[str, list[dict]] = {}
    # Latin letters after Я: a Latin P before А would pass for a Cyrillic Р.
    for tag in sorted(used_tags(), key=lambda tag: (tag.key[:1].isascii(), tag.key)):
        entry = {"name": tag.name, "url": f"{bank_url}tags/{tag.slug}/", "count": tag.count}
        letters.setdefault(tag.key[:1].upper(), []).append(entry)
    return [{"letter": letter, "tags": entries} for letter, entries in letters.items()]


@transaction.atomic
def merge(*, tags: Iterable[Tag], into: Tag) -> int:
    """Put `into` wherever one of `tags` stood, drafts and older revisions included; return how many practices changed.

    Revisions keep tags by their ids: one published later would otherwise bring back an id that is gone.
    """
    gone = [tag for tag in tags if tag.pk != into.pk]
    practices = set(PracticeTag.objects.filter(tag__in=gone).values_list("content_object_id", flat=True))
    have = set(PracticeTag.objects.filter(tag=into).values_list("content_object_id", flat=True))
    PracticeTag.objects.filter(tag__in=gone, content_object__in=have).delete()
    for practice in practices - have:
        links = PracticeTag.objects.filter(tag__in=gone, content_object=practice).order_by("pk")
        first = links.first()
        links.exclude(pk=first.pk).delete()
        PracticeTag.objects.filter(pk=first.pk).update(tag=into)
    for tag in gone:
        _replace_in_revisions(tag, into)
        tag.delete()
    index.update("practice", practices)
    SiteGeneration.grow()
    return len(practices)


def _replace_in_revisions(tag: Tag, into: Tag) -> None:
    revisions = Revision.page_revisions.filter(content__tagged_items__contains=[{"tag": tag.pk}])
    for revision in revisions.iterator(chunk_size=200):
        kept: dict[int, dict] = {}
        for item in revision.content["tagged_items"]:
            tag_id = into.pk if item["tag"] == tag.pk else item["tag"]
            kept.setdefault(tag_id, {**item, "tag": tag_id})
        revision.content["tagged_items"] = list(kept.values())
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
