"""What can be done with many people at once: Wagtail's actions, within the actor's reach."""

from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from accounts import roles
from accounts.forms.people import AssignRoleForm
from accounts.services.roles import give_role


class WithinReachMixin:
    """Superusers are out of others' reach; «all in the listing» are those whom the listing's search finds."""

    def check_perm(self, person) -> bool:
        return super().check_perm(person) and self.request.user.has_perm("accounts.manage_person", person)

    def get_all_objects_in_listing_query(self, parent_id):
        return self.model.objects.named(self.request.GET.get("q", "")).values_list("pk", flat=True)


class AssignRole(WithinReachMixin, AssignRoleBulkAction):
    form_class = AssignRoleForm

    def get_execution_context(self) -> dict:
        return {**super().get_execution_context(), "actor": self.request.user}

    @classmethod
    def execute_action(cls, objects, role=None, actor=None, **kwargs):
        for person in objects:
            give_role(user=person, role=role.name, by=actor)
        return len(objects), 0

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "actor": self.request.user}

    def get_success_message(self, num_parent_objects, num_child_objects):
        role = self.cleaned_form.cleaned_data["role"]
        role.name = roles.title(role.name)
        return super().get_success_message(num_parent_objects, num_child_objects)


class SetActiveState(WithinReachMixin, SetActiveStateBulkAction):
    pass
