"""Settings: how the window looks on this computer, and how safe the record is."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from gui.dialogs.keys import KeysDialog
from gui.pages.page import Page, PageTools, Place
from gui.pages.settings.cards import SET_FOR_YOU, ProgramCard, RecordSecurity, RoundCard
from gui.record import record_jobs
from gui.theme.glyphs import Lettering
from gui.theme.look import TEXT_PERCENTS, Choice, Density, look, space
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import Card, ReadArea, column_of, fill, row_of
from gui.widgets.turned import ChoiceList
from models.journal.verify import Verification

LOOKS = (
    ("Same as the computer", Choice.SYSTEM),
    ("Light", Choice.LIGHT),
    ("Dark", Choice.DARK),
)
ROWS = (
    ("Compact, one line", Density.COMPACT),
    ("Two lines", Density.TWO_LINE),
    ("Large", Density.LARGE),
)
LOOK_ACTIONS = ("look_system", "look_light", "look_dark")
ROW_ACTIONS = ("rows_compact", "rows_two_line", "rows_large")
"""The window's actions that choose a look and a height of rows, in the order of their lists."""
LETTERS = (
    ("Grant Panel's own, Noto Sans", Lettering.SHIPPED),
    ("The computer's own", Lettering.COMPUTER),
)
SIZES = tuple((f"{percent}%", percent) for percent in TEXT_PERCENTS)
WIDEST = 720
RESTORE = (
    "A copy is a whole record. Going back to one first shows what was changed after it; the record as it "
    "is now is kept as a copy, too."
)
SOUND = "The record is sound: its file, its journal and every table agree."
KEYS_NOTE = "Off: digits and letters alone do nothing in tables and on marks; every action has a button."


