"""The form in which payment files are laid out: columns from left to right, with the first lines below."""

from collections.abc import Sequence
from importlib import import_module

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from gui.dialogs.field_grid import FieldGrid
from gui.dialogs.fitting import room_of
from gui.dialogs.form import Form
from gui.listed.acts import Box
from gui.listed.form import Asked
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import small
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import TextLine, Wrong, required_text
from models.clock import utc_now
from models.operations.awards.finance import SetPaymentLayout
from models.papers.finance import FinanceSchedule
from models.papers.order import PaperOrder
from models.queries.awards.awards import payment_layouts, saved_layouts
from models.queries.awards.finance import finance
from models.session import Session
from models.values.payments import (
    COVERS,
    DATE_FORMS,
    FIELDS,
    FIXED,
    SEPARATORS,
    STANDARD,
    LayoutColumn,
    PaymentLayout,
)

TITLE = "Payment layouts"
ROOMY = 600
"""How high a screen is, for a 13 px base, on which the file stands in sight beside its columns."""
WORDS = "The columns of the file that finance's own system loads, from left to right."
NEW = "A new layout"
LEFT_OUT = "Left out"
NO_NAME = "Give the layout a name."
NO_COLUMN = "Choose what at least one column holds."
SHOWN = 3
"""How many payments the preview shows."""
ACCOUNTS = "Accounts are written only when somebody asks for them: they are left blank here."


class ColumnFields(Struct, frozen=True):
    """The fields of one column."""

    heading: QLineEdit
    holds: ChoiceList
    words: QLineEdit
    up: Button

    def show(self, column: LayoutColumn | None) -> None:
        """Show a column, None for one that is left out."""
        for field, text in ((self.heading, "heading"), (self.words, "words")):
            with QSignalBlocker(field):
                field.setText("" if column is None else getattr(column, text))
                field.setCursorPosition(0)
        self.holds.choose(None if column is None else column.holds)

    @property
    def column(self) -> LayoutColumn | None:
        """Return the column, None where it is left out."""
        holds = self.holds.currentData()
        if holds is None:
            return None
        words = self.words.text().strip() if holds == FIXED else ""
        return LayoutColumn(self.heading.text().strip(), holds, words)


