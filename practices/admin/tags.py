"""Tags in the admin: renamed one by one, merged several at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from core.models import Tag
from core.text import normalise
from practices.tags import merge


class TagForm(WagtailAdminModelForm):
    """Says at the field that another tag is spelled so already, and what to do."""

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not normalise(name):
            raise ValidationError(_("Write a word."))
        if Tag.objects.filter(key=normalise(name)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("There is such a tag already. To make one of two, mark both in the list and merge.")
            )
        return name


class TagIndexView(IndexView):
    add_item_label = _("Add a tag")


class TagViewSet(SnippetViewSet):
    """The list of tags, the rarest spellings easy to see."""

    model = Tag
    index_view_class = TagIndexView
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 120
    add_to_admin_menu = True
    ordering = ["key"]
    list_display = ["name", Column("practices_count", label=_("Practices"), sort_key="practices_count")]
    search_fields = ["name", "key"]
    panels = ["name"]

    def get_queryset(self, request):
        return Tag.objects.annotate(practices_count=Count("practice_tags"))

    def get_form_class(self, for_update: bool = False):
        from wagtail.admin.panels import get_form_for_model  # noqa: PLC0415

        return get_form_for_model(Tag, form_class=TagForm, fields=["name"])


class MergeForm(forms.Form):
    """Which of the marked tags remains."""

    into = forms.ModelChoiceField(queryset=Tag.objects.none(), label=_("Keep this one"), widget=forms.RadioSelect)

    def __init__(self, *args, tags=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Tag.objects.filter(pk__in=[tag for tag in tags or [] if tag.isdecimal()])


class MergeTags(SnippetBulkAction):
    """Makes one tag of all that are marked, wherever they stand."""

    display_name = _("Merge")
    action_type = "merge"
    aria_label = _("Merge the selected tags into one")
    template_name = "practices/admin/merge_tags.html"
    models = [Tag]
    form_class = MergeForm
    action_priority = 10

    def check_perm(self, snippet) -> bool:
        return self.request.user.has_perms(["core.change_tag", "core.delete_tag"])

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "tags": self.request.GET.getlist("id")}

    def get_execution_context(self) -> dict:
        return {"into": self.cleaned_form.cleaned_data["into"]}

    @classmethod
    def execute_action(cls, objects, into=None, **kwargs) -> tuple[int, int]:
        merge(tags=objects, into=into)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext("%(count)s tag was merged.", "%(count)s tags were merged.", num_parent_objects) % {
            "count": num_parent_objects
        }
