"""What the migrations wrote, kept beside and put back after a test that emptied the database.

Django's own way (`serialized_rollback`) saves a thousand rows one by one, and knows nothing of the tables of models
that it does not manage, such as the worker's jobs.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from wagtail.models import Site

SCHEMA = "migrated"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"
#: What is computed by the table itself may not be written.
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


def keep() -> None:
    """Copy every table that holds anything; once is enough for a database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_namespace WHERE nspname = %s", [SCHEMA])
        if cursor.fetchone() is not None:
            return
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in names(cursor, TABLES, "public"):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
            if cursor.fetchone()[0]:
                columns = ", ".join(f'"{column}"' for column in names(cursor, COLUMNS, table))
                cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS SELECT {columns} FROM "{table}"')


def put_back() -> None:
    """Empty every table and fill it again. Constraints are looked at in the end, so that order does not matter."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = ", ".join(f'"{table}"' for table in names(cursor, TABLES, "public"))
        cursor.execute(f"TRUNCATE {tables}")
        for table in names(cursor, TABLES, SCHEMA):
            columns = ", ".join(f'"{column}"' for column in names(cursor, COLUMNS, table))
            cursor.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {SCHEMA}."{table}"')
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def names(cursor: CursorWrapper, query: str, of: str) -> list[str]:
    cursor.execute(query, [of])
    return [name for (name,) in cursor.fetchall()]
