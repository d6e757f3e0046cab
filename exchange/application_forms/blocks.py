"""What every reader of forms gives: paragraphs and tables in reading order, and signs for what is no text.

A sign is a letter of the private area: one that a file holds itself is taken out before.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree import ElementTree

from msgspec import Struct
from msgspec.structs import replace

from models.trouble import Trouble

FIELD, END = "\ue000", "\ue001"
"""Around what was filled into a control or a field."""
FILLED = re.compile(f"{FIELD}([^{FIELD}{END}]*){END}")
TICKED, UNTICKED = "\ue003", "\ue004"
STRUCK, UNSTRUCK = "\ue005", "\ue006"
MARKED, UNMARKED = "\ue007", "\ue008"
"""Around words in colour or underlined, as one of several printed answers is chosen."""
TURN = "\ue009"
"""Where bold words end and others begin, or columns part on a line."""
NUMBERED = "\ue00a"
"""Before the number of a question."""
SLANTED = "\ue00b"
"""Before slanted words that follow a bold question: guidance, where anything else answers it."""
SIGNS = "".join(map(chr, range(0xE000, 0xE00C)))

MOST_BLOCKS, MOST_CHARACTERS, DEEPEST = 20_000, 2_000_000, 30
_FORGED = re.compile(f"[{SIGNS}\ufeff\u200b\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOST_OF_A_LEADER = 200
_LEADERS = re.compile(rf"([\W_]{{1,3}}?)\1{{{_MOST_OF_A_LEADER},}}")
_NO_WORDS = re.compile(r"[\W_]+")
_MOST_SIGNS = 2_000
MOST_OF_A_PARAGRAPH = 20_000
"""Of its characters: what tells labels from answers takes a square of that."""
_OF_NAME = re.compile("(?<=[a-z])-?[\u0002\ufffe]\\s*(?=[A-Z][a-z])")
"""The hyphen of a name in two parts, which stands at a line's end and anywhere."""
_COMPOUND = re.compile(
    "\\b(?:(half|full|part|self|non|well|long|short|first|second|third|high|low|anti|after|twenty|thirty|forty"
    "|fifty|(?:two|three|four|five|six|seven|eight|nine|ten|twelve))-?[\u0002\ufffe]\\s*(?=[a-z])"
    "|(\\w{3,})-?[\u0002\ufffe]\\s*(?=(?:based|led|term|time|wide|aid|hour|week|month|year|old|related|free|long"
    "|run|style|social|to|by|of|the|grown|scale|level|profit|being|off|making|up|class|going|site|funded)\\b))",
    re.IGNORECASE,
)
"""The hyphen of a word that is written with one, at a line's end too: "three-year"."""
_BROKEN = re.compile("-?[\u0002\ufffe]\\s*|\u00ad")
"""The hyphen that PDF text has where a word was parted at a line's end, and the one that is not seen."""
_NUMBER_ALONE = re.compile(
    r"(?:q(?:uestion)?\s?|[a-z](?=\d))?[\d.]{1,6}[a-z]?[.):]?|[a-z][.):]", re.IGNORECASE
)
WINGDINGS = {
    "wingdings": (frozenset({0xFB, 0xFC, 0xFD, 0xFE, 0x78}), frozenset({0x6F, 0x70, 0x71, 0x72, 0xA8})),
    "wingdings 2": (frozenset(range(0x4F, 0x57)), frozenset({0x2A, 0x30, 0x35, 0xA2, 0xA3, 0xA4})),
    "webdings": (frozenset({0x61, 0x72}), frozenset({0x63})),
    "zapfdingbats": (
        frozenset({0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x6E}),
        frozenset({0x6F, 0x70, 0x71, 0x72}),
    ),
}
"""By font of symbols, the letters that show a tick or a cross, and those that show an empty box."""
WINGDINGS["d050000l"] = WINGDINGS["zapfdingbats"]
"""Programs put this free font in its place."""
_YES_OR_NO = re.compile(r"(?:yes|no|oes|ydy|nac oes|nac ydy)", re.IGNORECASE)
_PRIVATE = 0xF000
"""Where a font of symbols has its letters, when its name is lost."""
_OF_TICKS = str.maketrans(
    dict.fromkeys("☑☒✓✔✗✘✅❎⊠🗹🗷🗸■●◉⦿", TICKED)
    | dict.fromkeys("☐□❑❏▢◻⬜○◯◌", UNTICKED)
    | {
        chr(_PRIVATE + code): sign
        for sign, codes in zip((TICKED, UNTICKED), WINGDINGS["wingdings"], strict=True)
        for code in codes
    }
    | dict.fromkeys(map(chr, (0xF0A7, 0xF0B7, 0xF076, 0xF0D8, 0xF09F, 0xF06C, 0xF06E, 0xF075, 0xF077)), "•")
)
"""Boxes and ticks of any font as signs, and the bullets of a font whose name is lost."""
_TYPED_TICK = re.compile(r"(?<!\w)[\[(]\s?[xX✓√Y\ue003]\s?[\])](?!\w)")
_TYPED_BOX = re.compile(r"(?<!\w)\[[ _\ue004]{0,3}\](?!\w)|\([ _]{1,3}\)|\[[  ]\]")


