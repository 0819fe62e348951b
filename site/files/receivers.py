"""What goes with a deleted document."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from .models import PortalDocument


@receiver(post_delete, sender=PortalDocument)
def delete_preview(instance: PortalDocument, **kwargs) -> None:
    """Wagtail deletes the file itself; the first page's picture is ours."""
    if instance.preview:
        transaction.on_commit(partial(instance.preview.storage.delete, instance.preview.name))
