from django.urls import path
from wagtail import hooks

from accounts.admin.bulk import AssignRole, SetActiveState
from accounts.admin.consents import ConsentViewSetGroup
from accounts.views.door import admin_login


@hooks.register("register_admin_urls")
def admin_sign_in():
    """Before Wagtail's own page of this address, which would let a guesser past limits and the second step."""
    return [path("login/", admin_login, name="accounts_admin_login")]


hooks.register("register_admin_viewset", ConsentViewSetGroup)
# After Wagtail's own, whose place they take.
hooks.register("register_bulk_action", AssignRole, order=1)
hooks.register("register_bulk_action", SetActiveState, order=1)
