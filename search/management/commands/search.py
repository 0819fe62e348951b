import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.text import normalise
from search.engines import MAX_SIZE
from search.finding import find
from search.query import SearchRequest
from search.registry import facets, sources
from search.results import Hit, Results


class Command(BaseCommand):
    """Prints what the site would answer to an anonymous visitor."""

    help = "Search as an anonymous visitor of the site would."

    def add_arguments(self, parser: CommandParser):
        parser.add_argument("query", metavar="QUERY")
        parser.add_argument("--kind", help="a kind of object, or a value of the facet «kind» (lesson)")
        parser.add_argument("--subject", help="a subject, by its address or its name")
        parser.add_argument(
            "--limit", type=int, default=20, metavar="N", help=f"results to print, 1 to {MAX_SIZE} (20)"
        )
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args, **options):
        if not 1 <= options["limit"] <= MAX_SIZE:
            raise CommandError(f"--limit must be between 1 and {MAX_SIZE}, not {options['limit']}.")
        filters, kinds = {}, None
        if options["subject"]:
            filters["subject"] = [self.value_of("subject", options["subject"])]
        if options["kind"]:
            kinds, filters = self.kind(options["kind"], filters)
        request = SearchRequest(
            text=options["query"], filters=filters, kinds=kinds, size=options["limit"], with_facets=False
        )
        results = find(request)
        if options["json"]:
            self.stdout.write(json.dumps([as_json(hit) for hit in results.hits], ensure_ascii=False, indent=2))
        else:
            self.show(results)

    def kind(self, asked: str, filters: dict) -> tuple[list[str] | None, dict]:
        if asked in {source.kind for source in sources()}:
            return [asked], filters
        return None, {**filters, "kind": [self.value_of("kind", asked)]}

    def value_of(self, name: str, asked: str) -> str:
        """A value of this facet by its code or its label, whatever its case and ё."""
        lines = find(SearchRequest(size=1)).facets.get(name, [])
        found = [line.value for line in lines if normalise(asked) in {normalise(line.value), normalise(line.label)}]
        if found:
            return found[0]
        labels = facets()[name].labels([asked]) if name in facets() else {}
        if asked in labels:
            return asked
        known = ", ".join(line.value for line in lines) or "none"
        raise CommandError(f"No {name} {asked!r}. Known: {known}.")

    def show(self, results: Results) -> None:
        for number, hit in enumerate(results.hits, 1):
            self.stdout.write(f"{number}. {hit.title}\n   {hit.url}  ({kind_of(hit)}, {hit.score:.3f})")
        more = "more than " if results.total_is_more else ""
        self.stdout.write(f"found: {more}{results.total}")


def kind_of(hit: Hit) -> str:
    return next(iter(hit.facets.get("kind", [])), hit.kind)


def as_json(hit: Hit) -> dict:
    return {"ref": hit.ref, "title": hit.title, "url": hit.url, "kind": kind_of(hit), "score": hit.score}
