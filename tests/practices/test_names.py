"""Names of people, schools and subjects stand in practices, whatever becomes of them."""

import pytest

from practices.models import PracticePage
from tests.factories import pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def facet(client, name: str) -> list[str]:
    facets = client.get(pages.bank_page().url).context["results"].facets
    return [value.label for value in facets.get(name, [])]


def test_a_work_remains_its_authors_when_the_account_is_gone(client):
    person = UserFactory(last_name="Зимина", first_name="Анна", patronymic="Петровна")
    person.import_id = "U900"
    person.save()
    page = pages.practice(authors=["U900"])
    assert [author.user for author in page.authors.all()] == [person]
    person.delete()
    context = client.get(page.url).context
    assert [author["name"] for author in context["authors"]] == ["Зимина Анна Петровна"]
    PracticePage.objects.get().save_revision().publish()
    assert [author.full_name for author in PracticePage.objects.get().authors.all()] == ["Зимина Анна Петровна"]


def test_a_person_renamed_is_found_by_the_new_name(client):
    person = UserFactory(last_name="Зимина")
    person.import_id = "U901"
    person.save()
    pages.practice(title="Практика", authors=["U901"])
    person.last_name = "Летова"
    person.save()
    bank = pages.bank_page().url
    assert [client.get(f"{bank}?q={name}").context["results"].total for name in ("Летова", "Зимина")] == [1, 0]


@pytest.mark.parametrize("named", ["school", "subject"])
def test_what_is_deleted_is_no_filter_any_more(client, named):
    page = pages.practice()
    gone = page.school if named == "school" else page.subjects.get()
    assert len(facet(client, named)) == 1
    gone.delete()
    assert facet(client, named) == []


def test_handouts_of_a_deleted_practice_are_deleted(client, settings, django_capture_on_commit_callbacks):
    page = pages.practice()
    b"".join(client.get(f"{page.url}handout/").streaming_content)
    folder = settings.MEDIA_ROOT / "handouts" / str(page.pk)
    assert len(list(folder.iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert list(folder.iterdir()) == []
