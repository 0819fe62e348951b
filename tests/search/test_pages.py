"""Pages are found as their readers may open them, from the moment that anything of it changes."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction

from search.viewers import tokens_of
from tests.factories import pages
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return pages.practice(title="Динозавры на уроке")


@pytest.fixture
def teacher():
    return UserFactory()


@pytest.fixture
def dinosaurs(search):
    """Addresses found by this viewer, each search together with the check that the index is whole."""

    def ask(viewer=None) -> list[str]:
        call_command("check_index", verbosity=0)
        results = search("динозавры", tokens=tokens_of(viewer))
        assert results.total == len(results.hits)
        assert sum(line.count for line in results.facets["kind"]) == results.total
        return [hit.url for hit in results.hits]

    return ask


def restrict(page: Page, kind: str, groups=()) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    restriction.groups.set(groups)
    return restriction


def test_a_page_is_found_when_published_and_no_longer_when_unpublished(practice, dinosaurs):
    assert dinosaurs() == [practice.url]
    practice.unpublish()
    assert dinosaurs() == []
    practice.save_revision().publish()
    assert dinosaurs() == [practice.url]


def test_a_draft_changes_nothing_until_it_is_published(practice, dinosaurs):
    practice.title = "Мамонты"
    revision = practice.save_revision()
    assert dinosaurs() == [practice.url]
    revision.publish()
    assert dinosaurs() == []


def test_a_deleted_page_is_not_found(practice, dinosaurs):
    practice.delete()
    assert dinosaurs() == []


def test_deleting_the_page_above_takes_its_pages_out(practice, dinosaurs):
    Page.objects.get(pk=practice.get_parent().pk).delete()
    assert dinosaurs() == []


def test_a_new_address_of_the_page_above_is_followed(practice, dinosaurs, django_capture_on_commit_callbacks):
    bank = pages.bank_page()
    bank.slug = "new-bank"
    with django_capture_on_commit_callbacks(execute=True):
        bank.save_revision().publish()
    practice.refresh_from_db()
    assert practice.url.startswith("/new-bank/")
    assert dinosaurs() == [practice.url]


def test_a_moved_branch_is_found_at_its_new_address(practice, dinosaurs, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        shelf = pages.home_page().add_child(instance=Page(title="Полка", slug="shelf"))
        Page.objects.get(pk=pages.bank_page().pk).move(shelf, pos="last-child")
    practice = type(practice).objects.get(pk=practice.pk)
    assert practice.url.startswith("/shelf/")
    assert dinosaurs() == [practice.url]


@pytest.mark.parametrize("above", [False, True])
def test_pages_for_the_signed_in_are_found_by_them_only(practice, dinosaurs, teacher, above):
    restriction = restrict(practice.get_parent() if above else practice, PageViewRestriction.LOGIN)
    assert dinosaurs() == dinosaurs(AnonymousUser()) == []
    assert dinosaurs(teacher) == [practice.url]
    restriction.delete()
    assert dinosaurs() == [practice.url]


def test_pages_for_a_group_are_found_by_its_members_and_the_superuser(practice, dinosaurs, teacher):
    group = Group.objects.create(name="Клуб")
    restrict(practice, PageViewRestriction.GROUPS, [group, Group.objects.create(name="Другой клуб")])
    assert dinosaurs(teacher) == dinosaurs() == []
    teacher.groups.add(group)
    assert dinosaurs(teacher) == [practice.url]
    assert dinosaurs(SuperuserFactory(is_superuser=True)) == [practice.url]


def test_every_restriction_on_the_way_must_let_the_reader_in(practice, dinosaurs, teacher):
    group = Group.objects.create(name="Клуб")
    restrict(practice.get_parent(), PageViewRestriction.LOGIN)
    restrict(practice, PageViewRestriction.GROUPS, [group])
    assert dinosaurs(teacher) == []
    teacher.groups.add(group)
    assert dinosaurs(teacher) == [practice.url]


@pytest.mark.parametrize("above", [False, True])
def test_a_page_behind_a_password_is_found_by_nobody(practice, dinosaurs, teacher, above):
    restriction = restrict(practice.get_parent() if above else practice, PageViewRestriction.PASSWORD)
    teacher.is_superuser = True
    assert dinosaurs() == dinosaurs(teacher) == []
    restriction.restriction_type = PageViewRestriction.LOGIN
    restriction.save()
    assert dinosaurs(teacher) == [practice.url]


def test_anonymous_visitors_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tokens_of(AnonymousUser()) == tokens_of(None) == []
