"""What every test stands on: a real PostgreSQL, files of its own, a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from core import page_cache
from imperia import catalogue, embedded

STARTED = pytest.StashKey[bool]()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = (
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
