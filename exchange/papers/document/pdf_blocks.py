"""The blocks of a paper as reportlab's flowables, in the look of the house."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import count, takewhile
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    Image,
    KeepTogether,
    PageBreak,
    Spacer,
    TableStyle,
)

from exchange.papers.document.pdf_fields import question
from exchange.papers.document.values import (
    PARAGRAPH_GAP,
    SIGNING_SHARES,
    BlankLines,
    Block,
    Bullets,
    Chart,
    Contents,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Picture,
    Question,
    Signature,
    Table,
    Together,
    fitted,
    gaps_beside_text,
    in_parts,
    is_short,
    kept_with_next,
)
from exchange.pdf.fonts import BOLD, REGULAR, is_plain, printable
from exchange.pdf.pdf_pages import (
    ALERT,
    HEIGHT,
    INK,
    LANDSCAPE,
    MUTED,
    PORTRAIT,
    RULE,
    TINT,
    Bookmark,
    LinkedLine,
)
from exchange.pdf.pdf_tables import (
    EVERYWHERE,
    FIRST_COLUMN,
    FIRST_ROW,
    LAST_COLUMN,
    ROWS_IN_A_BLOCK,
    FirmBreak,
    WholeRows,
    begun_height,
    leaves,
    panel,
    style,
)
from exchange.pdf.pdf_text import Element, TableTags, marked, para
from exchange.pdf.type_width import reached_lines
from exchange.written_text import lines_of, one_line
from scoring.written.text import cut_to

CELL_SIZE = 8.4
LEAST_ROOM, BELOW_CAPTION = 70, 4
"""In points: with less room a table begins on the next page; what stands between it and its caption."""
SIDE = 4
"""Room left and right of the words in a cell."""
WIDEST_OF_FIGURES, WIDEST = 0.65, 1.0
"""Room for each character of a figure, and of any text, by the size of the type."""
FIGURES = frozenset("0123456789£,.−-–% ")
"""What a figure is made of."""
CELL, CELL_RIGHT = style("paper cell", size=CELL_SIZE), style("paper figure", size=CELL_SIZE, alignment=2)
SUM = style("paper sum", BOLD, CELL_SIZE)
SUM_RIGHT = style("paper sum figure", BOLD, CELL_SIZE, alignment=2)
HEAD = style("paper column", BOLD, 7.8, textColor=MUTED)
HEAD_RIGHT = style("paper column of figures", BOLD, 7.8, textColor=MUTED, alignment=2)
CAPTION = style("paper caption", BOLD, 9.2)

_LOOK: tuple[tuple[Any, ...], ...] = (
    ("FONT", *EVERYWHERE, REGULAR, CELL_SIZE, CELL.leading),
    ("TEXTCOLOR", *EVERYWHERE, INK),
    ("VALIGN", *EVERYWHERE, "TOP"),
    ("VALIGN", *FIRST_ROW, "BOTTOM"),
    ("LEFTPADDING", *EVERYWHERE, SIDE),
    ("RIGHTPADDING", *EVERYWHERE, SIDE),
    ("LEFTPADDING", *FIRST_COLUMN, 0),
    ("RIGHTPADDING", *LAST_COLUMN, 0),
    ("TOPPADDING", *EVERYWHERE, 3.5),
    ("BOTTOMPADDING", *EVERYWHERE, 4.5),
    ("LINEBELOW", *FIRST_ROW, 0.9, INK),
    ("LINEBELOW", (0, 1), (-1, -1), 0.35, RULE),
)
_CLOSE = (("TOPPADDING", *EVERYWHERE, 2), ("BOTTOMPADDING", *EVERYWHERE, 3))
"""The padding of rows that are close to one another."""


def tables(block: Table, width: float) -> Iterator[Any]:
    """Yield a table under its caption; one of more figures than fit side by side is several."""
    for part in in_parts(block, width, 2 * SIDE, in_bold):
        parts = list(_parts(part, width))
        if part.caption:
            caption = para(part.caption, CAPTION)
            above = float(caption.wrap(width, LEAST_ROOM)[1]) + BELOW_CAPTION
            yield CondPageBreak(max(LEAST_ROOM, above + begun_height(parts[0], width, _rows_begun(part))))
            yield caption
            yield Spacer(0, BELOW_CAPTION)
        yield from parts
        yield Spacer(0, 10)


def _rows_begun(block: Table) -> int:
    """Return how many rows a table begins with on one page."""
    kept = kept_with_next(block)
    return next(number for number in count() if number not in kept) + 1


def _parts(block: Table, width: float) -> Iterator[WholeRows]:
    widths = fitted(block, width, 2 * SIDE, in_bold)
    heads = [para(c.heading, HEAD_RIGHT if c.is_figure else HEAD) for c in block.columns]
    gaps = gaps_beside_text(block.columns)
    rooms = [max(wide - 2 * SIDE - gap, 0) for wide, gap in zip(widths, gaps, strict=True)]
    rows = [_row(block, number, rooms) for number in range(len(block.rows))]
    shared = [
        *_LOOK,
        *(("ALIGN", (n, 0), (n, -1), "RIGHT") for n, column in enumerate(block.columns) if column.is_figure),
        *(("RIGHTPADDING", (n, 0), (n, -1), SIDE + gap) for n, gap in enumerate(gaps) if gap),
        *(_CLOSE if block.is_close else ()),
    ]
    tags, kept = TableTags(), kept_with_next(block)
    for start in range(0, max(len(rows), 1), ROWS_IN_A_BLOCK):
        part = rows[start : start + ROWS_IN_A_BLOCK]
        sums, nexts = (
            [number - start for number in sorted(found) if start <= number < start + len(part)]
            for found in (block.sums, kept)
        )
        more = [*shared, *_set_off(block, sums, start)]
        more += [("NOSPLIT", (0, n + 1), (-1, n + 2)) for n in nexts if n + 1 < len(part)]
        look = TableStyle(more)
        yield WholeRows([heads, *part], colWidths=widths, repeatRows=1, style=look, renderCB=tags)


def in_bold(word: str) -> float:
    """Return how wide a word is in a cell at its widest, with a hair to spare."""
    return float(stringWidth(printable(word), BOLD, CELL_SIZE)) + 0.5


def _set_off(block: Table, sums: Sequence[int], start: int) -> Iterator[tuple[Any, ...]]:
    """Yield how sums look: the name of each reaches over the cells to its right in which nothing stands."""
    for number in sums:
        blank = list(takewhile(lambda cell: not cell, block.rows[start + number][1:-1]))
        if blank:
            yield "SPAN", (0, number + 1), (len(blank), number + 1)
        yield "LINEABOVE", (0, number + 1), (-1, number + 1), 0.8, INK
        yield "BACKGROUND", (0, number + 1), (-1, number + 1), TINT


def _row(block: Table, number: int, rooms: Sequence[float]) -> list[Any]:
    is_sum = number in block.sums
    cells = zip(block.rows[number], block.columns, rooms, strict=True)
    return [_cell(text, room, is_sum=is_sum, is_figure=column.is_figure) for text, column, room in cells]


def _cell(text: str, room: float, *, is_sum: bool, is_figure: bool) -> Any:
    """Return a cell; what surely fits on one line stays as it is: paragraphs take most of the time."""
    widest = CELL_SIZE * (WIDEST_OF_FIGURES if is_figure and FIGURES.issuperset(text) else WIDEST)
    if not is_sum and len(text) * widest <= room and one_line(text) == text and is_plain(text):
        return text
    look = (SUM_RIGHT if is_figure else SUM) if is_sum else (CELL_RIGHT if is_figure else CELL)
    lines = [para(line, look) for line in lines_of(text)]
    return lines[0] if len(lines) == 1 else lines


TITLE = style("paper title", BOLD, 21, tag="H1")
SUBTITLE = style("paper subtitle", size=11.5, textColor=MUTED)
OFFICE = style("paper office", BOLD, 10)
REACHED = style("paper office reached", size=8.2, leading=11, textColor=MUTED)
STATUS = style("paper status", BOLD, 9.5)
DRAFT = style("paper draft", BOLD, 9.5, textColor=ALERT)
HEADINGS = (
    style("paper heading 1", BOLD, 13.5, tag="H2"),
    style("paper heading 2", BOLD, 11, tag="H3"),
    style("paper heading 3", BOLD, 9.8, textColor=MUTED, tag="H4"),
)
ABOVE_HEADING = (16, 11, 8)
BODY_SIZE, BODY_LEADING = 9.8, 14.2
NUMBER_INDENT, BULLET_INDENT = 26, 14
LOOKS = {
    Look.BODY: style("paper body", size=BODY_SIZE, leading=BODY_LEADING),
    Look.CLOSE: style("paper close", size=9, leading=12),
    Look.LEAD: style("paper lead", size=11.2, leading=16),
    Look.SMALL: style("paper small", size=8, leading=11, textColor=MUTED),
    Look.STRONG: style("paper strong", BOLD, BODY_SIZE, leading=BODY_LEADING),
    Look.SUBJECT: style("paper subject", BOLD, BODY_SIZE, leading=BODY_LEADING, tag="H1"),
}
HANGING = {
    look: style(
        f"{found.name} hanging",
        found.fontName,
        found.fontSize,
        leading=found.leading,
        textColor=found.textColor,
        leftIndent=NUMBER_INDENT,
        bulletFontName=REGULAR,
        bulletFontSize=found.fontSize,
    )
    for look, found in LOOKS.items()
}
BULLET = style(
    "paper bullet",
    size=BODY_SIZE,
    leading=BODY_LEADING,
    leftIndent=BULLET_INDENT,
    bulletFontName=REGULAR,
    bulletFontSize=BODY_SIZE,
)
PAIR_NAME = style("paper name", BOLD, CELL_SIZE, textColor=MUTED)
"""The name of a value, of its size: both stand on one line."""
CONTENTS = style("paper contents", size=BODY_SIZE, leading=17)
LONG_CONTENTS = style("paper long contents", size=BODY_SIZE, leading=13.7)
MOST_LETTERS = 400
"""Of a heading in a list of contents; a longer one stands whole where it leads."""
MOST_CONTENTS, LAST_CONTENTS = 30, 6
"""More lines of contents stand closer, so that a page holds them with the title; the last stay together."""
BESIDE_BAR, MOST_BESIDE_BAR = 14, 0.3
"""The room beside the name and the figure of a bar in points, and the share of the width each has at most."""
LINE = 12
"""In points: a line of a table."""
LOGO_WIDTH, LOGO_HEIGHT = 130, 46
"""In points: about four and a half centimetres by one and a half."""
MOST_BLANK, FIRST_ROWS = 1 / 3, 3
"""The share of a page that may be left empty so that a table stands whole on the next.

