from django.db import migrations


class Migration(migrations.Migration):
    """A beginning that many thousand words have is completed from the most frequent ones."""

    dependencies = [("search", "0005_school_words")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX search_word_common ON search_searchword (count DESC, word)",
            "DROP INDEX search_word_common",
        ),
    ]
