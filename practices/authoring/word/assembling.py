"""Pieces of a document laid into the sections of a practice."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.blocks import INLINE_FEATURES
from core.text import plain

from .body import Body
from .cleaning import clean_html
from .flow import BOLD_LINE, PLAIN_LINE, TITLE_LEVEL, Piece, pictures_of, pieces, step_of
from .headings import SHORT_FIELDS, Label, bare, field_of, label_of
from .pictures import Album, description, said_by, shortened
from .tables import TooLarge, raw, rows_of
from .titles import LONGEST_LINE, TitlePage, grades_in, title_from, without_quotes
from .understood import PLACES, Understood

#: Sections that stay open for headings of the author's own words: they close a paper.
STAY = {"results", "did_not_work"}
RICH = ("problem", "results", "did_not_work")
LONGEST_SUMMARY = 500
LONGEST_TITLE = 255
MOST_TAGS = 10
#: What an author calls the whole: the page says it already.
SAID_BY_THE_PAGE = {"основная часть", "описание опыта", "описание практики", "содержание", "содержание практики"}


@dataclass
class Section:
    """Where pieces go now: the field, the heading it began with and that heading's level."""

    name: str = "body"
    heading: str = ""
    level: int = 0
    #: A line of known words speaks for what follows it, not for the rest of the paper.
    is_brief: bool = False
    texts: list[str] = field(default_factory=list)


