from collections.abc import Iterable

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.querysets import PeopleQuerySet
from accounts.validators import validate_name
from core.text import normalise


class UserManager(BaseUserManager.from_queryset(PeopleQuerySet)):
    """Makes people whose name at the door is their e-mail address."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A person entered by somebody whom we trust: a command, the coordinator, the demo.

        So the address counts as confirmed: the first administrator must come in before letters can be sent.
        Without a password the person sets one by the letter of «forgot the password».
        """
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        user.emailaddress_set.create(email=user.email, primary=True, verified=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email=username.lower())


class Category(models.TextChoices):
    """Qualification categories of teachers (Минпросвещения, order № 196 of 24.03.2023)."""

    NONE = "none", _("no category")
    FIRST = "first", _("first category")
    HIGHEST = "highest", _("highest category")
    METHODIST = "methodist", _("teacher-methodologist")
    MENTOR = "mentor", _("teacher-mentor")


class User(AbstractUser):
    """A person: signs in by e-mail, is called by surname, name and patronymic."""

    username = None
    email = models.EmailField(_("e-mail"), unique=True)
    last_name = models.CharField(_("surname"), max_length=100, blank=True, validators=[validate_name])
    first_name = models.CharField(_("name"), max_length=100, blank=True, validators=[validate_name])
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True, validators=[validate_name])
    position = models.CharField(_("position"), max_length=200, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category, default=Category.NONE)
    subjects = models.ManyToManyField("core.Subject", blank=True, related_name="people", verbose_name=_("subjects"))
    import_id = models.CharField(_("id in imports"), max_length=100, null=True, blank=True, unique=True, editable=False)
    #: No consent to public distribution stands, withdrawn or never given at sign-up: works are shown without the name
    #: (services.consents keeps it).
    name_withdrawn = models.BooleanField(_("name withdrawn"), default=False, editable=False)
    #: The name in lower case with ё as е: the database orders and compares letters by their numbers only.
    sort_key = models.CharField(max_length=310, editable=False, db_index=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=models.Q(category__in=Category.values), name="user_category_is_known"),
        ]

    def __str__(self):
        return self.get_full_name()

    def clean(self):
        self.email = (self.email or "").strip().lower()
        super().clean()

    def save(self, *args, update_fields: Iterable[str] | None = None, **kwargs):
        self.sort_key = normalise(self.get_full_name())
        if update_fields is not None:
            update_fields = {*update_fields, "sort_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_full_name(self) -> str:
        """«Берёзкина Ирина Алексеевна», or the address of one who has not said a name."""
        return " ".join(filter(None, [self.last_name, self.first_name, self.patronymic])) or self.email

    def get_short_name(self) -> str:
        """«И. А. Берёзкина», as lists and citations write it."""
        initials = [f"{part[0]}." for part in (self.first_name, self.patronymic) if part]
        return " ".join([*initials, self.last_name]) if self.last_name else self.get_full_name()

    @property
    def public_name(self) -> str:
        """The whole name as strangers may see it."""
        return str(_("The author’s name is withdrawn")) if self.name_withdrawn else self.get_full_name()

    @property
    def address_by_name(self) -> str:
        """«Ирина Алексеевна», as one speaks to a person; the whole name where that is not known."""
        return " ".join(filter(None, [self.first_name, self.patronymic])) or self.get_full_name()

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """Names of this person's groups; asked from the database once for an object."""
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, code: str) -> bool:
        """Whether the role was given by name; a superuser's powers are permissions, not roles."""
        return code in self.role_codes
