"""How the coordinator enters and edits people in the admin."""

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import User
from accounts.services import people
from accounts.services.roles import set_roles


class RoleField(forms.ModelMultipleChoiceField):
    """Roles as boxes to tick, under their titles."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return roles.title(group.name)


def givable_roles(actor: User) -> "forms.models.QuerySet[Group]":
    """Groups that this person may give: the portal's roles; to a superuser, any."""
    groups = Group.objects.order_by("pk")
    return groups if actor.is_superuser else groups.filter(name__in=roles.RIGHTS)


class PersonForm(forms.ModelForm):
    """A person's address, name and roles. A password is nobody's business but its owner's.

    `actor` is who fills it in: only a superuser sees the box of all powers and groups beside the roles, and groups
    of the person that the actor may not give stay as they are.
    """

    groups = RoleField(Group.objects.none(), required=False, label=_("Roles"))

    class Meta:
        model = User
        fields = [
            "email", "last_name", "first_name", "patronymic", "position", "category", "subjects",
            "groups", "is_active", "is_superuser",
        ]  # fmt: skip
        widgets = {"subjects": forms.CheckboxSelectMultiple}
        labels = {"is_superuser": _("All powers")}
        help_texts = {
            "is_active": _("Untick to close the door to this person; their works stay."),
            "is_superuser": _("Everything in the admin, without exception. For those who keep the server."),
        }
        error_messages = {"email": {"unique": _("There is a person with this address already.")}}

    def __init__(self, *args, actor: User, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = givable_roles(actor)
        self.fields["last_name"].required = self.fields["first_name"].required = True
        if not actor.is_superuser:
            del self.fields["is_superuser"]
        if actor == self.instance:
            for own in {"is_superuser", "is_active", "groups"} & set(self.fields):
                del self.fields[own]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if EmailAddress.objects.filter(email=email, verified=True).exclude(user=self.instance.pk).exists():
            raise forms.ValidationError(self.fields["email"].error_messages["unique"])
        return email

    def separate_username_field(self) -> bool:
        """Asked by Wagtail's template: the address stands in the place of a username."""
        return False

    def _save_m2m(self):
        """The roles go through their service: it logs each change."""
        chosen = self.cleaned_data.pop("groups", None)
        super()._save_m2m()
        if chosen is not None:
            set_roles(
                user=self.instance,
                roles={group.name for group in chosen},
                among={group.name for group in self.fields["groups"].queryset},
                by=self.actor,
            )


class PersonCreationForm(PersonForm):
    class Meta(PersonForm.Meta):
        fields = [name for name in PersonForm.Meta.fields if name != "is_active"]

    def save(self, commit=True):
        self.instance.set_unusable_password()
        person = super().save(commit)
        person.emailaddress_set.create(email=person.email, primary=True, verified=True)
        return person


class PersonEditForm(PersonForm):
    def save(self, commit=True):
        person = super().save(commit)
        if "email" in self.changed_data:
            people.change_address(user=person, email=person.email)
        return person


class AssignRoleForm(forms.Form):
    role = forms.ModelChoiceField(Group.objects.none(), label=_("Role"))

    def __init__(self, *args, actor: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = givable_roles(actor)
        self.fields["role"].label_from_instance = lambda group: roles.title(group.name)
