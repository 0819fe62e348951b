"""Texts of consents and the log of them, for the coordinator."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import Consent, ConsentText, User


class KeptPolicy(ModelPermissionPolicy):
    """What the database refuses anyway is not offered, be it to a superuser."""

    def __init__(self, model: type, *offered: str):
        super().__init__(model)
        self.offered = set(offered)

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in self.offered and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: set[str]) -> bool:
        return super().user_has_any_permission(user, self.offered & set(actions))


register_permission_policy(ConsentText, KeptPolicy(ConsentText, "add", "change", "view"))
register_permission_policy(Consent, KeptPolicy(Consent, "view"))


class TextEditView(generic.EditView):
    def get_object(self, queryset=None) -> ConsentText:
        text = super().get_object(queryset)
        if text.is_published:
            raise PermissionDenied
        return text


class TextIndexView(generic.IndexView):
    def get_edit_url(self, instance: ConsentText) -> str | None:
        return None if instance.is_published else super().get_edit_url(instance)


class ConsentTextViewSet(ModelViewSet):
    """New versions are added; one that is in force is only read."""

    model = ConsentText
    name = "consent_texts"
    icon = "doc-full"
    form_fields = ["kind", "text", "published_at"]
    list_display = [
        Column("title", accessor=str, label=_("Text")),
        DateColumn("published_at", label=_("In force from")),
    ]
    list_filter = ["kind"]
    ordering = ["kind", "-version"]
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "version", "published_at", "text"]
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = TextIndexView
    edit_view_class = TextEditView


class ConsentLogViewSet(ModelViewSet):
    """The log, to read: who agreed to what and when, who took it back."""

    model = Consent
    name = "consents"
    icon = "list-ul"
    menu_label = _("Log of consents")
    form_fields = []
    list_display = ["user", "text", "action", DateColumn("recorded_at", label=_("When"))]
    list_filter = ["action", "text__kind"]
    ordering = ["-pk"]
    inspect_view_enabled = True
    inspect_view_fields = ["user", "text", "text_sha256", "action", "recorded_at"]
    copy_view_enabled = False
    add_to_reference_index = False


class ConsentViewSetGroup(ModelViewSetGroup):
    menu_label = _("Consents")
    menu_icon = "check"
    menu_order = 610
    add_to_settings_menu = True
    items = (ConsentTextViewSet, ConsentLogViewSet)