A table begins with its headings and two rows at least.
"""
PICTURE_HEIGHT = 320
"""In points: less than half a page, so that a picture stands with its text."""


def first_page_head(document: Document, width: float) -> Iterator[Any]:
    """Yield the head of the first page: the office, the title, what the paper is, and a rule."""
    yield from office_head(document.above, document.reached, document.logo, width)
    yield Bookmark(document.title)
    if document.is_letter:
        return
    yield para(document.title, TITLE)
    if document.subtitle:
        yield Spacer(0, 4)
        yield para(document.subtitle, SUBTITLE)
    if document.status:
        yield Spacer(0, 5)
        yield para(document.status, DRAFT if document.is_draft else STATUS)
    yield Spacer(0, 8)
    yield Rule(width=width, thickness=1.2, color=INK, spaceAfter=8)


def office_head(office: str, reached: Sequence[str], logo: bytes, width: float) -> Iterator[Any]:
    """Yield the office's name and how it is reached, with its logo at the right; nothing without either."""
    words = [para(office, OFFICE)] if office else []
    if reached:
        lines = reached_lines(reached, width, REACHED.fontSize, REGULAR)
        words += [Spacer(0, 2), *(para(line, REACHED) for line in lines)]
    if logo:
        picture = FittedPicture(logo, LOGO_WIDTH, LOGO_HEIGHT, side="RIGHT")
        side = picture.drawWidth + 12
        look = [*_ROWS, ("RIGHTPADDING", (1, 0), (1, 0), 0)]
        yield panel([[words or [para("", OFFICE)], picture]], (width - side, side), look)
    else:
        yield from words
    if words or logo:
        yield Spacer(0, 10)


