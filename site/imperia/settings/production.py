"""A public server: refuses to start on a guess."""

from . import env
from .base import *  # noqa: F403
from .base import BASE_URL

PUBLIC = True
SECRET_KEY = env.SECRET_KEY.required()
env.ALLOWED_HOSTS.required()
env.DATABASE_URL.required()
env.BASE_URL.required()
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = True
# What watches the portal from inside asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Previews are shown in frames of our own; a browser's preload list is for the owner of the whole domain to enter.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
#: Those who have power come in by two steps; «superuser» stands beside the roles.
MFA_REQUIRED_ROLES = ["coordinator", "superuser"]
if env.PROXY_COUNT.as_int():
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
