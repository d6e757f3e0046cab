"""Fusion with the window's own edges: tick boxes, choices and number boxes that stand out.

Fusion draws their edges as a shade of the ground (under 3 : 1 when dark) and at one size for every
text size. Style rules would bring back bevelled buttons, so these few parts are painted here.
"""

from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QProxyStyle,
    QRadioButton,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QWidget,
)

from gui.theme.glyphs import paint_icon

if TYPE_CHECKING:
    from gui.theme.look import Theme

Primitive, Complex, Metric = QStyle.PrimitiveElement, QStyle.ComplexControl, QStyle.PixelMetric
Sub, State, Contents = QStyle.SubControl, QStyle.StateFlag, QStyle.ContentsType
INPUT_HEIGHT = 32
ARROW = 24
"""The room of a choice's arrow, and of a number box's two."""
INSET = 8
EDGE = 1.5
"""A curve of 1 px is smoothed under the 3 : 1 that its colour has."""
METRICS = {
    Metric.PM_IndicatorWidth: 18,
    Metric.PM_IndicatorHeight: 18,
    Metric.PM_ExclusiveIndicatorWidth: 18,
    Metric.PM_ExclusiveIndicatorHeight: 18,
    Metric.PM_CheckBoxLabelSpacing: 8,
    Metric.PM_RadioButtonLabelSpacing: 8,
}
DISC = 9
"""The bend of a radio button's edge, which makes it round."""
DOT = 0.4
"""How much of a disc its dot takes."""
ROWS = (Contents.CT_CheckBox, Contents.CT_RadioButton)
INPUTS = (Contents.CT_ComboBox, Contents.CT_SpinBox)
LEAST_TARGET = 24


class Brush(NamedTuple):
    """A fill ("" for none) and an edge of a width."""

    fill: str
    edge: str
    width: float


