"""Pages of the PDFs that we write: marking and title above, page x of y below, bookmarks, language."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Spacer,
)

from exchange.atomic import laid_out_by, require_whole
from exchange.pdf.fonts import BOLD, REGULAR
from exchange.pdf.pdf_reading import count_pages
from exchange.pdf.pdf_text import Tags, marked, para, write_structure
from exchange.pdf.type_width import fitted, type_width
from exchange.written_text import one_line

rl_config.useA85 = 0  # streams as bytes: as letters they take a quarter more room, and time

INK, MUTED, RULE, TINT = (HexColor(f"#{c}") for c in ("1F2A44", "5B6579", "C9D1DE", "F1F4F9"))
ALERT = HexColor("#9B1C1C")
WIDTH, HEIGHT = landscape(A4)
SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 36, 44, 42
INNER_WIDTH = WIDTH - 2 * SIDE_MARGIN

FOOT, MARKING_AT_FOOT = 33, 13
"""Points from the edge to the first line of the foot, and to the marking: the last 12 no printer reaches."""

MARKING_SIZE, FOOT_SIZE, LEAST_SIZE, ROOM_BESIDE = 8, 7, 5, 10
"""In points: the letters of a marking, of the foot, of either where it is long, and the room beside it."""
MARKING_SHARE = 0.4
"""The share of a page's width that a marking may take."""

NUMBER_ROOM, NUMBER_DROP, NUMBER_SIZE = 32, 10.5, 9.8
"""Of the page in a line of contents: the room at the right, how far below the top it stands, its size."""

TITLE_SHARE = 0.42
"""The share of a page's width that its running title may take; the marking stands in the middle."""
TITLE_LINES = 2
RUNNING_TITLE = ParagraphStyle("running title", fontName=REGULAR, fontSize=7, leading=8.4, textColor=MUTED)
RUNNING_STATUS = ParagraphStyle("running status", parent=RUNNING_TITLE, alignment=TA_RIGHT)
RUNNING_ALERT = ParagraphStyle("running alert", parent=RUNNING_STATUS, textColor=ALERT)


LONGEST_TITLE = 200
"""So much of a heading stands in the outline."""


class Shape(NamedTuple):
    """How a page lies: its size and its margins at the sides, in points."""

    width: float
    height: float
    side_margin: float

    @property
    def inner_width(self) -> float:
        return self.width - 2 * self.side_margin

    @property
    def inner_height(self) -> float:
        return self.height - TOP_MARGIN - BOTTOM_MARGIN


LANDSCAPE = Shape(WIDTH, HEIGHT, SIDE_MARGIN)
PORTRAIT = Shape(HEIGHT, WIDTH, 56)


class PageWords(NamedTuple):
    """What stands on every page; `alert` is shown so that a draft is never taken for an issue.

    What names the paper and its data stands `below` on the last one alone. The title runs along the pages
    unless it `is_silent`, as a letter's is, whose foot stands on each.
    """

    title: str
    marking: str
    status: str
    alert: bool
    below: tuple[str, str]
    is_silent: bool = False


class PageUse(Struct):
    """A page as it was laid out: the share of its height that is used, and whether a break ends it."""

    used: float = 0.0
    is_ended: bool = False


class Bookmark(Flowable):  # type: ignore[misc]
    """A place in the outline of the document; the list of contents leads to those of its parts.

    One that would skip a level stands right below the last: the standing words of a list without lines have
    no part above them, and an outline with a gap cannot be written.
    """

    def __init__(self, title: str, level: int = 0) -> None:
        super().__init__()
        self.width = self.height = 0
        self.title, self._level = one_line(title)[:LONGEST_TITLE], level

    def draw(self) -> None:
        """Put the bookmark where the flowable stands."""
        key = f"b{id(self)}"
        self.canv.bookmarkHorizontal(key, 0, 20)
        outline = self.canv._doc.outline
        self.canv.addOutlineEntry(self.title, key, min(self._level, outline.currentlevel + 1))
        page = self.canv.getPageNumber()
        if self._level <= 1 and self.canv.contents.pages.setdefault(self.title, page) == page:
            self.canv.bookmarkHorizontal(linked(self.title), 0, 20)


