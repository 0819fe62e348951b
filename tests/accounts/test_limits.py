"""A school comes in from one address at once, a guesser does not: tight by account, loose by address."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.accounts.letters import link_in
from tests.accounts.test_signing_in import LOGIN, sign_in
from tests.accounts.test_signing_up import open_account
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def guess(email, *, address, **headers):
    return Client(REMOTE_ADDR=address).post(LOGIN, {"login": email, "password": "not that one"}, headers=headers)


def refusal(response):
    """The code of the refusal; nothing for one who came in."""
    return "" if response.status_code == 302 else response.context["form"].errors.as_data()["password"][0].code


def test_forty_teachers_behind_one_address_come_in_within_a_minute():
    people = [UserFactory().email for _ in range(40)]
    assert [sign_in(Client(REMOTE_ADDR="10.1.1.1"), email).status_code for email in people] == [302] * 40


def test_forty_teachers_behind_one_address_open_accounts_within_a_minute(mailoutbox):
    answers = [
        open_account(Client(REMOTE_ADDR="10.1.1.1"), email=f"t{number}@school.example").status_code
        for number in range(40)
    ]
    assert (answers, User.objects.count(), len(mailoutbox)) == ([302] * 40, 40, 40)


def test_a_guesser_is_stopped_at_one_account_from_whatever_addresses_he_comes(person):
    for number in range(10):
        assert refusal(guess(person.email, address=f"10.2.2.{number}")) == "email_password_mismatch"
    assert refusal(guess(person.email, address="10.9.9.9")) == "too_many_login_attempts"
    assert refusal(sign_in(Client(REMOTE_ADDR="10.3.3.3"), person.email)) == "too_many_login_attempts"
    assert sign_in(Client(REMOTE_ADDR="10.2.2.1"), UserFactory().email).status_code == 302


def test_the_owner_of_an_account_that_is_guessed_at_comes_in_by_letter(person, mailoutbox):
    for number in range(11):
        guess(person.email, address=f"10.2.2.{number}")
    client = Client()
    client.post("/accounts/password/reset/", {"email": person.email})
    page = client.get(link_in(mailoutbox[0])).headers["Location"]
    client.post(page, {"password1": "аптека канал рябь", "password2": "аптека канал рябь"})
    assert sign_in(Client(), person.email, "аптека канал рябь").status_code == 302


@pytest.mark.parametrize(("proxies", "stopped"), [(0, True), (1, False)])
def test_a_forwarded_address_is_believed_only_of_the_proxies_that_the_settings_count(settings, proxies, stopped):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
    answers = [
        guess(f"p{number}@school.example", address="10.0.0.1", **{"x-forwarded-for": f"10.7.7.{number}"}).status_code
        for number in range(5)
    ]
    assert answers == ([200, 200, 200, 429, 429] if stopped else [200] * 5)


def test_what_a_guesser_writes_before_the_proxys_own_word_is_not_believed(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
    answers = [
        guess(f"p{number}@school.example", address="10.0.0.1", **{"x-forwarded-for": f"6.6.6.{number}, 10.7.7.7"})
        for number in range(4)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


@pytest.mark.django_db(transaction=True)
def test_workers_count_together_what_a_guesser_tries_at_the_same_time():
    """Each thread has a connection of its own, as a worker has; they share nothing but the database."""
    cache.clear()
    person = UserFactory(email="guessed@school.example")

    def worker(number):
        try:
            # The page's own words: the test client mixes the contexts of threads.
            pages = [guess(person.email, address=f"10.{number}.{turn}.1").content.decode() for turn in range(6)]
            return ["Неверный адрес или пароль" in page for page in pages]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = [answer for found in pool.map(worker, range(4)) for answer in found]
    assert (answers.count(True), answers.count(False)) == (10, 14)
    assert refusal(sign_in(Client(), person.email, PASSWORD)) == "too_many_login_attempts"
    cache.clear()


def test_counters_are_kept_where_all_workers_see_them(settings):
    assert settings.CACHES["default"]["BACKEND"] == "core.cache.PortalCache"
    cache.set("from_here", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE %s", ["%from_here"])
        assert cursor.fetchone() == (1,)
