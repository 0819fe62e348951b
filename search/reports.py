"""«Что ищут и не находят»: for editors, in the place of Wagtail's own list of search terms."""

from datetime import date, timedelta

import django_filters
from django.db.models import IntegerField, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.permission_policies import ModelPermissionPolicy

from search.models import QueryMiss

#: Days back from today.
PERIODS = {"7": _("in a week"), "30": _("in a month"), "90": _("in three months"), "365": _("in a year")}
USUAL = "30"
#: With these a spreadsheet takes a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(text: str) -> str:
    """A cell that no spreadsheet computes (OWASP, «CSV injection»)."""
    return f"'{text}" if text.startswith(FORMULA) else text


class AskedFilters(WagtailFilterSet):
    """The period is read by the view: both counts depend on it."""

    period = django_filters.ChoiceFilter(
        label=_("Period"), choices=list(PERIODS.items()), empty_label=None, method="as_it_is"
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[("missed", _("what was not found")), ("found", _("what was found"))],
        empty_label=_("all"),
        method="with_outcome",
    )

    class Meta:
        model = Query
        fields = []

    def as_it_is(self, queries: QuerySet, name: str, value: str) -> QuerySet:
        return queries

    def with_outcome(self, queries: QuerySet, name: str, value: str) -> QuerySet:
        return queries.filter(missed__gt=0) if value == "missed" else queries.filter(missed=0)


class QueryColumn(ButtonsColumnMixin, TitleColumn):
    """The query, and what can be done about it by this person."""

    cell_template_name = "wagtailadmin/tables/title_cell.html"

    def get_link_url(self, instance: Query, parent_context) -> str:
        return f"{reverse('search:results')}?{urlencode({'q': instance.query_string})}"

    def get_buttons(self, instance: Query, parent_context) -> list[ListingButton]:
        user, buttons = parent_context["request"].user, []
        if user.has_perm("wagtailsearchpromotions.change_searchpromotion"):
            address = reverse("wagtailsearchpromotions:edit", args=[instance.pk])
            buttons.append(ListingButton(_("Promote a page"), address, icon_name="pick", priority=10))
        if user.has_perm("search.add_synonymgroup"):
            address = reverse("wagtailsnippets_search_synonymgroup:add")
            words = urlencode({"words": instance.query_string})
            label = _("Add to the school dictionary")
            buttons.append(ListingButton(label, f"{address}?{words}", icon_name="openquote", priority=20))
        return buttons


class AskedReport(ReportView):
    """Queries of a period, those most often in vain first."""

    page_title = _("What people search for and do not find")
    header_icon = "search"
    model = Query
    verbose_name_plural = _("queries")
    permission_policy = ModelPermissionPolicy(QueryMiss)
    permission_required = "view"
    is_searchable = True
    search_fields = ["query_string"]
    filterset_class = AskedFilters
    default_ordering = ("-missed", "-asked", "query_string")
    index_url_name = "search_asked"
    index_results_url_name = "search_asked_results"
    results_template_name = "search/admin/asked_results.html"
    export_filename = "zaprosy"
    columns = [
        QueryColumn("query_string", label=_("Query"), sort_key="query_string", width="55%"),
        NumberColumn("missed", label=_("Found nothing, times"), sort_key="missed"),
        NumberColumn("asked", label=_("Asked, times"), sort_key="asked"),
        Column("last", label=_("Last asked"), sort_key="last", accessor=lambda query: date_format(query.last, "j E Y")),
    ]
    list_export = ["query_string", "missed", "asked", "last"]
    export_headings = {column.name: column.label for column in columns}
    custom_field_preprocess = {"query_string": {"csv": as_text, "xlsx": as_text}}

    def get_base_queryset(self) -> QuerySet:
        since = self.first_day()
        days = QueryDailyHits.objects.filter(query=OuterRef("pk"), date__gte=since).values("query")
        misses = QueryMiss.objects.filter(query=OuterRef("pk"), date__gte=since).values("query")
        return Query.objects.annotate(
            asked=Subquery(days.annotate(total=Sum("hits")).values("total")),
            last=Subquery(days.annotate(last=Max("date")).values("last")),
            missed=Coalesce(
                Subquery(misses.annotate(total=Sum("count")).values("total")), 0, output_field=IntegerField()
            ),
        ).filter(asked__gt=0)

    @property
    def period(self) -> str:
        chosen = self.filters.form.cleaned_data.get("period") if self.filters.is_valid() else ""
        return chosen or USUAL

    def first_day(self) -> date:
        return timezone.localdate() - timedelta(days=int(self.period))

    def get_page_subtitle(self):
        return PERIODS[self.period]

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perm("wagtailsearchpromotions.change_searchpromotion"):
            buttons.append(
                Button(_("All promoted pages"), url=reverse("wagtailsearchpromotions:index"), icon_name="pick")
            )
        return buttons


class AskedMenuItem(MenuItem):
    """For those whom the report lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("search.view_querymiss")


@hooks.register("register_admin_urls")
def report_addresses():
    return [
        path("reports/asked/", AskedReport.as_view(), name="search_asked"),
        path("reports/asked/results/", AskedReport.as_view(results_only=True), name="search_asked_results"),
    ]


@hooks.register("register_reports_menu_item")
def report_in_menu():
    title = AskedReport.page_title
    return AskedMenuItem(title, reverse("search_asked"), name="asked", icon_name="search", order=100)


@hooks.register("construct_reports_menu")
def without_wagtails_list_of_terms(request: HttpRequest, items: list[MenuItem]) -> None:
    """It shows the superuser alone what this report shows better."""
    items[:] = [item for item in items if item.name != "search-terms"]