class LinkedLine(Flowable):  # type: ignore[misc]
    """A line of a list of contents: it leads to the bookmark of its title, and says that one's page."""

    def __init__(self, text: Flowable, title: str) -> None:
        super().__init__()
        self._text, self._title = text, one_line(title)[:LONGEST_TITLE]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room that it takes; the right is left to the number."""
        _, self.height = self._text.wrap(width - NUMBER_ROOM, height)
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the words with their link, and note where the number of the page goes."""
        self._text.drawOn(self.canv, 0, 0)
        area = (0, 0, self.width, self.height)
        self.canv.linkRect(self._title, linked(self._title), area, relative=1)
        x, y = self.canv.absolutePosition(self.width, self.height - NUMBER_DROP)
        self.canv.contents.lines.append((self.canv.getPageNumber(), x, y, self._title))


class Begins(Flowable):  # type: ignore[misc]
    """Where a part of a document begins that counts its own pages, and what stands on them."""

    def __init__(self, words: "PageWords") -> None:
        super().__init__()
        self.width = self.height = 0
        self._words = words

    def draw(self) -> None:
        """Note the page; what stands at its edge is drawn when all pages are known."""
        self.canv.parts.append((self.canv.getPageNumber(), self._words))


class Contents(Struct):
    """The pages on which the parts of a document begin, and the lines that say so.

    Of two parts with the same title the first counts.
    """

    lines: list[tuple[int, float, float, str]] = []
    pages: dict[str, int] = {}


def linked(title: str) -> str:
    """Return the name by which a link finds a part of the document."""
    return f"to {title}"


