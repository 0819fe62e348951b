"""Covers: one family, always the same picture for the same practice."""

import pytest
from PIL import ImageStat

from practices import covers
from practices.choices import Kind

SMALL = (320, 180)


@pytest.mark.parametrize("kind", Kind.values)
def test_a_cover_is_the_same_whenever_it_is_drawn(kind):
    assert covers.draw(kind, 235, "D001", SMALL).tobytes() == covers.draw(kind, 235, "D001", SMALL).tobytes()


def test_covers_differ_by_kind_hue_and_practice():
    drawn = {
        covers.draw(kind, hue, seed, SMALL).tobytes()
        for kind in Kind.values
        for hue in (20, 200)
        for seed in ("a", "b")
    }
    assert len(drawn) == len(Kind.values) * 4


@pytest.mark.parametrize("size", [(1600, 900), (400, 225), (600, 600)])
def test_a_cover_has_the_size_that_was_asked_for(size):
    picture = covers.draw("programme", 160, "D005", size)
    assert (picture.size, picture.mode) == (size, "RGB")


@pytest.mark.parametrize("hue", range(0, 360, 45))
def test_a_cover_is_neither_glaring_nor_dark_in_any_hue(hue):
    grey = ImageStat.Stat(covers.draw("lesson", hue, "D001", SMALL).convert("L")).mean[0]
    assert 90 < grey < 215


def test_an_unknown_kind_gets_a_cover_too():
    assert covers.draw("something_new", 90, "x", SMALL).size == SMALL


def test_every_kind_has_words_for_those_who_do_not_see():
    assert len({covers.describe(kind) for kind in Kind.values}) == len(Kind.values)
