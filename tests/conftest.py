"""What every test stands on: a real PostgreSQL, files of its own, a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from pytest_django.plugin import blocking_manager_key

from core import page_cache
from imperia import catalogue, embedded
from tests import migrated_rows

STARTED = pytest.StashKey[bool]()
#: Whether a transactional test has left the database of this process empty.
EMPTIED = pytest.StashKey[bool]()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: Chromium draws two popups of its address bar for each window, seen or not: that takes longer than a page of ours.
#: A second list of features replaces the first, so those that Playwright forgoes are named again.
UNWANTED_FEATURES = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
BROWSER_OPTIONS = (
    f"--disable-features={','.join(UNWANTED_FEATURES)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
)


def pytest_configure(config: pytest.Config) -> None:
    """Start the tests' own server once, before any test process needs it."""
    if hasattr(config, "workerinput"):
        return
    catalogue.compile_all()
    if not os.environ.get("DATABASE_URL"):
        config.stash[STARTED] = embedded.start(settings.VAR_DIR, durable=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(STARTED, False):
        embedded.stop(settings.VAR_DIR)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one `xdist_group` go to one process, so that they make once what they share.

    pytest-xdist 3.8 writes the group where pytest 9.2 no longer reads it, and says nothing:
    https://github.com/pytest-dev/pytest-xdist/issues/1386
    """
    if not config.getoption("loadgroup", False):
        return
    for item in items:
        group = "_".join(sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")}))
        if group and not item.nodeid.endswith(f"@{group}"):
            item._id = type(item._id).parse(f"{item.nodeid}@{group}")
            assert item.nodeid.endswith(f"@{group}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Put back what the migrations wrote, if a transactional test was before.

    Django empties the database behind such a test and pytest-django runs them last for that; but each `xdist_group`
    has its own last, and the next group begins with the migrations' rows gone.
    """
    if item.session.stash.get(EMPTIED, False):
        with item.config.stash[blocking_manager_key].unblock():
            migrated_rows.put_back()
        item.session.stash[EMPTIED] = False


def pytest_runtest_teardown(item: pytest.Item) -> None:
    if is_transactional(item):
        item.session.stash[EMPTIED] = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The tests' database, and what the migrations wrote there kept to be put back."""
    with django_db_blocker.unblock():
        migrated_rows.keep()


def is_transactional(item: pytest.Item) -> bool:
    return "transactional_db" in getattr(item, "fixturenames", ()) or any(
        mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")
    )


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this test process keeps uploaded files; gone at the end."""
    root = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=root):
        yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_page_cache(monkeypatch) -> None:
    """Tests roll back, so nothing tells the page cache of their changes: it keeps nothing."""
    monkeypatch.setattr(page_cache, "memory", page_cache.Memory())
    monkeypatch.setattr(page_cache, "ROOM", 0)


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """A headless Chromium, the system's own; without one the test is left out, in CI it fails."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        message = "no Chromium found: apt install chromium"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and only browser tests need it

    # Playwright keeps an event loop in this thread; Django would take every query for a blocked one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=list(BROWSER_OPTIONS))
        yield chromium
        chromium.close()
