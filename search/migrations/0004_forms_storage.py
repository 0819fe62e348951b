"""The forms of words are read for quoted phrases only: out of the row, and as they are. An index that is still empty will
be of today's analysis; one made by an earlier analysis says nothing of itself, and the next start makes it anew."""

from django.db import migrations

STORAGE = """
ALTER TABLE search_searchdocument ALTER COLUMN forms SET STORAGE EXTERNAL;
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM search_searchdocument) THEN
        COMMENT ON TABLE search_searchdocument IS 'analysis 2';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0003_understanding")]

    operations = [migrations.RunSQL(STORAGE, migrations.RunSQL.noop)]
