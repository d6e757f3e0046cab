"""The list of pages at the left: icons with words, icons alone when the window is narrow."""

from collections import Counter
from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from gui.theme.look import FLUSH, Tone, fill_with, look, space
from gui.widgets.label import Label, PlainLabel, shortened
from gui.widgets.nesting import ScrollPane, column_of, empty, row_of
from gui.widgets.pill import PaintedRadio
from gui.widgets.tips import set_tip

WIDTH, BESIDE_NAME = 204, 66
"""How wide the sidebar is, and how much of it stands about the name of a page."""
ICONS_WIDTH = 52
GLYPH = 18
NARROWEST = 20
"""How wide a count is at least."""
PITCH, LOW_PITCH = 32, 24
"""How far apart rows stand, at most and at least."""


class PageName(Struct, frozen=True):
    """A page in the list: its key, words and glyph, and the group it stands in ("" for the foot).

    Beside a page that `counts` a number may stand. One that is `within` another is among its related pages.
    """

    key: str
    words: str
    icon: str
    group: str = ""
    counts: bool = False
    within: str = ""


class Badge(Struct, frozen=True):
    """A count beside a page: amber when it is of things for the person, grey when it counts rows."""

    number: int
    is_mine: bool = False

    @property
    def words(self) -> str:
        """Return the count as it is read out: "7 for you"."""
        return f"{self.number:,} for you" if self.is_mine else f"{self.number:,}"


GO_IN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
"""The keys that go into the page of a row; arrows show the pages and stay in the list."""


class PageLink(PaintedRadio):
    """One row of the list; the page on show is the checked one. A press goes into it, as a key does."""

    entered = Signal(str)

    def __init__(self, name: PageName) -> None:
        super().__init__(name.words)
        self.name = name
        self._is_narrow = False
        self._pitch = PITCH
        self._why = ""
        self._badge: Badge | None = None
        self._told: tuple[str, str, bool] | None = None

    def call(self, words: str) -> None:
        """Give the page another name."""
        self.name = replace(self.name, words=words)
        self._tell()

    @property
    def badge(self) -> Badge | None:
        """Return the count beside the page, None when there is none."""
        return self._badge

    def show_badge(self, badge: Badge | None) -> None:
        """Show a count beside the page, or none."""
        self._badge = badge if badge is not None and badge.number else None
        self._tell()

    def fit(self, *, is_narrow: bool, pitch: int) -> None:
        """Show the icon alone when narrow, with the words as a tooltip; take a height, for a 13 px base."""
        if (is_narrow, pitch) == (self._is_narrow, self._pitch):
            return
        self._is_narrow, self._pitch = is_narrow, pitch
        self._tell()
        self._refresh()

    @property
    def words_width(self) -> int:
        """Return how wide the name is in its strongest letters, with a count beside it or room for one."""
        name = QFontMetrics(look.font(13, 600)).horizontalAdvance(self.name.words)
        least = look.px(NARROWEST + 8) if self.name.counts else 0
        return name + round(max(self._badge_width(), least))

    @property
    def is_open(self) -> bool:
        return not self._why

    def open_up(self, why: str) -> None:
        """Let the page be gone to, or say why not yet: a press shows that in its place."""
        self._why = why
        self._tell()

    def _tell(self) -> None:
        """Say and paint what is known of the page, where it is another thing than before."""
        name = f"{self.name.words}, {self._badge.words}" if self._badge else self.name.words
        told, self._told = self._told, (name, self._why, self._is_narrow)
        if told != self._told:
            self.setAccessibleName(name)
            self.setAccessibleDescription(self._why)
            set_tip(self, ". ".join(filter(None, (name if self._is_narrow else "", self._why))))
            self.update()

    def sizeHint(self) -> QSize:
        """Return the row's pitch."""
        width = ICONS_WIDTH - 12 if self._is_narrow else WIDTH - 16
        return QSize(look.px(width), look.px(self._pitch))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the page, and go into it."""
        is_pressed = self.isDown() and self.hitButton(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if is_pressed and self.isChecked():
            self.entered.emit(self.name.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the page with Enter or Space, and go into it."""
        if event.key() in GO_IN and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.setChecked(True)
            self.entered.emit(self.name.key)
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> float:
        """Paint the row, its glyph, and an edge at the left when its page is on show."""
        theme = look.theme
        rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.is_lit:
            painter.setBrush(theme.selected if self.isChecked() else theme.hover)
            painter.drawRoundedRect(rect, look.px(6), look.px(6))
        if self.isChecked():
            painter.setBrush(theme.accent_text)
            edge = QRectF(rect.x(), rect.center().y() - look.px(8), look.px(3), look.px(16))
            painter.drawRoundedRect(edge, 1.5, 1.5)
        self._paint_words(painter, rect)
        return look.px(6)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = look.theme
        ink = theme.on_accent if self.isChecked() and not theme.is_tinted else theme.text
        if not self.is_open:
            ink = theme.disabled
        glyph = theme.accent_text if self.isChecked() and theme.is_tinted else ink
        left = look.px(12) if not self._is_narrow else (rect.width() - look.px(18)) / 2
        top = rect.center().y() - look.px(9)
        look.paint_glyph(painter, rect.x() + left, top, self.name.icon, glyph, GLYPH)
        if self._is_narrow:
            self._paint_dot(painter, rect)
            return
        taken = self._paint_badge(painter, rect)
        painter.setFont(look.font(13, 600 if self.isChecked() else 400))
        painter.setPen(ink)
        words = rect.adjusted(look.px(40), 0, -look.px(8) - taken, 0)
        shown = shortened(painter.fontMetrics(), self.name.words, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_badge(self, painter: QPainter, rect: QRectF) -> float:
        """Paint the count at the right; return the room it took."""
        if self._badge is None:
            return 0
        theme = look.theme
        pair = theme.state(Tone.WARNING)
        painter.setFont(look.font(11, 600))
        width = self._badge_width() - look.px(8)
        height = look.px(18)
        badge = QRectF(rect.right() - width - look.px(8), rect.center().y() - height / 2, width, height)
        fill_with(painter, pair.fill if self._badge.is_mine else theme.track)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(pair.text if self._badge.is_mine else theme.text2)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, f"{self._badge.number:,}")
        return width + look.px(8)

    def _badge_width(self) -> float:
        """Return the room of the count with what parts it from the name, 0 where there is none."""
        if self._badge is None:
            return 0
        metrics = QFontMetrics(look.font(11, 600))
        digits = metrics.horizontalAdvance(f"{self._badge.number:,}")
        return max(digits + look.px(12), look.px(NARROWEST)) + look.px(8)

    def _paint_dot(self, painter: QPainter, rect: QRectF) -> None:
        if self._badge is None or not self._badge.is_mine:
            return
        painter.setPen(QPen(QColor(look.theme.sidebar), look.px(1)))  # parts the dot from the glyph
        painter.setBrush(look.theme.state(Tone.WARNING).text)
        size = look.px(8)
        at_glyph = rect.center().x() + look.px(1)  # a scroll bar may stand over the row's right end
        painter.drawEllipse(QRectF(at_glyph, rect.y() + look.px(3), size, size))


