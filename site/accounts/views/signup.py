from http import HTTPStatus

from allauth.account.internal import flows
from allauth.account.views import SignupView as AllauthSignupView
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import transaction
from django.http import HttpResponse

from accounts.forms.signup import SignupForm


class SignupView(AllauthSignupView):
    """Opening an account: where the letter cannot be sent, nothing is left of it and one may try again."""

    def form_valid(self, form: SignupForm) -> HttpResponse:
        with transaction.atomic():
            answer = self.open_account(form)
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
        return answer

    def open_account(self, form: SignupForm) -> HttpResponse:
        try:
            self.user, answer = form.try_save(self.request)
        except ImmediateHttpResponse as error:
            return error.response
        return answer or flows.signup.complete_signup(self.request, user=self.user, redirect_url=self.get_success_url())
