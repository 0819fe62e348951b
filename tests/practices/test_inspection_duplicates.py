"""Near-duplicates by shingles of words: what is alike is found, with how much and what; what only resembles is not."""

import random
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page

from practices.inspection import duplicates
from practices.inspection.duplicates import near
from practices.models import Fingerprint, PracticeAuthor, PracticePage
from practices.signals import practice_published
from tests.factories import pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

WORDS = [
    "урок",
    "остаток",
    "делить",
    "пуговица",
    "крышка",
    "пара",
    "вопрос",
    "ответ",
    "доска",
    "тетрадь",
    "задача",
    "число",
    "ряд",
    "игра",
    "правило",
    "ошибка",
    "причина",
    "проверка",
    "рисунок",
    "сцена",
    "роль",
    "спор",
    "довод",
    "пример",
    "слово",
    "текст",
    "абзац",
    "вывод",
    "план",
    "карта",
    "берег",
    "море",
    "ветер",
    "корабль",
    "причал",
    "якорь",
    "волна",
    "остров",
    "залив",
    "птица",
    "камень",
    "песок",
    "лист",
    "дерево",
    "корень",
    "ветка",
    "плод",
    "семя",
    "росток",
    "почва",
    "вода",
    "свет",
    "тень",
    "звук",
    "нота",
    "голос",
    "хор",
    "танец",
    "шаг",
    "круг",
    "линия",
    "угол",
    "мера",
]


def text(seed: int, length: int = 400) -> str:
    """A text of its own: its words are everybody's, their order is nobody else's."""
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _number in range(length)) + "."


def published(body: str, **values) -> PracticePage:
    practice = pages.practice(body=body, **values)
    duplicates.fingerprint(practice)
    return practice


def draft(body: str, **values) -> PracticePage:
    return pages.draft(body=[{"type": "prose", "value": f"<p>{body}</p>", "id": "a"}], **values)


def shares(practice: PracticePage) -> list[tuple[str, float]]:
    return [(found.practice.title, round(found.share, 1)) for found in near(practice)]


def test_a_copy_is_found_with_its_share_and_phrases():
    published(text(1), title="Первая")
    published(text(2), title="Вторая")
    (found,) = near(draft(text(1)))
    assert found.practice.title == "Первая"
    assert found.share > 0.95
    assert found.shared[0] == text(1)[: len(found.shared[0]) - 1] + "…"
    assert not found.same_author


def test_a_borrowed_half_is_found_and_the_most_alike_stands_first():
    published(text(1), title="Первая")
    published(text(2, 200), title="Вторая")
    borrowed = f"{text(1)[:1500]} {text(2, 200)}"
    assert shares(draft(borrowed)) == [("Первая", 0.5), ("Вторая", 0.4)]


def test_other_words_endings_and_marks_do_not_hide_a_copy():
    published(
        "Мы раскладывали пуговицы по крышкам, считали остатки и записывали их в тетради каждый день. " + text(1),
        title="А",
    )
    changed = "МЫ РАСКЛАДЫВАЛИ — пуговицу по крышке; считали остаток и записывали его в тетрадь каждый день! " + text(1)
    assert shares(draft(changed)) == [("А", 1.0)]


def test_a_rewording_is_no_copy():
    published(text(1))
    assert near(draft(text(3))) == []


def test_phrases_that_many_papers_share_are_no_copy():
    phrase = "В соответствии с федеральным государственным образовательным стандартом основного общего образования. "
    published(phrase + text(1))
    assert near(draft(phrase + text(3))) == []


def test_ones_own_earlier_work_is_told_as_such():
    author = UserFactory()
    former = published(text(1))
    PracticeAuthor.objects.create(page=former, user=author)
    again = draft(text(1))
    PracticeAuthor.objects.create(page=again, user=author)
    assert [found.same_author for found in near(again)] == [True]


def test_a_practice_is_not_its_own_copy():
    assert near(published(text(1))) == []


def test_only_published_ones_are_compared_with():
    former = published(text(1))
    former.unpublish()
    assert near(draft(text(1))) == []
    assert not Fingerprint.objects.exists()


def test_a_publication_is_compared_with_from_then_on():
    practice = draft(text(1), title="Свежая")
    practice.save_revision().publish()
    practice.refresh_from_db()
    practice_published.send(PracticePage, practice=practice, round=None)
    assert shares(draft(text(1))) == [("Свежая", 1.0)]


def test_a_deleted_one_is_forgotten():
    practice = published(text(1))
    Page.objects.get(pk=practice.pk).delete()
    assert not Fingerprint.objects.exists()


def test_an_empty_draft_is_like_nothing():
    published("Слово.", problem="Слово.", results="Слово.", summary="Слово.")
    practice = pages.draft()
    practice.problem = practice.results = ""
    assert near(practice) == []


def test_short_texts_are_compared_whole():
    words = "Раскладываем двенадцать пуговиц по пяти крышкам и смотрим, сколько осталось на столе."
    published(words, title="Короткая")
    assert shares(draft(words)) == [("Короткая", 0.7)]


def test_the_command_fingerprints_what_has_none_and_twice_is_as_once():
    practices = [pages.practice(body=text(seed)) for seed in range(3)]
    Fingerprint.objects.all().delete()
    lines = []
    for _time in range(2):
        output = StringIO()
        call_command("fingerprint_practices", stdout=output)
        lines.append(output.getvalue().splitlines()[-1])
    assert lines == ["Fingerprinted: 3", "Fingerprinted: 0"]
    assert set(Fingerprint.objects.values_list("pk", flat=True)) == {practice.pk for practice in practices}
    output = StringIO()
    call_command("fingerprint_practices", "--all", stdout=output)
    assert output.getvalue().splitlines()[-1] == "Fingerprinted: 3"


@pytest.mark.parametrize("count", [1, 15])
def test_many_candidates_cost_as_many_queries_as_one(count, django_assert_num_queries):
    for _number in range(count):
        published(text(1))
    asked = draft(text(1))
    with django_assert_num_queries(12):
        assert len(near(asked)) == min(count, 5)
