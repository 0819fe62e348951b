import json
import sys
from collections import Counter
from math import log2

import pytest

from benchmarks.relevance import __main__ as relevance
from benchmarks.relevance.metrics import means, scores
from benchmarks.relevance.questions import CATEGORIES, QUERIES, half, ids_of, practices, questions

GOOD = {"q": "дроби", "category": "exact", "relevant": {"E1": 2}}


def test_a_ranking_is_scored_by_what_was_wanted_and_where_it_stood():
    relevant = {"A": 2, "B": 1}
    best = 3 + 1 / log2(3)
    assert scores(["A", "B", "X"], relevant) == {"success@1": 1, "recall@10": 1, "mrr@10": 1, "ndcg@10": 1}
    assert scores(["X", "A", "A", "B"], relevant) == {
        "success@1": 0,
        "recall@10": 1,
        "mrr@10": 1 / 2,
        "ndcg@10": (3 / log2(3) + 1 / log2(4)) / best,
    }
    nothing = dict.fromkeys(("success@1", "recall@10", "mrr@10", "ndcg@10"), 0)
    assert scores([], relevant) == scores([*"0123456789", "A"], relevant) == nothing
    # Of twelve practices no list of ten can hold more than ten.
    many = dict.fromkeys("abcdefghijkl", 1)
    assert scores(list("abcdefghij"), many)["recall@10"] == 1
    assert means([scores(["A"], {"A": 2}), scores([], {"A": 2})])["ndcg@10"] == 0.5


def test_our_queries_name_practices_of_the_demo_and_fall_into_equal_halves():
    asked = questions(QUERIES, ids_of(practices(None)))
    sizes = Counter(each.category for each in asked)
    assert list(sizes) == list(CATEGORIES)
    assert min(sizes.values()) >= 20
    assert len({each.text for each in asked}) == len(asked)
    tuning, heldout = half(asked, "tuning"), half(asked, "heldout")
    assert Counter(each.category for each in tuning) == Counter(each.category for each in heldout)
    assert sorted([*tuning, *heldout], key=asked.index) == asked


def test_a_wrong_file_is_told_in_one_line(tmp_path, monkeypatch):
    bank, file = tmp_path / "practices.jsonl", tmp_path / "queries.jsonl"
    bank.write_text('{"id": "E1"}\n')
    cases = [
        ("{", "this is no JSON object"),
        ("[" * 100_000, "this is no JSON object"),
        (json.dumps(GOOD | {"q": " "}), "“q” must be a text"),
        (json.dumps(GOOD | {"category": "slang"}), f"unknown category 'slang', known are {', '.join(CATEGORIES)}"),
        (json.dumps(GOOD | {"relevant": {"E2": 2}}), "no practice has the id E2"),
        (json.dumps(GOOD | {"relevant": {"E1": 3}}), "a grade is 2 (wanted) or 1 (useful)"),
    ]
    monkeypatch.setattr(sys, "argv", ["relevance", str(bank), str(file)])
    for line, reason in cases:
        file.write_text(f"{json.dumps(GOOD)}\n\n{line}\n")
        with pytest.raises(SystemExit) as ended:
            relevance.main()
        assert ended.value.code == f"queries.jsonl, line 3: {reason}"
    file.write_bytes("дроби".encode("cp1251"))
    with pytest.raises(SystemExit, match=r"queries\.jsonl is not in UTF-8"):
        relevance.main()
    file.unlink()
    with pytest.raises(SystemExit, match="cannot be read"):
        relevance.main()
