"""Tables in the PDFs that we write: paragraphs where text may wrap, figures to the right, thin rules."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, TableStyle

from exchange.pdf.fonts import is_plain
from exchange.pdf.pdf_pages import INK, MUTED, RULE
from exchange.pdf.pdf_tags import TableTags
from exchange.pdf.pdf_text import para
from exchange.pdf.scripts import BOLD, REGULAR

SIZE, LEADING = 7.2, 9.0
TOP_PADDING = 2.5
LONGEST_FIGURE = 14
"""Most characters of a figure that fit into the narrowest column of money."""

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
        ("FONT", (0, 0), (-1, -1), REGULAR, SIZE, LEADING),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), TOP_PADDING),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LINEBELOW", (0, headings), (-1, -1), 0.35, RULE),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
    for column in right:
        commands.append(("ALIGN", (column, 0), (column, -1), "RIGHT"))
        commands.append(("LEFTPADDING", (column + 1, 0), (column + 1, -1), 8))
    if headings:
        commands += [
            ("LINEBELOW", (0, headings - 1), (-1, headings - 1), 0.8, INK),
            ("VALIGN", (0, 0), (-1, headings - 1), "BOTTOM"),
            ("TOPPADDING", (0, 0), (-1, headings - 1), TOP_PADDING),
        ]
    return commands


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
    face = ("FONT", (0, 0), (-1, -1), REGULAR, SIZE, LEADING)
    look = TableStyle([face, *commands])
    return WholeRows(rows, colWidths=widths, style=look, renderCB=TableTags(is_layout=True))
