"""Fusion with the window's own edges: tick boxes, choices, number boxes and sliders that stand out.

Fusion draws their edges as a shade of the ground (under 3 : 1 when dark) and at one size for every
text size. Style rules would bring back bevelled buttons, so these few parts are painted here.
"""

from typing import cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QProxyStyle,
    QRadioButton,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from gui.theme.control_parts import Brush, paint_box, paint_chevron, paint_disc, paint_groove, paint_tick
from gui.theme.tokens import Theme

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
    Metric.PM_SliderThickness: 24,
    Metric.PM_SliderControlThickness: 24,
    Metric.PM_SliderLength: 20,
}
ROWS = (Contents.CT_CheckBox, Contents.CT_RadioButton)
INPUTS = (Contents.CT_ComboBox, Contents.CT_SpinBox)
LEAST_TARGET = 24


class ControlStyle(QProxyStyle):
    """Fusion, with the parts that it draws too faintly drawn in the theme's colours and at its size."""

    def __init__(self, theme: Theme, factor: float) -> None:
        super().__init__("Fusion")
        self.dress(theme, factor)

    def dress(self, theme: Theme, factor: float) -> None:
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
            paint_disc(painter, QRectF(option.rect), self._brush(option, _is(option, State.State_On)))
        elif element is Primitive.PE_FrameFocusRect:
            if isinstance(widget, QCheckBox | QRadioButton):  # all others have a ring of their own
                paint_box(
                    painter, QRectF(option.rect), Brush("", self._theme.accent_text, 2, self._factor), 4
                )
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the frames of choices and number boxes with their arrows, and sliders."""
        if control is Complex.CC_ComboBox:
            self._draw_input(option, painter, ((option.rect, 1),))
        elif control is Complex.CC_SpinBox:
            up = self.subControlRect(control, option, Sub.SC_SpinBoxUp, widget)
            down = self.subControlRect(control, option, Sub.SC_SpinBoxDown, widget)
            self._draw_input(option, painter, ((up, -1), (down, 1)))
        elif control is Complex.CC_Slider and isinstance(option, QStyleOptionSlider):
            self._draw_slider(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _draw_tick(self, option: QStyleOption, painter: QPainter) -> None:
        is_on = _is(option, State.State_On) or _is(option, State.State_NoChange)
        brush = self._brush(option, is_on)
        paint_box(painter, QRectF(option.rect), brush, 4)
        if is_on:
            paint_tick(painter, QRectF(option.rect), self._mark_ink(option), self._factor)

    def _draw_input(
        self, option: QStyleOptionComplex, painter: QPainter, arrows: tuple[tuple[QRect, int], ...]
    ) -> None:
        theme = self._theme
        is_enabled, has_focus = _is(option, State.State_Enabled), _is(option, State.State_HasFocus)
        edge = theme.accent_text if has_focus else theme.control if is_enabled else theme.line
        width = 2 if has_focus or not theme.is_tinted else 1
        fill = theme.surface if is_enabled else theme.sunken
        paint_box(painter, QRectF(option.rect), Brush(fill, edge, width, self._factor), 6)
        ink = theme.text2 if is_enabled else theme.disabled
        for rect, direction in arrows:
            if rect == option.rect:
                rect = rect.adjusted(rect.width() - self._px(ARROW), 0, 0, 0)
            paint_chevron(painter, QPointF(QRectF(rect).center()), ink, direction, self._factor)

    def _draw_slider(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        theme = self._theme
        handle = self.subControlRect(Complex.CC_Slider, option, Sub.SC_SliderHandle, widget)
        is_enabled = _is(option, State.State_Enabled)
        inks = (theme.accent_text, theme.control) if is_enabled else (theme.control, theme.control)
        paint_groove(painter, QRectF(option.rect), QRectF(handle), inks, self._factor)
        has_focus = _is(option, State.State_HasFocus)
        edge = theme.accent_text if is_enabled else theme.control
        size = self._px(16)
        box = QRectF(0, 0, size, size)
        box.moveCenter(QRectF(handle).center())
        paint_box(painter, box, Brush(theme.surface, edge, 2, self._factor), 8)
        if has_focus:
            ring = box.adjusted(-4, -4, 4, 4)
            paint_box(painter, ring, Brush("", theme.accent_text, 2, self._factor), 12)

    def _brush(self, option: QStyleOption, is_on: bool) -> Brush:
        theme, width = self._theme, EDGE if self._theme.is_tinted else 2
        if not _is(option, State.State_Enabled):
            return Brush(theme.track if is_on else theme.sunken, theme.disabled, width, self._factor)
        if is_on:
            return Brush(theme.accent, theme.accent, width, self._factor, theme.on_accent)
        fill = theme.hover if _is(option, State.State_MouseOver) else theme.surface
        return Brush(fill, theme.control, width, self._factor)

    def _mark_ink(self, option: QStyleOption) -> str:
        return self._theme.on_accent if _is(option, State.State_Enabled) else self._theme.disabled

    def _px(self, length: float) -> int:
        return round(length * self._factor)


def _is(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)