class Document(BaseDocTemplate):  # type: ignore[misc]
    """An A4 document, landscape unless told; `after` is called with each flowable that has been set."""

    def __init__(
        self,
        path: Path,
        words: PageWords,
        made_at: datetime,
        shape: Shape = LANDSCAPE,
        after: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__(
            str(path),
            pagesize=(shape.width, shape.height),
            title=words.title,
            author="Grant Panel",
            keywords=laid_out_by(),
            lang="en-GB",
            invariant=1,
        )
        frame = Frame(
            shape.side_margin,
            BOTTOM_MARGIN,
            shape.inner_width,
            shape.inner_height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate(frames=[frame]))
        self._words, self._made_at, self._after, self._shape = words, made_at, after, shape
        self._pages = [PageUse()]

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
        """Note how its page is used, and pass it on."""
        if isinstance(flowable, PageBreak):
            self._pages[-1].is_ended = True
        elif not isinstance(flowable, ActionFlowable):  # the first come before there is a page
            self._pages += [PageUse() for _ in range(self.page - len(self._pages))]
            if not isinstance(flowable, Spacer):
                used = 1 - (self.frame._y - BOTTOM_MARGIN) / self._shape.inner_height
                self._pages[self.page - 1].used = max(self._pages[self.page - 1].used, used)
        if self._after is not None:
            self._after(flowable)

    def write(self, story: list[Any]) -> list[PageUse]:
        """Lay out the story and write the file; return how its pages are used."""
        canvases: list[_NumberedCanvas] = []

        def make(path: str, **kwargs: Any) -> _NumberedCanvas:
            fonts = {"initialFontName": REGULAR}
            canvas = _NumberedCanvas(self._words, self._made_at, self._shape, path, **kwargs | fonts)
            canvases.append(canvas)
            return canvas

        self.build(story, canvasmaker=make)
        for canvas in canvases:
            canvas.let_go()
        pages = self._pages
        self.__dict__.clear()  # its frames and templates know it
        return pages


class _NumberedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that keeps its pages until it knows how many there are."""

    def __init__(self, words: PageWords, made_at: datetime, shape: Shape, path: str, **kwargs: Any) -> None:
        super().__init__(path, **kwargs)
        self._path, self._words, self._shape = Path(path), words, shape
        self.finished_pages: list[dict[str, Any]] = []
        self.tags, self.contents = Tags(), Contents()
        self.parts: list[tuple[int, PageWords]] = []
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()
        stamp = self._doc._timeStamp
        stamp.YMDhms = made_at.timetuple()[:6]

    def showPage(self) -> None:  # noqa: N802
        """Keep a finished page."""
        self.finished_pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Put head and foot on every page and write the file."""
        shape = self._shape
        said = "" if self._words.is_silent else self._words.title
        _, _, beside = _marking(self._words, shape)
        title = _running(said, RUNNING_TITLE, min(shape.width * TITLE_SHARE - shape.side_margin, beside))
        for page in self.finished_pages:
            self.__dict__.update(page)
            with marked(self, None):
                self._header_and_footer(title)
                self._page_numbers()
            super().showPage()
        write_structure(self._doc, self.tags)
        self._path.write_bytes(self.getpdfdata())  # the library would leave the file open on a full disk

    def let_go(self) -> None:
        """Let go of all that was drawn: pages hold one another, and 20 MB would wait to be looked for."""
        self.tags.let_go()
        self.finished_pages.clear()
        self._doc.__dict__.clear()
        self.__dict__.clear()

    def _page_numbers(self) -> None:
        """Put into the lines of contents on this page where their parts begin."""
        self.setFont(REGULAR, NUMBER_SIZE)
        self.setFillColor(INK)
        for page, x, y, title in self.contents.lines:
            if page == self.getPageNumber() and title in self.contents.pages:
                self.drawRightString(x, y, str(self.contents.pages[title]))

    def _counted(self) -> tuple[PageWords, str, bool]:
        """Return what stands on this page, its number among those of its part, and whether it is the last."""
        at, total = self.getPageNumber(), len(self.finished_pages)
        words, first = next(((own, page) for page, own in self.parts[::-1] if page <= at), (self._words, 1))
        ends = next((page for page, _ in self.parts if page > at), total + 1)
        return words, f"Page {at - first + 1} of {ends - first}", at + 1 == ends

    def _header_and_footer(self, title: Flowable) -> None:
        (words, number, is_last), (width, height, side) = self._counted(), self._shape
        top = height - 26
        title.drawOn(self, side, top + RUNNING_TITLE.fontSize - title.height)
        marking, marking_size, beside = _marking(words, self._shape)
        status = _running(words.status, RUNNING_ALERT if words.alert else RUNNING_STATUS, beside)
        status.drawOn(self, width - side - beside, top + RUNNING_TITLE.fontSize - status.height)
        self.setFont(REGULAR, FOOT_SIZE)
        self.setFillColor(MUTED)
        self.drawRightString(width - side, FOOT, number)
        room = self._shape.inner_width - type_width(number, FOOT_SIZE, REGULAR) - ROOM_BESIDE
        for line, words_below in enumerate(words.below if is_last or words.is_silent else ()):
            shown, size = fitted(words_below, REGULAR, (FOOT_SIZE, LEAST_SIZE), room)
            self.setFont(REGULAR, size)
            self.drawString(side, FOOT - 9 * line, shown)
        self.setFillColor(INK)
        self.setFont(BOLD, marking_size)
        self.drawCentredString(width / 2, top, marking)
        self.drawCentredString(width / 2, MARKING_AT_FOOT, marking)


def _marking(words: PageWords, shape: Shape) -> tuple[str, float, float]:
    """Return the marking of a page, the size of its letters, and the room in points at either side of it.

    What an office wrote may be long.
    """
    marking, size = fitted(words.marking, BOLD, (MARKING_SIZE, LEAST_SIZE), shape.width * MARKING_SHARE)
    room = (shape.width - type_width(marking, size, BOLD)) / 2
    return marking, size, room - ROOM_BESIDE - shape.side_margin


def _running(text: str, style: ParagraphStyle, room: float) -> Flowable:
    """Return as many words of what runs along the pages as fit into its lines, in letters of any script."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        shown = para(" ".join(words[:count]) + "…" * (count < len(words)), style)
        if shown.wrap(room, HEIGHT)[1] <= TITLE_LINES * style.leading:
            break
    return shown


def check_pdf(path: Path) -> None:
    """Raise Trouble unless the finished file ends as a PDF does and opens with pages."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - 1024, 0))
        ends = b"%%EOF" in stream.read()
    require_whole(path, is_whole=ends and count_pages(path) > 0)
