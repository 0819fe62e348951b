"""The end of a review: exactly the text that the experts read goes out.

Wagtail imports this module while its own models load: so everything here is imported when it is called.
"""

from django.db import transaction

from core.text import address


@transaction.atomic
def publish_reviewed(workflow_state, user=None):
    """Stands in for Wagtail's own finish, which publishes the latest revision and asks whether the expert may publish.

    `user` is the coordinator who decided, for the log; None where the experts' verdicts did.

    Raises:
        NotDecided: the round is still open.
        AlreadyPublished: this came a second time.
    """
    from practices.locks import hold_page  # noqa: PLC0415
    from practices.models import PracticePage, Round  # noqa: PLC0415
    from practices.review.errors import AlreadyPublished, NotDecided  # noqa: PLC0415
    from practices.signals import practice_published  # noqa: PLC0415

    hold_page(int(workflow_state.object_id))
    type(workflow_state).objects.select_for_update().get(pk=workflow_state.pk)
    ended = (
        Round.objects.select_for_update(of=["self"])
        .filter(task_state__workflow_state=workflow_state)
        .order_by("-number")
        .first()
    )
    if ended is None:
        # A workflow of the owner's own, without experts: what its last step has approved.
        workflow_state.current_task_state.revision.publish(user=user, skip_permission_checks=True)
        return
    if ended.outcome != Round.Outcome.ACCEPTED:
        raise NotDecided(ended)
    page = PracticePage.objects.get(pk=ended.practice_id)
    if page.live_revision_id == ended.revision_id:
        raise AlreadyPublished(page)
    if page.first_published_at is None:
        give_address(page, ended.revision)
    ended.revision.publish(user=user, skip_permission_checks=True)
    practice = PracticePage.objects.get(pk=page.pk)
    practice_published.send(PracticePage, practice=practice, round=ended)


def give_address(page, revision) -> None:
    """Writes the lasting slug into the text that goes out and into the newest draft, were there one."""
    slug = free_slug(page, revision.content["title"])
    for text in {revision.pk: revision, page.latest_revision_id: page.latest_revision}.values():
        if text is not None:
            text.content["slug"] = slug
            text.save(update_fields=["content"])
    revision.content["slug"] = slug


def free_slug(page, title: str) -> str:
    """`ostatok-ne-oshibka`, or with the first free number: two practices may bear one title."""
    from practices.locks import hold_page  # noqa: PLC0415
    from practices.views.bank import RESERVED_SLUGS  # noqa: PLC0415

    bank = page.get_parent()
    # The database does not forbid a slug twice under one parent: whoever publishes now waits here.
    hold_page(bank.pk)
    wanted = address(title)
    taken = set(bank.get_children().exclude(pk=page.pk).filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= set(RESERVED_SLUGS)
    number = 1
    slug = wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
