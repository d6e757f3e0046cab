"""The item on a screen that everybody sees: view only, names only when shown."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QSizePolicy, QStyle, QWidget

from gui.pages.panel.files import FilesBeside
from gui.pages.panel.meeting.matrix import MatrixView, matrix_rows
from gui.pages.panel.meeting.reasons import NAME, NOBODY_WROTE, reason_words
from gui.pages.panel.meeting.side import (
    SIGNS_EXPLAINED,
    absent_words,
    numbered_members,
    short_names,
    shown_members,
)
from gui.pages.panel.meeting.state import MeetingState
from gui.pages.projector import Projecting, Projector
from gui.papers.preview_pane import picture_of
from gui.theme.look import look
from gui.widgets.label import ElidedLabel, Label, PlainLabel
from gui.widgets.nesting import column_of, row_of

if TYPE_CHECKING:
    from exchange.pdf.pdf_reading import PageImage
    from exchange.reading.pages import Drawn

COMING = 3
ROOMY = 8
"""So many criteria have room to stand as far apart as on the laptop."""
LONGEST_TEXT = 3_000
"""Characters of a text that are put on the wall."""
GOES_ON = "The beginning of a longer text: the rest is read beside the item, not on this screen."
IN_THE_ROOM = "{} of the panel to leave the room"


def shortened(text: str) -> str:
    """Return as much of a text as is put on the wall, and first that it goes on where it does."""
    return text if len(text) <= LONGEST_TEXT else f"{GOES_ON}\n\n{text[:LONGEST_TEXT]}"


class SharpLabel(PlainLabel):
    """Words, or a picture that keeps the pixels which a label would scale away before it is drawn larger."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = QPixmap()

    def show_picture(self, picture: QPixmap) -> None:
        """Show a picture in the place of words."""
        self.drawn = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture as a label would, whole."""
        super().paintEvent(event)
        if self.drawn.isNull():
            return
        size = self.drawn.deviceIndependentSize().toSize()
        painter = QPainter(self)
        at = QStyle.alignedRect(self.layoutDirection(), self.alignment(), size, self.rect()).topLeft()
        painter.drawPixmap(at, self.drawn)
        painter.end()


class ItemProjector(Projector):
    """The item's head, its matrix, and what comes next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Meeting")
        self.number, self.project = ElidedLabel(size=13, tone="muted"), ElidedLabel(size=13, tone="text2")
        self.name = ElidedLabel(size=20, weight=600)
        self.leaving = ElidedLabel(size=14, weight=600, tone="warning")
        self.quorum = Label("No quorum", size=14, weight=600, tone="danger")
        self.hidden = Label(size=15, tone="text2").wrapped()
        self.matrix = MatrixView(has_reasons=False)
        self.matrix.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.matrix.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.reasons = Label(size=13).wrapped()
        self.file = SharpLabel()
        self.file.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.coming = ElidedLabel(size=12, tone="text2")
        self.signs = ElidedLabel(SIGNS_EXPLAINED, size=11, tone="muted")
        head = row_of((self.name, 1), self.leaving, self.quorum, spacing=10)
        shown = (self.project, self.hidden, self.matrix, self.reasons)
        body = (*shown, (self.file, 100), 1, self.coming, self.signs)
        self._column = column_of(
            self.number, head, *body, spacing=8, edges=(27, 19, 27, 16), inside=self.page
        )

    def show_state(
        self, state: MeetingState, *, has_names: bool, reasons_on: str = "", is_file: bool
    ) -> None:
        """Show an item, its place in the order, and what comes next; for its marks, room for a file.

        The members' reasons are shown on the criterion `reasons_on`, but for those that the panel keeps.
        """
        figures, item, hidden = state.figures, state.item, state.hidden
        away, members = figures.leaving(item), shown_members(figures, item)
        self.number.setText(state.number_words)
        self.name.setText(item.organisation)
        self.project.setText(figures.projects.get(item.reference, ""))
        self.leaving.setText(absent_words(figures, item) if has_names else IN_THE_ROOM.format(len(away)))
        self.hidden.setText(hidden)
        names = short_names(figures.names, members) if has_names else numbered_members(members)
        scheme = figures.round.scheme
        rows = () if hidden else matrix_rows(figures, item)
        self.matrix.fit(is_low=len(rows) > ROOMY)
        self.matrix.show_item(item.reference, rows, (names, scheme.combine), scheme.scale_maximum)
        told = _reasons(state, reasons_on, dict(zip(members, names, strict=True))) if reasons_on else ""
        self.reasons.setText(told)
        at = state.items.index(item) + 1
        following = state.items[at : at + COMING]
        self.coming.setText(f"Next: {'   '.join(f'{one.reference} {one.organisation}' for one in following)}")
        self.file.clear()
        self.file.show_picture(QPixmap())
        for part, is_there in (
            (self.leaving, bool(away)),
            (self.quorum, not figures.is_quorate(item)),
            (self.hidden, bool(hidden) and not is_file),
            (self.matrix, not (hidden or is_file)),
            (self.reasons, bool(told) and not (hidden or is_file)),
            (self.file, is_file),
            (self.coming, bool(following) and not is_file),
            (self.signs, not is_file),
        ):
            part.setVisible(is_there)

    def show_file(self, page: "PageImage | Drawn | str") -> None:
        """Show a page of a file whole, or the beginning of a text."""
        if isinstance(page, str):
            self.file.setFont(look.font(13))
            self.file.setText(shortened(page))
            return
        self._column.activate()  # the file's room is known before it is filled
        picture = QPixmap.fromImage(picture_of(page)).scaled(
            self.file.size() * self.sharpness,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture.setDevicePixelRatio(self.sharpness)
        self.file.show_picture(picture)


def _reasons(state: MeetingState, code: str, names: Mapping[str, str]) -> str:
    given = state.figures.given_reasons(state.item, code)
    told = [reason_words(one, names.get(one.member, "")) for one in given if not one.is_for_panel]
    return "\n".join([f"{code}: {NAME}", *told]) if told else f"{code}: {NOBODY_WROTE}"


class ItemProjecting(Projecting[ItemProjector]):
    """The item on the projector, and the boxes that show names and reasons."""

    def __init__(
        self,
        page: QWidget,
        state: Callable[[], MeetingState | None],
        beside: FilesBeside,
        code: Callable[[], str],
    ) -> None:
        super().__init__(page, "item")
        self._state, self._beside, self._code = state, beside, code
        self.names = QCheckBox("Show names")
        self.reasons = QCheckBox("Show reasons")
        self.boxes = (self.names, self.reasons)
        for box in self.boxes:
            box.toggled.connect(self._put)
            box.hide()
        beside.moved.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Show the item on show, or the file beside it, when the projector is on."""
        if self.is_on:
            self._put()

    def _make(self) -> ItemProjector:
        projector = ItemProjector(self._page)
        projector.closed.connect(self._off)
        return projector

    def _put(self) -> bool:
        state = self._state()
        if state is None:
            return False
        pane = self._beside.leaving
        self.projector.show_state(
            state,
            has_names=self.names.isChecked(),
            reasons_on=self._code() if self.reasons.isChecked() else "",
            is_file=pane is not None,
        )
        if pane is not None:
            pane.ask_again(
                round(self.projector.width() * self.projector.devicePixelRatioF()), self._show_file
            )
        return True

    def _show_file(self, page: "PageImage | Drawn | str") -> None:
        if self._beside.leaving is not None:
            self.projector.show_file(page)

    def _begin(self) -> None:
        for box in self.boxes:
            box.show()

    @Slot()
    def _off(self) -> None:
        """Ask anew before members' reasons are on the wall again."""
        self.reasons.setChecked(False)
        for box in self.boxes:
            box.hide()