class Assembler:
    """Takes the pieces of one document in their order; `done` gives what was understood."""

    def __init__(self, album: Album):
        self.album = album
        self.made = Understood()
        self.body = Body()
        self.rich: dict[str, list[str]] = {name: [] for name in RICH}
        self.front = TitlePage()
        self.section = Section()
        self.asked = ""  # a heading without words, waiting for the next line: «Тема», «Класс»
        self.caption = ""
        self.after: list[tuple[str, list[dict]]] = []  # what prose fields cannot hold, by its section's heading

    def take(self, piece: Piece) -> None:
        if piece.kind not in {"heading", "text"}:
            self.asked = ""
        getattr(self, f"take_{piece.kind}")(piece)

    # -- headings ---------------------------------------------------------------------------------------------------

    def take_heading(self, piece: Piece) -> None:
        self.asked = ""
        self.caption = ""
        known = field_of(piece.text)
        if piece.level == TITLE_LEVEL and self.front.name(piece.text):
            return
        if known in {"title", "grade", "tags"}:
            self.asked = known
        elif known and not (known == "body" and step_of(piece.text)):
            self.front.is_over = True
            self.begin(known, piece.text, piece.level)
        elif not self.front.is_over and self.front.takes(piece):
            return
        else:
            self.front.is_over = True
            self.own_heading(piece)

    def begin(self, name: str, heading: str, level: int) -> None:
        self.finish_section()
        self.body.close_step()
        self.section = Section(name, heading, level, is_brief=level == PLAIN_LINE and name in SHORT_FIELDS)
        self.told(heading, name)
        if name == "body" and bare(heading) not in SAID_BY_THE_PAGE:
            self.body.heading(heading, level)
        elif name in RICH and self.rich[name]:
            self.rich[name].append(f"<p><b>{escaped(heading)}</b></p>")

    def own_heading(self, piece: Piece) -> None:
        """A heading of the author's own words: inside the section if it is below it, else of what was done."""
        section = self.section
        if section.name in {*RICH, "summary"} and (piece.level > section.level or section.name in STAY):
            self.put(f"<p><b>{escaped(piece.text)}</b></p>", piece.text)
            return
        if section.name != "body":
            self.finish_section()
            self.section = Section(level=piece.level)
        if not self.body.step(piece.text):
            self.body.heading(piece.text, piece.level)
        self.told(piece.text, "body")

    def told(self, heading: str, where: str) -> None:
        self.made.outline.append((shortened(heading, 150), where))

    # -- words ------------------------------------------------------------------------------------------------------

    def take_text(self, piece: Piece) -> None:
        if self.asked:
            asked, self.asked = self.asked, ""
            self.answer(Label(asked, asked, piece.text))
            return
        if not self.front.is_over and self.front.takes(piece):
            return
        label = label_of(piece.text, bold=piece.bold)
        if label and self.answer(label):
            return
        if len(piece.text) > LONGEST_LINE:
            self.front.is_over = True
        self.put(piece.markup, piece.text)
        if self.section.is_brief and not piece.text.endswith(":"):
            self.finish_section()

    def take_list(self, piece: Piece) -> None:
        self.front.is_over = True
        self.put(piece.markup, "\n".join(plain(clean_html(piece.markup, features=["ul"])).splitlines()))
        if self.section.is_brief:
            self.finish_section()

    def take_quote(self, piece: Piece) -> None:
        self.put(piece.markup, piece.text)

    def put(self, markup: str, text: str) -> None:
        """Words into the section that is open."""
        name = self.section.name
        if name == "body":
            self.body.words(markup)
        elif name in RICH:
            self.rich[name].append(clean_html(markup, features=INLINE_FEATURES))
        else:
            self.section.texts.append(text)

    def answer(self, label: Label) -> bool:
        """A line «Label: words»; False if it is better left where it stands."""
        name, rest = label.field, label.rest
        if name == "title":
            return self.front.name(without_quotes(rest))
        if name == "grade":
            self.made.grades = self.made.grades or grades_in(rest)
        elif name == "tags":
            self.made.tags = [tag.strip(" .") for tag in re.split(r"[,;]", rest) if tag.strip(" .")][:MOST_TAGS]
        elif name in SHORT_FIELDS:
            if getattr(self.made, name) or len(rest) > SHORT_FIELDS[name]:
                return False
            setattr(self.made, name, rest)
        elif name == "body":
            if self.section.name != "body":
                self.finish_section()
                self.section = Section(level=BOLD_LINE)
            return False
        else:
            self.begin(name, label.heading, BOLD_LINE)
            self.put(f"<p>{escaped(rest)}</p>", rest)
            return True
        self.told(label.heading, "grades" if name == "grade" else name)
        return True

    def finish_section(self) -> None:
        """Short fields and the summary are whole only when their section is."""
        section, self.section = self.section, Section(level=self.section.level)
        texts = [text for text in section.texts if text]
        if not texts:
            return
        name = section.name
        if name == "summary":
            self.made.summary = f"{self.made.summary} {' '.join(' '.join(texts).split())}".strip()
            return
        text = "; ".join(line.strip(" ;.") for line in "\n".join(texts).splitlines() if line.strip(" ;."))
        if not getattr(self.made, name) and len(text) <= SHORT_FIELDS[name]:
            setattr(self.made, name, text)
            return
        # Too long for a line in the form: nothing is lost, it stands in the text.
        self.body.heading(section.heading, section.level)
        for line in texts:
            self.body.words(f"<p>{escaped(line)}</p>")
        self.moved(section.heading)

    def moved(self, heading: str) -> None:
        self.made.outline = [
            (said, "body") if said == shortened(heading, 150) else (said, where) for said, where in self.made.outline
        ]
        self.made.notes.append(
            _("«%(heading)s» is too long for its line in the form and is put into the text.") % {"heading": heading}
        )

    # -- tables, pictures ---------------------------------------------------------------------------------------------

    def take_caption(self, piece: Piece) -> None:
        if not self.body.caption_last_picture(shortened(piece.text)):
            self.flush_caption()
            self.caption = shortened(piece.text)

    def flush_caption(self) -> None:
        if self.caption:
            self.put(f"<p>{escaped(self.caption)}</p>", self.caption)
            self.caption = ""

    def take_table(self, piece: Piece) -> None:
        self.front.is_over = True
        pictures = list(pictures_of(piece.element))
        try:
            rows = rows_of(piece.element)
        except TooLarge:
            rows = []
            self.made.notes.append(
                _("A table is too large for a page and is left out: add it to the materials as a file of its own.")
            )
        if rows and len(rows[0]) == 1:
            # A frame around text is no table.
            for cell in piece.element.iter("td", "th"):
                for inner in pieces(cell):
                    self.take(inner)
        elif rows and is_form(rows):
            self.take_form(rows)
        elif len(rows) > 1:
            caption, self.caption = self.caption, ""
            self.block("table", raw(rows, caption))
        elif rows:
            self.put(f"<p>{escaped(' · '.join(filter(None, rows[0])))}</p>", " · ".join(rows[0]))
        for picture in pictures:
            self.take(picture)

    def take_form(self, rows: list[list[str]]) -> None:
        """A table of labels and answers, with which lesson plans begin."""
        for label, words in rows:
            if not label or not words:
                continue
            known = field_of(label)
            if known and known != "body" and self.answer(Label(known, label, words)):
                continue
            self.finish_section()
            self.section = Section(level=BOLD_LINE)
            self.put(f"<p><b>{escaped(label.rstrip(' .:'))}.</b> {escaped(words)}</p>", words)
        self.finish_section()
        self.section = Section()

    def take_picture(self, piece: Piece) -> None:
        alt = description(piece.alt)
        image = self.album.image(piece.number, title=alt or self.caption or self.front.title or _("Picture"), alt=alt)
        if not image:
            return
        caption, self.caption = self.caption, ""
        self.block("picture", {"image": image.pk, "alt": alt or said_by(caption), "caption": caption})

    def block(self, kind: str, value: dict) -> None:
        """A block of the body; what stands in a section of words only goes after the body."""
        self.front.is_over = True
        if self.section.name in STAY:
            if not self.after or self.after[-1][0] != self.section.heading:
                self.after.append((self.section.heading, []))
            self.after[-1][1].append(self.body.made(kind, value))
        else:
            self.body.add(kind, value)

    def take_footnotes(self, piece: Piece) -> None:
        """Notes at the end, as a numbered list."""
        for link in list(piece.element.iter("a")):
            if not link.get("href"):
                link.drop_tree()
        self.finish_section()
        self.section = Section()
        self.body.close_step()
        self.body.heading(_("Footnotes"))
        self.body.words(piece.markup)

    # -- the end ------------------------------------------------------------------------------------------------------

    def done(self, *, properties_title: str, file_name: str, lost: dict[str, int]) -> Understood:
        self.flush_caption()
        self.finish_section()
        made = self.made
        made.title = shortened(self.front.title or title_from(properties_title, file_name), LONGEST_TITLE)
        if self.front.title:
            made.outline.insert(0, (shortened(self.front.title, 150), "title"))
        for name, fragments in self.rich.items():
            setattr(made, name, "".join(fragments))
        for heading, blocks in self.after:
            self.body.heading(heading)
            self.body.extend(blocks)
            made.notes.append(
                _(
                    "Tables and pictures of «%(heading)s» stand at the end of «What was done»: "
                    "that section holds words only."
                )
                % {"heading": heading}
            )
        made.outline = [(heading, str(PLACES[where])) for heading, where in made.outline]
        made.body = self.body.blocks()
        self.cut_summary()
        made.notes += [*self.front.notes(), *self.album.notes(), *self.notes_of(lost)]
        return made

    def cut_summary(self) -> None:
        summary = self.made.summary
        if len(summary) <= LONGEST_SUMMARY:
            return
        whole = re.match(rf"^.{{1,{LONGEST_SUMMARY - 1}}}[.!?…](?=\s)", summary, re.DOTALL)
        self.made.summary = whole[0] if whole else shortened(summary, LONGEST_SUMMARY)
        self.body.words_first(f"<p>{escaped(summary)}</p>")
        self.made.notes.append(
            _("The summary is cut to %(most)s characters; all of it stands in the text.") % {"most": LONGEST_SUMMARY}
        )

    def notes_of(self, lost: dict[str, int]) -> list[str]:
        """What a Word file holds and a page does not."""
        said = {
            "formulas": _("Formulas are written in one line: look at them, or put them in as pictures."),
            "text_boxes": _("Text in frames is put among the paragraphs: look where it stands."),
            "charts": _("Charts and diagrams are left out: save them as pictures and add them anew."),
            "objects": _("Objects of other programs put into the file are left out, only their pictures remain."),
            "comments": _("Comments in the margins are left out."),
            "corrections": _("The file is full of corrections not yet accepted: they are taken as accepted."),
            "pictures_elsewhere": _("Pictures that lie elsewhere and not in the file are left out."),
        }
        notes = [words for what, words in said.items() if lost.get(what)]
        silent = sum(1 for block in self.made.body if block["type"] == "picture" and not block["value"]["alt"])
        if silent:
            notes.append(
                ngettext(
                    "%(count)s picture has no words for those who do not see it: write what is on it.",
                    "%(count)s pictures have no words for those who do not see them: write what is on them.",
                    silent,
                )
                % {"count": silent}
            )
        return notes


def is_form(rows: list[list[str]]) -> bool:
    """Two columns, the first of which are mostly labels that we know."""
    if len(rows[0]) != 2:  # noqa: PLR2004 - a label and an answer
        return False
    known = sum(1 for label, _words in rows if field_of(label))
    return known >= 2 and known * 2 >= len(rows)  # noqa: PLR2004 - one alone may be a coincidence


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
