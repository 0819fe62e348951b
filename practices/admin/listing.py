"""All practices as one table: whose, of what kind, in which state."""

import django_filters
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.models import Subject
from practices.choices import Kind
from practices.models import PracticePage
from schools.models import SchoolPage


class PracticeFilters(PageFilterSet):
    """By what a coordinator looks for a practice, beside owner and dates, which every listing has."""

    kind = django_filters.MultipleChoiceFilter(choices=Kind.choices, label=_("Kind"), widget=CheckboxSelectMultiple)
    subjects = django_filters.ModelMultipleChoiceFilter(
        queryset=Subject.objects.all(), label=_("Subject"), widget=CheckboxSelectMultiple
    )
    school = django_filters.ModelMultipleChoiceFilter(
        queryset=SchoolPage.objects.order_by("number", "title"), label=_("School"), widget=CheckboxSelectMultiple
    )
    live = django_filters.ChoiceFilter(
        choices=[("true", _("Published")), ("false", _("Draft"))], label=_("State"), method="of_state"
    )
    has_unpublished_changes = django_filters.BooleanFilter(label=_("Has unpublished changes"))

    class Meta:
        model = PracticePage
        fields = []

    def of_state(self, queryset, name: str, value: str):
        return queryset.filter(live=value == "true")


class PracticeIndexView(IndexView):
    """Reads what the columns show in a constant number of queries."""

    add_item_label = _("Add a practice")

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages).prefetch_related("school", "subjects")


of_wagtail = {column.name: column for column in IndexView.base_columns}


class PracticeListing(PageListingViewSet):
    """The bank's own entry in the admin's menu."""

    model = PracticePage
    index_view_class = PracticeIndexView
    icon = "folder-open-inverse"
    menu_label = _("Practices")
    menu_order = 110
    add_to_admin_menu = True
    filterset_class = PracticeFilters
    columns = [
        of_wagtail["bulk_actions"],
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title", width="36%"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("subjects", label=_("Subject"), accessor=lambda page: ", ".join(s.name for s in page.subjects.all())),
        Column("school", label=_("School"), accessor=lambda page: page.school or "", sort_key="school__title"),
        Column("year", label=_("Year"), sort_key="year", width="6%"),
        of_wagtail["latest_revision_created_at"],
        of_wagtail["status"],
    ]
