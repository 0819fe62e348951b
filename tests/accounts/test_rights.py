"""The table in `accounts.roles`, tried at the doors of the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.models import Page

from accounts import roles
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db

EDITORS, COORDINATORS, SUPERUSERS, NOBODY = {"editor", "coordinator"}, {"coordinator"}, set(), None
WHO = ["visitor", "teacher", "expert", "curator", "editor", "coordinator", "superuser"]
#: Who enters by which door; a superuser everywhere but where nobody does.
DOORS = {
    "wagtailadmin_home": EDITORS,
    "wagtailadmin_account": EDITORS,
    "wagtailadmin_explore_root": EDITORS,
    "wagtailadmin_pages:search": EDITORS,
    "wagtailadmin_reports:aging_pages": EDITORS,
    "wagtailadmin_reports:locked_pages": EDITORS,
    "wagtailadmin_reports:page_types_usage": EDITORS,
    "wagtailadmin_reports:site_history": EDITORS,
    "wagtailadmin_reports:workflow": EDITORS,
    "wagtailadmin_reports:workflow_tasks": EDITORS,
    "wagtaildocs:index": EDITORS,
    "wagtaildocs:add": EDITORS,
    "wagtailimages:index": EDITORS,
    "wagtailimages:add": EDITORS,
    "wagtailadmin_collections:index": COORDINATORS,
    "wagtailadmin_collections:add": COORDINATORS,
    "wagtailadmin_workflows:index": COORDINATORS,
    "wagtailadmin_workflows:add": COORDINATORS,
    "wagtailadmin_workflows:task_index": COORDINATORS,
    "wagtailredirects:index": COORDINATORS,
    "wagtailredirects:add": COORDINATORS,
    "wagtailredirects:start_import": COORDINATORS,
    "wagtailsnippets:index": COORDINATORS,
    "wagtailsnippets_core_subject:list": COORDINATORS,
    "wagtailsnippets_core_subject:add": COORDINATORS,
    "wagtailsnippets_core_tag:list": COORDINATORS,
    "wagtailsnippets_core_tag:add": COORDINATORS,
    "wagtailsearchpromotions:index": EDITORS,
    "wagtailsearchpromotions:add": EDITORS,
    "wagtailsearchpromotions:search_terms": SUPERUSERS,
    "wagtailusers_users:index": COORDINATORS,
    "wagtailusers_users:add": COORDINATORS,
    "consent_texts:index": COORDINATORS,
    "consent_texts:add": COORDINATORS,
    "consents:index": COORDINATORS,
    "consents:add": NOBODY,
    "wagtailusers_groups:index": SUPERUSERS,
    "wagtailusers_groups:add": SUPERUSERS,
    "wagtailsites:index": SUPERUSERS,
    "wagtailsites:add": SUPERUSERS,
}
#: Doors of these are declared by the modules above, which grant the rights to them.
ABOVE = tuple(
    prefix + app for app in ("files", "search", "schools", "practices", "home") for prefix in ("", "wagtailsnippets_")
)
#: What opens within pages already entered.
INNER = ("wagtailadmin_api", "results", "export", "choose", "_multiple", "process_import", "select_task_type")


def names(patterns, path=()):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns, (*path, pattern.namespace) if pattern.namespace else path)
        elif pattern.name and path:
            yield ":".join([*path, pattern.name])


def admin_doors():
    """Names of the admin's addresses that need no id, modules' own lists and forms."""
    for name in set(names(get_resolver().url_patterns)):
        if name.startswith(ABOVE) or any(part in name for part in INNER):
            continue
        try:
            if reverse(name).startswith("/admin/"):
                yield name
        except NoReverseMatch:
            continue


def somebody(who):
    if who == "superuser":
        return SuperuserFactory()
    return None if who == "visitor" else UserFactory(roles=[who])


def enters(client, door):
    return client.get(reverse(door)).status_code == 200


@pytest.mark.parametrize("who", WHO)
def test_each_door_of_the_admin_opens_to_those_whom_the_table_names_and_to_nobody_else(client, who):
    if person := somebody(who):
        client.force_login(person)
    open_to = {door: allowed for door, allowed in DOORS.items() if allowed is not NOBODY}
    expected = {door for door, allowed in open_to.items() if who == "superuser" or who in allowed}
    assert {door for door in DOORS if enters(client, door)} == expected


def test_the_table_names_every_door_and_no_door_that_is_not_there():
    listed = {door for door in DOORS if ":" in door}
    assert set(admin_doors()) == listed


def test_every_right_of_every_role_exists():
    known = {f"{app}.{code}" for app, code in Permission.objects.values_list("content_type__app_label", "codename")}
    wanted = set().union(*(rights.models | rights.pages | rights.collections for rights in roles.RIGHTS.values()))
    assert wanted - known == set()


def test_rights_are_laid_anew_and_what_was_ticked_by_hand_goes():
    editor = Group.objects.get(name="editor")
    before = list(editor.permissions.order_by("pk")), editor.page_permissions.count()
    editor.permissions.add(Permission.objects.get(codename="delete_user"))
    editor.page_permissions.all().delete()
    roles.lay_rights()
    assert (list(editor.permissions.order_by("pk")), editor.page_permissions.count()) == before


def test_the_roles_are_the_only_groups_and_no_ready_made_workflow_asks_another():
    from wagtail.models import GroupApprovalTask  # noqa: PLC0415

    assert set(Group.objects.values_list("name", flat=True)) == set(roles.RIGHTS)
    assert list(GroupApprovalTask.objects.all()) == []


def test_an_editor_edits_and_publishes_pages():
    page = Page.objects.get(depth=2)
    may = page.permissions_for_user(UserFactory(roles=["editor"]))
    assert (may.can_edit(), may.can_publish()) == (True, True)
    assert not page.permissions_for_user(UserFactory(roles=["expert"])).can_edit()


def test_a_person_knows_their_roles_and_is_found_by_them():
    from accounts.models import User  # noqa: PLC0415

    both, expert = UserFactory(roles=["expert", "teacher"]), UserFactory(roles=["expert"])
    assert (both.has_role("teacher"), expert.has_role("teacher")) == (True, False)
    assert list(User.objects.with_role("expert").order_by("pk")) == [both, expert]
    assert list(User.objects.with_role("expert", "teacher").order_by("pk")) == [both, expert]


def test_a_teacher_at_the_admins_door_is_told_so_and_not_sent_round_in_circles(client):
    client.force_login(UserFactory(roles=["teacher"]))
    response = client.get("/admin/", follow=True)
    assert (response.status_code, [address for address, _ in response.redirect_chain]) == (
        403,
        ["/accounts/admin-door/?next=/admin/"],
    )


def test_a_stranger_at_the_admins_door_signs_in_and_comes_where_they_wanted(client):
    response = client.get("/admin/pages/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/pages/"
    assert (
        client.get("/admin/login/", {"next": "/admin/pages/"}, follow=True)
        .redirect_chain[-1][0]
        .startswith("/accounts/login/")
    )


@pytest.mark.parametrize(
    ("target", "lands"),
    [("/admin/pages/", "/admin/pages/"), ("https://evil.example/", "/admin/"), ("//evil.example", "/admin/")],
)
def test_the_admins_old_sign_in_page_leads_only_within_the_portal(client, target, lands):
    client.force_login(SuperuserFactory())
    assert client.get("/admin/login/", {"next": target}).headers["Location"] == lands


def test_the_admin_resets_no_passwords_of_its_own(client):
    assert client.get("/admin/password_reset/").status_code == 404
