"""The demo: an empty portal becomes one that looks lived in, and a second run changes nothing."""

import json
from collections import Counter

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Revision, Site

from accounts.models import User
from accounts.roles import Role
from core.choices import levels_of
from core.models import Subject
from core.text import normalise
from files.models import PortalDocument, PortalImage
from home.demo import people, source, subjects
from home.models import HomePage, SiteSettings, StandardPage
from practices.importer import record_of
from practices.models import PracticePage, PracticeStatistics
from schools.models import Membership, SchoolPage


def counted() -> list[int]:
    models = (User, Group, Membership, Page, Revision, Subject, PortalDocument, PortalImage, PracticeStatistics)
    return [model.objects.count() for model in models]


@pytest.mark.django_db
def test_an_empty_portal_is_filled_and_a_second_run_changes_nothing():
    call_command("demo", "--limit", "2", verbosity=0)
    first = counted()
    practices = list(PracticePage.objects.order_by("import_id"))
    assert [page.import_id for page in practices] == ["D001", "D002", "D031", "D032", "D061", "D062"]
    for page in practices:
        assert page.first_published_at.year == page.year
        assert page.share_image.description
        assert page.materials.count() > 0
        assert page.statistics.readings > page.statistics.downloads
    assert set(PortalDocument.objects.values_list("text_state", flat=True)) == {PortalDocument.TextState.READ}
    assert (SchoolPage.objects.count(), Membership.objects.exclude(confirmed_at=None).count()) == (15, 45)
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    around = SiteSettings.for_site(Site.objects.get())
    assert (len(around.menu), len(around.footer), StandardPage.objects.live().count()) == (5, 3, 7)
    visitor = Client(HTTP_HOST=f"{Site.objects.get().hostname}:{Site.objects.get().port}")
    assert {visitor.get(page.get_url()).status_code for page in Page.objects.live().filter(depth__gt=1)} == {200}
    for role, email, password in people.LOGINS:
        person = User.objects.get(email=email)
        assert person.check_password(password)
        assert person.is_superuser if role == people.ADMIN else person.has_role(role)

    call_command("demo", "--limit", "2", verbosity=0)
    assert counted() == first


def test_every_line_of_the_demo_can_be_imported():
    records = [record_of(json.dumps(line, ensure_ascii=False)) for line in source.practices()]
    assert (len(records), len({record.id for record in records})) == (90, 90)


def test_dates_are_of_the_years_that_practices_name():
    assert all(line["published"].startswith(str(line["year"])) for line in source.practices())


def test_a_practice_is_of_its_authors_school_and_subjects_are_known():
    schools = {person["id"]: person["school"] for person in source.people()}
    known = {name for name, _hue in subjects.SUBJECTS}
    for line in source.practices():
        assert line["school"] == schools[line["authors"][0]], line["id"]
        assert line["subject"] in known


def test_levels_agree_with_grades():
    for line in source.practices():
        levels = [line["level"]] if isinstance(line["level"], str) else line["level"]
        if line["grades"]:
            assert levels == levels_of(line["grades"]), line["id"]


def test_tags_do_not_differ_by_spelling_only():
    tags = {tag for line in source.practices() for tag in line["tags"]}
    assert [key for key, times in Counter(map(normalise, tags)).items() if times > 1] == []


def test_no_school_with_low_results_can_be_recognised():
    for line in source.practices():
        words = json.dumps(line, ensure_ascii=False).casefold()
        assert "низкими результатами" not in words
        assert "низких результатов" not in words


def test_there_is_a_login_for_each_role():
    assert [role for role, _email, _password in people.LOGINS] == [*Role.values, people.ADMIN]
