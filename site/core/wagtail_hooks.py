from django.core.exceptions import PermissionDenied
from wagtail import hooks
from wagtail.models import PageViewRestriction


@hooks.register("on_serve_page", order=-1)  # the outermost: before Wagtail's own check
def refuse_in_words(serve):
    """Somebody who is signed in and still may not open the page is told so.

    Wagtail sends them to sign in once more, the door sends back those who are in, and so on without end.
    """

    def check(page, request, *args):
        if request.user.is_authenticated:
            for restriction in page.get_view_restrictions():
                if restriction.restriction_type == restriction.GROUPS and not restriction.accept_request(request):
                    raise PermissionDenied
        return serve(page, request, *args)

    return check


@hooks.register("on_serve_page", order=1_000)  # the innermost: only what the page itself answered
def say_whether_shared(serve):
    """Mark answers that `core.shared_pages` may give to others who may see the same.

    Who typed a page's password is known to the session alone: such pages are rendered for each.
    """

    def mark(page, request, *args):
        response = serve(page, request, *args)
        if getattr(page, "is_same_for_all", False) and request.user.is_authenticated:
            kinds = {restriction.restriction_type for restriction in page.get_view_restrictions()}
            response.is_same_for_all = PageViewRestriction.PASSWORD not in kinds
        return response

    return mark
