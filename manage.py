#!/usr/bin/env python
"""The portal's command line. `python manage.py help` lists the commands."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imperia.settings.local")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - the path must be set first
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - the path must be set first

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")


if __name__ == "__main__":
    main()