class Paragraph(Struct, frozen=True, tag="p", array_like=True):
    """Some text; `style` has "b" for all of it bold, "i" italic, "h" a heading, "s" a shaded ground.

    "k" is for what is in the second of the inks of a PDF. By the other forms of its template it has "p" where
    it is printed on them too, "t" where it was typed.
    """

    text: str
    style: str = ""

    @property
    def stands_out(self) -> bool:
        """Whether it looks like a question or a title: bold, a heading, or on a shaded ground."""
        return not {*self.style}.isdisjoint("bhs")

    @property
    def is_printed(self) -> bool:
        """Whether other forms of the same template have it too."""
        return "p" in self.style

    @property
    def is_typed(self) -> bool:
        """Whether no other form of the same template begins so."""
        return "t" in self.style


class Cell(Struct, frozen=True, array_like=True):
    """A cell of a table, and over how many columns it reaches."""

    blocks: "tuple[Block, ...]"
    span: int = 1


class Table(Struct, frozen=True, tag="t", array_like=True):
    """Rows of cells, from the top."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


class OwnAnswer(Struct, frozen=True):
    """A question as the form has it, what its answer is called there ("" where it is not), and the answer."""

    label: str
    name: str
    text: str


class OwnForm(Struct, frozen=True):
    """A form of ours: its code, and every question with its answer, "" where nothing was answered.

    `left` is what is filled in where no question asks for it.
    """

    code: str
    answers: tuple[OwnAnswer, ...]
    left: str = ""


class Content(Struct, frozen=True):
    """What a file holds, and sentences on what else is in it.

    `why` is a sentence on why there is nothing to read, "" where there is something. `own` is a form of
    ours, None for anybody's. `printed` are the paragraphs of a PDF with a code of ours. `margins` stand at
    the head and the foot of pages.
    """

    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    why: str = ""
    own: OwnForm | None = None
    printed: tuple[Paragraph, ...] = ()
    margins: tuple[Block, ...] = ()


def without_signs(text: str) -> str:
    """Return a file's own text as it may stand among signs, its ticks and boxes as signs."""
    return _LEADERS.sub(_shortened, _FORGED.sub("", text)).translate(_OF_TICKS)


def _shortened(leader: re.Match[str]) -> str:
    """Return a line of blanks or dots no longer than any that is printed."""
    return leader[1] * _MOST_OF_A_LEADER


def with_typed_ticks(text: str) -> str:
    """Return a text with the boxes that were typed, "[x]" and "[ ]", as signs."""
    return _TYPED_BOX.sub(UNTICKED, _TYPED_TICK.sub(TICKED, text)) if "[" in text or "(" in text else text


