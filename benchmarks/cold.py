"""The portal as `make run` serves it, but for its page cache: every page is rendered anew."""

from imperia.settings.local import *  # noqa: F403
from imperia.settings.local import MIDDLEWARE

MIDDLEWARE = [name for name in MIDDLEWARE if name != "core.page_cache.PageCacheMiddleware"]
