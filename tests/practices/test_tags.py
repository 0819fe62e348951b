import pytest
from django.urls import reverse

from core.models import Tag
from practices.models import PracticePage
from practices.tags import merge
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spelling", ["Ёлочные игрушки", "елочные  игрушки", " ЁЛОЧНЫЕ ИГРУШКИ "])
def test_spellings_that_differ_by_case_yo_or_spaces_are_one_tag(spelling):
    first = Tag.named(["ёлочные игрушки"])
    assert Tag.named([spelling]) == first


def test_tags_come_in_the_order_of_their_names_each_once():
    assert [tag.name for tag in Tag.named(["пары", "чтение", "Пары", "  "])] == ["пары", "чтение"]


def test_a_merged_tag_stands_wherever_the_others_stood_drafts_and_search_included():
    both = pages.practice(tags=["группы", "работа в группах"])
    one = pages.practice(tags=["группы"])
    waiting = PracticePage.objects.get(pk=one.pk)
    waiting.title = "Ещё не опубликовано"
    revision = waiting.save_revision()
    into, gone = Tag.objects.get(name="работа в группах"), Tag.objects.get(name="группы")

    assert merge(tags=[gone, into], into=into) == 2

    assert list(Tag.objects.filter(name="группы")) == []
    assert [
        [tag.name for tag in page.tags.all()] for page in PracticePage.objects.filter(pk__in=[both.pk, one.pk])
    ] == [
        ["работа в группах"],
        ["работа в группах"],
    ]
    revision.refresh_from_db()
    revision.publish()
    assert [tag.name for tag in PracticePage.objects.get(pk=one.pk).tags.all()] == ["работа в группах"]


def test_a_tags_page_lists_its_practices(client):
    page = pages.practice(title="Делим пуговицы", tags=["деление"])
    response = client.get(f"{pages.bank_page().url}tags/delenie/")
    assert [card.url for card in response.context["cards"]] == [page.url]


def test_the_page_of_all_tags_counts_published_practices_only(client):
    pages.practice(tags=["деление"])
    hidden = pages.practice(tags=["деление", "тайное"])
    hidden.unpublish()
    response = client.get(f"{pages.bank_page().url}tags/")
    assert response.context["letters"] == [
        {"letter": "Д", "tags": [{"name": "деление", "url": "/bank/tags/delenie/", "count": 1}]}
    ]


def test_an_unknown_tag_is_not_found(client):
    assert client.get(f"{pages.bank_page().url}tags/nothing/").status_code == 404


def test_a_coordinator_merges_tags_in_the_admin(admin_client):
    pages.practice(tags=["группы", "парты"])
    into, gone = Tag.objects.get(name="парты"), Tag.objects.get(name="группы")
    address = reverse("wagtail_bulk_action", args=["core", "tag", "merge"]) + f"?id={into.pk}&id={gone.pk}"
    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, {"into": into.pk}).status_code == 302
    assert [tag.name for tag in Tag.objects.all()] == ["парты"]


def test_renaming_a_tag_into_another_says_to_merge(admin_client):
    first, _second = Tag.named(["группы", "пары"])
    address = reverse(Tag.snippet_viewset.get_url_name("edit"), args=[first.pk])
    response = admin_client.post(address, {"name": "ПАРЫ"})
    assert list(response.context["form"].errors) == ["name"]
    assert admin_client.post(address, {"name": "в группах"}).status_code == 302
    assert Tag.objects.get(pk=first.pk).name == "в группах"
