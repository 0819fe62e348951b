"""Wagtail's two ready-made groups become two of our roles.

The other roles and the rights of all are laid after `migrate` (see `accounts.roles`).
"""

from django.db import migrations

NAMES = {"Editors": "editor", "Moderators": "coordinator"}


def rename(apps, schema_editor):
    for old, new in NAMES.items():
        apps.get_model("auth", "Group").objects.filter(name=old).update(name=new)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_first_texts"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
