import rules
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


class Guarded(LoginRequiredMixin):
    """A page for those who have `permission` over `find()`; for all others there is no such page.

    Found once, it is `self.object`.
    """

    permission = ""

    def find(self) -> object:
        """The object of the address; nothing where the permission alone counts."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.object = self.find()
        # Not `user.has_perm`: a superuser may do anything but speak in the place of an expert.
        if not rules.has_perm(self.permission, request.user, self.object):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response
