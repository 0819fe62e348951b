"""A bank as large as wanted, from the demo's own sentences: `python -m benchmarks.corpus --size 10000 > FILE.jsonl`.

Deterministic. Each practice is new, but its words stand as often as they do in real ones.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "home" / "demo" / "data"
SENTENCES_IN_A_BODY = 24


def originals() -> list[dict]:
    lines = (line for file in sorted(DATA.glob("practices-*.jsonl")) for line in file.read_text().splitlines())
    return [json.loads(line) for line in lines if line.strip()]


def sentences(records: list[dict]) -> list[str]:
    texts = [record[name] for record in records for name in ("summary", "problem", "results", "did_not_work")]
    texts += [block["value"] for r in records for block in r["body"] if isinstance(block["value"], str)]
    return [part.strip() for text in texts for part in text.split(". ") if len(part) > 20]


def practices(size: int, seed: int = 1) -> Iterator[dict]:
    """That many records of an import."""
    dice = random.Random(seed)
    records = originals()
    words = sentences(records)
    for number in range(size):
        first, second = dice.choice(records), dice.choice(records)
        body = [f"{'. '.join(dice.choices(words, k=4))}." for _ in range(SENTENCES_IN_A_BODY // 4)]
        yield {
            "id": f"B{number:06}",
            "title": f"{first['title'].split(':')[0]}: {second['title'].split(':')[-1].strip()}"[:250],
            "summary": f"{dice.choice(words)}. {dice.choice(words)}."[:500],
            "problem": f"{dice.choice(words)}. {dice.choice(words)}.",
            "body": "\n\n".join(body),
            "results": f"{dice.choice(words)}.",
            "subject": first["subject"],
            "grades": first["grades"],
            "kind": second["kind"],
            "tags": [*first["tags"][:2], *second["tags"][:2]],
            "school": second["school"],
            "authors": first["authors"],
            "year": dice.choice([2022, 2023, 2024, 2025, 2026]),
            "published": f"{dice.randint(2022, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for record in practices(asked.size, asked.seed):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
