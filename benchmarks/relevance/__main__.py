"""How well search finds: `python -m benchmarks.relevance [PRACTICES.jsonl QUERIES.jsonl] [--json] [--half heldout]`.

Practices (lines of an import; the demo's without files) go into a scratch database, are indexed and embedded. Then each
query, `{"q", "category", "relevant": {"E001": 2}}`, is asked of our search on PostgreSQL, on Elasticsearch (the server
of ELASTICSEARCH_URL, else one started for this where the machine can), and of Wagtail's own search, by whichever of its
operators does better. Printed are success@1, recall@10, MRR@10 and nDCG@10 by category, and the categories' mean. The
exit code is 1 if a file is wrong.
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.relevance import questions, scratch
from benchmarks.relevance.metrics import METRICS, Scores, means, scores
from benchmarks.relevance.questions import CATEGORIES, HALVES, QUERIES, BadFileError, Question

ENGINES = ("postgres", "elasticsearch", "wagtail")
MEAN = "mean"
#: What is listed as missed, and how much of what stood above.
MISSED_BELOW = 0.8
SHOWN = 5


@dataclass(frozen=True)
class Run:
    """One engine's answers to all questions; `note` says which of its settings."""

    engine: str
    note: str
    answers: list[list[str]]
    rows: list[Scores]

    def table(self, asked: list[Question]) -> dict[str, Scores]:
        """Category -> means, and the mean of these: categories weigh the same, however many queries are in them."""
        by_category = {
            category: means([row for each, row in zip(asked, self.rows, strict=True) if each.category == category])
            for category in CATEGORIES
            if any(each.category == category for each in asked)
        }
        return {**by_category, MEAN: means(list(by_category.values()))}


def measure(records: list[str], asked: list[Question], engines: list[str]) -> list[Run]:
    """Runs of these engines; of Wagtail's search one for each operator, the better one first."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    with scratch.bank_of(records) as var_dir:
        from benchmarks.relevance import copied, peers  # noqa: PLC0415 - after django.setup()
        from search.engines import own_engine  # noqa: PLC0415

        runs = []
        if "postgres" in engines:
            runs.append(run("postgres", "", peers.ours(own_engine()), asked))
        if "elasticsearch" in engines:
            with copied.elasticsearch(var_dir, url) as engine:
                runs += [run("elasticsearch", "", peers.ours(engine), asked)] if engine else []
        if "wagtail" in engines:
            both = [run("wagtail", note, answers, asked) for note, answers in peers.wagtail().items()]
            runs += sorted(both, key=lambda one: -one.table(asked)[MEAN]["ndcg@10"])
        return runs


def run(engine: str, note: str, answers, asked: list[Question]) -> Run:
    found = [answers(each.text) for each in asked]
    return Run(engine, note, found, [scores(refs, each.relevant) for refs, each in zip(found, asked, strict=True)])


def as_json(runs: list[Run], asked: list[Question]) -> str:
    best = {one.engine: one.table(asked) for one in reversed(runs)}
    return json.dumps({engine: best[engine] for engine in ENGINES if engine in best}, ensure_ascii=False, indent=2)


def as_table(runs: list[Run], asked: list[Question]) -> str:
    lines = []
    for one in runs:
        name = f"{one.engine} ({one.note})" if one.note else one.engine
        lines.append(f"{name:<22}" + "".join(f"{metric:>11}" for metric in METRICS))
        for category, row in one.table(asked).items():
            lines.append(f"  {category:<20}" + "".join(f"{row[metric]:>11.3f}" for metric in METRICS))
    return "\n".join([*lines, f"queries: {len(asked)}"])


def missed(one: Run, asked: list[Question], titles: dict[str, str]) -> str:
    """Queries answered badly: what was wanted with its place, and what stood first."""
    lines = []
    for each, found, row in zip(asked, one.answers, one.rows, strict=True):
        if row["ndcg@10"] >= MISSED_BELOW:
            continue
        lines.append(f"{each.category}: {each.text}  (nDCG {row['ndcg@10']:.2f})")
        for ref, grade in each.relevant.items():
            place = found.index(ref) + 1 if ref in found else "not found"
            lines.append(f"   wanted {grade}: {ref} {titles[ref][:60]} — {place}")
        lines += [f"   {n}. {ref} {titles[ref][:70]}" for n, ref in enumerate(found[:SHOWN], 1)]
    return "\n".join(lines)


def chosen(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(ENGINES):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(ENGINES)}")
    return names


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("practices", type=Path, nargs="?", help="lines of an import (the demo's)")
    parser.add_argument("queries", type=Path, nargs="?", default=QUERIES, help="lines of queries (ours for the demo)")
    parser.add_argument("--json", action="store_true", help="print {engine: {category: {metric: value}}}")
    parser.add_argument("--half", choices=HALVES, default="all", help="of each category: odd lines, even lines, all")
    parser.add_argument("--engines", type=chosen, default=list(ENGINES), help="some of " + ",".join(ENGINES))
    parser.add_argument("--missed", action="store_true", help="list what our search answered badly, too")
    return parser.parse_args()


def main() -> None:
    wanted = arguments()
    try:
        records = questions.practices(wanted.practices)
        known = questions.ids_of(records)
        asked = questions.half(questions.questions(wanted.queries, known), wanted.half)
        runs = measure(records, asked, wanted.engines)
    except BadFileError as error:
        sys.exit(str(error))
    if wanted.json:
        print(as_json(runs, asked))
        return
    print(as_table(runs, asked))
    if wanted.missed:
        titles = {str(record["id"]): record["title"] for record in map(json.loads, records)}
        for one in runs:
            if one.engine != "wagtail":
                print(f"\n{one.engine}\n{missed(one, asked, titles)}")


if __name__ == "__main__":
    main()
