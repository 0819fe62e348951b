"""The tests: real PostgreSQL, real files, quick hashing, letters kept in memory."""

import dj_database_url

from imperia import embedded

from . import env
from .base import *  # noqa: F403
from .base import VAR_DIR

SECRET_KEY = "for tests only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A server of the tests' own, started by tests/conftest.py: they never touch what `make run` keeps.
VAR_DIR = VAR_DIR / "test"
DATABASES = {"default": dj_database_url.parse(env.DATABASE_URL() or embedded.url(VAR_DIR))}
# tests/conftest.py gives each test process a directory of its own.
MEDIA_ROOT = VAR_DIR / "media"
# Tests that want a node start one of their own: tests/search/conftest.py.
ELASTICSEARCH_URL = []
ELASTICSEARCH_REPLICAS = 0
