"""What happens elsewhere and changes what is shown or found of practices."""

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from accounts.models import User
from core.models import Subject, Tag
from files.signals import document_downloaded, document_read
from practices import counting, handout
from practices.models import PracticeAuthor, PracticeMaterial, PracticePage, PracticeTag
from practices.search import KIND
from schools.models import SchoolPage
from search import index

#: Whose names stand in practices, and in which.
NAMED = {
    Tag: lambda tag: PracticeTag.objects.filter(tag=tag).values_list("content_object_id", flat=True),
    User: lambda user: PracticeAuthor.objects.filter(user=user).values_list("page_id", flat=True),
    Subject: lambda subject: PracticePage.objects.filter(subjects=subject).values_list("pk", flat=True),
    SchoolPage: lambda school: PracticePage.objects.filter(school=school).values_list("pk", flat=True),
}


@receiver(document_read)
def index_practices_of_document(document, **kwargs):
    index.update(KIND, list(PracticeMaterial.objects.filter(document=document).values_list("page_id", flat=True)))


@receiver(document_downloaded)
def count_download_of_material(document, request, **kwargs):
    if counting.is_a_person(request):
        for page_id in PracticeMaterial.objects.filter(document=document).values_list("page_id", flat=True):
            counting.tally.add(page_id, "downloads")


def index_practices_named_anew(sender, instance: Model, created: bool, update_fields=None, **kwargs):
    """A renamed tag, subject, person or school is found by its new name."""
    if not created and not (update_fields and set(update_fields) <= {"last_login"}):
        index.update(KIND, list(NAMED[sender](instance)))


def remember_practices(sender, instance: Model, **kwargs):
    instance.practices_named = list(NAMED[sender](instance))


def index_practices_without_name(sender, instance: Model, **kwargs):
    index.update(KIND, instance.practices_named)


for model in NAMED:
    post_save.connect(index_practices_named_anew, sender=model)
    pre_delete.connect(remember_practices, sender=model)
    post_delete.connect(index_practices_without_name, sender=model)


@receiver(post_delete, sender=PracticePage)
def forget_handouts(instance: PracticePage, **kwargs):
    page_id = instance.pk
    transaction.on_commit(lambda: handout.forget(page_id))
