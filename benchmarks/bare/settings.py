"""The least that Django can be on the portal's database: no application, no middleware."""

import dj_database_url

from imperia.settings import env

SECRET_KEY = env.SECRET_KEY()
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.bare.floor"
WSGI_APPLICATION = "benchmarks.bare.floor.application"
DATABASES = {"default": {**dj_database_url.parse(env.DATABASE_URL()), "CONN_MAX_AGE": 600}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
USE_I18N = False
USE_TZ = True
