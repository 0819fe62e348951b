"""The school dictionary in the admin: what is saved there is searched with at once."""

import pytest
from django.urls import reverse

from core.receivers import is_seen
from search import school_words
from search.models import SynonymGroup
from search.query.phrases import tokens_of
from tests.factories import pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_search_synonymgroup:list"
ADD = "wagtailsnippets_search_synonymgroup:add"
EDIT = "wagtailsnippets_search_synonymgroup:edit"


@pytest.fixture
def editor(client):
    SynonymGroup.objects.all().delete()
    client.force_login(UserFactory(roles=["editor"]))
    return client


def errors(response) -> list[str]:
    return response.context["form"].errors.get("words", [])


def titles(client, query: str) -> list[str]:
    return [hit.title for hit in client.get("/search/", {"q": query}).context["results"].hits]


def test_a_group_saved_in_the_admin_is_searched_with_at_once(editor):
    pages.practice(title="Траектория для каждого", summary="Пишем индивидуальный образовательный маршрут.")
    pages.practice(title="Туман за сорок минут")
    assert titles(editor, "дорожка ученика") == []
    editor.post(reverse(ADD), {"words": "дорожка ученика\nиндивидуальный  образовательный маршрут\n", "comment": ""})
    group = SynonymGroup.objects.get()
    assert group.phrases == ["дорожка ученика", "индивидуальный образовательный маршрут"]
    assert is_seen(SynonymGroup), "a save has to empty what is remembered of the dictionary"
    assert titles(editor, "дорожки учеников") == ["Траектория для каждого"]
    editor.post(reverse(EDIT, args=[group.pk]), {"words": "маршрут\nпуть ученика", "comment": ""})
    assert titles(editor, "путь ученика") == ["Траектория для каждого"]


def test_what_is_wrong_with_a_group_is_said_at_its_field(editor):
    other = SynonymGroup.objects.create(words="классный час\nразговоры о важном")
    say = {
        "ОВЗ": ["Напишите не меньше двух слов или фраз, каждую с новой строки."],
        "ОВЗ\nи": ["«и»: здесь нет слов, по которым можно искать."],
        "ОВЗ\n" + "ы" * 101: [f"«{'ы' * 30}…»: слишком длинно. Не больше 100 знаков."],
        "ОВЗ\nраз два три раз два три раз два три": [
            "«раз два три раз два три раз два три»: слишком много слов. Не больше 8."
        ],
        "\n".join(f"слово{n}" for n in range(31)): ["В группе может быть не больше 30 фраз."],
        "час класса\nклассные часы": [
            "«классные часы» уже есть в другой группе: классный час, разговоры о важном. Добавьте слова туда."
        ],
    }
    assert {words: errors(editor.post(reverse(ADD), {"words": words, "comment": ""})) for words in say} == say
    editor.post(reverse(EDIT, args=[other.pk]), {"words": "классный час\nразговоры о важном\nРОВ", "comment": "да"})
    assert SynonymGroup.objects.get().phrases == ["классный час", "разговоры о важном", "РОВ"]


def test_the_list_is_searched_by_any_word_and_opens_to_editors_and_coordinators(client, editor):
    SynonymGroup.objects.create(words="ОВЗ\nограниченные возможности здоровья")
    SynonymGroup.objects.create(words="домашка\nдомашнее задание")
    found = editor.get(reverse(LIST), {"q": "домашн"})
    assert [str(group) for group in found.context["object_list"]] == ["домашка, домашнее задание"]
    opens = {}
    for role in ("teacher", "expert", "curator", "coordinator"):
        client.force_login(UserFactory(roles=[role]))
        opens[role] = [client.get(reverse(door)).status_code == 200 for door in (LIST, ADD)]
    shut = [False, False]
    assert opens == {"teacher": shut, "expert": shut, "curator": shut, "coordinator": [True, True]}


def test_the_dictionary_that_comes_with_the_portal_is_one_that_the_admin_would_take():
    groups = [phrases for phrases, _comment in school_words.groups()]
    assert len(groups) >= 200
    assert [group for group in groups if not 2 <= len(group) <= 30] == []
    met: dict[tuple, list] = {}
    for group in groups:
        for phrase in group:
            tokens = tokens_of(phrase)
            assert tokens, phrase
            met.setdefault(tuple(token.folded if token.exact else token.terms for token in tokens), []).append(phrase)
    assert [phrases for phrases in met.values() if len(phrases) > 1] == []
