"""The head of one criterion: its name and weight, and folded its mark and word too."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.pages.panel.scoring.sheet.mark_button import Grade
from gui.theme.look import Look
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.shorten import shortened

HEIGHT = 38
OPEN_HEIGHT = 30
INSET = 16
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CriterionHead(QAbstractButton):
    """A painted line that opens its criterion, by click or as the focus comes to it."""

    opened = Signal()

    def __init__(self, look: Look, code: str, title: str, weight: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._code, self._title, self._weight = code, title, weight
        self._grade: Grade | None = None
        self._note = ""
        self._is_open = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.opened)
        look.changed.connect(self.updateGeometry)
        self._name()

    def show_grade(self, grade: Grade | None, note: str = "") -> None:
        """Show the mark that stands, or that there is none; `note` says why there can be none."""
        self._grade, self._note = grade, note
        self._name()
        self.update()

    def show_open(self, *, is_open: bool) -> None:
        """Show the head as that of the open criterion, which is no stop for the focus."""
        self._is_open = is_open
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_open else Qt.FocusPolicy.StrongFocus)
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        said = self._grade.spoken if self._grade else self._note or "no mark yet"
        self.setAccessibleName(f"{self._code} {self._title}, weight {self._weight}, {said}")
        self.setText(self._title)

    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(self._look.px(300), self._look.px(OPEN_HEIGHT if self._is_open else HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Let the title be cut."""
        return QSize(self._look.px(200), self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the criterion as the focus comes by key."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        box = self.rect().adjusted(look.px(INSET), 0, -look.px(INSET), 0)
        if self._is_open:
            box.adjust(0, look.px(6), 0, 0)
        elif self.underMouse():
            painter.fillRect(self.rect(), look.colour(look.theme.hover))
        right = self._paint_state(painter, box) if not self._is_open else box.right()
        self._paint_name(painter, QRect(box.left(), box.top(), right - box.left(), box.height()))
        if has_ring(self):
            paint_ring(painter, look, QRectF(self.rect()).adjusted(2, 2, -2, -2), look.px(6))
        painter.end()

    def _paint_name(self, painter: QPainter, box: QRect) -> None:
        look, theme = self._look, self._look.theme
        weight = f"weight {self._weight}"
        painter.setFont(look.font(12))
        painter.setPen(look.colour(theme.muted))
        room = painter.fontMetrics().horizontalAdvance(weight)
        painter.drawText(box, RIGHT, weight)
        painter.setFont(look.font(12, 600))
        painter.drawText(box, LEFT, self._code)
        indent = max(look.px(28), painter.fontMetrics().horizontalAdvance(self._code) + look.px(8))
        painter.setFont(look.font(14 if self._is_open else 13, 600))
        painter.setPen(look.colour(theme.text))
        title = box.adjusted(indent, 0, -room - look.px(8), 0)
        shown = shortened(painter.fontMetrics(), self._title, title.width())
        painter.drawText(title, LEFT, shown)

    def _paint_state(self, painter: QPainter, box: QRect) -> int:
        """Paint mark, word and arrow at the right; return where they begin."""
        look, theme = self._look, self._look.theme
        width = look.px(152)
        arrow = look.glyph("chevron-right", theme.muted, 14, self.devicePixelRatioF())
        top = round(box.center().y() - look.px(14) / 2 + 1)
        painter.drawPixmap(box.right() - look.px(12), top, arrow)
        left = box.right() - width
        square = QRectF(left, box.center().y() - look.px(12) + 0.5, look.px(24), look.px(24))
        self._paint_square(painter, square)
        words = self._grade.word if self._grade else self._note or "No mark yet"
        painter.setFont(look.font(12))
        painter.setPen(look.colour(theme.text2 if self._grade else theme.muted))
        room = QRect(left + look.px(34), box.top(), width - look.px(34 + 18), box.height())
        shown = shortened(painter.fontMetrics(), words, room.width())
        painter.drawText(room, LEFT, shown)
        return left - look.px(18)

    def _paint_square(self, painter: QPainter, square: QRectF) -> None:
        look, theme = self._look, self._look.theme
        if self._grade is None:
            pen = QPen(look.colour(theme.control), 1.2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
            return
        is_tinted = theme.is_tinted
        painter.setPen(Qt.PenStyle.NoPen if is_tinted else QPen(look.colour(theme.text), 2))
        painter.setBrush(look.colour(theme.selected if is_tinted else theme.surface))
        painter.drawRoundedRect(square, look.px(4), look.px(4))
        painter.setPen(look.colour(theme.accent_text))
        painter.setFont(look.font(13, 600))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(self._grade.mark))