def flowables(block: Block, width: float) -> list[Any]:
    match block:
        case Heading():
            return _heading(block)
        case Para():
            return _paragraphs(block)
        case Bullets():
            return _bullets(block)
        case Pairs():
            return _pairs(block, width)
        case Table():
            return list(tables(block, width))
        case Chart():
            return _chart(block, width)
        case Signature():
            return _signature(block, width)
        case BlankLines():
            return [WritingLines(width, block.lines)]
        case NewPage():
            return [FirmBreak() if block.is_firm else PageBreak()]
        case Contents():
            look = LONG_CONTENTS if len(block.headings) > MOST_CONTENTS else CONTENTS
            lines = [LinkedLine(para(cut_to(text, MOST_LETTERS), look), text) for text in block.headings]
            return [*lines[:-LAST_CONTENTS], KeepTogether(lines[-LAST_CONTENTS:])]
        case Picture():
            shown = FittedPicture(block.png, width, PICTURE_HEIGHT, words=block.words, side="LEFT")
            return [Spacer(0, 4), shown, Spacer(0, 8)]
        case Question():
            return question(block, width)
        case Together():
            *above, last = (_unbroken(inner, width) for inner in block.blocks)
            parts = [*(each for inner in above for each in inner), *last]
            kept = KeepTogether(parts)
            room = sum(each.wrap(width, HEIGHT)[1] for each in parts) + LINE * block.lines_after
            if block.lines_after:
                return [CondPageBreak(room), kept]
            begun = _begun(block.blocks[-1], parts, len(parts) - len(last), width)
            return [CondPageBreak(begun), *parts] if begun and room > begun else [kept]


