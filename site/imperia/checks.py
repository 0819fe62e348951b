"""System checks of a public server: what would be wrong with it although it starts."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004 - Django's name
from django.db import connection
from django.db.utils import OperationalError
from django.http.request import validate_host

EXTENSIONS = ("vector", "pg_trgm", "unaccent")
OLDEST_POSTGRESQL = 150_000
#: Of pgvector: the first that reads on along an index past what filters leave out.
OLDEST_VECTOR = [0, 8]
SHORTEST_KEY, FEWEST_LETTERS = 50, 5


@register(Tags.security)
def public_address(app_configs, **kwargs) -> list:
    """The public address is whole, encrypted and among the names served."""
    if not settings.PUBLIC:
        return []
    found = []
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme != "https":
        found.append(Error("BASE_URL must begin with https://: sessions travel with it.", id="imperia.E001"))
    if parts.path.strip("/") or parts.query:
        found.append(
            Error("BASE_URL must be an address without a path, as in https://portal.example", id="imperia.E002")
        )
    hosts = settings.ALLOWED_HOSTS
    if parts.hostname and not validate_host(parts.hostname, hosts):
        found.append(Error(f"ALLOWED_HOSTS does not serve {parts.hostname}, the host of BASE_URL.", id="imperia.E003"))
    if "*" in hosts:
        found.append(Error("ALLOWED_HOSTS must name the hosts: «*» lets links be forged.", id="imperia.E004"))
    return found


@register(Tags.security)
def secrets(app_configs, **kwargs) -> list:
    """The key that signs sessions cannot be guessed."""
    if settings.PUBLIC and (len(settings.SECRET_KEY) < SHORTEST_KEY or len(set(settings.SECRET_KEY)) < FEWEST_LETTERS):
        return [Error(f"SECRET_KEY must be {SHORTEST_KEY} random characters or longer.", id="imperia.E005")]
    return []


@register(Tags.security)
def encryption(app_configs, **kwargs) -> list:
    """Somebody in front of the portal speaks TLS."""
    if settings.PUBLIC and not settings.SECURE_PROXY_SSL_HEADER:
        return [Error("PROXY_COUNT is 0: the portal itself speaks no TLS, put a proxy before it.", id="imperia.E007")]
    return []


@register(Tags.security)
def letters(app_configs, **kwargs) -> list:
    """People can be written to."""
    if settings.PUBLIC and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return [Warning("EMAIL_URL is not set: nobody gets a letter, not even a new password.", id="imperia.W001")]
    return []


@register(Tags.database)
def database(app_configs, databases=None, **kwargs) -> list:
    """A server of one's own is recent enough and has the extensions."""
    return [Error(fault, id="imperia.E006") for fault in database_faults()] if databases else []


def database_faults() -> list[str]:
    """What is wrong with the database server, one line each."""
    try:
        with connection.cursor() as cursor:
            if connection.pg_version < OLDEST_POSTGRESQL:
                return [f"PostgreSQL {connection.pg_version // 10_000} is too old: 15 or newer is needed."]
            cursor.execute(
                "SELECT name, coalesce(installed_version, default_version)"
                " FROM pg_available_extensions WHERE name = ANY(%s)",
                [list(EXTENSIONS)],
            )
            versions = dict(cursor.fetchall())
    except OperationalError as error:
        return [f"No connection to the database: {' '.join(str(error).split())}"]
    missing = sorted(set(EXTENSIONS) - set(versions))
    faults = [f"PostgreSQL lacks the extension «{name}»: install its package on the server." for name in missing]
    if "vector" in versions and [int(part) for part in versions["vector"].split(".")[:2]] < OLDEST_VECTOR:
        faults.append(
            f"The extension «vector» {versions['vector']} is too old: 0.8 or newer is needed. Install it and run "
            "ALTER EXTENSION vector UPDATE in this database."
        )
    return faults
