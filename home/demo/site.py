"""The tree of pages and what stands around them: home page, bank, schools, standard pages, menus."""

import re
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from core.text import address
from home.demo import pages, source
from home.models import HomePage, SiteSettings, StandardPage
from practices.models import BankPage
from schools.models import SchoolIndexPage, SchoolPage

LINK = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")


@transaction.atomic
def make() -> BankPage:
    """The whole tree without practices, published; what is there is left as its editors have made it."""
    home = HomePage.objects.first() or _home()
    bank = BankPage.objects.first() or _child(home, BankPage(**pages.BANK))
    schools = SchoolIndexPage.objects.first() or _child(home, SchoolIndexPage(**pages.SCHOOLS))
    _schools(schools)
    addresses = {"bank": bank.pk, "schools": schools.pk}
    fresh = []
    for page in pages.PAGES:
        known = StandardPage.objects.child_of(home).filter(slug=page["slug"]).first()
        if not known:
            known = _child(home, StandardPage(title=page["title"], slug=page["slug"], summary=page["summary"]))
            fresh.append((known, page))
        addresses[page["slug"].replace("-", "_")] = known.pk
    for made, page in fresh:
        made.body = stream(page["body"], addresses, seed=page["slug"])
        made.save_revision().publish()
    if not home.body:
        home.body = stream(pages.HOME_BODY, addresses, seed="home")
        home.save_revision().publish()
    _settings(addresses)
    return bank


def _home() -> HomePage:
    """The home page as the root of the site, in the place of Wagtail's «Welcome»."""
    root = Page.get_first_root_node()
    welcome = Page.objects.child_of(root).filter(slug="home").first()
    if welcome:
        welcome.slug = "welcome-of-wagtail"
        welcome.save()
    home = root.add_child(instance=HomePage(**pages.HOME))
    home.save_revision().publish()
    place = urlsplit(settings.BASE_URL)
    port = place.port or {"https": 443}.get(place.scheme, 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = place.hostname, port, home
    site.site_name = pages.HOME["title"]
    site.save()
    if welcome:
        welcome.delete()
    return home


def _child(parent: Page, page: Page) -> Page:
    made = parent.add_child(instance=page)
    made.save_revision().publish()
    return made


def _schools(directory: SchoolIndexPage) -> None:
    known = set(SchoolPage.objects.filter(import_id__isnull=False).values_list("import_id", flat=True))
    for school in source.schools():
        if school["id"] not in known:
            number = re.search(r"№\s*(\d+)", school["name"])
            page = SchoolPage(
                title=school["name"],
                slug=address(school["name"]),
                summary=f"{school['district']} район. {pages.SCHOOL_LINES[school['kind']]}",
                kind=school["kind"],
                district=school["district"],
                number=int(number[1]) if number else None,
                import_id=school["id"],
            )
            _child(directory, page)


def schools() -> dict[str, SchoolPage]:
    return {page.import_id: page for page in SchoolPage.objects.filter(import_id__isnull=False)}


def stream(blocks: list[tuple[str, object]], addresses: dict[str, int], *, seed: str) -> list[dict]:
    """Blocks as a StreamField keeps them; «[[bank|банк практик]]» becomes a link to that page."""
    return [
        {"type": kind, "value": _linked(value, addresses), "id": str(uuid5(NAMESPACE_URL, f"{seed}/{number}"))}
        for number, (kind, value) in enumerate(blocks)
    ]


def _linked(value: object, addresses: dict[str, int]) -> object:
    if isinstance(value, str):
        return LINK.sub(lambda link: f'<a linktype="page" id="{addresses[link[1]]}">{link[2]}</a>', value)
    if isinstance(value, dict):
        return {name: _linked(part, addresses) for name, part in value.items()}
    if isinstance(value, list):
        return [_linked(part, addresses) for part in value]
    return value


def _settings(addresses: dict[str, int]) -> None:
    around = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    if around.menu or around.footer:
        return
    around.menu = stream([("link", _link(entry, addresses)) for entry in pages.MENU], addresses, seed="menu")
    columns = [
        ("column", {"title": title, "links": [
            {"type": "item", "value": _link(entry, addresses), "id": str(uuid5(NAMESPACE_URL, f"{title}/{number}"))}
            for number, entry in enumerate(links)
        ]})
        for title, links in pages.FOOTER
    ]  # fmt: skip
    around.footer = stream(columns, addresses, seed="footer")
    for name, value in pages.CONTACTS.items():
        setattr(around, name, value)
    around.save()


def _link(entry: tuple[str, str], addresses: dict[str, int]) -> dict:
    title, target = entry
    return {"title": title, "page": addresses.get(target), "url": "" if target in addresses else target}
