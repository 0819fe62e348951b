"""Who is asked to read a practice, and who in their place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from notifications.models import Notification
from practices.models import PracticePage, Review, Round
from practices.review import clock, services
from practices.review.services.filling import candidates
from tests.factories import pages, review
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def asked(opened: Round) -> list[User]:
    return [each.expert for each in review.reviews_of(opened)]


def told(person, kind: str) -> int:
    return Notification.objects.filter(recipient=person, kind=kind).count()


def test_experts_of_the_subject_come_first():
    review.expert(pages.subject("Физика"))
    one, other = review.expert(pages.subject("Математика")), review.expert(pages.subject("Математика"))
    assert asked(review.submitted()) == [one, other]


def test_without_enough_of_the_subject_any_expert_is_asked():
    stranger, mathematician = review.expert(pages.subject("Физика")), review.expert(pages.subject("Математика"))
    assert asked(review.submitted()) == [mathematician, stranger]


def test_the_least_loaded_comes_first_and_equals_go_in_turn():
    first, second, third = (review.expert() for _number in range(3))
    assert asked(review.submitted()) == [first, second]
    assert asked(review.submitted()) == [third, first]
    assert asked(review.submitted()) == [second, third]


def test_authors_co_authors_and_their_colleagues_are_not_asked():
    school, other_school = pages.school_page("Школа № 1"), pages.school_page("Школа № 2")
    author, coauthor = review.expert(), review.expert()
    review.works_at(author, school)
    review.works_at(coauthor, other_school)
    review.expert(school=school)
    review.expert(school=other_school)
    stranger = review.expert(school=pages.school_page("Школа № 3"))
    opened = review.submitted(author, coauthors=[coauthor])
    assert asked(opened) == [stranger]


def test_colleagues_of_the_practices_own_school_are_not_asked():
    school = pages.school_page()
    review.expert(school=school)
    stranger = review.expert()
    assert asked(review.submitted(school=school)) == [stranger]


def test_a_membership_that_nobody_confirmed_keeps_nobody_out():
    school = pages.school_page()
    author = UserFactory(roles=["teacher"])
    review.works_at(author, school)
    expert = review.expert()
    expert.memberships.create(school=school)
    assert asked(review.submitted(author)) == [expert]


def test_the_month_has_room_for_so_many_and_then_the_coordinator_hears_of_it():
    review.rules(experts=1, monthly_cap=2)
    boss, expert = review.coordinator(), review.expert()
    opened = [review.submitted() for _number in range(3)]
    assert [asked(each) for each in opened] == [[expert], [expert], []]
    assert told(boss, "reviews.no_expert") == 1
    clock.look_after_reviews()
    assert told(boss, "reviews.no_expert") == 1


def test_a_review_of_last_month_leaves_room_in_this_one():
    review.rules(experts=1, monthly_cap=1)
    expert = review.expert()
    former = review.submitted()
    former.reviews.update(asked_at=timezone.now() - timedelta(days=32))
    assert asked(review.submitted()) == [expert]


def test_switched_off_people_are_not_asked():
    review.expert(is_active=False)
    assert asked(review.submitted()) == []


def test_who_declined_is_not_asked_for_this_practice_again():
    review.rules(experts=1)
    first, second = review.expert(), review.expert()
    opened = review.submitted()
    services.decline(review=review.reviews_of(opened)[0], reason="Отпуск")
    assert asked(opened) == [second]
    review.finish(review.reviews_of(opened)[0], "return", 1)
    review.submitted()
    again = review.again(opened.practice, title="Ещё раз")
    assert asked(again) == [second]
    services.decline(review=review.reviews_of(again)[0])
    assert asked(again) == []
    assert first not in candidates(again)


def test_a_second_press_of_decline_is_told_so():
    review.expert()
    mine = review.reviews_of(review.submitted())[0]
    services.decline(review=mine)
    with pytest.raises(services.NotYours):
        services.decline(review=mine)


def test_the_coordinator_asks_even_who_declined_or_is_full():
    review.rules(experts=1, monthly_cap=1)
    expert, boss = review.expert(), review.coordinator()
    opened = review.submitted()
    services.decline(review=review.reviews_of(opened)[0])
    taken = services.assign(round=opened, expert=expert, by=boss)
    assert (taken.state, asked(opened)) == ("asked", [expert])
    assert services.assign(round=opened, expert=expert, by=boss) == taken
    assert told(expert, "reviews.asked") == 2


@pytest.mark.parametrize("who", ["author", "colleague", "teacher", "done"])
def test_the_coordinator_cannot_ask(who):
    school, boss = pages.school_page(), review.coordinator()
    author = review.expert(school=school)
    people = {
        "author": author,
        "colleague": review.expert(school=school),
        "teacher": UserFactory(roles=["teacher"]),
        "done": review.expert(),
    }
    opened = review.submitted(author)
    review.finish(review.reviews_of(opened)[0])
    with pytest.raises(services.CannotReview):
        services.assign(round=opened, expert=people[who], by=boss)


def test_the_coordinator_takes_a_review_off_and_the_next_is_asked():
    review.rules(experts=1)
    first, second = review.expert(), review.expert()
    opened, boss = review.submitted(), review.coordinator()
    mine = review.reviews_of(opened)[0]
    services.save_review(review=mine, version=0, data=services.Written(text="Начато"))
    services.release(review=mine, by=boss, reason="Вы в отпуске")
    mine.refresh_from_db()
    assert (mine.state, mine.text, asked(opened)) == ("released", "Начато", [second])
    assert told(first, "reviews.reassigned") == 1
    with pytest.raises(services.NotYours):
        services.release(review=mine, by=boss)


def test_every_deed_stands_in_the_log():
    review.rules(experts=1)
    first, second = review.expert(), review.expert()
    opened, boss = review.submitted(), review.coordinator()
    services.move(review=review.reviews_of(opened)[0], due_on=timezone.localdate() + timedelta(days=30), by=boss)
    services.release(review=review.reviews_of(opened)[0], by=boss)
    services.decide(round=opened, outcome="accepted", by=boss)
    assert [(deed.deed, deed.by, deed.expert) for deed in opened.deeds.all()] == [
        ("opened", opened.submitted_by, None),
        ("asked", None, first),
        ("moved", boss, first),
        ("released", boss, first),
        ("asked", None, second),
        ("decided", boss, None),
    ]


def test_a_reminder_comes_once_before_the_date():
    review.rules(experts=1, remind_before=3)
    expert = review.expert()
    opened = review.submitted()
    clock.look_after_reviews()
    assert told(expert, "reviews.due") == 0
    opened.reviews.update(due_at=timezone.now() + timedelta(days=2))
    clock.look_after_reviews()
    clock.look_after_reviews()
    assert told(expert, "reviews.due") == 1


def test_after_the_date_another_is_asked_and_both_are_told():
    review.rules(experts=1)
    first, second = review.expert(), review.expert()
    opened = review.submitted()
    opened.reviews.update(due_at=timezone.now() - timedelta(hours=1))
    clock.look_after_reviews()
    clock.look_after_reviews()
    assert asked(opened) == [second]
    assert (told(first, "reviews.reassigned"), told(second, "reviews.asked")) == (1, 1)
    assert opened.reviews.get(expert=first).state == Review.State.RELEASED


def test_who_is_late_may_finish_where_nobody_else_is_free():
    review.rules(experts=1)
    expert, boss = review.expert(), review.coordinator()
    opened = review.submitted()
    opened.reviews.update(due_at=timezone.now() - timedelta(hours=1))
    clock.look_after_reviews()
    clock.look_after_reviews()
    assert asked(opened) == [expert]
    assert told(boss, "reviews.no_expert") == 1
    review.finish(review.reviews_of(opened)[0])
    opened.refresh_from_db()
    assert opened.outcome == "accepted"


@pytest.mark.parametrize("how", ["switched off", "no expert any more", "deleted"])
def test_another_is_asked_in_the_place_of_one_who_is_gone(how):
    review.rules(experts=1)
    first, second = review.expert(), review.expert()
    opened = review.submitted()
    if how == "switched off":
        User.objects.filter(pk=first.pk).update(is_active=False)
    elif how == "deleted":
        first.delete()
    else:
        first.groups.remove(first.groups.get(name=Role.EXPERT))
    clock.look_after_reviews()
    clock.look_after_reviews()
    assert asked(opened) == [second]


def test_who_becomes_an_expert_is_asked_for_what_nobody_reads():
    opened = review.submitted()
    expert = review.expert()
    clock.look_after_reviews()
    assert asked(opened) == [expert]


def test_fewer_experts_in_the_settings_end_what_waits_for_a_second():
    review.expert()
    opened = review.submitted()
    review.finish(review.reviews_of(opened)[0])
    assert Round.objects.get(pk=opened.pk).is_open
    review.rules(experts=1)
    clock.look_after_reviews()
    assert PracticePage.objects.get(pk=opened.practice_id).live


def test_a_round_that_fails_leaves_the_others_cared_for(caplog):
    broken, whole = review.submitted(), review.submitted()
    content = {key: value for key, value in broken.revision.content.items() if key != "title"}
    type(broken.revision).objects.filter(pk=broken.revision_id).update(content={**content, "subjects": "nonsense"})
    expert = review.expert()
    clock.look_after_reviews()
    assert asked(whole) == [expert]
    assert "_go_on" in caplog.text