def marked(text: str) -> str:
    """Return bold words among others: a mere yes or no as one that is chosen."""
    return f"{MARKED}{text}{UNMARKED}" if _YES_OR_NO.fullmatch(text.strip()) else text


def in_symbols(text: str, font: str) -> str:
    """Return a text in a font of symbols: a tick, a box, or nothing for any other letter of it."""
    ticks, boxes = WINGDINGS[font]
    codes = (ord(letter) & 0xFF for letter in text)
    return "".join(TICKED if one in ticks else UNTICKED if one in boxes else "" for one in codes)


def joined(text: str) -> str:
    """Return the text of a PDF without the hyphens at the ends of its lines."""
    return _BROKEN.sub("", _COMPOUND.sub(r"\1\2-", _OF_NAME.sub("-", text)))


def paragraphs_in(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph in blocks, those in tables cell by cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs_in(cell.blocks)


def with_each(
    blocks: Sequence[Block], change: Callable[[Paragraph], Iterable[Paragraph]]
) -> tuple[Block, ...]:
    """Return blocks with other paragraphs in the place of each one, those in tables cell by cell."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += change(block)
        else:
            rows = (
                tuple(replace(cell, blocks=with_each(cell.blocks, change)) for cell in row)
                for row in block.rows
            )
            found.append(replace(block, rows=tuple(rows)))
    return tuple(found)


def texts_of(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield every text in blocks, those in tables cell by cell."""
    for paragraph in paragraphs_in(blocks):
        yield paragraph.text


def bounded(content: Content) -> Content:
    """Return what is no more than a form holds; raises `Trouble` for more."""
    texts = list(texts_of(content.blocks))
    if len(texts) > MOST_BLOCKS or sum(map(len, texts)) > MOST_CHARACTERS:
        raise Trouble("holds far more text than a form does; take out the pages of the form and try again")
    if any(
        len(text) > MOST_OF_A_PARAGRAPH
        or len(max(_NO_WORDS.findall(text), default="", key=len)) > _MOST_SIGNS
        for text in texts
    ):
        raise Trouble(
            "has a paragraph that no form has, far too long or without words; take it out and try again"
        )
    return content


def too_deep() -> Trouble:
    return Trouble("is nested deeper than any form; save it again in the program it was made with")


class Line:
    """The text of one paragraph as a reader gathers it; boxes of text come after it.

    `_parts` are words with how they look: "b" bold, "i" italic. `_is_filled` says of each older field that
    is open whether text is typed into it.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[str, str]] = []
        self._is_filled: list[bool] = []
        self.boxes: list[ElementTree.Element] = []

    @property
    def text(self) -> str:
        """Return the text with a sign where its bold beginning ends, or what is slanted after that."""
        found, is_label, is_mixed = "", False, "b" not in self.style
        plain = max(
            (at for at, (text, look) in enumerate(self._parts) if text.strip() and not look), default=-1
        )
        for at, (text, look) in enumerate(self._parts):
            goes_on = "b" in look or (is_label and "i" in look and at < plain)
            if is_mixed and is_label and not goes_on and text.strip() and not _are_one_word(found, text):
                label = found.rstrip("\n")
                sign = f"{TURN}{SLANTED}" if "i" in look else TURN
                found, is_label = f"{label}{sign}{found[len(label) :]}", False
            is_label = goes_on if text.strip() else is_label
            found += marked(text) if is_mixed and "b" in look else text
        return found

    @property
    def style(self) -> str:
        """Return what all words of it are."""
        looks = [look for text, look in self._parts if text.strip()]
        return "".join(sign for sign in "bi" if looks and all(sign in look for look in looks))


def _are_one_word(text: str, more: str) -> bool:
    """Say whether a text goes on within its last word: a bold letter may begin it."""
    return text[-1:].isalnum() and more[:1].isalnum()


def is_mere_number(text: str) -> bool:
    """Say whether a text only numbers the question beside it."""
    return bool(_NUMBER_ALONE.fullmatch(text.strip()))
