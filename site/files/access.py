"""Who may open a file. A file has no audience of its own: it is as open as the most open thing that shows it."""

from collections.abc import Callable, Iterable
from enum import Enum

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.permissions import policy_registry

from .models import PortalDocument

STEP = Page.steplen

#: Who else may open a file that is not public, asked of each module that knows such people:
#: a practice's co-authors and experts come in so.
_openings: list[Callable[[AbstractBaseUser, PortalDocument], bool]] = []


def let_in(opening: Callable[[AbstractBaseUser, PortalDocument], bool]) -> None:
    """Call it in `AppConfig.ready`."""
    if opening not in _openings:
        _openings.append(opening)


CARETAKER_ACTIONS = ["add", "change", "delete", "choose"]


class Access(Enum):
    """How a request stands to a document."""

    PUBLIC = "anybody may open it"
    PERSONAL = "this person may"
    DENIED = "not for this request"


def may_open(document: PortalDocument, request: HttpRequest) -> bool:
    """May this request have the file, its preview and its text?"""
    return access(document, request) is not Access.DENIED


def access(document: PortalDocument, request: HttpRequest) -> Access:
    """Asks about the person only if the document is not public: a visitor's session stays untouched."""
    collection_restrictions = list(document.collection.get_view_restrictions())
    audiences = list(audiences_of(document))
    if not collection_restrictions and any(not audience for audience in audiences):
        return Access.PUBLIC
    if is_caretaker(request.user, document):
        return Access.PERSONAL
    if accepted(collection_restrictions, request) and any(accepted(audience, request) for audience in audiences):
        return Access.PERSONAL
    if is_let_in(request.user, document):
        return Access.PERSONAL
    return Access.DENIED


def is_let_in(user: AbstractBaseUser, document: PortalDocument) -> bool:
    """Somebody who works on something unpublished that shows the document."""
    return user.is_authenticated and user.is_active and any(opening(user, document) for opening in _openings)


def is_caretaker(user: AbstractBaseUser, document: PortalDocument) -> bool:
    """Superusers, who uploaded it, and those who look after the documents of its collection."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser or user.pk == document.uploaded_by_user_id:
        return True
    policy = policy_registry.get_by_type(PortalDocument)
    return any(policy.user_has_permission_for_instance(user, action, document) for action in CARETAKER_ACTIONS)


def accepted(restrictions: Iterable[BaseViewRestriction], request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in restrictions)


def audiences_of(document: PortalDocument) -> Iterable[list[BaseViewRestriction]]:
    """For each thing that shows the document now, what it asks of a reader; an empty list asks nothing."""
    references = ReferenceIndex.get_references_to(document).values_list("base_content_type_id", "object_id").distinct()
    pages, others = set(), []
    page_type = ContentType.objects.get_for_model(Page).pk
    for content_type_id, object_id in references:
        if content_type_id == page_type:
            pages.add(int(object_id))
        else:
            others.append((content_type_id, object_id))
    yield from page_audiences(pages)
    yield from ([] for content_type_id, object_id in others if is_shown(content_type_id, object_id))


def page_audiences(page_ids: set[int]) -> Iterable[list[PageViewRestriction]]:
    """The restrictions of each live page and of all above it, in two queries."""
    paths = list(Page.objects.live().filter(pk__in=page_ids).values_list("path", flat=True))
    if not paths:
        return
    above = {path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)}
    restrictions = list(
        PageViewRestriction.objects.filter(page__path__in=above).select_related("page").prefetch_related("groups")
    )
    for path in paths:
        yield [restriction for restriction in restrictions if path.startswith(restriction.page.path)]


def is_shown(content_type_id: int, object_id: str) -> bool:
    """Snippets and settings are shown wherever they are used, unless they are drafts."""
    content_type = ContentType.objects.get_for_id(content_type_id)
    model = content_type.model_class()
    found = model and model._base_manager.filter(pk=object_id).first()  # noqa: SLF001 - the manager that hides nothing
    return bool(found) and getattr(found, "live", True)