class SettingsPage(Page):
    """Cards: this computer, the round on show, the record for who looks after it, and the program."""

    key = "settings"
    asks_at_place = False
    parts_of_tools = (RoundCard, ProgramCard, RecordSecurity)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self.looks, self.letters = _list("Light or dark", LOOKS), _list("Font", LETTERS)
        self.sizes, self.rows = _list("Text size", SIZES), _list("Row height", ROWS)
        self.keys = QCheckBox("Single keys, such as 0 to 5 and F, P, R, D, L")
        self.to_keys = Button("Change keys…")
        self.back_up = Button("Back up now…", icon="copy").does(tools.actions["copy_record"])
        self.check = Button("Check the record")
        self.go_back = Button("Go back to a copy…").does(tools.actions["back_to_copy"])
        self.says = Label().wrapped()
        self.round = tools.parts.take(RoundCard, tools)
        self.program = tools.parts.take(ProgramCard, tools)
        self.security = tools.parts.take(RecordSecurity, tools)
        self.keys.setChecked(tools.settings.single_keys)
        self.keys.setAccessibleDescription(KEYS_NOTE)
        self._lay_out()
        self._connect()
        self._take_look()
        self._take_record()

    def show_place(self, place: Place | None) -> None:
        """Show what is set of another round."""
        self._place = place
        self.round.show_place(place)

    @Slot()
    def refresh(self) -> None:
        """Forget what a check said: the record has changed since."""
        self._say("")
        self.round.show_place(self._place)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.looks,)

    def _connect(self) -> None:
        self.letters.activated.connect(self._choose_letters)
        self.sizes.activated.connect(self._choose_size)
        self.looks.activated.connect(self._choose_look)
        self.rows.activated.connect(self._choose_rows)
        self.keys.toggled.connect(self._choose_keys)
        self.to_keys.clicked.connect(self._ask_keys)
        self.check.clicked.connect(self._check)
        look.changed.connect(self._take_look)
        self._tools.identity_changed.connect(self._take_record)
        self._tools.workspace.opened.connect(self._take_record)
        self._tools.workspace.closed.connect(self._take_record)

    @Slot(int)
    def _choose_look(self, number: int) -> None:
        self._tools.actions[LOOK_ACTIONS[number]].trigger()

    @Slot(int)
    def _choose_rows(self, number: int) -> None:
        self._tools.actions[ROW_ACTIONS[number]].trigger()

    @Slot(int)
    def _choose_letters(self, number: int) -> None:
        self._tools.settings.lettering = LETTERS[number][1]
        look.choose_letters(LETTERS[number][1])

    @Slot(int)
    def _choose_size(self, number: int) -> None:
        self._tools.settings.percent = TEXT_PERCENTS[number]
        look.set_percent(TEXT_PERCENTS[number])

    @Slot(bool)
    def _choose_keys(self, is_on: bool) -> None:
        self._tools.settings.single_keys = is_on

    @Slot()
    def _ask_keys(self) -> None:
        tools = self._tools
        tools.dialogs.show(KeysDialog(tools.actions.keys, tools.dialogs.window))

    @Slot()
    def _check(self) -> None:
        self._say("Checking…")
        self.check.setEnabled(False)
        self._tools.workspace.beside(record_jobs.check, self._tell, label="Checking the record")

    def _tell(self, verification: Verification) -> None:
        self._take_record()
        faults = [check.words for check in verification.checks if not check.ok]
        notes = [check.words for check in verification.checks if check.is_note]
        first = SOUND if verification.sound else "Not everything is in order."
        self._say(" ".join((first, *faults, *notes)))

    def _say(self, words: str) -> None:
        """Say how the record is; no words take no room."""
        self.says.setText(words)
        self.says.setVisible(bool(words))

    @Slot()
    def _take_look(self) -> None:
        """Show what is in force, however it was chosen."""
        settings = self._tools.settings
        self.looks.choose(look.choice)
        self.letters.choose(look.lettering)
        self.sizes.choose(look.nearest_percent)
        self.rows.choose(settings.density)
        # the sheet, not its cards: it works out heights by its width
        self._sheet.setMaximumWidth(look.px(WIDEST))

    @Slot()
    def _take_record(self) -> None:
        is_open = self._tools.workspace.facts is not None
        for part in self._of_record:
            part.setVisible(not is_open or self._tools.identity.keeps_record)
        self.check.setEnabled(is_open)
        self._say("" if is_open else "Open a record to back it up or to check it.")

    def _lay_out(self) -> None:
        grid = QGridLayout()
        idle = self.security.idle
        for row, box in enumerate((self.looks, self.letters, self.sizes, self.rows, idle)):
            grid.addWidget(Label(box.accessibleName()), row, 0)
            grid.addWidget(box, row, 1, Qt.AlignmentFlag.AlignLeft)
        if not idle.isEnabled():
            grid.addWidget(small(SET_FOR_YOU), 5, 1)
        grid.setColumnStretch(1, 1)
        computer, record = Card(), Card()
        note = small(KEYS_NOTE)
        fill(computer.body, grid, self.keys, note, (self.to_keys, 0, Qt.AlignmentFlag.AlignLeft))
        buttons = row_of(self.back_up, self.check, self.go_back, 1, spacing=10)
        restore = small(RESTORE)
        fill(record.body, self.security, buttons, self.says, restore)
        for layout in (grid, computer.body, record.body, self.program.body):
            space(layout, 10)
        self._cards = (computer, self.round, record, self.program)
        head = row_of(ElidedLabel("Settings", size=20, weight=600), edges=(3, 0, 0, 0))
        column_of(head, (self._scrolled(), 1), spacing=8, edges=(17, 4, 20, 6), inside=self)

    def _scrolled(self) -> ReadArea:
        sheet = ReadArea()
        self._sheet = inner = QWidget()
        self._inner = column_of(spacing=10, edges=(3, 0, 3, 0), inside=inner)
        sheet.setWidget(inner)  # before it is filled: Qt dresses and measures what is there by then
        words = "This computer", "This round", "The record", "This program"
        heads = [Label(one, size=15, weight=600) for one in words]
        for head, card in zip(heads, self._cards, strict=True):
            fill(self._inner, head, card)
        self._of_record = heads[2], self._cards[2]
        self._inner.addStretch(1)
        sheet.setWidgetResizable(True)
        sheet.setAccessibleName("All settings")
        inner.setAutoFillBackground(False)
        sheet.viewport().setAutoFillBackground(False)
        return sheet


def _list(name: str, options: Iterable[tuple[str, object]]) -> ChoiceList:
    made = ChoiceList(name)
    made.fill_with(options)
    return made
