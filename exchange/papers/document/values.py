"""The blocks that a paper is made of, as frozen values without fonts or files."""

from datetime import datetime
from enum import Enum

from msgspec import Struct


class Look(Enum):
    """How a paragraph stands out from the body; to screen readers the subject is the title of a letter."""

    BODY = "body"
    CLOSE = "close"
    LEAD = "lead"
    SMALL = "small"
    STRONG = "strong"
    SUBJECT = "subject"


class Heading(Struct, frozen=True):
    """A heading; level 1 opens a part of the paper and stands in its outline, 2 and 3 stand below it."""

    text: str
    level: int = 1


PARAGRAPH_GAP = 5.0
"""In points: the room below a paragraph that asks for none itself."""


class Para(Struct, frozen=True):
    """A paragraph; `number`, where it has one, hangs in the margin as in committee papers.

    `gaps` are the points above and below it, where they are other than usual: lines of an address have none.
    """

    text: str
    look: Look = Look.BODY
    number: str = ""
    gaps: tuple[float, float] | None = None


class Bullets(Struct, frozen=True):
    """A plain list."""

    items: tuple[str, ...]


class Pairs(Struct, frozen=True):
    """Names with their values, such as who to contact."""

    rows: tuple[tuple[str, str], ...]


class Column(Struct, frozen=True):
    """A column of a table: its heading, its share of the width, and whether it holds figures."""

    heading: str
    share: float = 1.0
    is_figure: bool = False


class Table(Struct, frozen=True):
    """A table with a heading for each column; `sums` are the numbers of its rows that are totals.

    `is_close` has its rows close to one another, so that a page holds several tables. Cells are text as it
    is to be read, a figure included: what is not given is "–". Raises ValueError when a row is not as wide
    as the headings.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: frozenset[int] = frozenset()
    is_close: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.caption}: a row of {len(row)} cells under {len(self.columns)} headings"
                )


class Bar(Struct, frozen=True):
    """One bar of a chart: its name, its length in the chart's unit, a marker on it, the figure in words."""

    name: str
    value: int
    words: str
    marker: int | None = None


class Chart(Struct, frozen=True):
    """Bars with one sentence that says what they show; the figures stand in words beside them."""

    caption: str
    sentence: str
    bars: tuple[Bar, ...]


class Picture(Struct, frozen=True):
    """A picture as PNG, as wide as the text; `words` say what it shows to those who cannot see it."""

    png: bytes
    words: str


SIGNING_SHARES = (0.36, 0.42, 0.22)
"""How wide who signs, the line to sign and the day are, as shares of a page."""


class Signature(Struct, frozen=True):
    """Room to sign: the post, and the name and date where they are known."""

    post: str
    name: str = ""
    date: str = ""

    @property
    def words(self) -> tuple[str, str, str]:
        """Return who signs, beside the line that is theirs to write on, and what stands at the two lines."""
        return f"{self.name}, {self.post}" if self.name else self.post, "Signature", self.date or "Date"


class Contents(Struct, frozen=True):
    """Links to parts of the paper, by the headings that open them; in a PDF each with its page."""

    headings: tuple[str, ...]


class NewPage(Struct, frozen=True):
    """What follows begins on a new page, always where pages are taken out or handed in by themselves.

    In a PDF what stands between two that are firm is set closer where it so takes a page less.
    """

    is_firm: bool = False


class BlankLines(Struct, frozen=True):
    """Ruled lines to write on by hand."""

    lines: int


class Question(Struct, frozen=True):
    """A question to be answered on a computer, with room for so many lines.

    `kind` is line, text (several lines), day, choice (one of the `choices`), ticks (any of them), agree (the
    label is ticked) or code, which is the one choice and no question. `name` is what the answer is found by.
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    lines: int = 1
    choices: tuple[str, ...] = ()

    @property
    def ticks(self) -> tuple[tuple[str, str], ...]:
        """Return what may be ticked: the name of each, and its words."""
        if self.kind == "agree":
            return ((self.name, self.label),)
        many = enumerate(self.choices, 1) if self.kind == "ticks" else ()
        return tuple((f"{self.name} {number}", words) for number, words in many)


class Together(Struct, frozen=True):
    """Blocks that are not parted by the end of a page, as far as a page holds them.

    `lines_after` is how many lines of what follows stay with them: a heading is not left alone.
    """

    blocks: tuple["Heading | Para | Bullets | Pairs | Table | Chart | Picture | Signature | BlankLines", ...]
    lines_after: int = 0


Block = (
    Heading
    | Para
    | Bullets
    | Pairs
    | Table
    | Chart
    | Signature
    | NewPage
    | BlankLines
    | Contents
    | Picture
    | Question
    | Together
)


class Document(Struct, frozen=True):
    """A whole paper.

    `above` stands over the title (the office), `below` at the foot of each page. `status` is what the paper
    is ("Draft, not issued", "Version 2"); `is_draft` has it shown so that none is taken for an issue.
    `made_at` is UTC: the same values give the same bytes. `reached` says how the office is reached, and
    `logo` is its picture as PNG; both stand with `above` at the head of the first page. One that `is_letter`
    shows no title, which its file has all the same.
    """

    title: str
    blocks: tuple[Block, ...]
    made_at: datetime
    subtitle: str = ""
    above: str = ""
    marking: str = "OFFICIAL"
    status: str = ""
    is_draft: bool = False
    below: tuple[str, str] = ("", "")
    is_landscape: bool = False
    reached: tuple[str, ...] = ()
    logo: bytes = b""
    is_letter: bool = False
