"""What a page asks of the network: little, nothing of strangers, and a player only when it is wanted."""

from urllib.parse import urlsplit

import pytest

from tests.e2e import content

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

#: design.md §6: requests of a public page, bytes of its HTML, CSS and JS as they come over the wire.
REQUESTS, BYTES = 15, 60 * 1024
KINDS = {"Document", "Stylesheet", "Script"}


@pytest.fixture(scope="module")
def paths(address) -> list[str]:
    """A public page of each template."""
    return [
        "/",
        "/bank/",
        "/bank/?q=читательская",
        "/search/?q=читательская",
        urlsplit(content.practice().get_url()).path,
        "/bank/tags/",
        "/bank/tags/karta/",
        content.subject_path(),
        "/schools/",
        urlsplit(content.practice().school.get_url()).path,
        "/about/",
        "/appearance/",
        "/accounts/login/",
    ]


def traffic(house, path: str, **options) -> tuple[int, int]:
    """Requests and bytes of HTML, CSS and JS that an empty cache needs for the page, scrolled to its end."""
    page = house.visitor(**options)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    kinds, sizes = {}, {}
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(path)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    return len(kinds), sum(size for request, size in sizes.items() if kinds.get(request) in KINDS)


def test_each_page_keeps_to_its_budget(house, paths):
    measured = {path: traffic(house, path) for path in paths}

    assert {path: figures for path, figures in measured.items() if figures[0] > REQUESTS or figures[1] > BYTES} == {}


def test_a_video_asks_nothing_of_its_host_until_it_is_pressed(house):
    page = house.visitor()
    asked = []
    page.context.route("https://rutube.ru/**", lambda route: (asked.append(route.request.url), route.fulfill(body="")))
    page.goto("/about/")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert asked == []

    house.allowed.add("rutube.ru")
    page.get_by_role("link", name="Фрагмент урока").click()
    page.wait_for_selector("iframe")
    page.wait_for_load_state("networkidle")
    assert asked == ["https://rutube.ru/play/embed/0123456789abcdef0123456789abcdef"]


def test_a_visitor_is_given_no_cookie(house, paths):
    page = house.visitor()
    for path in paths[:-1]:
        page.goto(path)

    assert page.context.cookies() == []
