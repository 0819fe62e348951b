"""The school dictionary that a new portal begins with; one that people have begun already is left as it is."""

from django.db import migrations

from search.school_words import groups


def load(apps, schema_editor):
    group = apps.get_model("search", "SynonymGroup")
    if not group.objects.exists():
        group.objects.bulk_create(group(words="\n".join(phrases), comment=comment) for phrases, comment in groups())


class Migration(migrations.Migration):
    dependencies = [("search", "0004_forms_storage")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
