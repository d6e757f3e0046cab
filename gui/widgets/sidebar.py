"""The list of pages at the left: icons with words, icons alone when the window is narrow."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.pill import paint_ring
from gui.widgets.ring import has_ring
from gui.widgets.words import Words

WIDTH = 204
ICONS_WIDTH = 52
PITCH = 32
LOW_PITCH = 28


@dataclass(frozen=True, slots=True)
class PageName:
    """A page in the list: its key, words and glyph, and the group it stands in ("" for the foot)."""

    key: str
    words: str
    icon: str
    group: str = ""


class PageLink(QRadioButton):
    """One row of the list; the page on show is the checked one."""

    def __init__(self, look: Look, name: PageName) -> None:
        super().__init__(name.words)
        self._look = look
        self.name = name
        self._is_narrow = False
        self._is_low = False
        self._why = ""
        self.setAccessibleName(name.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self._refresh)

    def fit(self, *, is_narrow: bool, is_low: bool) -> None:
        """Show the icon alone when narrow, with the words as a tooltip; sit closer when low."""
        self._is_narrow = is_narrow
        self._is_low = is_low
        self._show_tip()
        self._refresh()

    def open_up(self, *, is_open: bool, why: str) -> None:
        """Let the page be gone to, or say why not yet."""
        self.setEnabled(is_open)
        self._why = "" if is_open else why
        self.setAccessibleDescription(self._why)
        self._show_tip()

    def _show_tip(self) -> None:
        name = self.name.words if self._is_narrow else ""
        self.setToolTip(". ".join(part for part in (name, self._why) if part))

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the row's pitch."""
        width = ICONS_WIDTH - 12 if self._is_narrow else WIDTH - 16
        return QSize(self._look.px(width), self._look.px(LOW_PITCH if self._is_low else PITCH))

    def minimumSizeHint(self) -> QSize:
        """Return the row's pitch."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere on the row."""
        return self.rect().contains(position)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint under the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row, its glyph, and an edge at the left when its page is on show."""
        look, theme = self._look, self._look.theme
        rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setBrush(look.colour(theme.selected if self.isChecked() else theme.hover))
            painter.drawRoundedRect(rect, look.px(6), look.px(6))
        if self.isChecked():
            painter.setBrush(look.colour(theme.accent_text))
            edge = QRectF(rect.x(), rect.center().y() - look.px(8), look.px(3), look.px(16))
            painter.drawRoundedRect(edge, 1.5, 1.5)
        self._paint_words(painter, rect)
        if has_ring(self):
            paint_ring(painter, look, QRectF(self.rect()), look.px(6))
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        look, theme = self._look, self._look.theme
        ink = theme.on_accent if self.isChecked() and not theme.is_tinted else theme.text
        if not self.isEnabled():
            ink = theme.disabled
        glyph = theme.accent_text if self.isChecked() and theme.is_tinted else ink
        ratio = painter.device().devicePixelRatioF()
        left = look.px(12) if not self._is_narrow else (rect.width() - look.px(18)) / 2
        at = QPointF(round(rect.x() + left), round(rect.center().y() - look.px(9)))
        painter.drawPixmap(at, look.glyph(self.name.icon, glyph, 18, ratio))
        if self._is_narrow:
            return
        painter.setFont(look.font(13, 600 if self.isChecked() else 400))
        painter.setPen(look.colour(ink))
        words = rect.adjusted(look.px(40), 0, -look.px(8), 0)
        shown = painter.fontMetrics().elidedText(
            self.name.words, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Brand(QWidget):
    """The mark and the name at the head of the list."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._is_narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)
        self._refresh()

    def fit(self, *, is_narrow: bool) -> None:
        """Show the mark alone when narrow."""
        self._is_narrow = is_narrow
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(self._look.px(54))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark and the name."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(28)
        left = (self.width() - size) / 2 if self._is_narrow else look.px(6)
        square = QRectF(left, (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.accent))
        painter.drawRoundedRect(square, look.px(7), look.px(7))
        inset = look.px(4)
        glyph = look.glyph("logo", theme.on_accent, 20, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(round(square.x() + inset), round(square.y() + inset)), glyph)
        if not self._is_narrow:
            painter.setFont(look.font(15, 600))
            painter.setPen(look.colour(theme.text))
            words = QRectF(square.right() + look.px(10), 0, self.width(), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "Grant Panel")
        painter.end()


class Sidebar(QWidget):
    """The pages that exist, in groups, with the foot at the bottom."""

    chosen = Signal(str)

    def __init__(self, look: Look, pages: tuple[PageName, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_narrow = False
        self._brand = Brand(look)
        self._links: dict[str, PageLink] = {}
        self._heads: list[Words] = []
        self._group = QButtonGroup(self)
        self.setAccessibleName("Pages")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._brand)
        for group in dict.fromkeys(page.group for page in pages if page.group):
            self._add_group(group, [page for page in pages if page.group == group])
        self._column.addStretch(1)
        for page in pages:
            if not page.group:
                self._add_link(page)
        self._group.buttonToggled.connect(self._tell)
        look.changed.connect(self._refresh)
        self._refresh()

    def show_page(self, key: str) -> None:
        """Mark the page on show."""
        self._links[key].setChecked(True)

    def open_up(self, key: str, *, is_open: bool, why: str = "") -> None:
        """Let a page be gone to, or say why not yet."""
        self._links[key].open_up(is_open=is_open, why=why)

    def clear(self) -> None:
        """Mark no page as being on show."""
        self._group.setExclusive(False)
        for link in self._links.values():
            link.setChecked(False)
        self._group.setExclusive(True)

    def current_link(self) -> PageLink:
        """Return the row of the page on show, the first one when none is."""
        chosen = self._group.checkedButton()
        return chosen if isinstance(chosen, PageLink) else next(iter(self._links.values()))

    def fit(self, *, is_narrow: bool, is_low: bool) -> None:
        """Fit the room there is."""
        self._is_narrow = is_narrow
        self._brand.fit(is_narrow=is_narrow)
        for head in self._heads:
            head.setVisible(not is_narrow)
        for link in self._links.values():
            link.fit(is_narrow=is_narrow, is_low=is_low)
        self._refresh()

    def _add_group(self, group: str, pages: list[PageName]) -> None:
        head = Words(self._look, group, size=12, weight=600, tone="muted")
        head.setContentsMargins(self._look.px(12), self._look.px(8), 0, self._look.px(4))
        self._heads.append(head)
        self._column.addWidget(head)
        for page in pages:
            self._add_link(page)

    def _add_link(self, page: PageName) -> None:
        link = PageLink(self._look, page)
        self._links[page.key] = link
        self._group.addButton(link)
        self._column.addWidget(link)

    @Slot()
    def _tell(self) -> None:
        link = self._group.checkedButton()
        if isinstance(link, PageLink):
            self.chosen.emit(link.name.key)

    @Slot()
    def _refresh(self) -> None:
        side = self._look.px(6 if self._is_narrow else 8)
        self._column.setContentsMargins(side, 0, side, self._look.px(8))
        self.setFixedWidth(self._look.px(ICONS_WIDTH if self._is_narrow else WIDTH))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour(self._look.theme.sidebar))
        painter.setPen(self._look.colour(self._look.theme.line))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.end()
