from django.core.exceptions import PermissionDenied
from wagtail import hooks


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
