"""Complaints about a page of the portal, which some module could have registered."""

from django.utils import timezone

from home.models import StandardPage
from moderation import registry, services
from moderation.models import Complaint
from tests.factories import pages
from tests.factories.accounts import UserFactory


def hide(page: StandardPage, by) -> None:
    page.unpublish()


def restore(page: StandardPage, by) -> None:
    page.save_revision(user=by).publish()


#: A page in the place of a practice: hidden by taking it out of publication.
PAGE = registry.Complainable(
    model=StandardPage,
    name="страница",
    title=lambda page: page.title,
    url=lambda page: page.url,
    owners=lambda page: [page.owner] if page.owner else [],
    hide=hide,
    restore=restore,
    visible_to=lambda page, user: page.live,
)


def page(title: str = "О портале", **fields) -> StandardPage:
    slug = f"page-{next(pages.numbers)}"
    found = pages.home_page().add_child(instance=StandardPage(title=title, slug=slug, **fields))
    return StandardPage.objects.get(pk=found.pk)


def complaint(about: StandardPage | None = None, **values) -> Complaint:
    values = {"reason": "error", "text": "Дата неверна.", **values}
    if "complainer" not in values and "email" not in values:
        values["complainer"] = UserFactory()
    return services.complain(obj=about or page(), **values)


def decided(about: StandardPage | None = None, state: str = "dismissed", **values) -> Complaint:
    made = complaint(about, **values)
    services.decide(complaints=[made], state=state, answer=f"Проверено {timezone.localdate():%d.%m}", by=UserFactory())
    made.refresh_from_db()
    return made
