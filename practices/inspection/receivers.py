"""Keeps fingerprints true: what is published has one, what is not has none."""

from django.dispatch import receiver
from wagtail.signals import page_unpublished

from practices.inspection.duplicates import fingerprint
from practices.models import Fingerprint, PracticePage
from practices.signals import practice_published


@receiver(practice_published)
def fingerprint_published(practice: PracticePage, **kwargs):
    fingerprint(practice)


@receiver(page_unpublished, sender=PracticePage)
def forget_fingerprint(instance: PracticePage, **kwargs):
    Fingerprint.objects.filter(practice_id=instance.pk).delete()
