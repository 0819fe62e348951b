"""The body of a practice as it grows: the raw value of a `core.blocks.TextBody`."""

from uuid import uuid4

from core.blocks import INLINE_FEATURES, PROSE_FEATURES

from .cleaning import clean_html
from .flow import BOLD_LINE, step_of
from .pictures import said_by

LONGEST_STEP_TITLE = 200


class Body:
    """Neighbouring words become one text card; a step holds the words up to the next heading, table or picture."""

    def __init__(self):
        self._blocks: list[dict] = []
        self._step: dict | None = None
        self._highest = BOLD_LINE

    def words(self, markup: str) -> None:
        if self._step is not None:
            self._step["text"] += clean_html(markup, features=INLINE_FEATURES)
            return
        html = clean_html(markup, features=PROSE_FEATURES)
        if not html:
            return
        if self._blocks and self._blocks[-1]["type"] == "prose":
            self._blocks[-1]["value"] += html
        else:
            self._blocks.append(self.made("prose", html))

    def words_first(self, markup: str) -> None:
        self._blocks.insert(0, self.made("prose", clean_html(markup, features=PROSE_FEATURES)))

    def heading(self, text: str, level: int | None = None) -> None:
        """h3 for the highest headings met so far, which is also the default, h4 for those below them."""
        self.close_step()
        level = self._highest if level is None else level
        self._highest = min(self._highest, level)
        name = "h3" if level <= self._highest else "h4"
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self.words(f"<{name}>{escaped}</{name}>")

    def step(self, text: str) -> bool:
        """Begin a step, if this heading surely is one's."""
        found = step_of(text)
        if not found:
            return False
        self.close_step()
        title, minutes = found
        self._step = {"title": title[:LONGEST_STEP_TITLE], "minutes": minutes, "text": "", "said": text}
        return True

    def close_step(self) -> None:
        step, self._step = self._step, None
        if step is None:
            return
        said = step.pop("said")
        if step["text"]:
            self._blocks.append(self.made("step", step))
        else:
            # A step needs words: without them it was only a heading.
            self.heading(said, BOLD_LINE)

    def add(self, kind: str, value: dict) -> None:
        self.close_step()
        self._blocks.append(self.made(kind, value))

    def extend(self, blocks: list[dict]) -> None:
        self.close_step()
        self._blocks += blocks

    def caption_last_picture(self, words: str) -> bool:
        """Give these words to the picture just added, if it has none; False if there is no such picture."""
        last = self._blocks[-1] if self._blocks and self._step is None else None
        if not last or last["type"] != "picture" or last["value"]["caption"]:
            return False
        last["value"]["caption"] = words
        last["value"]["alt"] = last["value"]["alt"] or said_by(words)
        return True

    def blocks(self) -> list[dict]:
        self.close_step()
        return self._blocks

    @staticmethod
    def made(kind: str, value: object) -> dict:
        return {"type": kind, "value": value, "id": str(uuid4())}
