"""Opening an account: who one is, by what address one comes in, and two consents apart."""

from allauth.account import forms as account
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.forms.entrance import PASSWORD_HINT
from accounts.forms.plain import PlainFieldsMixin
from accounts.models import ConsentText, User
from accounts.services.consents import give_consent

KINDS = ConsentText.Kind
NAMES = {"last_name": "family-name", "first_name": "given-name", "patronymic": "additional-name"}


class SignupForm(PlainFieldsMixin, account.SignupForm):
    """allauth's form with a name and both consents, each to the words that the page showed.

    Beside each box stands the number of its text; where another one has come into force meanwhile, the box comes
    back empty, with the new words to read.
    """

    field_order = [*NAMES, "email", "password1", "password2", *KINDS.values]
    labels = {
        "last_name": _("Surname"),
        "first_name": _("Name"),
        "patronymic": _("Patronymic"),
        "email": _("E-mail"),
        "password1": _("Password"),
        "password2": _("Password once more"),
        KINDS.PROCESSING.value: _("I agree to the processing of my personal data"),
        KINDS.DISTRIBUTION.value: _("I allow my name and my works to be published on the portal"),
    }
    hints = {
        "email": _("We shall send a letter there: open the link in it to come in."),
        "password1": PASSWORD_HINT,
        KINDS.PROCESSING.value: _("Without it the portal may not keep an account."),
        KINDS.DISTRIBUTION.value: _("Needed to publish. May be given later, and withdrawn at any time."),
    }

    last_name = forms.CharField(max_length=100)
    first_name = forms.CharField(max_length=100)
    patronymic = forms.CharField(max_length=100, required=False)
    processing = forms.BooleanField(
        error_messages={"required": _("Without this consent the portal may not keep an account.")}
    )
    distribution = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, purpose in NAMES.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose
            self.fields[name].validators += User._meta.get_field(name).validators
        #: What the boxes stand for, by kind.
        self.texts = {kind: ConsentText.objects.in_force(kind) for kind in KINDS.values}

    def consents(self) -> list[dict]:
        """Both boxes with their texts, for the template."""
        return [{"field": self[kind], "text": text} for kind, text in self.texts.items()]

    def clean(self) -> dict:
        super().clean()
        for kind, text in self.texts.items():
            if self.cleaned_data.get(kind) and self.data.get(f"{kind}_text") != str(text.pk):
                self.data = self.data.copy()
                del self.data[kind]
                self.add_error(kind, _("The text has changed meanwhile. Read the new one, please."))
        self._refuse_own_name_as_password()
        return self.cleaned_data

    def _refuse_own_name_as_password(self) -> None:
        """allauth compares the password with the address only."""
        password = self.cleaned_data.get("password1")
        person = User(**{name: self.cleaned_data.get(name, "") for name in NAMES})
        try:
            if password:
                validate_password(password, person)
        except ValidationError as error:
            self.add_error("password1", error)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.patronymic = self.cleaned_data["patronymic"]
        # Nobody's name is shown to strangers before its owner has allowed it; the consent given below allows it.
        user.name_withdrawn = True
        user.save(update_fields=["patronymic", "name_withdrawn"])
        for kind, text in self.texts.items():
            if self.cleaned_data[kind]:
                give_consent(user=user, text=text, request=request)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """A person, or the answer «a letter was sent»; the second of two clicks is the latter."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)
