"""No address of the portal without a row that says who may open it.

The rows stand beside the tests of each module (`TABLE` in its `test_*permissions.py`); what opens for everybody
or belongs to a library that tests itself is named here with its reason.
"""

import importlib
from pathlib import Path

from django.urls import get_resolver

TESTS = Path(__file__).parent
#: Addresses of Wagtail's admin have a table of their own: tests/accounts/test_rights.py.
ADMIN = "admin/"
#: Addresses without a row, each with what answers for it.
ELSEWHERE = {
    **dict.fromkeys(("healthz", "metrics"), "tests/imperia/test_watching.py"),
    **dict.fromkeys(("robots.txt", "sitemap", "django.contrib.sitemaps.views.sitemap"), "tests/home/test_pages.py"),
    **dict.fromkeys(("appearance", "wagtail_serve"), "for everybody; a page's own privacy: tests/search/test_pages.py"),
    **dict.fromkeys(("files:document", "files:preview", "rendition"), "tests/files/test_serving.py"),
    **dict.fromkeys(("wagtailcore_login", "wagtailcore_authenticate_with_password"), "Wagtail's own doors to a page"),
    # Pages of allauth whose address is a secret, or that ask for the password themselves.
    **dict.fromkeys(
        ("account_reset_password_from_key", "account_reset_password_from_key_done", "account_confirm_login_code"),
        "tests/accounts/test_passwords_by_letter.py",
    ),
    "account_confirm_email": "tests/accounts/test_change_of_address.py",
    **dict.fromkeys(
        (
            *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_deactivate_totp"),
            *("mfa_edit_webauthn", "mfa_remove_webauthn"),
            *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
        ),
        "tests/accounts/test_second_step.py",
    ),
}


def addresses(patterns, namespaces=(), prefix=""):
    """Full name and route of each address outside the admin."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(ADMIN):
            continue
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern.url_patterns, inner, route)
        else:
            yield ":".join([*namespaces, pattern.name or route])


def tables() -> dict[str, str]:
    """Names of addresses that have a row, with the file that holds it."""
    found = {}
    for path in sorted(TESTS.rglob("test_*permissions.py")):
        if path == Path(__file__):
            continue
        module = importlib.import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts))
        found |= dict.fromkeys(module.TABLE, path.name)
    return found


def test_each_address_has_a_row_and_each_row_an_address():
    known = set(addresses(get_resolver().url_patterns))
    rows = set(tables())
    assert {
        "without a row": sorted(known - rows - set(ELSEWHERE)),
        "rows of nothing": sorted((rows | set(ELSEWHERE)) - known),
        "twice": sorted(rows & set(ELSEWHERE)),
    } == {"without a row": [], "rows of nothing": [], "twice": []}