def _unbroken(block: Block, width: float) -> list[Any]:
    """Return a block of several that stay together: no group can hold the end of a page."""
    return [each for each in leaves(flowables(block, width)) if not isinstance(each, CondPageBreak)]


def _begun(last: Block, parts: Sequence[Any], start: int, width: float) -> float:
    """Return how much of a page parts have to begin on, of which a table is the last from `start` on.

    It is 0 where they end with none. A short table that is higher than that is parted where its page would be
    left as empty; its first rows stand under its headings, as those of any do.
    """
    is_long = isinstance(last, Table | Pairs) and not is_short(last)
    if not (is_long or isinstance(last, Table)):
        return 0
    number = next(n for n in range(start, len(parts)) if isinstance(parts[n], WholeRows))
    above = float(sum(each.wrap(width, HEIGHT)[1] for each in parts[:number]))
    if is_long:
        return above + begun_height(parts[number], width, _rows_begun(last) if isinstance(last, Table) else 0)
    page = LANDSCAPE if width > PORTRAIT.inner_width else PORTRAIT
    return max(page.inner_height * MOST_BLANK, above + float(sum(parts[number]._rowHeights[:FIRST_ROWS])))


def _heading(block: Heading) -> list[Any]:
    level = min(max(block.level, 1), len(HEADINGS)) - 1
    return [
        CondPageBreak(80),
        Spacer(0, ABOVE_HEADING[level]),
        Bookmark(block.text, level + 1),
        para(block.text, HEADINGS[level]),
        Spacer(0, 5),
    ]


def _paragraphs(block: Para) -> list[Any]:
    """Return one flowable for each line that the text was written in; the first has the number."""
    looks = HANGING if block.number else LOOKS
    above, below = block.gaps or (0.0, PARAGRAPH_GAP)
    set_lines = [para(line, looks[block.look]) for line in lines_of(block.text)]
    if block.number:
        set_lines[0].bulletText = block.number
    story = [Spacer(0, above)] if above else []
    for line in set_lines:
        story += [line, Spacer(0, below)] if below else [line]
    return story


def _bullets(block: Bullets) -> list[Any]:
    found: list[Any] = []
    for item in block.items:
        line = para(item, BULLET)
        line.bulletText = "•"
        found += [line, Spacer(0, 2.5)]
    return [*found[:-4], KeepTogether(found[-4:]), Spacer(0, 3)]  # the last is never alone on a page


def _pairs(block: Pairs, width: float) -> list[Any]:
    rows = [[para(name, PAIR_NAME), para(value, CELL)] for name, value in block.rows]
    side = min(150, width * 0.3)
    return [panel(rows, (side, width - side), _ROWS), Spacer(0, 8)]


_ROWS: list[tuple[Any, ...]] = [
    ("VALIGN", *EVERYWHERE, "TOP"),
    ("LEFTPADDING", *FIRST_COLUMN, 0),
    ("TOPPADDING", *EVERYWHERE, 2),
    ("BOTTOMPADDING", *EVERYWHERE, 3),
]


