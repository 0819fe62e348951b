"""The forms of the door, in the house's words; what they do is allauth's."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainFieldsMixin, code_field

PASSWORD_HINT = _("At least 10 characters. Three or four unrelated words are easy to remember and hard to guess.")


class LoginForm(PlainFieldsMixin, account.LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password"), "remember": _("Remember me on this computer")}
    hints = {"remember": _("Not on a computer that others use too.")}

    def clean(self):
        """The refusal stands at the password, where the person looks, and never says which of the two was wrong."""
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data


class ResetPasswordForm(PlainFieldsMixin, account.ResetPasswordForm):
    labels = {"email": _("E-mail")}
    hints = {"email": _("The address by which you come in.")}


class NewPasswordMixin(PlainFieldsMixin):
    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordKeyForm(NewPasswordMixin, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):
    pass


class SetPasswordForm(NewPasswordMixin, account.SetPasswordForm):
    pass


class ReauthenticateForm(PlainFieldsMixin, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class AddEmailForm(PlainFieldsMixin, account.AddEmailForm):
    labels = {"email": _("New address")}
    hints = {"email": _("We shall send a letter there. The address changes when you open the link in it.")}


class CodeMixin(PlainFieldsMixin):
    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from the application, or one of the recovery codes.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code_field(self)


class AuthenticateForm(CodeMixin, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(CodeMixin, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(CodeMixin, totp.ActivateTOTPForm):
    hints = {"code": _("Six digits that the application shows now.")}


class AddPasskeyForm(PlainFieldsMixin, webauthn.AddWebAuthnForm):
    labels = {"name": _("Name of the key"), "passwordless": _("Come in by this key alone, without the password")}
    hints = {
        "name": _("For you, to tell one key from another: «Work computer», «Telephone»."),
        "passwordless": _("The device will ask for a finger, a face or its PIN."),
    }

    name = forms.CharField(max_length=50, required=False)


class EditPasskeyForm(PlainFieldsMixin, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of the key")}

    name = forms.CharField(max_length=50)
