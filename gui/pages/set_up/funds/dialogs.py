"""What is asked for when a fund is added or changed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form import Form
from gui.record.clock import current_day
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.typed import DayField, MoneyField, Wrong, required_text
from models.queries.set_up.funds import FundYearMoney
from models.reference.defaults import Source, SourceKind
from models.reference.fund_checks import (
    PARTS_HINT,
    SOURCE_WORDS,
    is_financial_year,
    read_parts,
    written_year,
    year_faults,
)
from models.reference.fund_facts import Line
from models.reference.sign_off import SignOff
from scoring.written.text import Refused

EMPTY = ""
NONE = "It does not report"
"""What a choice of nothing is called."""
STARTS: tuple[tuple[str, object], ...] = (
    ("Community fund of policing areas, decided jointly", "community"),
    ("Active Citizens Fund", "acf"),
    ("Victims Fund", "victims"),
    ("Commissioned fund, without a panel", "commissioned"),
    ("Nothing: an empty fund", EMPTY),
)
NAMED = {"acf": "ACF", "victims": "VF"}
"""The codes of the funds that are templates by their own name."""
COPIED = "Open rounds keep the rules of the day on which they were opened."
PAPERS = "Papers print the name used on their date. The earlier name stays reserved for this fund."
SOURCES = "Enter where it comes from, or leave it empty: what you enter has to add up to the amount."


Read = Callable[[Any], object]
"""Makes what is meant of what a field says; raises Refused where it cannot."""


class AddFundDialog(Form):
    """A new fund: its name, its code, and what it starts from."""

    agreed = Signal(str, str, str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        words = ("Everything that a template brings can be changed afterwards.",)
        super().__init__(look, "Add a fund", words, "Add the fund", parent)
        self.name = self.line("Name", wanted="Give the fund a name.")
        self.code = self.line("Code at the start of references", hint="such as LPA", wanted="Give a code.")
        self.start = self.choice("Start from", STARTS)
        self.start.activated.connect(self._keep_start)
        self.name.textChanged.connect(self._start_from_name)
        self.finish(self.name)

    @Slot(str)
    def _start_from_name(self, name: str) -> None:
        """Start from the template of that name, where there is one."""
        found = self.start.findText(name.strip(), Qt.MatchFlag.MatchFixedString)
        if found >= 0:
            self.start.setCurrentIndex(found)

    @Slot(int)
    def _keep_start(self, index: int) -> None:
        """Leave what a person chose as it is, whatever the name becomes; a fund of a name brings it."""
        name, code = self.start.itemText(index), NAMED.get(self.start.itemData(index), "")
        if code and not self.name.text().strip() and not self.code.text().strip():
            self.name.setText(name)
            self.code.setText(code)
        self.name.textChanged.disconnect(self._start_from_name)
        self.start.activated.disconnect(self._keep_start)


class TextDialog(Form):
    """One fact of a fund, as words or as one figure on a line; `read` refuses what it cannot be."""

    agreed = Signal(object)

    def __init__(
        self,
        look: Look,
        title: str,
        text: str,
        hint: str,
        read: Read,
        parent: QWidget,
        *,
        is_figure: bool = False,
    ) -> None:
        super().__init__(look, title, tuple(filter(None, (hint, COPIED))), "Save", parent)
        self.text = self.line(title, text) if is_figure else self.note(title, 96, text)
        self._read = read
        self.finish(self.text)

    def try_action(self) -> None:
        """Tell the words."""
        text = (self.text.text() if isinstance(self.text, QLineEdit) else self.text.toPlainText()).strip()
        _read(self._read, text, self.text)
        self.accept()
        self.agreed.emit(text)


class ChooseDialog(Form):
    """One fact of a fund, of which there are few to choose from."""

    def __init__(self, look: Look, title: str, options: Sequence[str], chosen: str, parent: QWidget) -> None:
        super().__init__(look, title, (COPIED,), "Save", parent)
        self.chosen = self.choice(title, [(one or NONE, one) for one in options], chosen)
        self.finish(self.chosen)


class RenameDialog(Form):
    """Another name from a day on."""

    agreed = Signal(str, object)

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(look, f"Rename {name}", (PAPERS,), "Rename", parent)
        self.name = self.line("New name", name, wanted="Give the new name.")
        self.day = self.add("From", DayField("From", current_day(), is_past=False))
        self.finish(self.name)


class CloseDialog(Form):
    """The day from which a fund is closed."""

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        words = ("No round of it can be started from that day. It can be opened again.",)
        super().__init__(look, f"Close {name}", words, "Close the fund", parent)
        self.day = self.add("From", DayField("From", current_day(), is_past=False))
        self.finish(self.day)


class FundYearDialog(Form):
    """What a fund has in a year, and where it comes from."""

    agreed = Signal(object)

    def __init__(self, look: Look, year: str, money: FundYearMoney | None, parent: QWidget) -> None:
        super().__init__(look, "Money of a year", (SOURCES,), "Save", parent)
        self.year = self.line("Financial year", year, hint="such as 2026/27", wanted="Give the year.")
        self.amount = self.add("Amount", MoneyField("Amount", None if money is None else money.amount_pence))
        held = {} if money is None else {one.kind: one for one in money.sources}
        self.parts: dict[SourceKind, tuple[MoneyField, DayField]] = {}
        for kind, words in SOURCE_WORDS.items():
            one = held.get(kind)
            pence = MoneyField(words, None if one is None else one.amount_pence, is_needed=False)
            ends = DayField(
                f"{words} lapses after", None if one is None else one.ends_on, is_past=False, is_needed=False
            )
            self.across((words, pence), (f"{words} lapses after", ends))
            self.parts[kind] = (pence, ends)
        self._held = held
        self.finish(self.amount if year else self.year)

    def try_action(self) -> None:
        """Tell the year and its money."""
        year = written_year(required_text(self.year, "Give the year."))
        if not is_financial_year(year):
            raise Wrong("Write the year like 2026/27.", self.year)
        money = FundYearMoney(year, self.amount.that_many, tuple(self._sources(year)))
        fault = next(year_faults(year, money.amount_pence, money.sources), "")
        if fault:
            raise Wrong(fault, self.amount)
        self.accept()
        self.agreed.emit(money)

    def _sources(self, year: str) -> list[Source]:
        found = []
        for kind, (pence, ends) in self.parts.items():
            if pence.pence is not None:
                words = self._held[kind].words if kind in self._held else ""
                found.append(Source(year, kind, pence.pence, words, ends.day))
        return found


class StepDialog(Form):
    """A step of the sign-off chain: who signs it, and for which awards."""

    agreed = Signal(object)

    def __init__(self, look: Look, title: str, step: SignOff | None, read: Read, parent: QWidget) -> None:
        self._read = read
        words = ("Posts on separate lines sign jointly, in either order.", COPIED)
        super().__init__(look, title, words, "Save", parent)
        step = step or SignOff("decider", "")
        self.posts = self.note("Posts that sign", 64, "\n".join(step.posts))
        self.role = self.choice(
            "They sign as",
            ((ours("Commander of an area"), "commander"), ("Deciding office", "decider")),
            step.role,
        )
        options = ((ours("One person for all areas"), False), (ours("One person for each area"), True))
        self.per_area = self.choice("Who", options, step.per_area)
        field = MoneyField("Only for awards from", step.from_pence, is_needed=False)
        self.least = self.add("Only for awards from (empty: for all)", field)
        field = MoneyField("Only for awards up to", step.up_to_pence, is_needed=False)
        self.most = self.add("Only for awards up to (empty: for all)", field)
        self.finish(self.posts)

    def try_action(self) -> None:
        """Tell the step."""
        posts = [line.strip() for line in required_text(self.posts, "Name the post that signs.").splitlines()]
        first, *others = filter(None, posts)
        step = SignOff(
            str(self.role.currentData()),
            first,
            tuple(others),
            bool(self.per_area.currentData()),
            self.least.pence,
            self.most.pence,
        )
        _read(self._read, step, self.posts)
        self.accept()
        self.agreed.emit(step)


class LineDialog(Form):
    """A line of a list; `on` says what a line may be besides, "" where nothing; `taken` are other codes."""

    agreed = Signal(object)

    def __init__(
        self,
        look: Look,
        title: str,
        line: Line | None,
        on: str,
        taken: Sequence[str],
        parent: QWidget,
        *,
        has_parts: bool = False,
    ) -> None:
        super().__init__(look, title, (COPIED,), "Save", parent)
        self._taken = () if line is not None else tuple(taken)
        held = line or Line("", "")
        self.code = self.line("Code", held.code, hint="short, without spaces", wanted="Give a code.")
        self.code.setReadOnly(line is not None)
        self.words = self.note("Words", 96, held.words, wanted="Give the words.")
        self.parts = self.note("Parts", 64, held.parts, wanted="Give the parts.") if has_parts else None
        if self.parts is not None:
            self.hint(self.parts, PARTS_HINT)
        in_use = (("In use", False), ("Retired: kept where it was chosen", True))
        self.retired = self.choice("Whether it is chosen", in_use, held.is_retired)
        self.is_on = self.choice(on, (("No", False), ("Yes", True)), held.is_on) if on else None
        self.finish(self.words if line is not None else self.code)

    def try_action(self) -> None:
        """Tell the line."""
        code, words = required_text(self.code, "Give a code."), required_text(self.words, "Give the words.")
        if code in self._taken:
            raise Wrong(f"“{code}” is in use already. Choose another code.", self.code)
        is_on = self.is_on is not None and bool(self.is_on.currentData())
        parts = "" if self.parts is None else required_text(self.parts, "Give the parts.")
        if self.parts is not None:
            _read(read_parts, parts, self.parts)
        line = Line(code, words, bool(self.retired.currentData()), is_on, parts)
        self.accept()
        self.agreed.emit(line)


def _read(read: Read, value: object, field: QWidget) -> None:
    """Raise `Wrong` at a field for what cannot be."""
    try:
        read(value)
    except Refused as no:
        raise Wrong(str(no), field) from no
