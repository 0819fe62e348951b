"""The expert's one screen: reading, writing, saving, judging."""

import pytest
from django.urls import reverse

from practices.choices import TextSection
from practices.models import Criterion, PracticeMaterial, PracticePage
from practices.review import services
from tests.factories import files, review
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def experts():
    return [review.expert() for _number in range(2)]


@pytest.fixture
def mine(experts, client):
    """A review that the signed-in expert is asked for."""
    found = review.reviews_of(review.submitted(title="Читаем карту города"))[0]
    client.force_login(found.expert)
    return found


def url(which) -> str:
    return reverse("review:read", args=[which.pk])


def filled(which, action: str = "finish", *, points: int | None = 2, **fields) -> dict:
    given = {"action": action, "version": which.version, "verdict": "accept", "text": "Хорошо."}
    if points is not None:
        given |= {f"points-{criterion.pk}": points for criterion in Criterion.objects.filter(is_active=True)}
    return given | fields


def saved_by_itself(client, which, **fields):
    return client.post(url(which), filled(which, "save", **fields), headers={"accept": "application/json"})


def test_the_screen_shows_the_text_the_rubric_and_a_comment_to_each_section(mine, client):
    page = client.get(url(mine)).content.decode()
    assert "Читаем карту города" in page
    assert "Раскладываем пуговицы." in page
    assert [code for code in TextSection.values if f'name="comment-{code}"' in page] == TextSection.values
    for criterion in Criterion.objects.all():
        assert criterion.level_3 in page


def test_half_a_review_is_saved_and_comes_back(mine, client):
    data = filled(mine, "save", points=None, verdict="", text="Начало", **{"comment-results": "Сколько?"})
    data[f"points-{Criterion.objects.first().pk}"] = 0
    answer = client.post(url(mine), data)
    assert (answer.status_code, answer.url) == (302, url(mine))
    mine.refresh_from_db()
    assert (mine.state, mine.version, mine.text) == ("asked", 1, "Начало")
    assert [(score.criterion, score.points) for score in mine.scores.all()] == [(Criterion.objects.first(), 0)]
    page = client.get(url(mine)).content.decode()
    assert ("Начало" in page, "Сколько?" in page) == (True, True)


def test_it_saves_itself_and_says_when(mine, client):
    answer = saved_by_itself(client, mine, text="Раз")
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    mine.refresh_from_db()
    assert saved_by_itself(client, mine, text="Два").json()["version"] == 2


def test_two_windows_do_not_write_over_each_other(mine, client):
    assert saved_by_itself(client, mine, text="Первое окно").status_code == 200
    second = saved_by_itself(client, mine, text="Второе окно")
    assert (second.status_code, second.json()["is_over"]) == (409, False)
    mine.refresh_from_db()
    assert mine.text == "Первое окно"


def test_the_same_words_saved_twice_are_no_conflict(mine, client):
    words = {"text": "Одно и то же", "comment-body": "Где карта?"}
    assert [saved_by_itself(client, mine, **words).json()["version"] for _time in range(2)] == [1, 1]


def test_without_a_script_the_second_window_gets_its_words_back_and_may_keep_them(mine, client):
    saved_by_itself(client, mine, text="Первое окно")
    answer = client.post(url(mine), filled(mine, "save", text="Второе окно"))
    assert answer.status_code == 422
    assert "Второе окно" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()


def test_a_verdict_that_lacks_something_is_kept_and_says_what(mine, client):
    answer = client.post(url(mine), filled(mine, points=None, verdict="return", text=""))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {
        "text",
        *(f"points-{criterion.pk}" for criterion in Criterion.objects.all()),
    }
    mine.refresh_from_db()
    assert (mine.state, mine.verdict, mine.version) == ("asked", "return", 1)
    # What is added then goes on from there.
    answer = client.post(url(mine), filled(mine, verdict="return", text="Покажите работы."))
    mine.refresh_from_db()
    assert (answer.status_code, mine.state, mine.verdict) == (302, "done", "return")


def test_a_verdict_is_given_and_shown_but_not_changed(mine, client):
    assert client.post(url(mine), filled(mine)).url == reverse("review:index")
    mine.refresh_from_db()
    assert mine.state == "done"
    page = client.get(url(mine)).content.decode()
    assert ("Хорошо." in page, "<textarea" in page) == (True, False)
    again = client.post(url(mine), filled(mine, verdict="reject", text="Передумал"))
    mine.refresh_from_db()
    assert (again.status_code, mine.verdict) == (200, "accept")
    assert "Передумал" in again.content.decode()


