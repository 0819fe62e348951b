"""How people come in, in a browser: an account, a school, a second step by a passkey."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from schools.models import Membership, SchoolPage
from tests.e2e.backstage import there
from tests.factories import schools
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]


def opens_account(page: Page, email: str) -> None:
    """From the sign-up page to the letter's link pressed."""
    for name, value in {
        "last_name": "Берёзкина",
        "first_name": "Ирина",
        "patronymic": "Алексеевна",
        "email": email,
    }.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.check("[name=processing]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/accounts/confirm-email/")
    letter = next(letter for letter in reversed(mail.outbox) if letter.to == [email])
    address = urlsplit(re.search(r"^https?://\S+$", letter.body, re.MULTILINE).group())
    page.goto(f"{address.path}?{address.query}")
    page.click("main form button[type=submit]")


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (360, False)], ids=["wide", "narrow without scripts"])
def test_a_newcomer_opens_an_account_chooses_a_school_and_is_confirmed(house, width, javascript):
    email = f"newcomer{width}@school.example"
    page = house.visitor(width=width, javascript=javascript)
    page.goto("/accounts/signup/")
    opens_account(page, email)
    page.wait_for_url("**/membership/join/")
    page.select_option("[name=school]", label="Школа № 101")
    page.fill("[name=position]", "учитель географии")
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_url("**/accounts/")
    expect(page.locator(".notice--info")).to_contain_text("ждёт ответа")

    coordinator = there(lambda: UserFactory(email=f"coordinator{width}@school.example", roles=["coordinator"]))
    other = house.visitor(width=width, javascript=javascript)
    house.sign_in(other, coordinator.email, PASSWORD)
    other.goto("/membership/queue/")
    other.check(f"#membership-{Membership.objects.get(user__email=email).pk}")
    other.get_by_role("button", name="Подтвердить отмеченных").last.click()
    expect(other.get_by_role("status")).to_contain_text("Подтверждён 1 человек.")
    page.reload()
    expect(page.locator(".notice--success")).to_contain_text("Подтверждено")


def test_a_link_copied_by_the_representative_lets_a_newcomer_in_at_once(house):
    school = SchoolPage.objects.get(title="Школа № 101")
    represents = there(lambda: schools.representative(school=school, user=UserFactory(email="rep@school.example"))).user
    at_school = house.visitor()
    house.sign_in(at_school, represents.email, PASSWORD)
    at_school.goto(f"/membership/schools/{school.pk}/")
    at_school.get_by_role("button", name="Создать ссылку").click()
    link = urlsplit(at_school.locator(".invitation-link code").inner_text()).path

    page = house.visitor(width=360)
    page.goto(link)
    page.get_by_role("main").get_by_role("link", name="Зарегистрироваться").click()
    opens_account(page, "by-link@school.example")
    page.wait_for_url(f"**{link}")
    page.fill("[name=position]", "учитель")
    page.get_by_role("button", name="Присоединиться").click()
    page.wait_for_url("**/accounts/")
    expect(page.locator(".notice--success").first).to_contain_text("Школа № 101")
    at_school.reload()
    expect(at_school.locator("main")).to_contain_text("По ней присоединился 1 человек.")


def with_a_key(page: Page) -> None:
    """A telephone's own key that always answers, as Chromium's tools play it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_then_is_the_second_step_and_then_opens_the_door_alone(house):
    # A passkey belongs to a name: an address of numbers has none.
    localhost = house.address.replace("127.0.0.1", "localhost")
    house.allowed.add(urlsplit(localhost).netloc)
    person = there(lambda: UserFactory(email="keys@school.example"))
    page = house.visitor()
    with_a_key(page)
    page.goto(f"{localhost}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form").first.get_by_role("button").click()
    page.wait_for_url("**/accounts/reauthenticate/**")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/webauthn/add/")
    page.fill("[name=name]", "Телефон")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Добавить ключ").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    assert [key.wrap().name for key in person.authenticator_set.filter(type="webauthn")] == ["Телефон"]

    def goes_out() -> None:
        page.goto(f"{localhost}/accounts/logout/")
        page.click("main button[type=submit]")

    goes_out()
    page.goto(f"{localhost}/accounts/login/?next=/accounts/profile/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form").first.get_by_role("button").click()
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    page.get_by_role("button", name="Предъявить ключ доступа").click()
    page.wait_for_url("**/accounts/profile/")

    goes_out()
    page.goto(f"{localhost}/accounts/login/?next=/accounts/profile/")
    page.get_by_role("button", name="Войти с ключом доступа").click()
    page.wait_for_url("**/accounts/profile/")
    assert User.objects.get(pk=person.pk).last_login


def test_without_scripts_no_button_is_offered_that_does_nothing(house):
    page = house.visitor(javascript=False)
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="Войти", exact=True)).to_be_visible()
    expect(page.get_by_text("Войти с ключом доступа")).to_be_hidden()
