"""People in the admin: found by name, invited by letter, given roles. Passwords are not shown, asked nor set here."""

from functools import cached_property

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.views import users as wagtail_users

from accounts import roles
from accounts.adapter import LetterNotSent
from accounts.forms.people import PersonCreationForm, PersonEditForm
from accounts.models import User
from accounts.services.people import invite


def roles_of(person: User) -> str:
    """Titles of the roles in one line, from groups fetched beforehand."""
    titles = [roles.title(group.name) for group in person.groups.all()]
    return ", ".join([str(_("all powers"))] * person.is_superuser + sorted(titles))


class RoleFilter(wagtail_users.GroupFilter):
    class field_class(wagtail_users.GroupFilter.field_class):  # noqa: N801 - the name is django-filter's
        def label_from_instance(self, group: Group) -> str:
            return roles.title(group.name)


class PeopleFilterSet(wagtail_users.UserFilterSet):
    def __init__(self, *args, is_searching=False, **kwargs):
        super().__init__(*args, is_searching=is_searching, **kwargs)
        asked = self.filters["group"]
        self.filters["group"] = RoleFilter(
            field_name="groups",
            queryset=Group.objects.order_by("pk"),
            label=_("Role"),
            use_subquery=is_searching,
            widget=asked.extra["widget"],
        )


class IndexView(wagtail_users.IndexView):
    page_title = _("People")
    add_item_label = _("Add a person")

    @cached_property
    def columns(self):
        name = self._get_title_column_class(wagtail_users.UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            name("name", accessor="get_full_name", label=_("Name"), sort_key="sort_key", get_url=self.get_edit_url),
            Column("email", label=_("E-mail"), sort_key="email", width="25%"),
            Column("roles", accessor=roles_of, label=_("Roles"), width="20%"),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active", width="10%"),
            DateColumn("last_login", label=_("Last time here"), sort_key="last_login", width="15%"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().prefetch_related("groups")

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.named(self.search_query) if self.is_searching else queryset

    def get_edit_url(self, instance: User) -> str | None:
        return (
            super().get_edit_url(instance) if self.request.user.has_perm("accounts.manage_person", instance) else None
        )


class CreateView(wagtail_users.CreateView):
    page_title = _("Add a person")
    success_message = _("%(object)s is added. A letter tells them how to come in.")

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "actor": self.request.user}

    def save_instance(self) -> User:
        person = super().save_instance()
        try:
            invite(user=person, request=self.request)
        except LetterNotSent:
            messages.warning(self.request, _("The letter could not be sent: ask them to set a password by themselves."))
        return person


class EditView(wagtail_users.EditView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm("accounts.manage_person", self.object):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict:
        kwargs = {**super().get_form_kwargs(), "actor": self.request.user}
        del kwargs["editing_self"]
        return kwargs


class PeopleViewSet(wagtail_users.UserViewSet):
    ordering = "sort_key"
    menu_label = _("People")
    filterset_class = PeopleFilterSet
    copy_view_enabled = False
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
