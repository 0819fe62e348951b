"""The door for gunicorn: see gunicorn.conf.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imperia.settings.local")
application = get_wsgi_application()
