"""«Провёл у себя»: from the button on a practice's page to the author's answer and the place in the bank."""

import io
import re
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from accounts.models import ConsentText, User
from accounts.services.consents import give_consent
from accounts.services.roles import give_role
from notifications.models import Notification
from practices.afterlife import adoptions
from practices.models import Adoption, PracticePage, PracticeStatistics
from practices.search import documents
from search import index
from tests.accounts.test_signing_up import open_account
from tests.factories import files, pages
from tests.factories.accounts import UserFactory
from tests.factories.afterlife import practice_by, report, teacher

pytestmark = pytest.mark.django_db

LESSON = {
    "held_on": "2026-10-05",
    "class_name": "5 «Б», 27 человек",
    "changed": "Взяла крышки вместо коробок.",
    "outcome": "Справились все, кроме троих.",
}


@pytest.fixture
def author():
    return teacher(last_name="Авторова", first_name="Анна", patronymic="Петровна")


@pytest.fixture
def practice(author) -> PracticePage:
    return practice_by(author, title="Делим пуговицы")


@pytest.fixture
def colleague(client):
    user = teacher(last_name="Коллегина", first_name="Кира", patronymic="Львовна")
    client.force_login(user)
    return user


def address(practice: PracticePage) -> str:
    return f"/practices/{practice.pk}/used/"


def tell(client, practice: PracticePage, **changes):
    return client.post(address(practice), LESSON | changes)


def photo_with_gps() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (43.0, 7.0, 0.0)
    exif.get_ifd(0x8825)[3] = "E"
    exif.get_ifd(0x8825)[4] = (131.0, 53.0, 0.0)
    stream = io.BytesIO()
    Image.new("RGB", (120, 90), "#0b5c7a").save(stream, "JPEG", exif=exif)
    return SimpleUploadedFile("урок.jpg", stream.getvalue(), "image/jpeg")


def test_a_teachers_report_stands_on_the_practices_page(client, practice, colleague):
    response = tell(client, practice)
    report = Adoption.objects.get()
    assert response.headers["Location"] == f"/practices/used/{report.pk}/"
    context = client.get(practice.url).context
    assert (context["reports"], context["reports_count"]) == ([report], 1)
    html = client.get(practice.url).content.decode()
    assert "Коллегина Кира Львовна" in html
    assert "Взяла крышки вместо коробок." in html


def test_a_second_press_of_the_button_is_the_same_report(client, practice, colleague):
    first, second = tell(client, practice), tell(client, practice, outcome="Иначе")
    assert first.headers["Location"] == second.headers["Location"]
    assert [report.outcome for report in Adoption.objects.all()] == [LESSON["outcome"]]
    assert PracticeStatistics.objects.get(page=practice).adoptions == 1
    assert Notification.objects.filter(kind="practices.reused").count() == 1


def test_the_author_is_told_and_answers_and_the_colleague_is_told(client, practice, author, colleague):
    tell(client, practice)
    report = Adoption.objects.get()
    told = Notification.objects.get(recipient=author)
    assert (told.kind, told.text, told.url) == (
        "practices.reused",
        LESSON["outcome"],
        f"/practices/used/{report.pk}/",
    )
    client.force_login(author)
    for words in ("Спасибо!", "Спасибо, учту."):
        client.post(told.url, {"answer": words})
    report.refresh_from_db()
    assert (report.answer, report.answered_by) == ("Спасибо, учту.", author)
    assert [each.text for each in Notification.objects.filter(recipient=colleague)] == ["Спасибо!"]
    assert "Спасибо, учту." in client.get(practice.url).content.decode()


def test_reports_weigh_more_than_downloads_in_the_order_of_the_bank(client, practice, colleague):
    downloaded = pages.practice()
    PracticeStatistics.objects.create(page=downloaded, downloads=9)
    index.set_popularity("practice", {downloaded.pk: 9})
    tell(client, practice)
    response = client.get(f"{pages.bank_page().url}?sort=downloads")
    assert [card.url for card in response.context["cards"]] == [practice.url, downloaded.url]
    assert [card.adoptions for card in response.context["cards"]] == [1, 0]


