"""What a hostile hand tries at the author's pages: other people's texts, addresses, numbers and double clicks."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from accounts.services.leaving import leave
from files.models import PortalImage
from notifications.models import Letter
from practices.authoring import drafts
from practices.authoring.uploads import storing
from practices.models import Adoption, AuthorUpload, CoauthorInvitation, PracticeAuthor, PracticePage, Submission
from tests.factories import authoring as factory
from tests.factories import files, pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
ENDLESS = "9" * 5000


@pytest.fixture
def author(client):
    pages.bank_page()
    user = factory.author()
    client.force_login(user)
    return user


def at(name: str, practice) -> str:
    return reverse(f"authoring:{name}", args=[practice.pk])


def imported(**roles) -> PracticePage:
    """A published practice without a row of saves, with these people at it: `role=user`."""
    practice = pages.practice()
    for order, (role, user) in enumerate(roles.items()):
        PracticeAuthor.objects.create(page=practice, user=user, role=role, sort_order=order)
    practice = PracticePage.objects.get(pk=practice.pk)
    practice.save_revision()
    return practice


def invite(client, practice, email: str) -> int:
    return client.post(at("coauthors", practice), {"email": email}).status_code


def agreed(practice, author) -> tuple:
    """(a co-author by invitation, the invitation)."""
    colleague = factory.author()
    factory.agree_to_distribution(colleague)
    invitation = drafts.invite_coauthor(practice=practice, by=author, email=colleague.email)
    drafts.accept_invitation(code=invitation.code, user=colleague)
    return colleague, invitation


def a_day_later() -> None:
    CoauthorInvitation.objects.update(created_at=timezone.now() - timedelta(hours=25))


# Whose practice it is


@pytest.mark.parametrize("role", ["consultant", "photographer"])
def test_a_helper_of_an_imported_practice_does_not_write_it(client, role):
    author, helper = factory.author(), factory.author()
    practice = imported(**{role: helper, "author": author})
    client.force_login(helper)
    assert [client.get(at(name, practice)).status_code for name in ("edit", "submit", "coauthors")] == [404] * 3


def test_the_first_author_answers_for_an_imported_practice_whoever_saves_first(client):
    author, second = factory.author(), factory.author()
    practice = imported(author=author)
    PracticeAuthor.objects.create(page=practice, user=second, sort_order=5)
    practice.refresh_from_db()
    practice.save_revision()
    client.force_login(second)
    assert client.get(at("submit", practice)).status_code == 404
    changed = factory.form_of(client, at("edit", practice), title="Вторая рука")
    assert client.post(at("edit", practice), changed, **JSON).status_code == 200

    assert Submission.objects.get().author == author
    assert client.get(at("submit", practice)).status_code == 404
    client.force_login(author)
    assert client.get(at("submit", practice)).status_code == 200


def test_a_file_shown_by_something_else_of_the_same_number_stays_closed(client, author):
    practice = factory.written(author)
    document = files.document(uploader=factory.author())
    kind = ReferenceIndex._get_base_content_type(Adoption)
    ReferenceIndex.objects.create(
        base_content_type=kind,
        content_type=kind,
        object_id=str(practice.pk),
        to_content_type=ReferenceIndex._get_base_content_type(document),
        to_object_id=str(document.pk),
        model_path="file",
        content_path="file",
        content_path_hash=uuid.uuid4(),
    )
    assert client.get(document.url).status_code == 404


# Co-authors


def test_who_leaves_a_published_practice_is_no_more_its_author(client, author):
    practice = factory.complete(author)
    colleague, invitation = agreed(practice, author)
    PracticePage.objects.get().get_latest_revision().publish()
    client.force_login(colleague)
    assert client.post(at("coauthors", practice), {"leave": "1"}).status_code == 302

    assert client.get(at("edit", practice)).status_code == 404
    assert client.get(f"/practices/{practice.pk}/withdraw/").status_code in {403, 404}
    assert [each.user for each in PracticePage.objects.get().authors.all()] == [author]
    PracticePage.objects.get().live_revision.publish()
    assert [each.user for each in PracticePage.objects.get().authors.all()] == [author]
    # The link in the old letter lets nobody in again.
    url = reverse("authoring:invitation", args=[invitation.code])
    assert client.post(url, {"answer": "accept"}).url == url
    assert client.get(at("edit", practice)).status_code == 404


def test_who_declined_comes_in_by_a_new_invitation_only(client, author):
    practice = factory.complete(author)
    colleague = factory.author()
    factory.agree_to_distribution(colleague)
    old = drafts.invite_coauthor(practice=practice, by=author, email=colleague.email)
    url = reverse("authoring:invitation", args=[old.code])
    client.force_login(colleague)
    assert [client.post(url, {"answer": word}).url for word in ("decline", "decline", "accept")] == [url] * 3
    assert CoauthorInvitation.objects.get().state == "declined"
    client.force_login(author)
    a_day_later()
    assert invite(client, practice, colleague.email) == 422
    client.post(at("coauthors", practice), {"take_back": old.pk})
    assert invite(client, practice, colleague.email) == 302
    client.force_login(colleague)
    assert client.get(url).status_code == 404
    fresh = reverse("authoring:invitation", args=[CoauthorInvitation.objects.get().code])
    assert client.post(fresh, {"answer": "accept"}).url == at("edit", practice)


def test_an_invitation_answered_by_somebody_else_meanwhile_is_told_of(client, author, monkeypatch):
    practice = factory.complete(author)
    first, second = factory.author(), factory.author()
    invitation = drafts.invite_coauthor(practice=practice, by=author, email="both@school.example")
    client.force_login(second)
    decline = drafts.decline_invitation

    def after_the_first(**answer):
        decline(code=invitation.code, user=first)
        return decline(**answer)

    monkeypatch.setattr(drafts, "decline_invitation", after_the_first)
    answer = client.post(reverse("authoring:invitation", args=[invitation.code]), {"answer": "decline"})
    assert answer.url == reverse("authoring:start")
    assert CoauthorInvitation.objects.get().answered_by == first


def test_taking_back_and_inviting_again_sends_no_second_letter_in_a_day(client, author):
    practice = factory.complete(author)
    answers = []
    for _time in range(3):
        answers.append(invite(client, practice, "victim@school.example"))
        client.post(at("coauthors", practice), {"take_back": CoauthorInvitation.objects.get().pk})
    assert (answers, Letter.objects.count()) == ([302, 422, 422], 1)
    a_day_later()
    Letter.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert (invite(client, practice, "victim@school.example"), Letter.objects.count()) == (302, 2)


def test_drafts_begun_and_thrown_away_are_no_way_to_flood_an_address(client, author):
    answers = []
    for _time in range(5):
        practice = factory.complete(author)
        answers.append(invite(client, practice, "victim@school.example"))
        client.post(at("discard", practice))
    assert answers == [302, 302, 302, 422, 422]
    assert Letter.objects.count() == 3


def test_invitations_taken_back_count_among_those_of_the_day(client, author, monkeypatch):
    monkeypatch.setattr("practices.authoring.drafts.coauthors.A_DAY", 2)
    practice = factory.complete(author)
    answers = []
    for name in "abc":
        answers.append(invite(client, practice, f"{name}@school.example"))
        client.post(at("coauthors", practice), {"take_back": CoauthorInvitation.objects.latest("pk").pk})
    assert answers == [302, 302, 422]


def test_an_address_longer_than_addresses_are_is_refused_in_words(client, author):
    practice = factory.complete(author)
    label = "a" * 60
    assert invite(client, practice, f"{label}@{label}.{label}.{label}.{label}.example") == 422


def test_an_erased_person_stays_in_no_invitation(client, author, rf):
    practice, other = factory.complete(author), factory.complete(author)
    colleague, _invitation = agreed(practice, author)
    drafts.invite_coauthor(practice=other, by=author, email=colleague.email.upper())
    drafts.invite_coauthor(practice=other, by=author, email="third@school.example")
    leave(user=colleague, keep_name=True, request=rf.get("/"))
    assert list(CoauthorInvitation.objects.values_list("email", flat=True)) == ["third@school.example"]


# Twice


def test_a_copy_asked_for_twice_is_one_draft(client, author):
    first, second = factory.complete(author), factory.complete(author)
    origin = client.get(reverse("authoring:start")).context["copy_origin"]
    copies = [client.post(at("copy", each), {"origin": origin}).url for each in (first, first, second)]
    assert copies[0] == copies[1] != copies[2]
    assert PracticePage.objects.count() == 4


def test_a_text_kept_apart_twice_is_one_draft_and_another_text_is_another(client, author):
    practice = factory.written(author)
    data = factory.form_of(client, at("edit", practice), do="apart", title="Моё")
    urls = [client.post(at("edit", practice), data | change).url for change in ({}, {}, {"title": "Ещё моё"})]
    assert urls[0] == urls[1] != urls[2]
    assert sorted(PracticePage.objects.values_list("title", flat=True)) == ["Ещё моё", "Моё", "Остаток — не ошибка"]


def test_one_form_sent_by_two_accounts_is_a_draft_of_each(client, author):
    write = reverse("authoring:write")
    data = factory.form_of(client, write, title="Общий компьютер")
    client.post(write, data)
    client.force_login(factory.author())
    assert client.post(write, data, **JSON).status_code == 200
    assert PracticePage.objects.count() == 2


def test_a_draft_passes_to_a_coauthor_who_has_one_of_the_same_form(client, author, rf):
    origin = uuid.uuid4()
    practice = drafts.start(author=author, origin=origin, title="Моё")
    colleague, _invitation = agreed(practice, author)
    drafts.start(author=colleague, origin=origin, title="Своё")
    leave(user=author, keep_name=True, request=rf.get("/"))
    assert set(Submission.objects.values_list("author", flat=True)) == {colleague.pk}


# Long


def test_endless_numbers_are_as_good_as_none(client, author):
    practice = factory.written(author)
    sent = {"material": [ENDLESS], "version": ENDLESS, "title": "Числа", "subjects": [ENDLESS], "grades": [ENDLESS]}
    data = factory.form_of(client, at("edit", practice), **sent)
    data |= {"card": ["p"], "card-p-type": "picture", "card-p-image": ENDLESS}
    assert client.post(at("edit", practice), data, **JSON).status_code == 409
    assert client.post(at("edit", practice), data | {"version": "1"}, **JSON).status_code == 200
    assert client.post(at("submit", practice), {"do": f"remove-place:{ENDLESS}"}).status_code == 302
    assert client.post(at("coauthors", practice), {"take_back": ENDLESS}).status_code == 404


def test_the_longest_name_becomes_an_author():
    user = UserFactory(last_name="Б" * 100, first_name="И" * 100, patronymic="А" * 100)
    assert len(factory.written(user).authors.get().name) == 302


def test_pictures_of_word_files_count_among_the_uploads_of_the_day(client, author, monkeypatch):
    monkeypatch.setattr(storing, "A_DAY", 1)
    AuthorUpload.objects.create(image=files.image(uploader=author))
    file = SimpleUploadedFile("Урок.docx", files.docx("Сад на подоконнике", "Мы сеяли горох в стаканы."))
    page = client.post(reverse("authoring:start"), {"origin": uuid.uuid4(), "file": file})
    assert page.status_code == 422
    assert page.context["form"].errors["file"]
    assert (PracticePage.objects.count(), PortalImage.objects.count()) == (0, 1)
