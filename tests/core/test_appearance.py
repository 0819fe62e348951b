import pytest

from core.appearance import CHOICES, Appearance

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wish_is_remembered_and_leads_back(client, method):
    answer = getattr(client, method)("/appearance/", {"theme": "dark", "next": "/bank/?q=чтение"})

    assert (answer.status_code, answer["Location"]) == (302, "/bank/?q=%D1%87%D1%82%D0%B5%D0%BD%D0%B8%D0%B5")
    assert Appearance.from_cookie(client.cookies["appearance"].value) == Appearance(theme="dark")


def test_wishes_add_up(client):
    client.post("/appearance/", {"size": "huge"})
    client.post("/appearance/", {"contrast": "blue"})

    assert Appearance.from_cookie(client.cookies["appearance"].value) == Appearance(size="huge", contrast="blue")


def test_one_press_opens_the_panel_for_the_visually_impaired_and_another_closes_it(client):
    client.post("/appearance/", {"theme": "dark"})
    client.post("/appearance/", {"mode": "adapted"})
    adapted = Appearance.from_cookie(client.cookies["appearance"].value)
    client.post("/appearance/", {"mode": "normal"})
    normal = Appearance.from_cookie(client.cookies["appearance"].value)

    assert adapted == Appearance(theme="dark", size="large", contrast="black-on-white")
    assert (adapted.is_adapted, normal) == (True, Appearance(theme="dark"))


def test_the_default_look_leaves_no_cookie(client):
    client.post("/appearance/", {"theme": "dark"})
    answer = client.post("/appearance/", {"theme": "auto"})

    assert (answer.cookies["appearance"].value, answer.cookies["appearance"]["max-age"]) == ("", 0)


def test_a_language_is_remembered(client):
    answer = client.post("/appearance/", {"language": "en", "next": "/bank/"})

    assert (answer["Location"], answer.cookies["language"].value) == ("/bank/", "en")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "\\\\evil.example/",
        "javascript:alert(1)",
        "http:evil.example",
        "https://testserver@evil.example/",
        "",
    ],
)
def test_nobody_is_led_away_from_the_portal(client, address):
    assert client.post("/appearance/", {"theme": "dark", "next": address})["Location"] == "/"


@pytest.mark.parametrize(
    "wishes",
    [
        {"theme": "pink"},
        {"language": "xx"},
        {"mode": "root"},
        {"size": "huge; domain=evil"},
        {"theme": "\r\nSet-Cookie: x=1"},
        {"cookie": "x"},
    ],
)
def test_what_is_unknown_sets_nothing(wishes):
    assert Appearance().changed(wishes) is None


def test_the_cookie_of_a_stranger_is_read_with_care():
    assert Appearance.from_cookie("theme=dark&size=<script>&images=off&x=y") == Appearance(theme="dark", images="off")
    assert Appearance.from_cookie("a=1&" * 10_000) == Appearance()


@pytest.mark.parametrize(("name", "values"), CHOICES.items())
def test_every_look_survives_its_cookie(name, values):
    for value in values:
        look = Appearance(**{name: value})
        assert Appearance.from_cookie(look.cookie) == look


def test_equal_looks_have_equal_cookies():
    assert Appearance(images="off", theme="dark").cookie == Appearance(theme="dark", images="off").cookie


def test_the_answer_is_kept_by_no_cache_and_starts_no_session(client):
    answer = client.post("/appearance/", {"theme": "dark"})

    assert "no-store" in answer["Cache-Control"]
    assert set(answer.cookies) == {"appearance"}


def test_other_methods_are_refused(client):
    assert client.put("/appearance/").status_code == 405
