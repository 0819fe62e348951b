"""The bank's workflow: made by the portal, so that nobody has to set it up."""

from django.db import transaction
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from practices.locks import hold_page
from practices.models import BankPage, ReviewTask

#: As the admin shows it: content of the portal, in its language.
NAME = "Рецензия"


@transaction.atomic
def ensure_workflow() -> Workflow | None:
    """The workflow with the step of review, bound to the bank; None before there is a bank.

    A workflow that the owner has bound to the bank is left as it is, if it begins with a review.
    """
    bank = BankPage.objects.first()
    if bank is None:
        return None
    bound = _bound(bank)
    if bound is None:
        hold_page(bank.pk)
        bound = _bound(bank) or _make(bank)
    return bound


def _bound(bank: BankPage) -> Workflow | None:
    binding = WorkflowPage.objects.filter(page=bank, workflow__active=True).select_related("workflow").first()
    first = binding and binding.workflow.tasks.filter(active=True).first()
    return binding.workflow if first and isinstance(first.specific, ReviewTask) else None


def _make(bank: BankPage) -> Workflow:
    task = ReviewTask.objects.filter(active=True).first() or ReviewTask.objects.create(name=NAME)
    workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=bank, defaults={"workflow": workflow})
    return workflow