def test_a_verdict_that_comes_too_late_is_shown_back(mine, client):
    boss = review.coordinator()
    services.decide(round=mine.round, outcome="returned", by=boss, note="Уточните.")
    answer = client.post(url(mine), filled(mine, text="Длинный и важный отзыв", **{"comment-body": "И замечание"}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert ("Длинный и важный отзыв" in page, "И замечание" in page) == (True, True)
    mine.refresh_from_db()
    assert mine.state == "released"


def test_what_saves_itself_too_late_is_told_so(mine, client):
    services.call_back(practice=mine.round.practice, user=mine.round.submitted_by)
    answer = saved_by_itself(client, mine)
    assert (answer.status_code, answer.json()["is_over"]) == (409, True)


def test_too_long_a_comment_is_refused_in_words(mine, client):
    answer = saved_by_itself(client, mine, **{"comment-body": "о" * 4001})
    assert answer.status_code == 400
    assert "4000" in answer.json()["message"]


@pytest.mark.parametrize(
    "hostile",
    [
        {"version": "many"},
        {"version": "-1"},
        {"verdict": "publish"},
        {"points-1": "9"},
    ],
)
def test_nonsense_in_the_form_is_refused(mine, client, hostile):
    key = f"points-{Criterion.objects.first().pk}"
    data = {key if name == "points-1" else name: value for name, value in hostile.items()}
    answer = client.post(url(mine), filled(mine, **data))
    mine.refresh_from_db()
    assert (answer.status_code, mine.state, mine.version) == (422, "asked", 0)


def test_a_script_in_a_text_is_a_text(mine, client):
    saved_by_itself(client, mine, text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(url(mine)).content.decode()


def test_one_press_declines_and_another_is_asked(mine, client):
    third = review.expert()
    answer = client.post(reverse("review:decline", args=[mine.pk]), {"reason": "Отпуск"})
    assert answer.url == reverse("review:index")
    mine.refresh_from_db()
    assert (mine.state, mine.reason) == ("declined", "Отпуск")
    assert third in [each.expert for each in review.reviews_of(mine.round)]
    assert client.post(reverse("review:decline", args=[mine.pk])).status_code == 302
    assert client.get(url(mine)).status_code == 200


def test_an_expert_opens_the_materials_of_what_they_read(mine, client):
    document = files.document("Карточки.txt")
    assert client.get(document.url).status_code == 404
    practice = mine.round.practice
    services.call_back(practice=practice, user=practice.owner)
    text = practice.get_latest_revision_as_object()
    text.materials.add(PracticeMaterial(document=document))
    text.save_revision()
    again = review.reviews_of(review.again(practice))[0]
    client.force_login(again.expert)
    assert client.get(document.url).status_code == 200
    client.force_login(review.expert())
    assert client.get(document.url).status_code == 404


def test_the_next_round_shows_what_changed_and_ones_own_words(mine, client):
    other = review.reviews_of(mine.round)[1]
    review.finish(mine, "return", 1, text="Первый отзыв", comments={"body": "Где карта?"})
    review.finish(other, "return", 1)
    practice = PracticePage.objects.get(pk=mine.round.practice_id)
    second = review.again(practice, summary="Два урока о карте города.")
    now = second.reviews.get(expert=mine.expert)
    page = client.get(url(now)).content.decode()
    assert "<del>делении</del><ins>карте города</ins>" in page
    assert ("Первый отзыв" in page, "Где карта?" in page) == (True, True)


def test_my_reviews_cost_the_same_however_many(experts, client, django_assert_num_queries):
    review.rules(monthly_cap=99)
    person = experts[0]
    client.force_login(person)
    review.submitted()
    reverse_url = reverse("review:index")
    client.get(reverse_url)
    with CountQueries() as one:
        assert client.get(reverse_url).status_code == 200
    for _number in range(12):
        review.submitted()
    with CountQueries() as many:
        assert len(client.get(reverse_url).context["waiting"]) == 13
    assert len(many) == len(one)


def CountQueries():  # noqa: N802 - reads as the context that it is
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    return CaptureQueriesContext(connection)


def test_an_author_learns_nothing_of_who_reads(mine, client):
    other = review.reviews_of(mine.round)[1]
    review.finish(mine, "return", 1, text="Первый")
    review.finish(other, "return", 1, text="Второй")
    author = mine.round.submitted_by
    client.force_login(author)
    page = client.get(reverse("review:history", args=[mine.round.practice_id])).content.decode()
    assert ("Первый" in page, "Второй" in page) == (True, True)
    for person in (mine.expert, other.expert):
        for name in (person.get_full_name(), person.get_short_name(), person.email):
            assert name not in page


def test_an_author_sees_names_where_the_coordinator_shows_them(mine, client):
    review.rules(shows_experts=True)
    mine.expert.last_name = "Заметная"
    mine.expert.save()
    other = review.reviews_of(mine.round)[1]
    for each in (mine, other):
        review.finish(each, "return", 1)
    client.force_login(mine.round.submitted_by)
    page = client.get(reverse("review:history", args=[mine.round.practice_id])).content.decode()
    assert "Заметная" in page


def test_a_stranger_finds_no_history(mine, client):
    client.force_login(UserFactory(roles=["teacher"]))
    assert client.get(reverse("review:history", args=[mine.round.practice_id])).status_code == 404
