"""A page as a telephone of the middle class sees it: Chromium, four times slower, on slow 4G."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.portal import fail

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
#: Lighthouse's own mobile: a Moto G Power on slow 4G.
SCREEN = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 93_750}
CPU_SLOWER = 4
#: What budgets count beside pictures: the types that Chromium gives requests.
PAGE_PARTS = {"document", "stylesheet", "script"}
OBSERVE = """
window.vitals = {lcp: 0, cls: 0, tbt: 0};
const watch = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => { vitals.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
watch("longtask", (entry) => { vitals.tbt += entry.duration - 50; });
"""


@dataclass(frozen=True)
class Sight:
    """A page's weight in compressed bytes, its requests, and web vitals in milliseconds (CLS has no unit)."""

    page_bytes: int
    all_bytes: int
    requests: int
    strangers: int
    lcp: float
    cls: float
    tbt: float


def chromium_path() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not found:
        fail("Chromium is missing: apt-get install chromium")
    return found


def flags() -> list[str]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [*sandbox, "--disable-gpu", "--disable-background-networking"]


@contextmanager
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a dependency of development alone

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=flags())
        try:
            yield browser
        finally:
            browser.close()


def look(browser, url: str) -> Sight:
    """Open the page with nothing kept from before, and wait until it is quiet."""
    context = browser.new_context(**SCREEN)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
        page.add_init_script(OBSERVE)
        finished = []
        page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - a built-in does not do
        page.goto(url, wait_until="networkidle")
        vitals = page.evaluate("vitals")
        # Pictures written into the page itself are no requests.
        asked = [request for request in finished if request.url.startswith("http")]
        sizes = [(request.resource_type, request.sizes()["responseBodySize"]) for request in asked]
        return Sight(
            page_bytes=sum(size for kind, size in sizes if kind in PAGE_PARTS),
            all_bytes=sum(size for _kind, size in sizes),
            requests=len(asked),
            strangers=sum(urlsplit(request.url).netloc != urlsplit(url).netloc for request in asked),
            lcp=round(vitals["lcp"]),
            cls=round(vitals["cls"], 4),
            tbt=round(vitals["tbt"]),
        )
    finally:
        context.close()