def _chart(block: Chart, width: float) -> list[Any]:
    most = max((max(bar.value, bar.marker or 0) for bar in block.bars), default=0)
    names, words = (
        min(max(map(in_bold, texts), default=0) + BESIDE_BAR, width * MOST_BESIDE_BAR)
        for texts in ([bar.name for bar in block.bars], [bar.words for bar in block.bars])
    )
    widths = (names, width - names - words, words)
    rows = [
        [para(bar.name, CELL), Bar(widths[1] - 12, bar.value, bar.marker, most), para(bar.words, CELL_RIGHT)]
        for bar in block.bars
    ]
    look = [*_ROWS, ("VALIGN", *EVERYWHERE, "MIDDLE"), ("RIGHTPADDING", *LAST_COLUMN, 0)]
    head = [para(block.caption, CAPTION), Spacer(0, 2), para(block.sentence, LOOKS[Look.SMALL]), Spacer(0, 4)]
    return [KeepTogether([*head, *([panel(rows, widths, look)] if rows else []), Spacer(0, 10)])]


def _signature(block: Signature, width: float) -> list[Any]:
    cells = [para(text, CELL) for text in block.words]
    look = [
        ("LINEBELOW", (1, 0), (1, 0), 0.6, MUTED),
        ("LINEBELOW", (2, 0), (2, 0), 0.6, MUTED),
        ("LEFTPADDING", *FIRST_COLUMN, 0),
        ("BOTTOMPADDING", *EVERYWHERE, 3),
        ("TOPPADDING", *EVERYWHERE, 20),
        ("VALIGN", *EVERYWHERE, "BOTTOM"),
    ]
    return [KeepTogether([panel([cells], [width * share for share in SIGNING_SHARES], look), Spacer(0, 6)])]


BAR, MARK_HEIGHT, BAR_HEIGHT = HexColor("#0B8A6C"), 12, 8


class FittedPicture(Image):  # type: ignore[misc]
    """A picture no larger than its room; readers of the text hear its words, or pass over one without."""

    def __init__(self, png: bytes, width: float, height: float, *, words: str = "", side: str) -> None:
        super().__init__(BytesIO(png), lazy=0, hAlign=side, mask="auto")
        scale = min(width / self.imageWidth, height / self.imageHeight)
        self.drawWidth, self.drawHeight = self.imageWidth * scale, self.imageHeight * scale
        self._words = words

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803  (reportlab's)
        """Draw the picture, marked with its words."""
        shown = Element("Figure", canvas.tags.root, self._words) if self._words else None
        with marked(canvas, shown):
            super().drawOn(canvas, x, y, _sW)


class Bar(Flowable):  # type: ignore[misc]
    """A bar on its track with a marker; the figure is said in words beside it."""

    def __init__(self, width: float, value: int, marker: int | None, most: int) -> None:
        super().__init__()
        self.width, self.height = width, MARK_HEIGHT
        self._value, self._marker, self._most = value, marker, max(most, 1)

    def draw(self) -> None:
        """Draw the track, on it the bar and the marker; what they show is said beside them."""
        below, length = (MARK_HEIGHT - BAR_HEIGHT) / 2, self.width * max(self._value, 0) / self._most
        with marked(self.canv, None):
            self.canv.setFillColor(TINT)
            self.canv.rect(0, below, self.width, BAR_HEIGHT, stroke=0, fill=1)
            self.canv.setFillColor(BAR)
            self.canv.rect(0, below, length, BAR_HEIGHT, stroke=0, fill=1)
            if self._marker is not None:
                at = self.width * self._marker / self._most
                self.canv.setFillColor(INK)
                self.canv.rect(min(at, self.width - 1.4), 0, 1.4, MARK_HEIGHT, stroke=0, fill=1)


class Rule(HRFlowable):  # type: ignore[misc]
    """A rule across the page, which says nothing."""

    def draw(self) -> None:
        with marked(self.canv, None):
            super().draw()


class WritingLines(Flowable):  # type: ignore[misc]
    """Ruled lines to write on."""

    def __init__(self, width: float, lines: int) -> None:
        super().__init__()
        self.width, self.height, self._count = width, 20.0 * lines, lines

    def draw(self) -> None:
        with marked(self.canv, None):
            self.canv.setStrokeColor(RULE)
            self.canv.setLineWidth(0.6)
            for number in range(self._count):
                self.canv.line(0, 20 * number + 2, self.width, 20 * number + 2)
