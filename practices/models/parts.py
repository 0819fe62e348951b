"""What hangs on a practice and is versioned with it: its authors, materials and tags."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Orderable

from practices.choices import AuthorRole

#: Stands where a name stood whose owner has taken back the consent to its publication.
NAME_WITHDRAWN = _("The author’s name is withdrawn")


class PracticeAuthor(Orderable):
    """One who made the practice: a person of the portal, or a name alone."""

    page = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="authorships",
        verbose_name=_("person"),
    )
    #: Long enough for the three names of `accounts.User` together.
    name = models.CharField(
        _("name"), max_length=310, blank=True, help_text=_("Surname, name, patronymic of one who has no account here.")
    )
    role = models.CharField(_("role"), max_length=20, choices=AuthorRole, default=AuthorRole.AUTHOR)
    #: Of one who left and took the name along; of a person with an account, `User.name_withdrawn` says so.
    name_withdrawn = models.BooleanField(default=False, editable=False)

    panels = ["user", "name", "role"]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(name="") | models.Q(name_withdrawn=True),
                name="practice_author_is_somebody",
            )
        ]

    def __str__(self):
        return self.full_name

    def clean(self):
        # Django leaves a constraint out that names a field which the form does not show.
        if not (self.user or self.name or self.name_withdrawn):
            raise ValidationError(_("Choose a person or write a name."))

    def save(self, *args, **kwargs):
        """Keeps the person's name beside the person: a work remains somebody's when the account is gone."""
        if self.user:
            self.name = self.user.get_full_name()
        super().save(*args, **kwargs)

    @property
    def is_named(self) -> bool:
        """Whether readers may be told the name: a consent to its publication can be taken back."""
        return not (self.user.name_withdrawn if self.user else self.name_withdrawn)

    @property
    def full_name(self) -> str:
        """As readers are told it."""
        if not self.is_named:
            return str(NAME_WITHDRAWN)
        return self.user.get_full_name() if self.user else self.name

    @property
    def short_name(self) -> str:
        """«И. А. Берёзкина»."""
        if not self.is_named:
            return str(NAME_WITHDRAWN)
        if self.user:
            return self.user.get_short_name()
        surname, *rest = self.name.split() or [""]
        return " ".join([*(f"{part[0]}." for part in rest), surname])


class PracticeMaterial(Orderable):
    """A file that comes with the practice."""

    page = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "files.PortalDocument", on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    title = models.CharField(_("title"), max_length=250, blank=True)

    panels = ["document", "title"]

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self):
        return self.title or self.document.title


class PracticeTag(ItemBase):
    """That a practice bears a tag."""

    tag = models.ForeignKey("core.Tag", on_delete=models.CASCADE, related_name="practice_tags")
    content_object = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of a practice")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="practice_has_a_tag_once")]
