"""How to cite a practice: ГОСТ Р 7.0.100-2018 for a bibliography, BibTeX and RIS for reference managers."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

PORTAL = "Империя школ"
MONTHS_ABBREVIATED = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: With more authors than this a record begins with its title (ГОСТ Р 7.0.100-2018, 5.2.2, 5.2.6).
MOST_IN_HEADING = 3
MOST_NAMED = 4


@dataclass(frozen=True)
class Author:
    """«Берёзкина», «И. А.»."""

    surname: str
    initials: str

    @classmethod
    def of(cls, short_name: str) -> "Author":
        initials, _, surname = short_name.rpartition(" ")
        return cls(surname, initials)

    @property
    def heading(self) -> str:
        return f"{self.surname}, {self.initials}" if self.initials else self.surname

    @property
    def plain(self) -> str:
        return f"{self.initials} {self.surname}".strip()


@dataclass(frozen=True)
class Citation:
    """What a reference says of a practice."""

    key: str
    title: str
    authors: tuple[Author, ...]
    year: int
    published: date
    url: str
    summary: str
    keywords: tuple[str, ...]

    @classmethod
    def of(cls, page) -> "Citation":
        published = timezone.localdate(page.first_published_at) if page.first_published_at else timezone.localdate()
        return cls(
            key=page.slug,
            title=page.title,
            authors=tuple(
                Author.of(author.short_name)
                for author in page.authors.all()
                if author.role == "author" and author.is_named
            ),
            year=published.year,
            published=published,
            url=page.full_url or settings.BASE_URL,
            summary=page.summary,
            keywords=tuple(item.tag.name for item in page.tagged_items.all()),
        )


def gost(citation: Citation, today: date | None = None) -> str:
    """The record for a list of sources, with today as the date of access."""
    today = today or timezone.localdate()
    authors = citation.authors
    heading = f"{authors[0].heading} " if 0 < len(authors) <= MOST_IN_HEADING else ""
    named = authors if len(authors) <= MOST_NAMED else authors[:MOST_IN_HEADING]
    responsibility = ", ".join(author.plain for author in named)
    if len(named) < len(authors):
        responsibility += " [и др.]"
    return (
        f"{heading}{citation.title}{' / ' + responsibility if responsibility else ''}. — Текст : электронный"
        f" // {PORTAL} : муниципальный образовательный портал. — {citation.year}."
        f" — URL: {citation.url} (дата обращения: {today:%d.%m.%Y})."
    )


def bibtex_text(text: str) -> str:
    """A value inside braces: what BibTeX would read as its own is escaped, line ends go."""
    for character in "\\{}":
        text = text.replace(character, " ")
    for character in "&%$#_":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def bibtex(citation: Citation) -> str:
    names = " and ".join(author.heading for author in citation.authors)
    values = {
        "author": bibtex_text(names),
        "title": f"{{{bibtex_text(citation.title)}}}",
        "year": str(citation.year),
        "publisher": PORTAL,
        "url": citation.url,
        "urldate": f"{timezone.localdate():%Y-%m-%d}",
        "abstract": bibtex_text(citation.summary),
        "keywords": bibtex_text(", ".join(citation.keywords)),
        "language": "russian",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    lines.insert(3, f"  month = {MONTHS_ABBREVIATED[citation.published.month - 1]},")
    return "\n".join([f"@online{{{citation.key},", *lines, "}", ""])


def ris(citation: Citation) -> str:
    """RIS: a tag a line, lines end in CR LF (the format's own rule)."""
    lines = [
        "TY  - ELEC",
        *(f"AU  - {author.heading}" for author in citation.authors),
        f"TI  - {citation.title}",
        f"T2  - {PORTAL}",
        f"PY  - {citation.year}",
        f"DA  - {citation.published:%Y/%m/%d}",
        f"AB  - {' '.join(citation.summary.split())}",
        *(f"KW  - {keyword}" for keyword in citation.keywords),
        "LA  - ru",
        f"UR  - {citation.url}",
        f"Y2  - {timezone.localdate():%Y/%m/%d}",
        "ER  - ",
    ]
    return "\r\n".join(" ".join(line.splitlines()) for line in lines) + "\r\n"


#: What `/citation.<form>` gives: how it is written and its media type.
FILES = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
}
