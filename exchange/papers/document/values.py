"""The blocks that a paper is made of, as frozen values without fonts or files, and how they stand on a page.

Which stay together, and how wide the columns of a table are, is the same in a PDF and in Word.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from itertools import pairwise, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from exchange.written_text import PARTS, one_line


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

    blocks: tuple[
        "Heading | Para | Bullets | Pairs | Table | Chart | Picture | Signature | BlankLines | Contents"
        " | Question",
        ...,
    ]
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


MOST_ROWS = 12
"""A table of more rows goes over pages, its headings on each."""
MOST_LETTERS = 1_500
"""So much text fits well on a page with its headings."""
LAST_ROWS = 4
"""So many rows of a long table stand on its last page at least."""

LONGEST_LEAD = 400
"""The most letters of the sentence that leads from a heading into a table."""
LINES_BELOW = 2
"""So many lines of what follows stay with headings above one another, and with words that end in a colon."""
LOW_CELL = 300
"""A row with a longer text than this may be as high as much of a page."""


def kept_together(blocks: Sequence[Block], *, flowing: bool = True) -> Iterator[Block]:
    """Yield the blocks; a picture, chart, question, table or list is one with the headings and words above.

    A table whose head says how many of its lines stay with it is left to flow, unless nothing is: Word counts
    no lines, and would part it after its first rows. What is together has the headings above it; what a
    table comes to stays below it, and leads to nothing.
    """
    before: list[Heading | Para] = []
    flows = False
    for number, block in enumerate(blocks):
        if number and is_sum_below(block, blocks[number - 1]):
            yield block
            continue
        if (
            isinstance(block, Together)
            and before
            and (isinstance(before[-1], Heading) or isinstance(block.blocks[0], Signature))
        ):
            block, before = replace(block, blocks=(*before, *block.blocks)), []
        if (isinstance(block, _LED_TO) and before) or (
            isinstance(block, Table | Pairs | Picture) and is_short(block) and not flows
        ):
            yield Together((*before, block))
            before = []
            continue
        flows = flowing and isinstance(block, Together) and bool(block.lines_after)
        if not _goes_on(block, before):
            yield from _led(before)
            before = []
        if isinstance(block, Heading | Para):
            before.append(block)
        else:
            yield block
    yield from _led(before)


_LED_TO = Question | Table | Pairs | Picture | Chart | Contents
"""The blocks that no page parts from the headings and words above them."""


def is_sum_below(block: Block, above: Block | None) -> bool:
    """Whether a block is what the table above it comes to: a strong sentence right below."""
    last = above.blocks[-1] if isinstance(above, Together) else above
    return isinstance(block, Para) and block.look is Look.STRONG and isinstance(last, Table)


def _led(before: Sequence[Heading | Para]) -> Iterator[Block]:
    """Yield headings and a sentence below that lead into no table; none of them ends a page by itself."""
    if not before:
        return
    several = sum(isinstance(one, Heading) for one in before) > 1
    last = before[-1]
    leads = last.text.endswith(":") if isinstance(last, Para) else several
    if several or leads:
        yield Together(tuple(before), LINES_BELOW if leads else 0)
    else:
        yield from before


def _goes_on(block: Block, before: Sequence[Heading | Para]) -> bool:
    """Whether a block goes on from headings: one more of them, or the one short sentence below."""
    if not before or isinstance(before[-1], Para):
        return False
    return isinstance(block, Heading) or (isinstance(block, Para) and len(block.text) <= LONGEST_LEAD)


def kept_with_next(table: Table) -> frozenset[int]:
    """Return the rows of a table that share a page with the row after them, by number.

    None stands alone at the top or the foot of a page, nor do the last few of a long table, and no sum or row
    that opens a part of the table is parted from what it is of. A row of long texts goes where it fits.
    """
    last = len(table.rows) - 1
    ends = LAST_ROWS if len(table.rows) > MOST_ROWS else 2
    kept = {0, *range(last - ends + 1, last), *(number - 1 for number in table.sums), *table.sums} - {
        -1,
        last,
    }
    return frozenset(
        number
        for number in kept
        if all(len(cell) <= LOW_CELL for row in table.rows[number : number + 2] for cell in row)
    )


def is_short(block: Table | Pairs | Picture) -> bool:
    """Whether a table, list of pairs or picture is one that a page holds whole."""
    if isinstance(block, Picture):
        return True
    letters = sum(len(cell) for row in block.rows for cell in row)
    return len(block.rows) <= MOST_ROWS and letters <= MOST_LETTERS


Measure = Callable[[str], float]
"""Says how wide a word is where it stands in bold, without the room beside it."""

MOST_OF_THE_WIDTH = 0.4
"""A longer word than this share of the table is an address or a slip, and is broken."""
MOST_GIVEN_UP = 0.5
"""The share of its own that a column of broken words has at least."""
LEAST_FOR_TEXTS = 0.3
"""The share of the width that figures leave to texts before they have to give way themselves."""
GAP_BESIDE_TEXT = 8
"""In points: the room between a figure, which stands at the right, and a text right of it."""
LONG_WORD = 25
"""A word of so many letters goes on on the next line after a hyphen: a name of several joined."""
LONGEST_FEW = 8
"""Words of a column that are measured: the longest by their letters hold the widest."""


def fitted(block: Table, width: float, beside: float, measure: Measure) -> list[float]:
    """Return a width for each column; they add up to `width`.

    `beside` is the room beside the words of a cell. Where all longest words do not fit side by side, figures
    keep theirs, and the texts with the longest give way.
    """
    shares = sum(column.share for column in block.columns)
    asked = [width * column.share / shares for column in block.columns]
    needs = _needs(block, width, beside, measure)
    if sum(needs) > width:
        return _squeezed(needs, [column.is_figure for column in block.columns], width)
    lack = sum(max(need - has, 0) for need, has in zip(needs, asked, strict=True))
    spare = sum(max(has - need, 0) for need, has in zip(needs, asked, strict=True))
    if not lack:
        return asked
    kept = 1 - lack / spare
    return [
        need if has <= need else need + (has - need) * kept for need, has in zip(needs, asked, strict=True)
    ]


def in_parts(block: Table, width: float, beside: float, measure: Measure) -> tuple[Table, ...]:
    """Return a table whose figures do not all fit side by side as several, each under its first column.

    They are as few as hold the figures whole, and as alike in width as may be; any other table stays one.
    """
    columns, rest = block.columns, len(block.columns) - 1
    needs = _needs(block, width, beside, measure)
    figures = sum(need for need, column in zip(needs, columns, strict=True) if column.is_figure)
    if sum(needs) <= width or width - figures >= width * LEAST_FOR_TEXTS:
        return (block,)
    for many in range(2, rest + 1):
        starts = (1, *(1 + round(rest * part / many) for part in range(1, many)), rest + 1)
        if all(needs[0] + sum(needs[begin:end]) <= width for begin, end in pairwise(starts)):
            return tuple(_part(block, begin, end) for begin, end in pairwise(starts))
    return (block,)


def _part(block: Table, begin: int, end: int) -> Table:
    caption = block.caption if begin == 1 or not block.caption else f"{block.caption}, continued"
    rows = tuple((row[0], *row[begin:end]) for row in block.rows)
    return replace(block, caption=caption, columns=(block.columns[0], *block.columns[begin:end]), rows=rows)


def _needs(block: Table, width: float, beside: float, measure: Measure) -> Sequence[float]:
    """Return how wide each column is that breaks nothing, but for words that no column may hold."""
    shares = sum(column.share for column in block.columns)
    asked = [width * column.share / shares for column in block.columns]
    rooms = [beside + gap for gap in gaps_beside_text(block.columns)]
    most = width * MOST_OF_THE_WIDTH
    words = [_widths(block, number, measure, room) for number, room in enumerate(rooms)]
    needs = [min(max(each, default=room), most) for each, room in zip(words, rooms, strict=True)]
    return needs if sum(needs) <= width else _broken_narrower(words, asked, needs, most)


def _broken_narrower(
    words: Sequence[Sequence[float]], asked: Sequence[float], needs: Sequence[float], most: float
) -> list[float]:
    """Return needs of which those of words that are broken in any case leave the others room, down to half.

    They have what was asked for where it is there, and hold their other words.
    """
    whole = {n: max((wide for wide in each if wide <= most), default=0) for n, each in enumerate(words)}
    broken = [n for n, each in enumerate(words) if max(each, default=0) > most]
    left = sum(asked) - sum(need for n, need in enumerate(needs) if n not in broken)
    share = left / sum(asked[n] for n in broken) if broken else 1
    less = {n: max(asked[n] * min(max(share, MOST_GIVEN_UP), 1), whole[n]) for n in broken}
    return [less.get(n, need) for n, need in enumerate(needs)]


def _squeezed(needs: Sequence[float], are_figures: Sequence[bool], width: float) -> list[float]:
    """Return what columns get that need more than there is: no text more than leaves the others whole."""
    left = width - sum(need for need, is_figure in zip(needs, are_figures, strict=True) if is_figure)
    texts = sorted(need for need, is_figure in zip(needs, are_figures, strict=True) if not is_figure)
    if left < width * LEAST_FOR_TEXTS or not texts:
        return [need * width / sum(needs) for need in needs]
    for number, need in enumerate(texts):
        most = left / (len(texts) - number)
        if need >= most:
            break
        left -= need
    kept = zip(needs, are_figures, strict=True)
    return [need if is_figure else min(need, most) for need, is_figure in kept]


def gaps_beside_text(columns: Sequence[Column]) -> list[int]:
    """Return the room right of each column in points, nought but where a text follows a figure."""
    return [
        GAP_BESIDE_TEXT * (column.is_figure and right is not None and not right.is_figure)
        for column, right in zip_longest(columns, columns[1:])
    ]


def _widths(block: Table, number: int, measure: Measure, room: float) -> list[float]:
    column = block.columns[number]
    words = dict.fromkeys(_words(column.heading, None))  # in their order, which of a set is never the same
    for row in block.rows:
        words.update(dict.fromkeys(_words(row[number], column)))
    longest = sorted(words, key=len, reverse=True)[:LONGEST_FEW]
    return [measure(word) + room for word in longest]


def _words(text: str, column: Column | None) -> Iterator[str]:
    """Yield what is not to be broken: each word, or of a figure the whole line."""
    is_figure = column is not None and column.is_figure
    for line in text.splitlines():
        if is_figure:
            yield line
            continue
        for word in filter(None, one_line(line).split(" ")):
            yield from (word,) if len(word) < LONG_WORD else PARTS.findall(word)
