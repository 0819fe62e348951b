"""The portal's tree and its practices, as small as a test needs them."""

import json
from itertools import count

from wagtail.models import Locale, Page, Site

from core.models import Subject
from home.models import HomePage, SiteSettings
from practices.importer import Writer, record_of
from practices.models import BankPage, PracticePage
from schools.models import SchoolIndexPage, SchoolPage

numbers = count(1)


def home_page() -> HomePage:
    """The site's root; made once a test."""
    home = HomePage.objects.first()
    if home:
        return home
    Locale.objects.get_or_create(language_code="ru")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    home = root.add_child(instance=HomePage(title="Империя школ", slug="portal"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home, "site_name": "Портал"}
    )
    # Made at the first visit otherwise, which is a change of what visitors see.
    SiteSettings.for_site(Site.objects.get(is_default_site=True))
    return home


def bank_page() -> BankPage:
    return BankPage.objects.first() or home_page().add_child(instance=BankPage(title="Банк практик", slug="bank"))


def school_page(title: str = "Школа № 101", **fields) -> SchoolPage:
    index = SchoolIndexPage.objects.first()
    if not index:
        index = home_page().add_child(instance=SchoolIndexPage(title="Школы", slug="schools"))
    return index.add_child(instance=SchoolPage(title=title, slug=f"school-{next(numbers)}", **fields))


def record(**values) -> dict:
    """A good line of an import, `values` in the place of its own."""
    number = next(numbers)
    return {
        "id": f"T{number}",
        "title": f"Практика {number}",
        "summary": "Два урока о делении с остатком.",
        "problem": "Ученики не чувствуют, откуда берётся остаток.",
        "body": "Раскладываем пуговицы по крышкам.\n\nПотом записываем.",
        "results": "Ошибок стало меньше.",
        "subject": "Математика",
        "grades": [3],
        "kind": "lesson",
        "tags": ["деление с остатком"],
        "school": "Школа № 101",
        "year": 2025,
        **values,
    }


def import_records(*records: dict, dressing=lambda _jobs: None):
    """Import these through the portal's own importer; covers and files are left out unless asked for."""
    writer = Writer(bank_page(), dressing=dressing)
    return writer.write([record_of(json.dumps(entry, ensure_ascii=False)) for entry in records])


def practice(**values) -> PracticePage:
    """A published practice, made as an import makes it."""
    outcome = import_records(record(**values))
    return PracticePage.objects.get(pk=outcome.created[0])


def draft(**values) -> PracticePage:
    """A practice that its author has not shown to anybody."""
    values = {
        "title": "Черновик",
        "kind": "lesson",
        "year": 2025,
        "problem": "<p>П</p>",
        "results": "<p>Р</p>",
        **values,
    }
    page = PracticePage(slug=f"draft-{next(numbers)}", live=False, **values)
    bank_page().add_child(instance=page)
    page.subjects.add(subject())
    page.save_revision()
    return page


def subject(name: str = "Математика") -> Subject:
    return Subject.objects.get_or_create(name=name)[0]
