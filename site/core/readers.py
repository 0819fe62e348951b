"""Who asks for a page: a person or a machine."""

from functools import lru_cache

from crawlerdetect import CrawlerDetect
from django.http import HttpRequest


@lru_cache(maxsize=4096)
def is_bot(user_agent: str) -> bool:
    return not user_agent or CrawlerDetect(user_agent=user_agent).isCrawler()


def is_a_person(request: HttpRequest) -> bool:
    """Neither a robot nor a browser that fetches ahead of its reader."""
    return "prefetch" not in request.META.get("HTTP_SEC_PURPOSE", "") and not is_bot(
        request.META.get("HTTP_USER_AGENT", "")[:400]
    )
