"""Codes are read however people write them."""

import re

import pytest

from certificates.codes import ALPHABET, PATTERN, new_code, readings


@pytest.mark.parametrize(
    "written",
    [
        "4F7K-2MNP-9QRT",
        "4f7k-2mnp-9qrt",
        " 4F7K 2MNP 9QRT ",
        "4f7k2mnp9qrt",
        "4F7K–2MNP—9QRT",
        "https://portal.example/certificates/4F7K-2MNP-9QRT/",
        "https://portal.example/certificates/4f7k-2mnp-9qrt/pdf/?x=1",
        "№ 4F7K-2MNP-9QRT.",
    ],
)
def test_a_code_is_understood_in_any_spelling(written):
    assert readings(written) == ["4F7K-2MNP-9QRT"]


def test_russian_letters_are_read_by_their_looks_and_by_their_keys():
    assert readings("СНКМ-РТХ2-3456") == ["CHKM-PTX2-3456"]
    assert readings("4А7Л-2ЬТЗ-9ЙКЕ") == ["4F7K-2MNP-9QRT"]


def test_signs_left_out_of_codes_are_read_as_those_they_resemble():
    assert readings("BBZZ-SSFF-2345") == ["8822-55FF-2345"]


@pytest.mark.parametrize(
    "nonsense", ["", "   ", "4F7K", "4F7K-2MNP-9QRTX", "<script>", "ОООО-0000-IIII", "ß" * 12, "٣" * 12]
)
def test_what_is_no_code_has_no_reading(nonsense):
    assert readings(nonsense) == []


def test_codes_cannot_be_guessed():
    assert len(set(ALPHABET)) ** 12 > 2**55
    codes = {new_code() for _number in range(200)}
    assert len(codes) == 200
    assert [code for code in codes if not re.fullmatch(PATTERN, code)] == []
