import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from core.blocks import TextBody
from practices.models import PracticePage
from tests.factories import pages
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db

ADD = ("practices", "practicepage")


def form(**values) -> dict:
    """What the editor posts for a new practice."""
    nested = nested_form_data(
        {
            "title": "Из редактора",
            "slug": "iz-redaktora",
            "summary": "Коротко.",
            "kind": "lesson",
            "year": "2025",
            "licence": "CC BY 4.0",
            "problem": rich_text("<p>Трудно.</p>"),
            "results": rich_text("<p>Стало легче.</p>"),
            "did_not_work": rich_text(""),
            "body": streamfield(
                [
                    ("prose", rich_text("<p>Делаем.</p>")),
                    ("step", {"title": "Шаг", "minutes": "5", "text": rich_text("<p>Раз.</p>")}),
                ]
            ),
            "tags": "Пары",
            "authors": inline_formset([{"user": "", "name": "Зимина Анна Петровна", "role": "author"}]),
            "materials": inline_formset([]),
        }
    )
    chosen = {"subjects": [str(pages.subject().pk)], "grades": ["5", "6"], "levels": ["basic"]}
    return nested | chosen | values


def test_an_editor_writes_and_publishes_a_practice(admin_client, client):
    bank = pages.bank_page()
    address = reverse("wagtailadmin_pages:add", args=[*ADD, bank.pk])
    assert admin_client.get(address).status_code == 200
    response = admin_client.post(address, form() | {"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    page = PracticePage.objects.get()
    assert (page.grades, page.levels, [tag.name for tag in page.tags.all()]) == ([5, 6], ["basic"], ["Пары"])
    assert client.get(page.url).status_code == 200
    assert [card.title for card in client.get(f"{bank.url}?q=редактор").context["cards"]] == ["Из редактора"]


def test_a_draft_needs_no_more_than_a_title(admin_client):
    address = reverse("wagtailadmin_pages:add", args=[*ADD, pages.bank_page().pk])
    empty = {
        "title": "Пока одно имя",
        "slug": "poka-odno-imia",
        "year": "2026",
        "licence": "CC BY 4.0",
        "problem": rich_text(""),
        "results": rich_text(""),
        "did_not_work": rich_text(""),
        "body": streamfield([]),
        "authors": inline_formset([]),
        "materials": inline_formset([]),
    }
    response = admin_client.post(address, nested_form_data(empty))
    assert response.status_code == 302, response.context["form"].errors
    assert [(page.title, page.live) for page in PracticePage.objects.all()] == [("Пока одно имя", False)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"year": "1200"}, "year"),
        ({"grades": ["12"]}, "grades"),
        ({"kind": "sonata"}, "kind"),
        ({"slug": "feed"}, "slug"),
        ({"subjects": []}, "subjects"),
    ],
)
def test_a_mistake_is_told_at_its_field(admin_client, values, field):
    address = reverse("wagtailadmin_pages:add", args=[*ADD, pages.bank_page().pk])
    response = admin_client.post(address, form(**values) | {"action-publish": "1"})
    assert list(response.context["form"].errors) == [field]


def test_an_author_needs_an_account_or_a_name(admin_client):
    address = reverse("wagtailadmin_pages:add", args=[*ADD, pages.bank_page().pk])
    response = admin_client.post(address, form() | {"authors-0-name": "", "action-publish": "1"})
    assert response.status_code == 200
    assert not PracticePage.objects.exists()


def test_a_practice_is_previewed_before_it_is_ever_saved(admin_client):
    bank = pages.bank_page()
    address = reverse("wagtailadmin_pages:preview_on_add", args=[*ADD, bank.pk])
    assert admin_client.post(address, form()).json()["is_valid"]
    response = admin_client.get(address + "?mode=")
    assert response.status_code == 200
    assert "Из редактора" in response.content.decode()


def test_a_changed_practice_is_previewed(admin_client):
    page = pages.practice()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin_client.post(address, form(slug=page.slug)).json()["is_valid"]
    assert "Из редактора" in admin_client.get(address + "?mode=").content.decode()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Другая", "Урок"]),
        ({"kind": "lesson"}, ["Урок"]),
        ({"live": "false"}, ["Другая"]),
        ({"live": "true"}, ["Урок"]),
        ({"q": "друг"}, ["Другая"]),
    ],
)
def test_the_listing_is_narrowed_by_kind_and_state(admin_client, filters, expected):
    pages.practice(title="Урок", kind="lesson")
    pages.draft(title="Другая", kind="project")
    response = admin_client.get(reverse("practices:index"), filters)
    assert sorted(page.title for page in response.context["pages"]) == expected


def test_the_listing_is_narrowed_by_subject_and_school(admin_client):
    page = pages.practice(title="Урок", subject="Физика", school="Школа № 7")
    pages.practice(title="Другая", subject="Химия", school="Школа № 8")
    for filters in ({"subjects": page.subjects.get().pk}, {"school": page.school.pk}):
        response = admin_client.get(reverse("practices:index"), filters)
        assert [page.title for page in response.context["pages"]] == ["Урок"]


def test_the_listing_costs_as_many_queries_for_thirty_as_for_two(admin_client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(reverse("practices:index"))
        return len(queries)

    pages.import_records(*(pages.record(authors=["Зимина Анна"]) for _ in range(2)))
    cost()
    two = cost()
    pages.import_records(*(pages.record(authors=["Зимина Анна"]) for _ in range(28)))
    assert cost() == two


EDITORS = {"editor", "coordinator", "superuser"}
COORDINATORS = {"coordinator", "superuser"}
DOORS = {
    "practices:index": EDITORS,
    "wagtailsnippets_core_tag:list": COORDINATORS,
    "wagtailsnippets_core_tag:add": COORDINATORS,
    "tags are merged": COORDINATORS,
    "practice is added": EDITORS,
    "practice is edited": EDITORS,
    "menus and contacts": EDITORS,
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", ["anonymous", "teacher", "expert", "curator", "editor", "coordinator", "superuser"])
def test_each_door_of_the_bank_opens_to_its_roles_alone(client, role, door):
    page = pages.practice(tags=["пары"])
    if role != "anonymous":
        client.force_login(SuperuserFactory() if role == "superuser" else UserFactory(roles=[role]))
    addresses = {
        "tags are merged": lambda: (
            reverse("wagtail_bulk_action", args=["core", "tag", "merge"]) + f"?id={page.tagged_items.get().tag_id}"
        ),
        "practice is added": lambda: reverse("wagtailadmin_pages:add", args=[*ADD, pages.bank_page().pk]),
        "practice is edited": lambda: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "menus and contacts": lambda: reverse("wagtailsettings:edit", args=["home", "sitesettings", 1]),
    }
    response = client.get(addresses.get(door, lambda: reverse(door))())
    opened = response.status_code == 200
    if door == "tags are merged" and opened:
        opened = 'name="into"' in response.content.decode()
    assert opened == (role in DOORS[door])


def test_every_block_of_the_editor_can_be_previewed(admin_client):
    for name, block in TextBody().child_blocks.items():
        if block.is_previewable:
            address = reverse("wagtailadmin_block_preview") + f"?id={block.definition_prefix}"
            assert admin_client.get(address).status_code in {200, 404}, name
