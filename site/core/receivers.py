"""Every change of anything that a page could show empties the page cache.

The list names what cannot be seen by a visitor: forgetting a page too often costs a rendering,
forgetting one too seldom shows yesterday's portal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from core.models import SiteGeneration

UNSEEN_APPS = {
    *("sessions", "contenttypes", "admin", "account", "mfa", "procrastinate"),
    *("wagtailsearch", "notifications", "moderation"),
}
UNSEEN_MODELS = {
    "wagtailcore.revision",
    "wagtailcore.pagelogentry",
    "wagtailcore.modellogentry",
    "wagtailcore.referenceindex",
    "wagtailcore.editingsession",
    "wagtailcore.uploadedfile",
    "core.sitegeneration",
    "search.savedsearch",
    "search.querymiss",
    "wagtailsearchpromotions.query",
    "wagtailsearchpromotions.querydailyhits",
    "wagtailcore.taskstate",
    "wagtailcore.workflowstate",
    "accounts.consent",
    "accounts.erasure",
    "accounts.rolechange",
    "schools.membership",
    "schools.schoolinvitation",
    "practices.practicestatistics",
    "practices.submission",
    "practices.coauthorinvitation",
    "practices.round",
    "practices.rounddeed",
    "practices.review",
    "practices.score",
    "practices.sectioncomment",
    "practices.fingerprint",
    "practices.authorupload",
}

_unseen = ContextVar("unseen", default=False)


@contextmanager
def unseen() -> Iterator[None]:
    """What is written within is shown to no visitor, whatever its model: somebody's draft, saved each second."""
    token = _unseen.set(True)
    try:
        yield
    finally:
        _unseen.reset(token)


def is_seen(model) -> bool:
    return model._meta.app_label not in UNSEEN_APPS and model._meta.label_lower not in UNSEEN_MODELS


@receiver([post_save, post_delete, m2m_changed], dispatch_uid="core.forget_cached_pages")
def forget_cached_pages(sender, update_fields=None, **kwargs):
    if update_fields and set(update_fields) <= {
        "last_login",
        "latest_revision",
        "draft_title",
        "has_unpublished_changes",
    }:
        return
    if is_seen(sender) and not _unseen.get():
        SiteGeneration.grow()
