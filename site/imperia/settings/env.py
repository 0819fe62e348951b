"""Every environment variable the portal reads, in one place.

`docs/operations.md` lists the same names; a test compares the two.
"""

import os
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}


@dataclass(frozen=True)
class Variable:
    """A setting that the machine's owner may give: its name, its default and what it does."""

    name: str
    default: str
    help: str

    def __call__(self) -> str:
        return os.environ.get(self.name, self.default)

    def as_bool(self) -> bool:
        return self().strip().lower() in TRUE

    def as_int(self) -> int:
        try:
            return int(self())
        except ValueError as error:
            raise ImproperlyConfigured(f"{self.name} must be a whole number, not {self()!r}") from error

    def as_list(self) -> list[str]:
        return [item.strip() for item in self().split(",") if item.strip()]

    def required(self) -> str:
        """The value, or a refusal to start: production must not run on a guessable default."""
        value = self()
        if not value:
            raise ImproperlyConfigured(f"{self.name} is not set: {self.help}")
        return value


VARIABLES: dict[str, Variable] = {}


def variable(name: str, default: str, help: str) -> Variable:  # noqa: A002 - reads as documentation
    VARIABLES[name] = Variable(name, default, help)
    return VARIABLES[name]


SETTINGS_MODULE = variable("DJANGO_SETTINGS_MODULE", "imperia.settings.local", "which settings to run with")
SECRET_KEY = variable("SECRET_KEY", "", "signs sessions and links; required in production")
DATABASE_URL = variable("DATABASE_URL", "", "a PostgreSQL of your own; empty: the embedded one under VAR_DIR")
VAR_DIR = variable("VAR_DIR", "", "where database, files and logs live; empty: var/ beside manage.py")
HOST = variable("HOST", "127.0.0.1", "the address the web server listens on")
PORT = variable("PORT", "8000", "the port the web server listens on")
WEB_WORKERS = variable("WEB_WORKERS", "2", "gunicorn processes")
WORKER_JOBS = variable("WORKER_JOBS", "2", "background jobs done at the same time")
BASE_URL = variable("BASE_URL", "", "the public address, as in https://portal.example; empty: http://HOST:PORT")
ALLOWED_HOSTS = variable("ALLOWED_HOSTS", "", "host names served, comma separated; required in production")
PROXY_COUNT = variable("PROXY_COUNT", "0", "trusted reverse proxies in front of the portal")
EMAIL_URL = variable("EMAIL_URL", "", "smtp://user:password@host:587?tls=true; empty: letters go to VAR_DIR/mail")
EMAIL_FROM = variable("EMAIL_FROM", "Империя школ <no-reply@localhost>", "the sender of letters")
CLAMAV_SOCKET = variable("CLAMAV_SOCKET", "", "path of clamd's socket; empty: uploads are not scanned for viruses")
ELASTICSEARCH_URL = variable(
    "ELASTICSEARCH_URL",
    "",
    "http(s)://user:password@host:9200, nodes comma separated; empty: PostgreSQL searches alone",
)
ELASTICSEARCH_INDEX = variable("ELASTICSEARCH_INDEX", "imperia", "what the names of its indexes begin with")
ELASTICSEARCH_REPLICAS = variable("ELASTICSEARCH_REPLICAS", "1", "further copies kept on other nodes")
LOG_LEVEL = variable("LOG_LEVEL", "INFO", "least important log line to write: DEBUG, INFO, WARNING or ERROR")
METRICS_TOKEN = variable("METRICS_TOKEN", "", "bearer token of /metrics; empty: only this machine may read it")
DEMO = variable("DEMO", "1", "0: make run leaves an empty portal empty")
