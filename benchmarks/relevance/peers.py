"""What is measured: our search on each of its engines, and Wagtail's own; each answers a text with ids of practices.

Import it after `django.setup()`.
"""

from collections.abc import Callable

from benchmarks.relevance.metrics import DEPTH
from benchmarks.stock import Stock
from core import page_cache
from core.models import SiteGeneration
from practices.models import PracticePage
from practices.search import KIND
from search.engines import Engine, EngineAway
from search.finding import find
from search.query import SearchRequest
from search.results import Results

Answers = Callable[[str], list[str]]
SIZE = 2 * DEPTH
#: A server that has just started needs some seconds to warm up; a portal waits one.
TRIES = 20


def ours(engine: Engine) -> Answers:
    # As a page reads: what is the same for all readers is remembered between queries.
    page_cache.memory.enter(SiteGeneration.current())
    page_cache.reading.set(page_cache.memory.generation)

    def answer(text: str) -> list[str]:
        request = SearchRequest(text=text, kinds=[KIND], size=SIZE, with_facets=False)
        return [hit.ref for hit in patiently(request, engine).hits if hit.ref]

    return answer


def patiently(request: SearchRequest, engine: Engine) -> Results:
    """This engine's answer and no other's, however slow a busy machine is. Raises EngineAway where it gives none."""
    for _try in range(TRIES):
        results = find(request, asked=engine)
        if not results.simplified:
            return results
        from search.engines.elasticsearch.client import forget_trouble  # noqa: PLC0415 - its client is an extra

        forget_trouble()
    raise EngineAway(engine.name)


def wagtail() -> dict[str, Answers]:
    """By both of its operators: which of them a site takes is the choice of who builds it."""
    stock = Stock()
    stock.fill()
    refs = dict(PracticePage.objects.values_list("pk", "import_id"))

    def by(operator: str) -> Answers:
        return lambda text: [refs[pk] for pk in stock.found(text, operator, SIZE)]

    return {"all words": by("and"), "any word": by("or")}
