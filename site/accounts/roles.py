"""Who may do what in the admin: the portal's roles, groups by code.

A role's rights are what the code says: they are laid anew after every `migrate`, so a right ticked by hand on one
of these groups does not stay (make a group of your own for that). Rights of the admin, by role:

| what                                             | teacher | expert | curator | editor | coordinator |
|--------------------------------------------------|---------|--------|---------|--------|-------------|
| the admin at all                                 |    –    |   –    |    –    |   +    |      +      |
| pages: make, edit, publish, lock, make private   |    –    |   –    |    –    |   +    |      +      |
| pictures and files                               |    –    |   –    |    –    |   +    |      +      |
| collections of pictures and files                |    –    |   –    |    –    |   –    |      +      |
| redirects                                        |    –    |   –    |    –    |   –    |      +      |
| workflows and their tasks                        |    –    |   –    |    –    |   –    |      +      |
| people: invite, edit, switch off, give roles     |    –    |   –    |    –    |   –    |      +      |
| people with all powers (superusers)              |    –    |   –    |    –    |   –    |      –      |
| subjects and tags                                |    –    |   –    |    –    |   –    |      +      |
| texts of consents, their log (to read)           |    –    |   –    |    –    |   –    |      +      |
| groups, sites, deletion of people                |    –    |   –    |    –    |   –    |      –      |

Modules above add their own lines by `grant()` in their `AppConfig.ready`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here; the value is the name of a group."""

    TEACHER = "teacher", _("teacher")
    EXPERT = "expert", _("expert")
    CURATOR = "curator", _("curator")
    EDITOR = "editor", _("editor")
    COORDINATOR = "coordinator", _("coordinator")


def title(code: str) -> str:
    """A role's name in the reader's language; a group of the owner's own keeps its name."""
    return str(Role(code).label) if code in Role.values else code


@dataclass
class Rights:
    """Rights of one role: on models («core.add_subject»), on the page tree and on collections of files."""

    models: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    collections: set[str] = field(default_factory=set)


def all_of(model: str, *actions: str) -> set[str]:
    """Names of rights on a model: `all_of("core.subject")` is to add, change, delete and view."""
    app, name = model.lower().split(".")
    return {f"{app}.{action}_{name}" for action in actions or ("add", "change", "delete", "view")}


#: Wagtail asks for the rights on its own models, whichever models stand in their place.
FILES = all_of("wagtaildocs.document", "add", "change", "choose") | all_of(
    "wagtailimages.image", "add", "change", "choose"
)
PAGES = {f"wagtailcore.{action}_page" for action in ("add", "change", "publish", "lock", "unlock")}
ADMIN = {"wagtailadmin.access_admin"}
COORDINATION = set().union(
    all_of("accounts.user", "add", "change", "view"),
    all_of("accounts.consenttext", "add", "change", "view"),
    all_of("accounts.consent", "view"),
    all_of("core.subject"),
    all_of("core.tag"),
    all_of("wagtailredirects.redirect", "add", "change", "delete"),
    all_of("wagtailcore.workflow", "add", "change", "delete"),
    all_of("wagtailcore.task", "add", "change", "delete"),
)

RIGHTS = {role.value: Rights() for role in Role}
RIGHTS[Role.EDITOR] = Rights(models=set(ADMIN), pages=set(PAGES), collections=FILES)
RIGHTS[Role.COORDINATOR] = Rights(
    models=ADMIN | COORDINATION,
    pages=set(PAGES),
    collections=FILES | all_of("wagtailcore.collection", "add", "change", "delete"),
)


def grant(role: str, *permissions: str) -> None:
    """Rights on models of a module above for a role: `grant("coordinator", "schools.add_school")`.

    Call it in `AppConfig.ready`; the rights are laid after the next `migrate`.
    """
    RIGHTS[role].models.update(permissions)


def _found(names: Iterable[str]) -> list:
    from django.contrib.auth.models import Permission  # noqa: PLC0415 - models load after this module

    wanted = models.Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= models.Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))


def _lay_on(manager, key: str, root: models.Model | None, names: set[str]) -> None:
    """Makes the rights on the root of a tree exactly these; rights given by hand on branches stay.

    There is no root in a database that was just emptied, as tests with real transactions do.
    """
    if root is None:
        return
    permissions = _found(names)
    manager.filter(**{key: root}).exclude(permission__in=permissions).delete()
    for permission in permissions:
        manager.get_or_create(**{key: root, "permission": permission})


@transaction.atomic
def lay_rights() -> None:
    """Makes the groups and their rights exactly what `RIGHTS` says. Changes nothing where all is right."""
    from django.contrib.auth.models import Group  # noqa: PLC0415
    from wagtail.models import Collection, Page  # noqa: PLC0415

    root_page = Page.objects.filter(depth=1).first()
    root_collection = Collection.objects.filter(depth=1).first()
    for code, rights in RIGHTS.items():
        group, _created = Group.objects.get_or_create(name=code)
        group.permissions.set(_found(rights.models))
        _lay_on(group.page_permissions, "page", root_page, rights.pages)
        _lay_on(group.collection_permissions, "collection", root_collection, rights.collections)


def after_migrate(apps=installed, verbosity=0, using="default", **kwargs) -> None:
    """Receiver of `post_migrate`: lays the rights once all tables are there.

    The signal comes app by app, and other apps' permissions may not be made yet: so they are made here.
    """
    needed = [("auth", "Group"), ("wagtailcore", "GroupPagePermission"), ("wagtailcore", "GroupCollectionPermission")]
    try:
        for app, model in needed:
            apps.get_model(app, model)
    except LookupError:
        return
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=verbosity, using=using, apps=apps)
    lay_rights()
