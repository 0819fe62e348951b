from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from taggit.models import TagBase

from core.text import address, normalise


class Tag(TagBase):
    """A free word by which things are found; spellings that differ by case, ё or spaces are one tag."""

    free_tagging = True

    key = models.CharField(_("normalised name"), max_length=100, unique=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def save(self, *args, **kwargs):
        self.name = " ".join(self.name.split())
        self.key = normalise(self.name)
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        return address(tag, length=90) + (f"-{i}" if i else "")

    @classmethod
    def named(cls, names: list[str]) -> list["Tag"]:
        """The tags of these names in this order, made where there are none yet."""
        wanted = {normalise(name): name for name in reversed(names) if normalise(name)}
        found = {tag.key: tag for tag in cls.objects.filter(key__in=wanted)}
        for key, name in wanted.items():
            if key not in found:
                found[key] = cls.objects.create(name=name)
        return [found[key] for key in dict.fromkeys(map(normalise, names)) if key]


class _TagsManager(_ClusterTaggableManager):
    def _to_tag_model_instances(self, tags, tag_kwargs):
        names = [tag if isinstance(tag, str) else tag.name for tag in tags]
        return self.through.tag_model().named(names)


class TagsField(ClusterTaggableManager):
    """Tags of a page that remain one tag however they are spelled."""

    def __get__(self, instance, model):
        return _TagsManager(through=self.through, model=model, instance=instance, prefetch_cache_name=self.name)
