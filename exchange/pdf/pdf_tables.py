"""Tables of a PDF, and pages that are left with little on them, laid out again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from msgspec import Struct
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, KeepTogether, LongTable, PageBreak, Spacer, TableStyle

from exchange.pdf.fonts import BOLD, REGULAR, is_plain
from exchange.pdf.pdf_pages import INK, MUTED, RULE, Bookmark, Placed
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
    face = ("FONT", *EVERYWHERE, REGULAR, SIZE, LEADING)
    look = TableStyle([face, *commands])
    return WholeRows(rows, colWidths=widths, style=look, renderCB=TableTags(is_layout=True))


LONELY = 0.22
"""The share of a page that what stands on it takes at most where it looks left behind."""
CLOSER = 0.75
"""The gaps of a paper that is set closer, by what they are else."""
CLOSEST = 0.65
"""The gaps of a letter that is set closer still, by what they are then; room to sign is none of them."""
ROOM_TO_SIGN = 24.0
MOST_LONELY = 3
"""A paper is laid out again for so many pages: of more it has them by its nature."""
MOST_PAGES = 40
"""A longer paper is laid out once: each time takes seconds, and one such page matters little there."""

Story = list[Any]
Change = Callable[[Story], Story]


class _Page(Struct):
    """A page as it was laid out: the share that is used, and what ends it.

    `ends_firmly` says that what follows stays off it.
    """

    used: float = 0.0
    ended_by: int | None = None
    ends_firmly: bool = False


class FirmBreak(PageBreak):  # type: ignore[misc]
    """The end of a page that stays where it is, however little stands before or behind it."""


def write_filled(
    make: Callable[[], Story], write: Callable[[Story], Sequence[Placed]], *, is_letter: bool = False
) -> list[Change]:
    """Write a story so that no page of it is all but empty, as far as that can be; return what that changed.

    `make` gives it anew for each layout; `write` lays it out, and says what came where. A letter is set
    closer still where so it has a page less: its reader would turn over for the small print alone.
    """
    changes: list[Change] = []
    story, best = last = _laid(make, write, changes)
    waits = (
        [_closer, *([_closest] if is_letter else []), *(_followed_on, _gone_on) * MOST_LONELY]
        if len(best) <= MOST_PAGES
        else []
    )
    while waits and any(map(_is_lonely, best[1:])):
        proposed = waits.pop(0)
        change = proposed(story, best)
        if change is None:
            continue
        last = _laid(make, write, [*changes, change])
        if _how_bad(last[1]) < _how_bad(best):
            changes.append(change)
            _let_go(story)
            story, best = last
        else:
            _let_go(last[0])
            waits = [each for each in waits if each is not proposed]
    if last[1] is not best:
        _let_go(_laid(make, write, changes)[0])
    _let_go(story)
    return changes


def _let_go(story: Story) -> None:
    """Let go of what was laid out one by one: of a long paper all at once, nothing else runs for 15 ms."""
    while story:
        story.pop()


def _laid(
    make: Callable[[], Story], write: Callable[[Story], Sequence[Placed]], changes: Sequence[Change]
) -> tuple[Story, list[_Page]]:
    """Return a story with its changes, written, and its pages."""
    story = make()
    for change in changes:
        story = change(story)
    return story, _pages(story, write(list(story)))


def _pages(story: Story, placed: Sequence[Placed]) -> list[_Page]:
    """Return the pages, each with the break that ends it."""
    numbers = {id(each): n for n, each in enumerate(story)}
    pages: list[_Page] = [_Page()]
    for flowable, page, below in placed:
        if isinstance(flowable, PageBreak):
            number = numbers.get(id(flowable))
            pages[-1].ended_by, pages[-1].ends_firmly = number, isinstance(flowable, FirmBreak)
            continue
        pages += [_Page() for _ in range(page - len(pages))]
        if not isinstance(flowable, Spacer):
            pages[page - 1].used = max(pages[page - 1].used, below)
    return pages


def leaves(story: Iterable[Any]) -> Iterator[Any]:
    """Yield what is set of a story: of what stays together its parts."""
    for each in story:
        yield from each._content if isinstance(each, KeepTogether) else (each,)


def _is_lonely(page: _Page) -> bool:
    return 0 < page.used <= LONELY


def _how_bad(pages: Sequence[_Page]) -> tuple[int, int]:
    return sum(map(_is_lonely, pages[1:])), len(pages)


def _closer(story: Story, pages: Sequence[_Page]) -> Change | None:
    """Propose smaller gaps, where what stands left behind may so come to the page before."""
    runs_on = any(_is_lonely(page) and before.ended_by is None for before, page in pairwise(pages))
    return with_smaller_gaps if runs_on else None


def _closest(story: Story, pages: Sequence[_Page]) -> Change | None:
    """Propose the smallest gaps there are but for room to sign, where what is left behind may come back."""
    return None if _closer(story, pages) is None else _with_smallest_gaps


def _with_smallest_gaps(story: Story) -> Story:
    for each in leaves(story):
        if _is_gap(each):
            each.height *= CLOSER * CLOSEST if each.height < ROOM_TO_SIGN else CLOSER
    return story


def with_smaller_gaps(story: Story) -> Story:
    """Return a story whose gaps are smaller."""
    for each in leaves(story):
        if _is_gap(each):
            each.height *= CLOSER
    return story


def _followed_on(story: Story, pages: Sequence[_Page]) -> Change | None:
    """Propose that the first page that is all but empty is none of its own, as a short annex is none."""
    return _without_first(before for before, page in pairwise(pages) if _is_lonely(page))


def _gone_on(story: Story, pages: Sequence[_Page]) -> Change | None:
    """Propose that what would begin a new page goes on on the first that is all but empty."""
    return _without_first(page for page in pages[1:] if _is_lonely(page))


def _without_first(ended: Iterable[_Page]) -> Change | None:
    """Return the change that leaves out the first break of these pages that may be, None without one."""
    number = next(
        (each.ended_by for each in ended if not each.ends_firmly and each.ended_by is not None), None
    )
    return None if number is None else partial(_without, number)


def _without(number: int, story: Story) -> Story:
    return [*story[:number], *story[number + 1 :]]


def _is_gap(flowable: Any) -> bool:
    """Whether a flowable shows nothing, and no page ends at it by itself."""
    return isinstance(flowable, Spacer | Bookmark) and not isinstance(flowable, CondPageBreak)
