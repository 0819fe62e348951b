"""«Провёл у себя»: a teacher reports a lesson held by somebody's practice, its author answers."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.services import store_document, store_image
from practices.afterlife import people
from practices.inspection import fixes
from practices.locks import lock_page
from practices.models import Adoption, PracticePage, PracticeStatistics
from practices.signals import practice_adopted
from schools.services import user_school
from search import index


class OwnPractice(Exception):  # noqa: N818 - named by what happened
    """One's own practice is not reused by oneself."""


class NotPublished(Exception):  # noqa: N818
    """Only what is published can be reused, corrected or withdrawn."""


class FileRefused(Exception):  # noqa: N818
    """The checks of files said no: `field` is «photo» or «document», `error` what they said."""

    def __init__(self, field: str, error: ValidationError):
        super().__init__(field)
        self.field, self.error = field, error


class Files(NamedTuple):
    """What comes with a report; a new photo needs the parents' consent."""

    photo: File | None = None
    document: File | None = None
    pupils_consent: bool = False


NO_FILES = Files()


@transaction.atomic
def report(
    *,
    practice: PracticePage,
    teacher: User,
    held_on: date,
    class_name: str,
    outcome: str,
    changed: str = "",
    files: Files = NO_FILES,
) -> Adoption:
    """The report; one of the same lesson made before is given back as it is, so a second press does nothing.

    Raises:
        NotPublished: the practice is not public now.
        OwnPractice: the teacher is among its authors.
        FileRefused: the photo or the file did not pass the checks; nothing is kept.
    """
    practice = lock_page(practice.pk)
    if not practice.live:
        raise NotPublished(practice)
    if practice.authors.filter(user=teacher).exists():
        raise OwnPractice(practice)
    adoption, is_new = Adoption.objects.get_or_create(
        practice=practice,
        teacher=teacher,
        held_on=held_on,
        class_name=class_name,
        defaults={"changed": changed, "outcome": outcome, "school": user_school(teacher)},
    )
    if is_new:
        attach(adoption, files)
        recount(practice.pk)
        practice_adopted.send(Adoption, adoption=adoption)
        tell_authors(adoption)
    return adoption


@transaction.atomic
def change(*, adoption: Adoption, outcome: str, changed: str = "", files: Files = NO_FILES) -> None:
    """Other words, another photo or file; the lesson itself stays the same. Raises FileRefused."""
    adoption.outcome, adoption.changed = outcome, changed
    adoption.save(update_fields=["outcome", "changed"])
    attach(adoption, files)


@transaction.atomic
def take_back(*, adoption: Adoption) -> None:
    """The teacher's report is gone, with its photo and file."""
    practice_id, photo, document = adoption.practice_id, adoption.photo, adoption.document
    adoption.delete()
    for file in filter(None, (photo, document)):
        file.delete()
    recount(practice_id)


@transaction.atomic
def answer(*, adoption: Adoption, by: User, text: str) -> None:
    """The author's word, once; written anew it replaces the former, and the teacher is told only of the first."""
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    adoption.answer = text
    adoption.answered_by, adoption.answered_at = by, timezone.now()
    adoption.save(update_fields=["answer", "answered_by", "answered_at"])
    if adoption.teacher:
        people.tell(
            [adoption.teacher],
            kind="practices.report_answered",
            title=_("The author has answered your report: “%(title)s”"),
            words={"title": adoption.practice.title},
            text=Truncator(text).chars(300),
            url=reverse("afterlife:report", args=[adoption.pk]),
            key=f"report-answered-{adoption.pk}",
        )


@transaction.atomic
def hide(*, adoption: Adoption) -> None:
    """Nobody sees it but moderators, and it counts no more."""
    adoption.hidden_at = adoption.hidden_at or timezone.now()
    adoption.save(update_fields=["hidden_at"])
    if adoption.photo:
        # Who has noted the picture's own address sees it no more either; shown again, it is drawn anew.
        for rendition in adoption.photo.renditions.all():
            rendition.delete()
    recount(adoption.practice_id)


@transaction.atomic
def show(*, adoption: Adoption) -> None:
    adoption.hidden_at = None
    adoption.save(update_fields=["hidden_at"])
    recount(adoption.practice_id)


def recount(practice_id: int) -> None:
    """Counts the reports that are shown. The row is held before they are counted: of two reports at once
    the second counts the first.
    """
    PracticeStatistics.objects.bulk_create([PracticeStatistics(page_id=practice_id)], ignore_conflicts=True)
    statistics = PracticeStatistics.objects.select_for_update().get(page_id=practice_id)
    statistics.adoptions = Adoption.objects.shown().filter(practice=practice_id).count()
    statistics.save(update_fields=["adoptions"])
    index.set_popularity("practice", {practice_id: statistics.popularity})


def attach(adoption: Adoption, files: Files) -> None:
    """Stores what came, in the place of what was there; the place where a photo was taken is rubbed out of it."""
    former = []
    if files.photo:
        former.append(adoption.photo)
        adoption.photo = fixes.remove_gps(image=stored("photo", store_image, files.photo, adoption))
        adoption.pupils_consent = files.pupils_consent
    if files.document:
        former.append(adoption.document)
        adoption.document = stored("document", store_document, files.document, adoption)
    if former:
        adoption.save(update_fields=["photo", "document", "pupils_consent"])
    for file in filter(None, former):
        file.delete()


def stored(field: str, store, file: File, adoption: Adoption):
    title = Truncator(f"{adoption.practice.title}: {adoption.class_name}").chars(250)
    try:
        return store(file=file, title=title, uploader=adoption.teacher)
    except ValidationError as error:
        raise FileRefused(field, error) from error


def tell_authors(adoption: Adoption) -> None:
    people.tell(
        people.authors_of(adoption.practice),
        kind="practices.reused",
        title=_("A colleague has tried your practice “%(title)s”"),
        words={"title": adoption.practice.title},
        text=Truncator(adoption.outcome).chars(300),
        url=reverse("afterlife:report", args=[adoption.pk]),
        key=f"reused-{adoption.pk}",
    )
