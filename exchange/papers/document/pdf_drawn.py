"""What a paper in PDF draws by itself: a bar of a chart, a rule, lines to write on, a picture."""

from io import BytesIO
from typing import Any

from reportlab.platypus import (
    Flowable,
    HRFlowable,
    Image,
)

from exchange.pdf.pdf_pages import INK, RULE, TINT
from exchange.pdf.pdf_tags import Element, marked, tags_of

BAR, MARK_HEIGHT, BAR_HEIGHT = "0B8A6C", 12, 8


class FittedPicture(Image):  # type: ignore[misc]
    """A picture no larger than its room; readers of the text hear its words, or pass over one without."""

    def __init__(self, png: bytes, width: float, height: float, *, words: str = "", side: str) -> None:
        super().__init__(BytesIO(png), lazy=0, hAlign=side, mask="auto")
        scale = min(width / self.imageWidth, height / self.imageHeight)
        self.drawWidth, self.drawHeight = self.imageWidth * scale, self.imageHeight * scale
        self._words = words

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803  (reportlab's)
        """Draw the picture, marked with its words."""
        tags = tags_of(canvas)
        shown = Element("Figure", tags.root, self._words) if tags is not None and self._words else None
        with marked(canvas, shown):
            super().drawOn(canvas, x, y, _sW)


class Bar(Flowable):  # type: ignore[misc]
    """A bar on its track with a marker; the figure is said in words beside it."""

    def __init__(self, width: float, value: int, marker: int | None, most: int) -> None:
        super().__init__()
        self.width, self.height = width, MARK_HEIGHT
        self._value, self._marker, self._most = value, marker, max(most, 1)

    def draw(self) -> None:
        """Draw track, bar and marker; the figure beside them says the same."""
        with marked(self.canv, None):
            self._draw()

    def _draw(self) -> None:
        below = (MARK_HEIGHT - BAR_HEIGHT) / 2
        self.canv.setFillColor(TINT)
        self.canv.rect(0, below, self.width, BAR_HEIGHT, stroke=0, fill=1)
        self.canv.setFillColorRGB(*(int(BAR[i : i + 2], 16) / 255 for i in (0, 2, 4)))
        self.canv.rect(0, below, self.width * max(self._value, 0) / self._most, BAR_HEIGHT, stroke=0, fill=1)
        if self._marker is not None:
            at = self.width * self._marker / self._most
            self.canv.setFillColor(INK)
            self.canv.rect(min(at, self.width - 1.4), 0, 1.4, MARK_HEIGHT, stroke=0, fill=1)


class Rule(HRFlowable):  # type: ignore[misc]
    """A rule across the page, which says nothing."""

    def draw(self) -> None:
        """Draw the rule."""
        with marked(self.canv, None):
            super().draw()


class WritingLines(Flowable):  # type: ignore[misc]
    """Ruled lines to write on."""

    def __init__(self, width: float, lines: int) -> None:
        super().__init__()
        self.width, self.height, self._count = width, 20.0 * lines, lines

    def draw(self) -> None:
        """Draw the lines."""
        with marked(self.canv, None):
            self._draw()

    def _draw(self) -> None:
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(0.6)
        for number in range(self._count):
            self.canv.line(0, 20 * number + 2, self.width, 20 * number + 2)