def test_a_rebuilt_index_orders_as_the_living_one(practice):
    report(practice)
    assert [document.popularity for document in documents([practice.pk])] == [10]


def test_a_photo_is_kept_without_the_place_and_only_with_the_parents_consent(client, practice, colleague):
    refused = tell(client, practice, photo=photo_with_gps())
    assert list(refused.context["form"].errors) == ["pupils_consent"]
    assert not Adoption.objects.exists()
    tell(client, practice, photo=photo_with_gps(), pupils_consent="on")
    report = Adoption.objects.get()
    with report.photo.open_file() as file:
        assert dict(Image.open(file).getexif().get_ifd(0x8825)) == {}
    assert client.get(practice.url).content.decode().count("<img") == 1


@pytest.mark.parametrize("field", ["photo", "document"])
def test_a_hostile_file_is_refused_and_nothing_is_kept(client, practice, colleague, field):
    name = {"photo": "кот.png", "document": "отчёт.docx"}[field]
    upload = SimpleUploadedFile(name, b"<script>alert(1)</script>", "text/html")
    response = tell(client, practice, pupils_consent="on", **{field: upload})
    assert list(response.context["form"].errors) == [field]
    assert not Adoption.objects.exists()
    assert not Notification.objects.exists()


def test_a_file_is_for_everybody_while_the_report_is_shown(client, practice, colleague):
    tell(client, practice, document=SimpleUploadedFile("лист.txt", "Карточка".encode(), "text/plain"))
    report = Adoption.objects.get()
    client.logout()
    assert client.get(report.document.url).status_code == 200
    adoptions.hide(adoption=report)
    assert client.get(report.document.url).status_code == 404
    adoptions.show(adoption=report)
    practice.unpublish()
    assert client.get(report.document.url).status_code == 404


def test_a_file_of_a_report_on_a_closed_practice_is_not_for_everybody(client, practice, colleague):
    tell(client, practice, document=SimpleUploadedFile("лист.txt", "Карточка".encode(), "text/plain"))
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    client.logout()
    assert client.get(Adoption.objects.get().document.url).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_on", (timezone.localdate() + timedelta(days=1)).isoformat()),
        ("held_on", "1905-01-09"),
        ("held_on", "вчера"),
        ("class_name", "  "),
        ("class_name", "5" * 101),
        ("outcome", ""),
        ("outcome", "а" * 4001),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(client, practice, colleague, field, value):
    response = tell(client, practice, **{field: value})
    assert list(response.context["form"].errors) == [field]
    assert not Adoption.objects.exists()


def test_scripts_in_a_report_are_text(client, practice, colleague):
    tell(client, practice, outcome="<script>alert(1)</script>", class_name='"><img src=x onerror=alert(1)>')
    html = client.get(practice.url).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html


def test_ones_own_practice_is_no_reuse(client, practice, author):
    client.force_login(author)
    assert client.get(address(practice)).status_code == 403
    assert tell(client, practice).status_code == 403
    with pytest.raises(adoptions.OwnPractice):
        report(practice, by=author)
    assert not Adoption.objects.exists()


def test_one_who_teaches_nowhere_is_told_how_to_begin(client, practice):
    client.force_login(UserFactory())
    response = client.get(address(practice))
    assert response.status_code == 403
    assert "/membership/join/" in response.content.decode()
    assert tell(client, practice).status_code == 403


def test_the_teacher_changes_and_removes_the_report(client, practice, colleague):
    tell(client, practice, photo=photo_with_gps(), pupils_consent="on")
    report = Adoption.objects.get()
    page = f"/practices/used/{report.pk}/"
    client.post(f"{page}change/", {"outcome": "Справились все."})
    report.refresh_from_db()
    assert (report.outcome, report.changed, report.photo is None) == ("Справились все.", "", False)
    assert client.get(f"{page}remove/").status_code == 200
    assert client.post(f"{page}remove/").headers["Location"] == practice.url
    assert not Adoption.objects.exists()
    assert PracticeStatistics.objects.get(page=practice).adoptions == 0
    assert client.post(f"{page}remove/").status_code == 404


