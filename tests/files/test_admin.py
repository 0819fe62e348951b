"""The admin's list of files."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from files.models import PortalDocument
from files.tasks import read_document
from tests.factories import files as make

pytestmark = pytest.mark.django_db


def test_the_list_says_what_each_file_is_and_whether_its_text_was_read(client, editor):
    read_document(make.document("план.docx", make.docx()).pk)
    read_document(make.document("тайна.pdf", make.locked_pdf()).pk)
    client.force_login(editor)
    for name in ("wagtaildocs:index", "wagtaildocs:index_results"):
        html = client.get(reverse(name)).content.decode()
        states = [label for label in map(str, PortalDocument.TextState.labels) if label in html]
        assert [kind in html for kind in ("DOCX", "PDF")] == [True, True]
        assert states == [gettext("text is read"), gettext("could not be read")]


def test_the_list_asks_the_database_as_often_for_thirty_files_as_for_two(client, editor, django_assert_max_num_queries):
    client.force_login(editor)
    for number in range(2):
        make.document(f"{number}.txt")
    client.get(reverse("wagtaildocs:index"))
    with django_assert_max_num_queries(1000) as few:
        client.get(reverse("wagtaildocs:index"))
    for number in range(20):
        make.document(f"{number}.txt")
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("wagtaildocs:index"))
