"""The whole portal for browser tests: a server on a real port, static files as visitors get them, content.

It stands on a clone of the test database, so that all these tests share one content and the tests
after them find their database untouched.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler

from tests.e2e import content
from tests.e2e.house import House

#: The admin's files are many, and no public page asks for them.
NOT_PUBLIC = ["wagtail*", "admin"]


@pytest.fixture(scope="package")
def clone(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Another database with the same rows, in the place of the tests' own while these tests run."""
    with django_db_blocker.unblock():
        connection.close()
        name = connection.settings_dict["NAME"]
        assert name.startswith("test_"), "mark these tests with django_db: pytest-django made no database of tests"
        # PostgreSQL copies no database that somebody else looks at, were it a thread that a test left behind.
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        connection.creation.clone_test_db("e2e", verbosity=0)
        connection.settings_dict["NAME"] = connection.creation.get_test_db_clone_settings("e2e")["NAME"]
        yield
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.creation.destroy_test_db(suffix="e2e", verbosity=0)


@pytest.fixture(scope="package")
def built_static(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Static files collected, bundled and compressed, as production serves them."""
    root = tmp_path_factory.mktemp("static")
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "core.assets.PortalStaticStorage"}}
    with override_settings(
        STATIC_ROOT=root, STORAGES=storages, WHITENOISE_USE_FINDERS=False, WHITENOISE_AUTOREFRESH=False
    ):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_PUBLIC)
        yield root


@pytest.fixture(scope="package")
def address(browser, media_root, clone, built_static) -> Iterator[str]:
    """Where the portal with its content answers."""
    content.make()
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False)
    server.set_app(WSGIHandler())
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def house(address: str, browser) -> Iterator[House]:
    """The portal for one test's visitors; what went wrong in their browsers fails the test."""
    visited = House(address, browser)
    yield visited
    visited.close()
    assert visited.complaints == []
