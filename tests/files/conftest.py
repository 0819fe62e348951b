from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission

from accounts.models import User


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """An empty place for files, this test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def on_disk(media: Path) -> list[str]:
    """Every file under MEDIA_ROOT, by its folder and ending: the names are random."""
    return sorted(f"{path.parent.relative_to(media)}/*{path.suffix}" for path in media.rglob("*") if path.is_file())


def person(email: str, **fields) -> User:
    return User.objects.create_user(email=email, password="correct horse", **fields)


@pytest.fixture
def teacher(db) -> User:
    return person("teacher@example.org")


@pytest.fixture
def editor(db) -> User:
    """One who may add and change documents and pictures in the admin."""
    group = Group.objects.create(name="Look after files")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_document", "change_document", "add_image", "change_image"):
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=codename, content_type__app_label__startswith="wagtail"),
        )
    user = person("editor@example.org")
    user.groups.add(group)
    return user


@pytest.fixture
def superuser(db) -> User:
    return User.objects.create_superuser(email="root@example.org", password="correct horse")