BRAND, LOW_BRAND = 54, 40
RELATED = "Related pages"
GROUPS = ("top", "Prepare", "Assess", "Decide", "After", "Office", "")
"""The groups in their order: the first has no head, and the last stands at the foot."""
HEAD, FOOT = 29, 62
"""How high a group's head is, and the name with what stands around the rows."""
LOW_HEAD, LOW_FOOT = 20, 44
"""The same where the rows stand closer."""
FEW = 9
"""So many rows at most need no heads."""


class Brand(QWidget):
    """The mark and the name at the head of the list."""

    def __init__(self) -> None:
        super().__init__()
        self._is_low = False
        self._mark = PlainLabel()
        self._mark.setProperty("brand", True)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = Label("Grant Panel", size=15, weight=600)
        row_of(self._mark, (self._name, 1), spacing=10, edges=(6, 0, 0, 0), inside=self)
        look.follow(self._refresh)

    def fit(self, *, is_narrow: bool, is_low: bool) -> None:
        """Show the mark alone when narrow, and stand lower where the rows stand closer."""
        self._is_low = is_low
        self._name.setVisible(not is_narrow)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(look.px(LOW_BRAND if self._is_low else BRAND))
        self._mark.setFixedSize(look.px(28), look.px(28))
        self._mark.setPixmap(look.glyph("logo", look.theme.on_accent, 20, self.devicePixelRatioF()))


