"""Anybody with a code learns what it proves; a withdrawn name is shown to its owner alone."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from certificates import services
from core import page_cache
from tests.factories.accounts import UserFactory
from tests.factories.papers import certificate

pytestmark = pytest.mark.django_db

CHECK = "/certificates/"


@pytest.fixture
def holder():
    return UserFactory(last_name="Берёзкина", first_name="Ирина", patronymic="Львовна")


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def withdraw_name(person) -> None:
    person.name_withdrawn = True
    person.save()


def test_a_valid_paper_is_told_with_all_that_stands_on_it(client, holder):
    paper = certificate(holder, title="Читаем карту")
    page = client.get(paper.get_absolute_url()).content.decode()
    said = ["Берёзкина Ирина Львовна", "учитель географии, Школа № 25", "Читаем карту", paper.code, paper.url]
    assert [words for words in [*said, "notice--success", paper.pdf_url] if words not in page] == []


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")])
def test_a_code_in_another_spelling_leads_to_the_one_address(client, spoil):
    paper = certificate()
    assert client.get(f"/certificates/{spoil(paper.code)}/").headers["Location"] == paper.get_absolute_url()
    assert client.get(CHECK, {"code": spoil(paper.code)}).headers["Location"] == paper.get_absolute_url()


def test_the_whole_address_may_be_entered_as_the_code(client):
    paper = certificate()
    assert client.get(CHECK, {"code": paper.address}).headers["Location"] == paper.get_absolute_url()


@pytest.mark.parametrize("code", ["", "2222-2222-2222", "<script>alert(1)</script>", "x" * 3000])
def test_a_wrong_code_is_told_at_the_field(client, code):
    certificate()
    response = client.get(CHECK, {"code": code})
    assert (response.status_code, "error-summary" in response.content.decode()) == (200, True)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("code", ["2222-2222-2222", "nonsense", "../../etc", "%D0%96"])
def test_no_such_paper_is_a_page_of_its_own_with_the_field(client, code):
    response = client.get(f"/certificates/{code}/")
    assert response.status_code == 404


def test_an_unknown_code_offers_to_enter_it_anew(client):
    assert 'name="code"' in client.get("/certificates/2222-2222-2222/").content.decode()


def test_a_revoked_paper_says_why_and_gives_no_pdf(client):
    paper = certificate()
    services.revoke(certificate=paper, by=UserFactory(), reason="Текст взят у коллеги")
    page = client.get(paper.get_absolute_url()).content.decode()
    assert ("notice--error" in page, "Текст взят у коллеги" in page, paper.pdf_url in page) == (True, True, False)
    gone = client.get(paper.pdf_url)
    assert (gone.status_code, "Текст взят у коллеги" in gone.content.decode()) == (410, True)


def test_a_withdrawn_name_is_shown_and_given_to_its_owner_alone(client, holder):
    paper = certificate(holder)
    withdraw_name(holder)
    for reader in (client, enter(UserFactory()), enter(UserFactory(roles=["coordinator"]))):
        page = reader.get(paper.get_absolute_url()).content.decode()
        assert ("Берёзкина" in page, "notice--success" in page) == (False, True)
        assert reader.get(paper.pdf_url).status_code == 404
    owner = enter(holder)
    assert "Берёзкина Ирина Львовна" in owner.get(paper.get_absolute_url()).content.decode()
    assert owner.get(paper.pdf_url).headers["Content-Type"] == "application/pdf"


def test_a_paper_of_an_erased_person_is_given_to_nobody(client, holder):
    paper = certificate(holder)
    holder.delete()
    assert client.get(paper.get_absolute_url()).status_code == 200
    assert client.get(paper.pdf_url).status_code == 404
    assert enter(UserFactory()).get(paper.pdf_url).status_code == 404


def test_visitors_pages_are_without_cookies_and_kept(client, monkeypatch, holder):
    monkeypatch.setattr(page_cache, "ROOM", 1_000_000)
    paper = certificate(holder)
    for address in (CHECK, paper.get_absolute_url(), paper.pdf_url):
        response = client.get(address)
        assert (dict(response.cookies), "ETag" in response.headers) == ({}, True)
        assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_what_a_signed_in_person_sees_is_kept_nowhere(holder):
    paper = certificate(holder)
    for address in (CHECK, paper.get_absolute_url(), paper.pdf_url):
        assert "no-store" in enter(holder).get(address).headers["Cache-Control"]


def test_search_engines_keep_out(client):
    assert client.get(certificate().get_absolute_url()).headers["X-Robots-Tag"] == "noindex"


def test_only_reading_is_answered(client):
    paper = certificate()
    assert [client.post(address).status_code for address in (CHECK, paper.get_absolute_url(), paper.pdf_url)] == [
        405
    ] * 3


def test_a_title_with_markup_is_words(client):
    page = client.get(certificate(title="<script>alert(1)</script>").get_absolute_url()).content.decode()
    assert "<script>alert" not in page


def test_its_printed_address_is_the_portals_own(client):
    paper = certificate()
    assert paper.address == f"{settings.BASE_URL}{reverse('certificates:certificate', args=[paper.code])}"
