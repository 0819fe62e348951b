from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache

#: What Wagtail asks for with each address that it makes, and what changes once in a portal's life.
REMEMBERED = {"wagtail_site_root_paths"}
#: Seconds for which another worker may remember the old.
FRESH = 60


class PortalCache(DatabaseCache):
    """Shared by all workers, since attempts to sign in are counted in it; but a few facts that each page asks
    for again and again stay in the worker's memory.
    """

    def __init__(self, table, params):
        super().__init__(table, params)
        self.memory = LocMemCache("remembered", {"TIMEOUT": FRESH})

    def get(self, key, default=None, version=None):
        if key in REMEMBERED:
            return self.memory.get(key, default, version)
        return super().get(key, default, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if key in REMEMBERED:
            self.memory.set(key, value, FRESH, version)
        else:
            super().set(key, value, timeout, version)

    def delete(self, key, version=None):
        if key in REMEMBERED:
            return self.memory.delete(key, version)
        return super().delete(key, version)
