"""Pages that editors promote for a query."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from search.promotions import promoted
from tests.factories import pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def promote(text: str, page=None, **fields) -> SearchPromotion:
    return SearchPromotion.objects.create(query=Query.get(text), page=page, **fields)


def shown(text: str, person=None, corrected: str = "") -> list[tuple[str, str]]:
    request = RequestFactory().get("/search/")
    request.user = person or AnonymousUser()
    return [(one.title, one.url) for one in promoted(text, request, corrected=corrected)]


def test_an_editor_promotes_a_page_and_the_next_reader_sees_it(client):
    """However the reader writes the same words."""
    page = pages.practice(title="Как пройти ВПР")
    client.force_login(UserFactory(roles=["editor"]))
    picks = [{"page": page.pk, "ORDER": "1", "description": "Начните отсюда", "external_link_url": ""}]
    form = nested_form_data({"query_string": "ВПР: отчёт", "editors_picks": inline_formset(picks)})
    response = client.post(reverse("wagtailsearchpromotions:add"), form)
    assert response.status_code == 302, response.context["searchpicks_formset"].errors
    client.logout()
    for text in ("впр отчет", "  Впр «ОТЧЁТ»?"):
        found = client.get("/search/", {"q": text})
        assert [(one.title, one.description) for one in found.context["promoted"]] == [
            ("Как пройти ВПР", "Начните отсюда")
        ]
        assert f'href="{page.url}"' in found.content.decode()
    assert client.get("/search/", {"q": "впр отчет за год"}).context["promoted"] == []


def test_what_is_promoted_for_the_corrected_query_is_shown_too_each_page_once():
    one, two = pages.practice(title="Раз"), pages.practice(title="Два")
    promote("чтение", one, sort_order=1)
    promote("чтение", two, sort_order=0)
    promote("xntybt", two, sort_order=0)
    assert shown("xntybt", corrected="чтение") == [("Два", two.url), ("Раз", one.url)]
    assert shown("") == []


def test_a_page_is_promoted_only_to_those_who_may_open_it():
    teacher = UserFactory()
    for title, kind in (("За паролем", "password"), ("Для своих", "login"), ("Для экспертов", "groups")):
        page = pages.practice(title=title)
        promote("закрытое", page)
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="секрет")
    hidden = pages.practice(title="Снято")
    promote("закрытое", hidden)
    hidden.unpublish()
    promote("закрытое", pages.draft(title="Черновик"))
    assert shown("закрытое") == []
    assert [title for title, _url in shown("закрытое", teacher)] == ["Для своих"]


def test_other_sites_are_named_and_only_those_of_the_web():
    promote("сферум", external_link_url="https://sferum.ru/?p=start", external_link_text="Сферум")
    promote("сферум", external_link_url="ftp://sferum.ru/", external_link_text="Файлы")
    promote("сферум", external_link_url="javascript:alert(1)", external_link_text="Зло")
    assert shown("сферум") == [("Сферум", "https://sferum.ru/?p=start")]
