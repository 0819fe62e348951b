"""The rooms of the cabinet: each shows this person's own, to nobody else."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from cabinet import mine
from cabinet.rooms import coordination_of, rooms_of
from cabinet.waiting import awaits
from certificates.models import Certificate
from practices.views.practice import pager

A_PAGE = 20
#: On the first page of the cabinet.
NEWEST = 5


@method_decorator(never_cache, name="dispatch")
class Room(LoginRequiredMixin, TemplateView):
    """A page of the cabinet with its menu."""

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(rooms=rooms_of(user), coordination=coordination_of(user), **kwargs)

    def page_of(self, items: QuerySet) -> dict:
        """`items` of the asked page of a long list, and its pager."""
        shown = Paginator(items, A_PAGE).get_page(self.request.GET.get("page"))
        return {"items": list(shown), "total": shown.paginator.count, "pager": pager(shown)}


class IndexView(Room):
    """What awaits me, and the newest of everything."""

    template_name = "cabinet/index.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        practices = mine.rows(list(mine.practices_of(user)))
        certificates = Certificate.objects.of(user)
        return super().get_context_data(
            awaiting=awaits(user, practices),
            practices=practices[:NEWEST],
            practices_total=len(practices),
            certificates=list(certificates[:NEWEST]),
            certificates_total=certificates.count(),
            **kwargs,
        )


class PracticesView(Room):
    template_name = "cabinet/practices.html"

    def get_context_data(self, **kwargs):
        page = self.page_of(mine.practices_of(self.request.user))
        return super().get_context_data(**page | {"items": mine.rows(page["items"])}, **kwargs)


class CertificatesView(Room):
    template_name = "cabinet/certificates.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.page_of(Certificate.objects.of(self.request.user)), **kwargs)


class LessonsView(Room):
    """«Провёл у себя», both ways: what colleagues made of mine, what I made of theirs."""

    template_name = "cabinet/lessons.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            mine=list(mine.reports_by(user)[:A_PAGE]), **self.page_of(mine.reports_to(user)), **kwargs
        )
