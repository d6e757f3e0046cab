"""Pages of the PDFs that we write: marking and title above, page x of y below, bookmarks, language."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from exchange.pdf_images import count_pages
from exchange.pdf_text import BOLD, REGULAR
from exchange.written_text import one_line
from models.trouble import Trouble

INK, MUTED, RULE, TINT = (HexColor(f"#{c}") for c in ("1F2A44", "5B6579", "C9D1DE", "F1F4F9"))
ALERT = HexColor("#9B1C1C")
WIDTH, HEIGHT = landscape(A4)
SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 36, 44, 42
INNER_WIDTH = WIDTH - 2 * SIDE_MARGIN


class PageWords(NamedTuple):
    """What stands on every page; `alert` is shown so that a draft is never taken for an issue."""

    title: str
    marking: str
    status: str
    alert: bool
    below: tuple[str, str]


class Bookmark(Flowable):  # type: ignore[misc]
    """A place in the outline of the document."""

    def __init__(self, title: str, level: int = 0) -> None:
        super().__init__()
        self.width = self.height = 0
        self._title, self._level = title, level

    def draw(self) -> None:
        """Put the bookmark where the flowable stands."""
        key = f"b{id(self)}"
        self.canv.bookmarkHorizontal(key, 0, 20)
        self.canv.addOutlineEntry(self._title, key, self._level)


class Document(BaseDocTemplate):  # type: ignore[misc]
    """A landscape A4 document; `after` is called with each flowable that has been set."""

    def __init__(self, path: Path, words: PageWords, made_at: datetime, after: Callable[[Any], None]) -> None:
        super().__init__(
            str(path),
            pagesize=(WIDTH, HEIGHT),
            title=words.title,
            author="Grant Panel",
            lang="en-GB",
            invariant=1,
        )
        frame = Frame(
            SIDE_MARGIN,
            BOTTOM_MARGIN,
            INNER_WIDTH,
            HEIGHT - TOP_MARGIN - BOTTOM_MARGIN,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate(frames=[frame]))
        self._words, self._made_at, self._after = words, made_at, after

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
        """Pass on what has been set."""
        self._after(flowable)

    def write(self, story: list[Any]) -> None:
        """Lay out the story and write the file."""

        def make(*args: Any, **kwargs: Any) -> _NumberedCanvas:
            fonts = {"initialFontName": REGULAR}
            return _NumberedCanvas(self._words, self._made_at, *args, **kwargs | fonts)

        self.build(story, canvasmaker=make)


class _NumberedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that keeps its pages until it knows how many there are."""

    def __init__(self, words: PageWords, made_at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = words
        self._pages: list[dict[str, Any]] = []
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()
        stamp = self._doc._timeStamp
        stamp.YMDhms = made_at.timetuple()[:6]

    def showPage(self) -> None:  # noqa: N802
        """Keep a finished page."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Put head and foot on every page and write the file."""
        for page in self._pages:
            self.__dict__.update(page)
            self._head_and_foot(len(self._pages))
            super().showPage()
        super().save()

    def _head_and_foot(self, total: int) -> None:
        words, top = self._words, HEIGHT - 26
        self.setFillColor(MUTED)
        self.setFont(REGULAR, 7)
        self.drawString(SIDE_MARGIN, top, words.title)
        self.setFillColor(ALERT if words.alert else MUTED)
        self.drawRightString(WIDTH - SIDE_MARGIN, top, words.status)
        self.setFillColor(MUTED)
        self.drawString(SIDE_MARGIN, 26, words.below[0])
        self.drawString(SIDE_MARGIN, 17, words.below[1])
        self.drawRightString(WIDTH - SIDE_MARGIN, 26, f"Page {self._pageNumber} of {total}")
        self.setFillColor(INK)
        self.setFont(BOLD, 8)
        self.drawCentredString(WIDTH / 2, top, words.marking)
        self.drawCentredString(WIDTH / 2, 17, words.marking)


def outline_title(text: str) -> str:
    """Return text for a bookmark."""
    return one_line(text)[:200]


def check_pdf(path: Path) -> None:
    """Raise Trouble unless the finished file ends as a PDF does and opens with pages."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - 1024, 0))
        whole = b"%%EOF" in stream.read()
    if whole:
        whole = count_pages(path) > 0
    if not whole:
        raise Trouble(f"{path.name} was not written whole; try again; nothing was changed.")
