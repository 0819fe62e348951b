"""What holds everywhere. `local`, `test` and `production` add what differs."""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from imperia import embedded, logs

from . import env

ROOT = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env.VAR_DIR() or ROOT / "var").absolute()

SECRET_KEY = env.SECRET_KEY()
DEBUG = False
#: Whether strangers reach this installation: the system checks are stricter then.
PUBLIC = False
#: Whether `make run` fills an empty portal with the demo content.
LOAD_DEMO = False
ALLOWED_HOSTS = env.ALLOWED_HOSTS.as_list()
BASE_URL = (env.BASE_URL() or f"http://{env.HOST()}:{env.PORT()}").rstrip("/")
ROOT_URLCONF = "imperia.urls"
WSGI_APPLICATION = "imperia.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "imperia",
    "cabinet",
    "home",
    "practices",
    "schools",
    "search",
    "certificates",
    "notifications",
    "moderation",
    "files",
    "accounts",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_prose_editor",
    "rules.apps.AutodiscoverRulesConfig",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.admin.apps.PeopleAdminConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.contrib.search_promotions",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "imperia.metrics.MetricsMiddleware",
    "core.middleware.RequestLimits",
    "files.middleware.UploadLimit",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.page_cache.PageCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.AppearanceMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondStepMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.shared_pages.SharedPagesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "core.context_processors.house",
                "home.context_processors.frame",
            ],
            "builtins": ["core.templatetags.house", "django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# Databases

EMBEDDED_DATABASE = not env.DATABASE_URL()
DATABASES = {
    "default": {
        **dj_database_url.parse(env.DATABASE_URL() or embedded.url(VAR_DIR)),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    },
}

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "cabinet:index"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
#: One who has just opened an account chooses their school.
ACCOUNT_SIGNUP_REDIRECT_URL = "schools:join"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
#: Tight by account («key»: the address), loose by network address: a whole school comes from one.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,10/5m/key",
    "reset_password": "100/m/ip,5/h/key",
    "reset_password_from_key": "200/m/ip",
    "signup": "100/m/ip",
    "complaint": "20/h/ip",
    "complaint_of_member": "30/h/user",
}
ACCOUNT_FORMS = {
    "signup": "accounts.forms.signup.SignupForm",
    "login": "accounts.forms.entrance.LoginForm",
    "reset_password": "accounts.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.entrance.ResetPasswordKeyForm",
    "change_password": "accounts.forms.entrance.ChangePasswordForm",
    "set_password": "accounts.forms.entrance.SetPasswordForm",
    "add_email": "accounts.forms.entrance.AddEmailForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
#: Roles (and «superuser») that open no page before a second step is set up: see accounts.middleware.
MFA_REQUIRED_ROLES = []
#: There is no secret to guess behind a passkey, and a whole school comes from one address.
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TOTP_ISSUER = "Империя школ"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.entrance.AuthenticateForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateByCodeForm",
    "activate_totp": "accounts.forms.entrance.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.entrance.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.entrance.EditPasskeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.PROXY_COUNT.as_int()
# The admin is entered by the same door as the portal, and keeps no passwords or addresses of its own.
WAGTAILADMIN_LOGIN_URL = "accounts:admin_door"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
#: allauth counts attempts in the default cache, so all workers must share it. The table is of migration
#: accounts.0002; the limit keeps a guesser from pushing the counters out.
CACHES = {
    "default": {
        "BACKEND": "core.cache.PortalCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Wagtail asks for each size of each picture: too often for a table, and what is asked for has its hash in the key.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}

# Languages and time

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Vladivostok"
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.assets.PortalStaticStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Wagtail's editor posts a field for each block's part: a long practice has thousands.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
CLAMAV_SOCKET = env.CLAMAV_SOCKET()
# What is small stays in memory; the rest is written only up to its limit (see files.limits).
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "files.uploads.CappedFileUploadHandler",
]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "files.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000

# Letters


def email(url: str) -> dict:
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == ["true"],
        "EMAIL_USE_SSL": options.get("ssl") == ["true"],
    }


if env.EMAIL_URL():
    EMAIL_BACKEND = "notifications.smtp.EmailBackend"
    globals().update(email(env.EMAIL_URL()))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.EMAIL_FROM()

# Safety

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
ADMIN_PATH = "admin/"
#: Players whose video a practice may show: each loads only when its card is pressed.
EMBED_HOSTS = ("https://rutube.ru", "https://vkvideo.ru", "https://vk.com")
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": (f"/{ADMIN_PATH}",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF, *EMBED_HOSTS],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    },
}

# Wagtail

WAGTAIL_FINISH_WORKFLOW_ACTION = "practices.review.publishing.publish_reviewed"
WAGTAIL_SITE_NAME = "Империя школ"
WAGTAILADMIN_BASE_URL = BASE_URL
# Those who should know are told by the portal's own notifications.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_MODEL = "files.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "files.PortalDocument"
WAGTAIL_CONTENT_LANGUAGES = [("ru", "Русский")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский"), ("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILEMBEDS_RESPONSIVE_HTML = False
TAGGIT_CASE_INSENSITIVE = True
# The admin's own search looks at titles of some thousand pages: the portal's index serves the readers.
#: Days for which it is known what people searched for.
WAGTAILSEARCH_HITS_MAX_AGE = 365
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback", "AUTO_UPDATE": False}}

# Work behind the scenes

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LOG_LEVEL = env.LOG_LEVEL().upper()
LOGGING = logs.configure(LOG_LEVEL)
METRICS_TOKEN = env.METRICS_TOKEN()

# Search on a cluster


def elasticsearch_nodes() -> list[str]:
    """Addresses of the nodes; none: search is PostgreSQL's alone. A refusal to start where they cannot be used."""
    urls = env.ELASTICSEARCH_URL.as_list()
    if urls and find_spec("elasticsearch") is None:
        raise ImproperlyConfigured(
            "ELASTICSEARCH_URL is set, and its client is missing: pip install imperia-shkol[elasticsearch]"
        )
    for url in urls:
        parts = urlsplit(url)
        try:
            fits = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
        except ValueError:
            fits = False
        if not fits:
            raise ImproperlyConfigured(
                f"ELASTICSEARCH_URL must be like http://host:9200, not {parts.hostname or url!r}"
            )
    return urls


def elasticsearch_index() -> str:
    name = env.ELASTICSEARCH_INDEX()
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", name):
        raise ImproperlyConfigured(f"ELASTICSEARCH_INDEX must be small Latin letters, digits, - and _, not {name!r}")
    return name


ELASTICSEARCH_URL = elasticsearch_nodes()
ELASTICSEARCH_INDEX = elasticsearch_index()
ELASTICSEARCH_REPLICAS = env.ELASTICSEARCH_REPLICAS.as_int()
