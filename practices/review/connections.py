"""What the review tells the rest of the portal, and what it hears: called once, when all apps are ready."""

from django.apps import apps
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.signals import page_published, task_cancelled

from accounts.roles import Role, all_of, grant
from certificates import kinds as papers
from files.access import let_in
from notifications import kinds as news
from practices.models import BankPage, PracticePage, Round
from practices.review import letters, permissions, tasks  # noqa: F401 - tasks register themselves
from practices.review.services import rounds
from practices.review.workflow import ensure_workflow
from practices.signals import practice_published

news.register(*letters.KINDS)
papers.register(
    papers.Kind(
        letters.CERTIFICATE,
        _("Certificate of an expert"),
        _("expert of the municipal bank of practices; has reviewed a practice"),
    )
)
let_in(permissions.reads_file)
grant(Role.COORDINATOR, *all_of("practices.criterion"), *all_of("practices.reviewsettings", "change"))


@receiver(task_cancelled, sender=TaskState)
def close_round_of_cancelled_step(instance: TaskState, user=None, **kwargs):
    rounds.closed_by_wagtail(task_state=instance, user=user)


@receiver(page_published, sender=PracticePage)
def tell_of_publication_without_review(instance: PracticePage, revision, **kwargs):
    """By an editor in the admin, or by the clock; what the experts accepted is told of by `publish_reviewed`."""
    if not Round.objects.filter(revision=revision, outcome=Round.Outcome.ACCEPTED).exists():
        practice_published.send(PracticePage, practice=instance, round=None)


@receiver(post_save, sender=BankPage)
def give_the_new_bank_its_workflow(instance: BankPage, created: bool, raw: bool = False, **kwargs):
    if created and not raw:
        ensure_workflow()


def give_the_bank_its_workflow(apps=apps, **kwargs):
    """After `migrate`: an installation that had a bank before there was a review."""
    try:
        apps.get_model("practices", "RoundDeed")
    except LookupError:
        # Migrated backwards: there is no review yet.
        return
    ensure_workflow()


post_migrate.connect(
    give_the_bank_its_workflow, sender=apps.get_app_config("practices"), dispatch_uid="workflow_of_the_bank"
)
