"""Tables of a PDF, and pages that are left with little on them, laid out again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    CondPageBreak,
    KeepTogether,
    LongTable,
    PageBreak,
    Paragraph,
    Spacer,
    TableStyle,
)

from exchange.pdf.fonts import BOLD, REGULAR, is_plain
from exchange.pdf.pdf_pages import INK, MUTED, RULE, Bookmark, PageUse
from exchange.pdf.pdf_text import TableTags, para

SIZE, LEADING = 7.2, 9.0
TOP_PADDING = 2.5
LONGEST_FIGURE = 14
"""Most characters of a figure that fit into the narrowest column of money."""

EVERYWHERE = (0, 0), (-1, -1)
FIRST_ROW, LAST_ROW = ((0, 0), (-1, 0)), ((0, -1), (-1, -1))
FIRST_COLUMN, LAST_COLUMN = ((0, 0), (0, -1)), ((-1, 0), (-1, -1))
"""Parts of a table for the commands that say how they look, from the first cell to the last."""

ROWS_IN_A_BLOCK = 200
"""Most rows of one table: splitting a longer one over pages takes time that grows with its square."""


MOST_OF_A_PAGE = 380
"""In points: with less room left, a row that does not fit goes to the next page as a whole."""


class WholeRows(LongTable):  # type: ignore[misc]
    """A table whose rows stay whole: only one higher than a page goes on on the next.

    reportlab cuts the first row of what is left into any room that it finds, under the headings once more.
    """

    def split(self, width: float, height: float) -> list[Any]:
        """Return the table in two where the page ends, or nothing where all of it goes to the next."""
        self.splitInRow = int(height >= MOST_OF_A_PAGE)
        return list(super().split(width, height))


def begun_height(rows: WholeRows, width: float, first: int = 2) -> float:
    """Return how high a table of this width begins, its headings and its `first` rows, in points."""
    rows.wrap(width, MOST_OF_A_PAGE)
    return min(float(sum(rows._rowHeights[: first + 1])), MOST_OF_A_PAGE)


def style(name: str, font: str = REGULAR, size: float = SIZE, **more: Any) -> ParagraphStyle:
    """Return a paragraph style of the house."""
    leading = more.pop("leading", round(size * 1.25, 2))
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        **{"textColor": INK, "splitLongWords": 1, "allowWidows": 0} | more,
    )


BODY = style("body")
SMALL = style("small", size=6.2, textColor=MUTED)
STRONG = style("strong", BOLD)
RIGHT = style("right", alignment=2)
STRONG_RIGHT = style("strong right", BOLD, alignment=2)
HEADING = style("heading", BOLD, 6.6, textColor=MUTED)
HEADING_RIGHT = style("heading right", BOLD, 6.6, textColor=MUTED, alignment=2)


def figure(text: str, *, strong: bool = False, longest: int = LONGEST_FIGURE) -> Any:
    """Return a figure for a cell: as it is where the font shows it on one line, else a paragraph."""
    if len(text) <= longest and is_plain(text, BOLD if strong else REGULAR):
        return text
    return para(text, STRONG_RIGHT if strong else RIGHT)


def base_commands(right: Sequence[int], *, headings: int = 1) -> list[tuple[Any, ...]]:
    """Return the commands that every table shares; `right` are the columns of figures."""
    commands: list[tuple[Any, ...]] = [
        ("FONT", *EVERYWHERE, REGULAR, SIZE, LEADING),
        ("TEXTCOLOR", *EVERYWHERE, INK),
        ("VALIGN", *EVERYWHERE, "TOP"),
        ("LEFTPADDING", *EVERYWHERE, 3),
        ("RIGHTPADDING", *EVERYWHERE, 3),
        ("TOPPADDING", *EVERYWHERE, TOP_PADDING),
        ("BOTTOMPADDING", *EVERYWHERE, 3.5),
        ("LINEBELOW", (0, headings), (-1, -1), 0.35, RULE),
        ("LEFTPADDING", *FIRST_COLUMN, 0),
        ("RIGHTPADDING", *LAST_COLUMN, 0),
    ]
    for column in right:
        commands.append(("ALIGN", (column, 0), (column, -1), "RIGHT"))
        commands.append(("LEFTPADDING", (column + 1, 0), (column + 1, -1), 8))
    return [
        *commands,
        ("LINEBELOW", (0, headings - 1), (-1, headings - 1), 0.8, INK),
        ("VALIGN", (0, 0), (-1, headings - 1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, headings - 1), TOP_PADDING),
    ]


def heading_row(headings: Sequence[str], right: Sequence[int]) -> list[Any]:
    """Return a row of headings, those over figures to the right."""
    return [para(text, HEADING_RIGHT if column in right else HEADING) for column, text in enumerate(headings)]


def table(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    commands: Sequence[tuple[Any, ...]],
    *,
    headings: int = 1,
) -> Any:
    """Return a table that goes over pages, its heading rows on each."""
    tags = TableTags(headings=headings)
    return WholeRows(rows, colWidths=widths, repeatRows=headings, style=TableStyle(commands), renderCB=tags)


def panel(rows: Sequence[Sequence[Any]], widths: Sequence[float], commands: Sequence[tuple[Any, ...]]) -> Any:
    """Return a small table that stays on one page, as far as a page holds it."""
    face = ("FONT", *EVERYWHERE, REGULAR, SIZE, LEADING)
    look = TableStyle([face, *commands])
    return WholeRows(rows, colWidths=widths, style=look, renderCB=TableTags(is_layout=True))


LONELY = 0.22
"""The share of a page that what stands on it takes at most where it looks left behind."""
CLOSER = 0.75
"""The gaps of a paper that is set closer, by what they are else."""
MOST_PAGES = 40
"""A longer paper is laid out once: each time takes seconds, and one such page matters little there."""

Story = list[Any]


class FirmBreak(PageBreak):  # type: ignore[misc]
    """The end of a page that stays where it is, however little stands before or behind it."""


def write_filled(make: Callable[[], Story], write: Callable[[Story], Sequence[PageUse]]) -> bool:
    """Write a story; set closer where what is left alone on a page so comes to the page before.

    `make` gives it anew for each layout; `write` lays it out, and says how its pages are used. Return whether
    it is set closer.
    """
    pages = write(make())
    runs_on = any(_is_lonely(page) and not before.is_ended for before, page in pairwise(pages))
    if not runs_on or len(pages) > MOST_PAGES:
        return False
    if _how_bad(write(with_smaller_gaps(make()))) < _how_bad(pages):
        return True
    write(make())
    return False


def leaves(story: Iterable[Any]) -> Iterator[Any]:
    """Yield what is set of a story: of what stays together its parts."""
    for each in story:
        yield from each._content if isinstance(each, KeepTogether) else (each,)


def with_smaller_gaps(story: Story) -> Story:
    """Return a story whose gaps are smaller, those that show nothing and end no page by themselves."""
    return set_closer(story, CLOSER)


def set_closer(story: Story, gaps: float, lines: float = 1.0) -> Story:
    """Return a story with a share of its gaps, and of the room that each line of its paragraphs has."""
    for each in leaves(story):
        if isinstance(each, Spacer | Bookmark) and not isinstance(each, CondPageBreak):
            each.height *= gaps
        elif isinstance(each, Paragraph) and lines < 1:
            look = each.style
            each.style = ParagraphStyle(look.name, parent=look, leading=look.leading * lines)
    return story


def _is_lonely(page: PageUse) -> bool:
    return 0 < page.used <= LONELY


def _how_bad(pages: Sequence[PageUse]) -> tuple[int, int]:
    return sum(map(_is_lonely, pages[1:])), len(pages)
