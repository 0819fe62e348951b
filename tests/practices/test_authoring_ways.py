"""Ways in and out: a Word file, an earlier practice, co-authors, the submission, throwing away."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.services.consents import has_consent
from notifications.models import Letter, Notification
from practices.authoring import drafts
from practices.models import CoauthorInvitation, PracticePage, Review, Round
from practices.review.services import call_back, decide
from tests.factories import authoring as factory
from tests.factories import files, pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def author(client):
    pages.bank_page()
    user = factory.author()
    client.force_login(user)
    return user


def at(name: str, practice) -> str:
    return reverse(f"authoring:{name}", args=[practice.pk])


def word(*paragraphs: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("Урок.docx", files.docx(*paragraphs))


# Beginning


def test_a_word_file_becomes_a_draft_and_tells_what_was_understood(client, author):
    origin = client.get(reverse("authoring:start")).context["form"]["origin"].value()
    data = {"origin": str(origin), "file": word("Сад на подоконнике", "Мы сеяли горох в стаканы и вели дневник.")}
    response = client.post(reverse("authoring:start"), data)
    practice = PracticePage.objects.get()

    assert response.url == at("edit", practice)
    page = client.get(response.url)
    assert "горох" in page.content.decode()
    assert page.context["understood"] is not None
    client.post(response.url, factory.form_of(client, response.url, do="understood"))
    assert client.get(response.url).context["understood"] is None


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_what_was_written_costs_the_same_however_long(
    client, author, django_assert_max_num_queries, number
):
    for _each in range(number):
        factory.written(author)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("authoring:start"))
    assert len(page.context["earlier"]) == number


@pytest.mark.parametrize("file", [SimpleUploadedFile("урок.doc", b"\xd0\xcf\x11\xe0" + b"0" * 600), None])
def test_a_file_that_cannot_be_read_is_answered_at_the_field(client, author, file):
    data = {"origin": "0b5e2c1e-0000-4000-8000-000000000000"} | ({"file": file} if file else {})
    page = client.post(reverse("authoring:start"), data)
    assert page.status_code == 422
    assert page.context["form"].errors["file"]
    assert not PracticePage.objects.exists()


def test_an_earlier_practice_becomes_the_beginning_of_a_new_one(client, author):
    practice = factory.complete(author)
    response = client.post(at("copy", practice))
    copy = PracticePage.objects.exclude(pk=practice.pk).get()

    assert response.url == at("edit", copy)
    assert drafts.content_of(copy) == drafts.content_of(drafts.draft_of(practice))
    assert copy.slug != practice.slug


# Preview


def test_the_preview_is_the_public_page_under_a_bar(client, author):
    practice = factory.complete(author)
    page = client.get(at("preview", practice))

    assert page.status_code == 200
    assert "practices/practice_page.html" in [template.name for template in page.templates]
    assert page.context["page"].title == practice.title
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]


# Co-authors


def invite(client, practice, email: str) -> CoauthorInvitation:
    client.post(at("coauthors", practice), {"email": email})
    return CoauthorInvitation.objects.get(email=email.lower())


def test_a_colleague_agrees_with_the_consent_and_becomes_an_author(client, author):
    practice = factory.complete(author)
    colleague = factory.author()
    invitation = invite(client, practice, colleague.email)
    assert Notification.objects.get(recipient=colleague).kind == "practices.coauthor_invited"
    client.force_login(colleague)
    url = reverse("authoring:invitation", args=[invitation.code])
    assert client.get(at("edit", practice)).status_code == 404
    text = factory.consent_text()
    assert client.post(url, {"answer": "accept"}).status_code == 422
    response = client.post(url, {"answer": "accept", "consent": "1", "consent_text": text.pk})

    assert response.url == at("edit", practice)
    assert client.get(response.url).status_code == 200
    assert has_consent(colleague, "distribution")
    assert [each.user for each in PracticePage.objects.get().authors.all()] == [author, colleague]
    assert Notification.objects.filter(recipient=author, kind="practices.coauthor_answered").count() == 1
    assert client.post(url, {"answer": "accept"}).status_code == 302
    assert PracticePage.objects.get().authors.count() == 2


def test_an_agreement_does_not_outdate_what_the_author_is_typing(client, author):
    practice = factory.complete(author)
    data = factory.form_of(client, at("edit", practice), title="Пишу дальше")
    colleague = factory.author()
    factory.agree_to_distribution(colleague)
    invitation = invite(client, practice, colleague.email)
    drafts.accept_invitation(code=invitation.code, user=colleague)

    assert client.post(at("edit", practice), data, **JSON).status_code == 200
    draft = drafts.draft_of(PracticePage.objects.get())
    assert (draft.title, draft.authors.count()) == ("Пишу дальше", 2)


def test_somebody_without_an_account_gets_a_letter(client, author):
    practice = factory.complete(author)
    invite(client, practice, "Novaya@School.Example")
    invite(client, practice, "novaya@school.example")
    assert [letter.to for letter in Letter.objects.all()] == ["novaya@school.example"]
    assert mail.outbox == []


def test_an_invitation_that_was_taken_back_opens_nothing(client, author):
    practice = factory.complete(author)
    colleague = factory.author()
    invitation = invite(client, practice, colleague.email)
    client.post(at("coauthors", practice), {"take_back": invitation.pk})
    client.force_login(colleague)
    assert client.get(reverse("authoring:invitation", args=[invitation.code])).status_code == 404


def test_a_coauthor_leaves_and_can_write_no_more(client, author):
    practice = factory.complete(author)
    colleague = factory.author()
    factory.agree_to_distribution(colleague)
    drafts.accept_invitation(code=invite(client, practice, colleague.email).code, user=colleague)
    client.force_login(colleague)
    assert client.post(at("coauthors", practice), {"leave": "1"}).status_code == 302
    assert client.get(at("edit", practice)).status_code == 404
    assert [each.user for each in PracticePage.objects.get().authors.all()] == [author]


def test_the_author_is_not_invited_and_an_answer_is_asked_once(client, author):
    practice = factory.complete(author)
    colleague = factory.author()
    assert client.post(at("coauthors", practice), {"email": author.email}).status_code == 422
    invitation = invite(client, practice, colleague.email)
    drafts.decline_invitation(code=invitation.code, user=colleague)
    assert client.post(at("coauthors", practice), {"email": colleague.email}).status_code == 422


# Missing


def test_what_is_missing_is_listed_with_the_place_to_mend_it():
    practice = factory.written(
        factory.author(),
        body=[
            {"type": "picture", "value": {"image": files.image().pk, "alt": "", "caption": ""}, "id": "p"},
            {"type": "step", "value": {"title": "", "minutes": None, "text": ""}, "id": "empty"},
        ],
    )
    found = drafts.missing(practice)
    assert [(each.section, each.field) for each in found if each.needed] == [
        ("about", "summary"),
        ("about", "kind"),
        ("about", "subjects"),
        ("body", "card-p"),
        ("results", "results"),
    ]


# Submission


def declarations(client, practice, **changes) -> dict:
    form = client.get(at("submit", practice)).context["form"]
    data = dict.fromkeys(form.fields, "on") | {"do": "submit"} | changes
    return {name: value for name, value in data.items() if value is not None}


def test_a_complete_practice_goes_to_the_experts(client, author):
    factory.agree_to_distribution(author)
    practice = factory.complete(author)
    response = client.post(at("submit", practice), declarations(client, practice))
    practice.refresh_from_db()

    assert response.url == at("submitted", practice)
    assert Round.objects.get().revision == practice.latest_revision
    assert practice.slug == "ostatok-ne-oshibka"
    assert client.get(response.url).context["stage"].code == "in_review"
    assert client.post(at("submit", practice), {"do": "submit"}).url == response.url
    assert Round.objects.count() == 1


def test_two_practices_of_one_name_have_addresses_of_their_own(client, author):
    factory.agree_to_distribution(author)
    practices = [factory.complete(author) for _time in range(2)]
    for practice in practices:
        client.post(at("submit", practice), declarations(client, practice))
        practice.refresh_from_db()
    assert [practice.slug for practice in practices] == ["ostatok-ne-oshibka", "ostatok-ne-oshibka-2"]


def test_nothing_is_submitted_undeclared_or_incomplete(client, author):
    text = factory.agree_to_distribution(factory.author())
    incomplete, practice = factory.written(author), factory.complete(author)
    assert client.post(at("submit", incomplete), declarations(client, incomplete)).status_code == 422
    assert client.post(at("submit", practice), declarations(client, practice, rights=None)).status_code == 422
    assert client.post(at("submit", practice), declarations(client, practice, consent=None)).status_code == 422
    assert not Round.objects.exists()
    agreed = declarations(client, practice, consent_text=text.pk)
    assert client.post(at("submit", practice), agreed).url == at("submitted", practice)
    assert has_consent(author, "distribution")


def test_a_finding_is_decided_by_its_author_first(client, author):
    factory.agree_to_distribution(author)
    practice = factory.complete(author, results="<p>Пишите мне: 8 914 123-45-67.</p>")
    page = client.get(at("submit", practice))
    (finding, is_seen), *_others = page.context["ready"].findings
    assert not is_seen
    assert client.post(at("submit", practice), declarations(client, practice)).status_code == 422
    client.post(at("submit", practice), {"do": f"seen:{finding.key}"})
    client.post(at("submit", practice), {"do": "seen:forged-key"})
    practice.submission.refresh_from_db()
    assert practice.submission.seen_findings == [finding.key]
    assert client.post(at("submit", practice), declarations(client, practice)).status_code == 302


def test_the_text_is_locked_under_review_and_free_after_calling_back(client, author):
    factory.agree_to_distribution(author)
    practice = factory.complete(author)
    data = factory.form_of(client, at("edit", practice), title="Поздно")
    client.post(at("submit", practice), declarations(client, practice))

    assert client.post(at("edit", practice), data, **JSON).status_code == 423
    page = client.get(at("edit", practice))
    assert re.search(r'action="[^"]*/call-back/"', page.content.decode())
    client.post(at("call_back", practice))
    client.post(at("call_back", practice))
    fresh = factory.form_of(client, at("edit", practice), title="Снова пишу")
    assert client.post(at("edit", practice), fresh, **JSON).status_code == 200
    # The text that experts have read stays as it was.
    assert Round.objects.get().revision.as_object().title == "Остаток — не ошибка"


def test_what_experts_said_stands_beside_each_part_of_a_returned_practice(client, author):
    factory.agree_to_distribution(author)
    practice = factory.complete(author)
    under_way = drafts.submit(practice=practice, user=author, declared={"rights": True, "pupils": False})
    review = Review.objects.create(
        round=under_way,
        expert=UserFactory(roles=["expert"]),
        due_at=timezone.now(),
        state=Review.State.DONE,
        verdict=Review.Verdict.RETURN,
        finished_at=timezone.now(),
        text="Почти готово.",
    )
    review.comments.create(section="results", text="Покажите проверочную.")
    decide(round=under_way, outcome=Round.Outcome.RETURNED, by=UserFactory(roles=["coordinator"]), note="Доработайте.")
    page = client.get(at("edit", practice))

    assert page.context["returned"]
    assert [line["text"] for line in page.context["said"]] == ["Доработайте.", "Почти готово."]
    said = {section.code: [line["text"] for line in section.comments] for section in page.context["sections"]}
    assert {code: lines for code, lines in said.items() if lines} == {"results": ["Покажите проверочную."]}
    client.post(at("edit", practice), factory.form_of(client, at("edit", practice), results="Вот проверочная."))
    assert client.post(at("submit", practice), declarations(client, practice)).url == at("submitted", practice)
    assert Round.objects.count() == 2


def test_a_colleague_cannot_join_while_experts_read(client, author):
    factory.agree_to_distribution(author)
    practice = factory.complete(author)
    colleague = factory.author()
    factory.agree_to_distribution(colleague)
    invitation = invite(client, practice, colleague.email)
    client.post(at("submit", practice), declarations(client, practice))
    client.force_login(colleague)
    url = reverse("authoring:invitation", args=[invitation.code])
    assert client.post(url, {"answer": "accept"}).status_code == 409
    call_back(practice=practice, user=author)
    assert client.post(url, {"answer": "accept"}).status_code == 302


# Throwing away


def test_a_draft_is_deleted_when_its_author_confirms(client, author):
    practice = factory.written(author)
    assert client.get(at("discard", practice)).status_code == 200
    assert PracticePage.objects.exists()
    assert client.post(at("discard", practice)).status_code == 302
    assert not PracticePage.objects.exists()


def test_what_was_published_or_reviewed_is_not_deleted(client, author):
    factory.agree_to_distribution(author)
    published, reviewed = factory.complete(author), factory.complete(author)
    drafts.draft_of(published).get_latest_revision().publish()
    drafts.submit(practice=reviewed, user=author, declared={"rights": True, "pupils": False})
    for practice in (published, reviewed):
        assert client.post(at("discard", practice)).status_code == 200
    assert PracticePage.objects.count() == 2


def test_tags_in_use_are_suggested(client, author):
    pages.practice(tags=["деление с остатком", "счёт"])
    url = reverse("authoring:tags")
    assert client.get(url, {"q": "ДЕЛ"}).json() == {"tags": ["деление с остатком"]}
    assert client.get(url, {"q": ""}).json() == {"tags": []}