class LayoutDialog(Form):
    """One layout at a time: choose it or begin a new one, change it, and see the first lines below.

    What is agreed to is the change of a layout, or its removal.
    """

    def __init__(
        self, found: tuple[Sequence[PaymentLayout], Sequence[PaymentLayout], FinanceSchedule], parent: QWidget
    ) -> None:
        layouts, stands, schedule = found
        super().__init__(TITLE, (WORDS,), "Save layout", parent, 660, height=720)
        self._schedule = schedule
        self._stands = {one.name: one for one in stands}
        self.which = self.add("Layout", _choice([*((one.name, one) for one in layouts), (NEW, None)]))
        self.name = self.add("Its name", TextLine())
        self._add_form()
        self.lines: list[ColumnFields] = []
        self._grid = self.field_grid("Heading", "Content", "Words", "")
        for column, part in enumerate((2, 3, 2)):
            self._grid.setColumnStretch(column, part)
        self.more = self.put(Button("Add a column"), is_left=True)
        self.remove = Button("Remove layout")
        self._add_preview()
        self.finish(self.which, (self.remove,))
        self._keep_preview_in_sight()
        self.which.currentIndexChanged.connect(self._show_chosen)
        self.more.clicked.connect(self._add_column)
        self.remove.clicked.connect(self._remove)
        self._show_chosen()

    @property
    def layout_now(self) -> PaymentLayout:
        """Return the layout as it is entered."""
        columns = tuple(column for line in self.lines if (column := line.column) is not None)
        return PaymentLayout(
            " ".join(self.name.text().split()),
            columns,
            self.separator.currentData(),
            self.dates.currentData(),
            self.covers.currentData(),
            has_mark=self.mark.isChecked(),
            has_headings=self.headings.isChecked(),
        )

    def try_action(self) -> None:
        """Save the layout; the record says what no file can be made of."""
        required_text(self.name, NO_NAME)
        layout = self.layout_now
        if not layout.columns:
            raise Wrong(NO_COLUMN, self.lines[0].holds)
        self.accept()
        self.agreed.emit(SetPaymentLayout(layout.name, layout, self._stands.get(layout.name)))

    def _add_form(self) -> None:
        self.separator = _choice([(words, key) for key, (_, words) in SEPARATORS.items()])
        self.dates = _choice([(key, key) for key in DATE_FORMS])
        self.covers = _choice([(words, key) for key, words in COVERS.items()])
        self.across(("Between cells", self.separator), ("Dates", self.dates), ("Payments", self.covers))
        self.mark = QCheckBox("Begins with the UTF-8 mark, for Excel")
        self.headings = QCheckBox("First line has the headings")
        self.row(self.mark, self.headings)
        for box in (self.separator, self.dates, self.covers):
            box.currentIndexChanged.connect(self._show_preview)
        for tick in (self.mark, self.headings):
            tick.toggled.connect(self._show_preview)

    def _add_preview(self) -> None:
        """Put in the first lines of the file, and what they come to."""
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setAccessibleName("The first lines of the file")
        self.preview.setFont(look.font(12))
        self.preview.setFixedHeight(look.px(88))
        self.control = small()
        for part in (self.preview, self.control):
            self.put(part)

    def _keep_preview_in_sight(self) -> None:
        """Stand it above the buttons, whatever scrolls, where the screen leaves room for the columns too."""
        if room_of(self).height() >= look.px(ROOMY):
            self.bottom.insertWidget(0, self.preview)
            self.bottom.insertWidget(1, self.control)

    def _new_line(self, grid: FieldGrid, number: int) -> ColumnFields:
        holds = _choice([(LEFT_OUT, None), *((words, key) for key, words in FIELDS.items())])
        holds.setAccessibleName(f"What column {number} holds")
        up = Button("Up", kind="quiet")
        up.show_words("Up", name=f"Move column {number} up")
        up.setEnabled(number > 1)
        up.clicked.connect(self._move_up)
        heading = grid.edit(f"Heading of column {number}")
        line = ColumnFields(heading, holds, grid.edit(f"Words of column {number}"), up)
        grid.put(heading, holds, line.words, up)
        heading.textChanged.connect(self._show_preview)
        line.words.textChanged.connect(self._show_preview)
        holds.currentIndexChanged.connect(self._take_field)
        return line

    @Slot()
    def _add_column(self) -> None:
        self.lines.append(self._new_line(self._grid, len(self.lines) + 1))
        self.lines[-1].show(None)
        self._show_preview()
        self.lines[-1].holds.setFocus()

    @Slot()
    def _move_up(self) -> None:
        """Let a column change places with the one before it."""
        at = next(number for number, line in enumerate(self.lines) if line.up is self.sender())
        one, other = self.lines[at - 1], self.lines[at]
        before, after = one.column, other.column
        one.show(after)
        other.show(before)
        self._show_preview()

    @Slot()
    def _take_field(self) -> None:
        """Suggest what a field is called as its heading, and take words of a fixed one alone."""
        line = next(one for one in self.lines if one.holds is self.sender())
        holds = line.holds.currentData()
        if holds not in (None, FIXED) and not line.heading.text().strip():
            line.heading.setText(FIELDS[holds].partition(",")[0])
        self._show_preview()

    @Slot()
    def _show_chosen(self) -> None:
        chosen = self.which.currentData()
        layout = replace(STANDARD, name="") if chosen is None else chosen
        self.name.setText(layout.name)
        self.remove.setVisible(layout.name in self._stands)
        for box, value in (
            (self.separator, layout.separator),
            (self.dates, layout.dates),
            (self.covers, layout.covers),
        ):
            box.setCurrentIndex(box.findData(value))
        self.mark.setChecked(layout.has_mark)
        self.headings.setChecked(layout.has_headings)
        while len(self.lines) < len(layout.columns):
            self.lines.append(self._new_line(self._grid, len(self.lines) + 1))
        for number, line in enumerate(self.lines):
            line.show(layout.columns[number] if number < len(layout.columns) else None)
        self._show_preview()

    @Slot()
    def _show_preview(self) -> None:
        """Show the first lines as they will be written, and what the file comes to."""
        for line in self.lines:
            line.heading.setEnabled(line.holds.currentData() is not None)
            line.words.setEnabled(line.holds.currentData() == FIXED)
        from exchange.papers.finance.payment_file import control_of, shown_lines

        layout = self.layout_now
        lines = shown_lines(self._schedule, layout, SHOWN) if layout.columns else ()
        self.preview.setPlainText("\n".join(lines))
        notes = [f"{control_of(self._schedule, layout)}."]
        notes += [ACCOUNTS] if layout.has_accounts else []
        self.control.setText(" ".join(notes))

    @Slot()
    def _remove(self) -> None:
        before = self._stands[self.which.currentData().name]
        self.accept()
        self.agreed.emit(SetPaymentLayout(before.name, None, before))


def _choice(options: Sequence[tuple[str, object]]) -> ChoiceList:
    box = ChoiceList()
    box.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    box.fill_with(options)
    return box


def lay_out_payments(round_id: int) -> Asked:
    """Ask for the layouts, those that the office saved, and payments of a round for the first lines."""
    order = PaperOrder("finance", utc_now(), round_id)

    def query(session: Session) -> tuple[Sequence[PaymentLayout], Sequence[PaymentLayout], FinanceSchedule]:
        import_module("exchange.papers.finance.payment_file")  # while the window need not wait
        return payment_layouts(session), saved_layouts(session), finance(session, order)

    def show(found: tuple[Sequence[PaymentLayout], Sequence[PaymentLayout], FinanceSchedule]) -> Box:
        return Box(lambda window: LayoutDialog(found, window), lambda change: change)

    return Asked(query, show)