class Sidebar(QWidget):
    """The pages that exist, in groups, with the foot at the bottom; it scrolls in a low window."""

    chosen = Signal(str)
    entered = Signal(str)
    digit_typed = Signal(object)

    def __init__(self, pages: tuple[PageName, ...]) -> None:
        super().__init__()
        self._is_narrow = False
        self._is_low = self._room_is_low = False
        self._brand = Brand()
        self._links: dict[str, PageLink] = {}
        self._heads: dict[str, Label] = {}
        self._standing: frozenset[str] = frozenset(page.key for page in pages)
        self._beside: frozenset[str] = frozenset()
        self._shown = self._standing
        self._related = Label(RELATED, size=12, weight=600, tone="muted")
        self._group = QButtonGroup(self)
        self.setAccessibleName("Pages")
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = space(QVBoxLayout(self), 0)
        self._column.addWidget(self._brand)
        self._rows = column_of(spacing=0, edges=FLUSH)
        self._column.addWidget(self._scrolled(), 1)
        for page in pages:
            self._add_link(page)
        self._place_links()
        self._group.buttonToggled.connect(self._tell)
        look.follow(self._refresh)

    def show_page(self, key: str) -> None:
        """Mark the page on show."""
        self._links[key].setChecked(True)
        self._show_links()

    def offer(self, standing: Collection[str], beside: Collection[str], words: Mapping[str, str]) -> None:
        """Show the pages that always stand, and of those `beside` what belongs to the page on show."""
        is_same = self._standing == frozenset(standing)
        self._standing, self._beside = frozenset(standing), frozenset(beside)
        for key, name in words.items():
            self._links[key].call(name)
        if not is_same:
            self._place_links()
        self._show_links()

    def _place_links(self) -> None:
        """Lay out what stands in its groups, and all else beneath these: nothing that stands ever moves."""
        empty(self._rows)
        for group in GROUPS:
            if not group:
                self._rows.addWidget(self._related)
                for link in (one for key, one in self._links.items() if key not in self._standing):
                    self._rows.addWidget(link)
                self._rows.addStretch(1)
            elif group in self._heads:
                self._rows.addWidget(self._heads[group])
            for key, link in self._links.items():
                if link.name.group == group and key in self._standing:
                    self._rows.addWidget(link)

    def _show_links(self) -> None:
        """Show what stands, and beneath it the page on show and what is beside that."""
        current = self._group.checkedButton()
        on_show = current.name if isinstance(current, PageLink) else None
        family = set() if on_show is None else {on_show.key}
        if on_show is not None and on_show.key not in self._standing:
            family.add(on_show.within)
        near = {key for key in self._beside if self._links[key].name.within in family - {""}}
        shown = self._standing | near | ({on_show.key} if on_show is not None else set())
        for key, link in self._links.items():
            link.setVisible(key in shown)
        self._shown = shown
        self._fit_links()

    def show_badges(self, badges: Mapping[str, Badge]) -> None:
        """Show counts beside pages; pages that are not named show none."""
        for key, link in self._links.items():
            link.show_badge(badges.get(key))
        self._refresh()

    def link(self, key: str) -> PageLink:
        return self._links[key]

    def clear(self) -> None:
        """Mark no page as being on show."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            self._group.setExclusive(False)
            chosen.setChecked(False)
            self._group.setExclusive(True)
            self._show_links()

    def current_link(self) -> PageLink:
        """Return the row of the page on show, the first one when none is."""
        chosen = self._group.checkedButton()
        return chosen if isinstance(chosen, PageLink) else next(iter(self._links.values()))

    def fit(self, *, is_narrow: bool, is_low: bool) -> None:
        """Fit the room there is."""
        self._is_narrow, self._room_is_low = is_narrow, is_low
        self._fit_links()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the rows closer where they would not all be on show."""
        super().resizeEvent(event)
        self._fit_links()

    @property
    def _most(self) -> int:
        """Return how many rows there are at whichever page that stands is on show, at most."""
        beside = Counter(self._links[key].name.within for key in self._beside - self._standing)
        return max(len(self._standing) + max(beside.values(), default=0), 1)

    def _fit_links(self) -> None:
        headed, rows = self._headed(), self._most
        heads = len(headed | ({RELATED} if headed and self._beside - self._standing else set()))
        room = self.height() / look.factor
        is_crowded = FOOT + PITCH * rows + HEAD * heads > room
        self._is_low = self._room_is_low or is_crowded
        closer = (room - LOW_FOOT - LOW_HEAD * heads) / rows
        pitch = max(LOW_PITCH, min(PITCH, int(closer))) if self._is_low else PITCH
        for link in self._links.values():
            link.fit(is_narrow=self._is_narrow, pitch=pitch)
        for group, head in self._heads.items():
            head.setVisible(group in headed)
        self._related.setVisible(RELATED in headed)
        self._brand.fit(is_narrow=self._is_narrow, is_low=self._is_low)
        self._refresh()

    def _headed(self) -> set[str]:
        """Return the groups on show that have a head: none in a narrow window, nor over a few rows."""
        if self._is_narrow or self._most <= FEW:
            return set()
        groups = {self._links[key].name.group for key in self._shown & self._standing} & self._heads.keys()
        return groups | ({RELATED} if self._shown - self._standing else set())

    def _scrolled(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(self._rows)
        area = ScrollPane(takes_focus=False)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        return area

    def _add_link(self, page: PageName) -> None:
        if page.group not in ("", GROUPS[0], *self._heads):
            self._heads[page.group] = Label(page.group, size=12, weight=600, tone="muted")
        link = PageLink(page)
        self._links[page.key] = link
        self._group.addButton(link)
        link.entered.connect(self.entered)

    @Slot()
    def _tell(self) -> None:
        link = self._group.checkedButton()
        if isinstance(link, PageLink):
            self.chosen.emit(link.name.key)

    def _wide(self) -> int:
        """Return the width with names: as stated, or more in letters that run wider."""
        longest = max((link.words_width for link in self._links.values()), default=0)
        return max(look.px(WIDTH), longest + look.px(BESIDE_NAME))

    @Slot()
    def _refresh(self) -> None:
        px = look.px
        side = 6 if self._is_narrow else 8
        space(self._column, edges=(side, 0, side, 4 if self._is_low else 8))
        for head in (*self._heads.values(), self._related):
            head.setContentsMargins(px(12), px(2 if self._is_low else 7), 0, px(1 if self._is_low else 3))
        self.setFixedWidth(px(ICONS_WIDTH) if self._is_narrow else self._wide())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand a digit on: it is meant for the marks of the page on show, which says where they are given."""
        if event.text().isdigit():
            self.digit_typed.emit(event)
        else:
            super().keyPressEvent(event)