def test_a_report_stays_without_a_name_when_the_account_is_gone_or_the_name_withdrawn(client, practice, colleague):
    tell(client, practice)
    type(colleague).objects.filter(pk=colleague.pk).update(name_withdrawn=True)
    assert "Коллегина" not in client.get(practice.url).content.decode()
    colleague.delete()
    html = client.get(practice.url).content.decode()
    assert "Справились все, кроме троих." in html
    assert "Коллегина" not in html


def test_who_signed_up_without_the_consent_to_distribution_reports_without_a_name_and_is_told_so(client, practice):
    open_account(Client(), last_name="Безымянная")
    person = User.objects.get(last_name="Безымянная")
    give_role(user=person, role="teacher", by=None)
    client.force_login(person)
    notice = 'notice--info">'
    assert 'href="/accounts/consents/"' in client.get(address(practice)).content.decode().split(notice)[1]
    tell(client, practice)
    html = client.get(practice.url).content.decode()
    assert (LESSON["outcome"] in html, "Безымянная" in html) == (True, False)
    text = ConsentText.objects.in_force(ConsentText.Kind.DISTRIBUTION)
    give_consent(user=person, text=text, request=RequestFactory().get("/"))
    assert "Безымянная" in client.get(practice.url).content.decode()
    assert notice not in client.get(address(pages.practice())).content.decode()


def test_the_page_costs_as_many_queries_with_thirty_reports_as_with_one(client, practice):
    photo = adoptions.Files(photo=files.upload(files.picture(), "a.png"), pupils_consent=True)
    report(practice, files=photo, held_on=date(2026, 11, 1))
    client.get(practice.url)
    with CaptureQueriesContext(connection) as one:
        client.get(practice.url + "?1")
    with CaptureQueriesContext(connection) as one_on_its_page:
        client.get(f"{practice.url}used/")
    for number in range(29):
        report(practice, class_name=f"{number} класс")
    with CaptureQueriesContext(connection) as thirty:
        client.get(practice.url + "?2")
    with CaptureQueriesContext(connection) as thirty_on_their_page:
        response = client.get(f"{practice.url}used/")
    assert len(one) == len(thirty) <= 34
    assert len(one_on_its_page) == len(thirty_on_their_page)
    assert (len(response.context["reports"]), response.context["reports_count"]) == (20, 30)
    assert len(client.get(f"{practice.url}used/?page=2").context["reports"]) == 10


def test_the_page_is_the_same_for_the_author_and_a_stranger(client, practice, author, colleague):
    report(practice)
    seen = client.get(practice.url).content
    client.force_login(author)
    assert client.get(practice.url).content == seen


@pytest.mark.django_db(transaction=True)
def test_of_two_reports_at_once_both_count(author, practice):
    barrier = Barrier(2)
    teachers = [teacher(), teacher()]

    def tell_at_once(person):
        try:
            barrier.wait()
            report(practice, by=person)
        finally:
            connection.close()

    threads = [Thread(target=tell_at_once, args=[person]) for person in teachers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert PracticeStatistics.objects.get(page=practice).adoptions == 2


def test_the_picture_of_a_hidden_report_is_gone_from_its_own_address_too(client, practice, colleague):
    tell(client, practice, photo=photo_with_gps(), pupils_consent="on")
    address = re.search(r'src="(/media/images/[^"]+)"', client.get(f"{practice.url}used/").content.decode())[1]
    assert client.get(address).status_code == 200
    with TestCase.captureOnCommitCallbacks(execute=True):
        adoptions.hide(adoption=Adoption.objects.get())
    assert client.get(address).status_code == 404
