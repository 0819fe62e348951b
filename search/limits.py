"""How often an address may ask while typing: counted in the cache that all workers share."""

import time
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest

MINUTE = 60
#: A whole school comes from one address: thirty people who type at once are no attack.
SUGGESTIONS_A_MINUTE = 1_200
#: One subscriber has as many IPv6 addresses as they like.
IPV6_PREFIX = 64


def may_ask(request: HttpRequest) -> bool:
    """Count one more question of this address; False where it has asked too much within this minute.

    Two that come at the same instant may be counted as one: a limit, not an account.
    """
    key = f"suggestions:{network_of(request)}:{int(time.time()) // MINUTE}"
    with transaction.atomic(), connection.cursor() as cursor:
        # A count is not worth waiting for the disk.
        cursor.execute("SET LOCAL synchronous_commit TO off")
        asked = cache.get(key, 0)
        if asked >= getattr(settings, "SUGGESTIONS_A_MINUTE", SUGGESTIONS_A_MINUTE):
            return False
        cache.set(key, asked + 1, 2 * MINUTE)
    return True


def network_of(request: HttpRequest) -> str:
    """The client's address as the trusted proxies tell it."""
    address = ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False).network_address)
    return str(address)
