"""What a paper is called, and the lines of its title page, which the form asks for in its own way."""

import re
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from core.choices import FIRST_GRADE, LAST_GRADE

from .flow import Piece
from .pictures import shortened

#: How the line of a title page begins that is no title.
OFFICIAL = re.compile(
    r"(?:муниципальн|государственн|федеральн|м[бак]?[одк]оу|мбоу|маоу|мкоу|гбоу|фгбоу|мбу|мау|управлени|администраци|департамент|"
    r"министерств|российская федерация|приморск|г\.?\s*владивосток|город владивосток|владивосток|"
    r"(?:автор|состав|выполн|разработ|подготов|провел|провод|исполнител)\w*(?:\s*[:—–-]|\s|$)|"
    r"(?:учител|воспитател|педагог|методист|руководител|преподавател|логопед|психолог|тьютор)\w*\b|"
    r"(?:средняя |основная |начальная )?(?:общеобразовательн|школ|лице|гимнази|детск(?:ий|ого) сад|сош\b|оош\b)|"
    r"утвержда|согласован|рассмотрен|директор|приказ|протокол|дата проведения|дата:)",
    re.IGNORECASE,
)
YEAR_LINE = re.compile(
    r"^(?:[\w .,-]{0,40}\s)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?\s*(?:г|год|уч)?[\w. ]{0,12}$", re.IGNORECASE
)
NAME_LINE = re.compile(
    r"^[А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вна|вич|чна|ич)\b.{0,80}$|"
    r"^[А-ЯЁ][а-яё-]+ [А-ЯЁ]\. ?[А-ЯЁ]\.,?.{0,80}$"
)
#: A title's beginning that says only what sort of paper it is; the next line says of what.
SORT = re.compile(
    r"^(?:открыт\w+ )?(?:план[- ]конспект|конспект|технологическая карта|сценарий|методическая разработка|урок\w*|"
    r"мастер-класс|описание|обобщение|из опыта|педагогический проект|проект|доклад|статья|разработка|практика|"
    r"тема опыта|план)\b",
    re.IGNORECASE,
)
QUOTES = "«»\"“”„' "
#: Names that programs and people in a hurry give to files.
NO_TITLE = re.compile(
    r"^(?:microsoft word.*|документ ?\d*|document ?\d*|новый (?:microsoft word )?документ.*|без названия.*|untitled.*|"
    r"word ?\d*|слайд ?\d*|презентация ?\d*|powerpoint.*|копия|\d*|[\W_]*)$",
    re.IGNORECASE,
)
GRADE_RANGE = re.compile(r"(?<![\d.])(\d{1,2})(?:\s*[«\"]?[А-ЯЁа-яё]?[»\"]?\s*[-–—]\s*(\d{1,2}))?(?!\d)")
LONGEST_LINE = 200


class TitlePage:
    """What stands before the text: its title, and the lines that are left out."""

    def __init__(self):
        self.title = ""
        #: Its second line is there too.
        self.is_whole = False
        #: The file itself says that this is the title, or a line «Тема: …».
        self.is_sure = False
        self.is_over = False
        self.left_out: list[str] = []

    def name(self, words: str) -> bool:
        """Take a title that is said plainly; False if there is one already."""
        if self.is_sure or not words.strip():
            return False
        self.title = words.strip()
        self.is_sure = True
        return True

    def takes(self, piece: Piece) -> bool:
        """Does this line belong to the title page?"""
        text = piece.text
        if len(text) > LONGEST_LINE:
            return False
        if OFFICIAL.match(text.lstrip(QUOTES)) or YEAR_LINE.match(text) or NAME_LINE.match(text):
            self.left_out.append(text)
            return True
        if self.is_sure or piece.kind != "heading":
            return False
        if not self.title:
            self.title = text.strip()
            return True
        if SORT.match(self.title) and len(self.title) + len(text) < LONGEST_LINE and not self.is_whole:
            parted = " " if text[:1] in '«"“(' or self.title.endswith((":", ".")) else ": "
            self.title = f"{self.title}{parted}{text.strip()}"
            self.is_whole = True
            return True
        return False

    def notes(self) -> list[str]:
        if not self.left_out:
            return []
        lines = "; ".join(f"«{shortened(line.strip(QUOTES), 80)}»" for line in self.left_out[:6])
        return [
            _("The title page is left out, since the form asks for author, school and year by itself: %(lines)s.")
            % {"lines": lines}
        ]


def without_quotes(words: str) -> str:
    """A theme without the quotes around it, if they are around all of it."""
    stripped = words.strip().rstrip(".")
    inner = stripped.strip(QUOTES)
    return inner if stripped[:1] in QUOTES and not set(inner) & set(QUOTES.strip()) else stripped


def title_from(properties: str, file_name: str) -> str:
    """A title where the text has none: of the file's properties, or its name."""
    stem = PurePosixPath(file_name).stem
    spaced = " ".join(re.sub(r"[_]+|(?<=\w)-(?=\w{3,}-)", " ", stem).split())
    found = next((words for words in (" ".join(properties.split()), spaced) if not NO_TITLE.match(words)), "")
    return found[:1].upper() + found[1:]


def grades_in(words: str) -> list[int]:
    """The grades named in a line «5–7», «3 «Б», 4 «А»»; ages and numbers of pupils are not grades.

    >>> grades_in("5-7 классы"), grades_in("3 «Б», 24 ученика"), grades_in("7–8 лет")
    ([5, 6, 7], [3], [])
    """
    if re.search(r"\bлет\b|\bгод", words):
        return []
    found: set[int] = set()
    for first, last in GRADE_RANGE.findall(words):
        found.update(range(int(first), int(last or first) + 1))
    return sorted(grade for grade in found if FIRST_GRADE <= grade <= LAST_GRADE)
