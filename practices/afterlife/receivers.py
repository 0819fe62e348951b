"""What follows when a practice is published, when a name is taken back, when a person leaves."""

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry
from wagtail.signals import page_published, page_unpublished

from accounts.models import ConsentText, User
from accounts.signals import consent_given, consent_withdrawn, person_leaving
from certificates.services import issue
from practices import handout
from practices.afterlife import drafts, names, people
from practices.choices import AuthorRole
from practices.models import Distinction, PracticeAuthor, PracticePage, Round, Submission, Withdrawal
from practices.review.heard import is_best
from practices.review.services import release_all
from practices.search import KIND
from practices.signals import practice_published
from search import index


@receiver(page_published, sender=PracticePage)
def is_withdrawn_no_more(instance: PracticePage, **kwargs):
    Withdrawal.objects.filter(practice=instance).delete()


@receiver(page_unpublished, sender=PracticePage)
def forget_handouts_of_what_is_not_public(instance: PracticePage, **kwargs):
    transaction.on_commit(lambda: handout.forget(instance.pk))


@receiver(practice_published)
def publication_follows(practice: PracticePage, round: Round | None, **kwargs):  # noqa: A002 - the signal's own word
    """Papers and news to the authors, and the mark. A text put right by an editor makes no news."""
    is_new = not PageLogEntry.objects.filter(page=practice.pk, action="wagtail.publish").exists()
    if round or is_new:
        give_certificates(practice)
        tell_authors(practice, key=f"published-{practice.pk}-{round.number if round else 0}")
    if round and is_best(round):
        # A mark once earned stays: who corrects a word must not fear for it.
        Distinction.objects.get_or_create(practice=practice, defaults={"round": round})
        index.update(KIND, [practice.pk])


def give_certificates(practice: PracticePage) -> None:
    made = PracticeAuthor.objects.filter(page=practice, user__isnull=False, role=AuthorRole.AUTHOR)
    for author in made.select_related("user"):
        issue(
            kind="publication",
            holder=author.user,
            title=practice.title,
            obj=practice,
            url=practice.get_url() or "/",
            school=practice.school.title if practice.school else "",
        )


def tell_authors(practice: PracticePage, key: str) -> None:
    people.tell(
        people.authors_of(practice),
        kind="practices.published",
        title=_("Your practice “%(title)s” is published"),
        words={"title": practice.title},
        text=_("It is found in the bank from now on. Your certificate is in your cabinet."),
        url=practice.get_url() or "/",
        key=key,
    )


@receiver([consent_given, consent_withdrawn])
def show_names_as_consented(user: User, kind: str, **kwargs):
    if kind == ConsentText.Kind.DISTRIBUTION:
        names.names_changed(names.practices_of(user))


@receiver(person_leaving)
def keep_or_take_name(user: User, keep_name: bool, **kwargs):
    if not keep_name:
        names.take_name_off(user)
    release_reviews(user)


@receiver(pre_delete, sender=User)
def works_outlive_their_author(instance: User, **kwargs):
    """Whichever door the account goes out by."""
    if instance.name_withdrawn:
        names.take_name_off(instance)
    names.leave_name(instance)
    release_reviews(instance)
    pass_drafts_on(instance)


def release_reviews(user: User) -> None:
    """Somebody else is asked at once, not the one who leaves; nor are they told of it any more."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    release_all(expert=user)


def pass_drafts_on(user: User) -> None:
    """A co-author who does not review it answers for the work now; where there is none, coordinators learn of it."""
    for submission in Submission.objects.filter(author=user).select_related("practice"):
        others = PracticeAuthor.objects.filter(page=submission.practice, role=AuthorRole.AUTHOR, user__isnull=False)
        others = others.exclude(user=user).exclude(user__in=drafts.readers_of(submission.practice))
        heir = others.order_by("sort_order", "pk").first()
        if heir:
            drafts.inherit(drafts.locked_submission(submission.practice, heir.user), heir.user, heir.user)
            continue
        submission.author = None
        submission.save(update_fields=["author"])
        if drafts.is_unfinished(submission.practice):
            drafts.tell_coordinators(submission)