class ControlStyle(QProxyStyle):
    """Fusion, with the parts that it draws too faintly drawn in the theme's colours and at its size."""

    def __init__(self, theme: "Theme", factor: float) -> None:
        super().__init__("Fusion")
        self.dress(theme, factor)

    def dress(self, theme: "Theme", factor: float) -> None:
        """Take other colours and another text size."""
        self._theme, self._factor = theme, factor
        self._metrics = {metric: self._px(length) for metric, length in METRICS.items()}

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return a length at the text size in force."""
        length = self._metrics.get(metric)
        return super().pixelMetric(metric, option, widget) if length is None else length

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        """Keep inputs as high as the edits beside them, and rows of a tick high enough to hit."""
        found = super().sizeFromContents(kind, option, size, cast("QWidget", widget))
        if kind in INPUTS:
            wide = max(found.width(), size.width() + self._px(2 * INSET + ARROW))
            return QSize(wide, max(found.height(), self._px(INPUT_HEIGHT)))
        if kind in ROWS:
            return found.expandedTo(QSize(0, self._px(LEAST_TARGET)))
        return found

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Say where the words and the arrows of a choice and of a number box stand."""
        whole, arrow, inset = option.rect, self._px(ARROW), self._px(INSET)
        if control is Complex.CC_ComboBox and part is Sub.SC_ComboBoxEditField:
            return whole.adjusted(inset, 2, -arrow, -2)
        if control is Complex.CC_SpinBox:
            arrows = QRect(whole.right() - arrow, whole.top() + 2, arrow - 1, whole.height() - 4)
            half = arrows.height() // 2
            if part is Sub.SC_SpinBoxEditField:
                return whole.adjusted(self._px(INSET - 2), 3, -arrow, -3)
            if part is Sub.SC_SpinBoxUp:
                return arrows.adjusted(0, 0, 0, -half)
            if part is Sub.SC_SpinBoxDown:
                return arrows.adjusted(0, half, 0, 0)
        return super().subControlRect(control, option, part, cast("QWidget", widget))

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw ticks, radio discs and the ring around their words."""
        if element in (Primitive.PE_IndicatorCheckBox, Primitive.PE_IndicatorItemViewItemCheck):
            self._draw_tick(option, painter)
        elif element is Primitive.PE_IndicatorRadioButton:
            self._draw_disc(option, painter)
        elif element is Primitive.PE_FrameFocusRect:
            if isinstance(widget, QCheckBox | QRadioButton):  # all others have a ring of their own
                self._paint_box(painter, QRectF(option.rect), Brush("", self._theme.accent_text, 2), 4)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the frames of choices and number boxes with their arrows."""
        if control is Complex.CC_ComboBox:
            arrow = option.rect.adjusted(option.rect.width() - self._px(ARROW), 0, 0, 0)
            is_plain = widget is not None and widget.property("kind") == "quiet" and not _is_at_hand(option)
            self._draw_input(option, painter, ((arrow, "chevron-down"),), has_frame=not is_plain)
        elif control is Complex.CC_SpinBox:
            up = self.subControlRect(control, option, Sub.SC_SpinBoxUp, widget)
            down = self.subControlRect(control, option, Sub.SC_SpinBoxDown, widget)
            self._draw_input(option, painter, ((up, "chevron-up"), (down, "chevron-down")))
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _draw_tick(self, option: QStyleOption, painter: QPainter) -> None:
        is_on = _is(option, State.State_On) or _is(option, State.State_NoChange)
        self._paint_box(painter, QRectF(option.rect), self._brush(option, is_on), 4)
        if is_on:
            self._paint_icon(painter, option.rect, "check", 18, self._mark_ink(option))

    def _draw_disc(self, option: QStyleOption, painter: QPainter) -> None:
        is_on, disc = _is(option, State.State_On), QRectF(option.rect)
        self._paint_box(painter, disc, self._brush(option, is_on), DISC)
        if is_on:
            dot = QRectF(0, 0, disc.width() * DOT, disc.height() * DOT)
            dot.moveCenter(disc.center())
            ink = self._mark_ink(option)
            self._paint_box(painter, dot, Brush(ink, ink, 1), DISC)

    def _draw_input(
        self,
        option: QStyleOptionComplex,
        painter: QPainter,
        arrows: tuple[tuple[QRect, str], ...],
        *,
        has_frame: bool = True,
    ) -> None:
        theme = self._theme
        is_enabled, has_focus = _is(option, State.State_Enabled), _is(option, State.State_HasFocus)
        edge = theme.accent_text if has_focus else theme.control if is_enabled else theme.line
        width = 2 if has_focus or not theme.is_tinted else 1
        fill = theme.surface if is_enabled else theme.sunken
        if has_frame:
            self._paint_box(painter, QRectF(option.rect), Brush(fill, edge, width), 6)
        ink = theme.text2 if is_enabled else theme.disabled
        for rect, name in arrows:
            self._paint_icon(painter, rect, name, 16, ink)

    def _brush(self, option: QStyleOption, is_on: bool) -> Brush:
        theme, width = self._theme, EDGE if self._theme.is_tinted else 2
        if not _is(option, State.State_Enabled):
            return Brush(theme.track if is_on else theme.sunken, theme.disabled, width)
        if is_on:
            return Brush(theme.accent, theme.accent, width)
        fill = theme.hover if _is(option, State.State_MouseOver) else theme.surface
        return Brush(fill, theme.control, width)

    def _mark_ink(self, option: QStyleOption) -> str:
        return self._theme.on_accent if _is(option, State.State_Enabled) else self._theme.disabled

    def _paint_box(self, painter: QPainter, rect: QRectF, brush: Brush, radius: float) -> None:
        """Paint a rounded box, its edge wholly inside the rectangle."""
        half = brush.width / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(brush.edge), brush.width))
        painter.setBrush(QColor(brush.fill) if brush.fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            rect.adjusted(half, half, -half, -half), radius * self._factor, radius * self._factor
        )
        painter.restore()

    def _paint_icon(self, painter: QPainter, room: QRect, name: str, size: int, colour: str) -> None:
        half = self._px(size) / 2
        at = QRectF(room).center()
        paint_icon(painter, at.x() - half, at.y() - half, name, colour, self._px(size))

    def _px(self, length: float) -> int:
        return round(length * self._factor)


def _is(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _is_at_hand(option: QStyleOption) -> bool:
    """Whether the pointer is on a control, or the focus in it."""
    return _is(option, State.State_MouseOver) or _is(option, State.State_HasFocus)
