"""What happens elsewhere and changes what is shown or found of practices."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import User
from core.models import Subject, Tag
from files.signals import document_downloaded, document_read
from practices import counting
from practices.models import PracticeAuthor, PracticeMaterial, PracticePage, PracticeTag
from practices.search import KIND
from schools.models import SchoolPage
from search import index


@receiver(document_read)
def index_practices_of_document(document, **kwargs):
    index.update(KIND, list(PracticeMaterial.objects.filter(document=document).values_list("page_id", flat=True)))


@receiver(document_downloaded)
def count_download_of_material(document, request, **kwargs):
    if counting.is_a_person(request):
        for page_id in PracticeMaterial.objects.filter(document=document).values_list("page_id", flat=True):
            counting.tally.add(page_id, "downloads")


@receiver(post_save, sender=Tag)
@receiver(post_save, sender=Subject)
@receiver(post_save, sender=User)
@receiver(post_save, sender=SchoolPage)
def index_practices_named_anew(sender, instance, created, update_fields=None, **kwargs):
    """A renamed tag, subject, person or school is found by its new name."""
    if created or (update_fields and set(update_fields) <= {"last_login"}):
        return
    practices = {
        Tag: lambda: PracticeTag.objects.filter(tag=instance).values_list("content_object_id", flat=True),
        User: lambda: PracticeAuthor.objects.filter(user=instance).values_list("page_id", flat=True),
        Subject: lambda: PracticePage.objects.filter(subjects=instance).values_list("pk", flat=True),
        SchoolPage: lambda: PracticePage.objects.filter(school=instance).values_list("pk", flat=True),
    }[sender]
    index.update(KIND, list(practices()))
