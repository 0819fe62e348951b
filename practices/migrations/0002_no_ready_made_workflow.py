"""Wagtail comes with a workflow for a group «Moderators» that this portal does not have: it would offer editors a way
that leads nowhere. The bank's own review is a workflow of its own.
"""

from django.db import migrations


def remove(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0001_initial"),
        ("wagtailcore", "0083_workflowcontenttype"),
    ]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
