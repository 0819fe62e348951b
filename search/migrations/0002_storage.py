"""What Django's models cannot say: extensions, where columns are kept, the sequence of documents' ids."""

from django.core.management import CommandError
from django.db import DatabaseError, migrations

EXTENSIONS = ("pg_trgm", "unaccent", "vector")


def make_extensions(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for name in EXTENSIONS:
            try:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
            except DatabaseError as error:
                raise CommandError(
                    f"The database needs the PostgreSQL extension «{name}», and it could not be made: "
                    f"{str(error).splitlines()[0]}. Ask the database's administrator to install it and to run "
                    f"CREATE EXTENSION {name} in this database as a superuser, then migrate again."
                ) from error


STORAGE = """
ALTER TABLE search_searchdocument SET (toast_tuple_target = 256, fillfactor = 90);
ALTER TABLE search_searchdocument
    ALTER COLUMN facets SET STORAGE MAIN,
    ALTER COLUMN access SET STORAGE MAIN,
    ALTER COLUMN terms SET STORAGE EXTERNAL;
ALTER TABLE search_searchpassage SET (toast_tuple_target = 256);
ALTER TABLE search_searchpassage ALTER COLUMN terms SET STORAGE EXTERNAL;
CREATE SEQUENCE search_document_id;
-- An index over an extension's operators cannot stand in a model: 0001 comes before the extensions.
CREATE INDEX search_word_trigrams ON search_searchword USING gin (word gin_trgm_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(make_extensions, migrations.RunPython.noop),
        migrations.RunSQL(STORAGE, "DROP SEQUENCE search_document_id; DROP INDEX search_word_trigrams"),
    ]
