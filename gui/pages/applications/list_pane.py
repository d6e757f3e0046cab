"""The list of applications: its columns, and what narrows it down."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QWidget

from gui.listed.narrowing import StatePills
from gui.pages.applications.lines import ApplicationLine, Filter
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.text import NOTHING
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.card import Card
from gui.widgets.filter_row import FilterBox
from gui.widgets.nesting import column_of
from gui.widgets.speech.left_in_list import LeftInList
from gui.widgets.turned import ChoiceList
from models.queries.applications.reading import IntakeLine
from models.reference.defaults import ListKind
from models.values.applications import CHOICE_WORDS
from scoring.written.names import sought

_organisation: Callable[[ApplicationLine], str] = attrgetter("of.row.organisation")
EVERYTHING, NOT_CHOSEN = "Whatever it is for", "Nothing chosen yet"
SHORTEST = 14
"""How many characters the list of what applications are for has room for: its longest lines are long."""


def _under(line: ApplicationLine) -> str:
    late = "Late" if line.of.late else ""
    return line.of.closed or " · ".join(filter(None, (late, line.of.row.project)))


def _applicant_tip(line: ApplicationLine) -> str:
    late = f"Late: {late_sentence(line.of)}" if line.of.late else ""
    return "\n".join(filter(None, (_organisation(line), line.of.closed or line.of.row.project, late)))


def late_sentence(line: IntakeLine) -> str:
    """Say when a late application came, and what lets it in all the same."""
    return "; ".join(filter(None, (line.late, line.let_in)))


def _area(line: ApplicationLine) -> str:
    return line.of.row.area or NOTHING


def _spoken_lists(line: ApplicationLine) -> str:
    said = (f"{CHOICE_WORDS[one.kind]}: {one.words}" for one in line.of.choices)
    return "; ".join(said) or "counted under nothing yet"


def _spoken_before(line: ApplicationLine) -> str:
    return "nothing before" if line.before in ("", NOTHING) else f"{line.before} before"


def _state_tip(line: ApplicationLine) -> str:
    return "; ".join(
        f"perhaps the same as {pair.second if pair.first == line.reference else pair.first}: {pair.words}"
        for pair in line.pairs
    )


APPLICATION_COLUMNS = (
    LineColumn(
        "reference", "Ref", attrgetter("reference"), attrgetter("spoken"), width=80, keeps=Keeps.WHOLE
    ),
    LineColumn(
        "applicant",
        "Applicant and project",
        _organisation,
        lambda line: ", ".join(filter(None, (_organisation(line), _under(line)))),
        _applicant_tip,
        under=_under,
        is_strong=True,
    ),
    LineColumn(
        "area",
        "Area",
        _area,
        lambda line: line.of.row.area or ours("no area"),
        _area,
        width=136,
        gives_way=Gives.AREA,
    ),
    LineColumn(
        "asked",
        "Requested",
        attrgetter("asked"),
        lambda line: f"requested {line.asked}" if line.asked else line.of.closed,
        is_right=True,
        width=92,
    ),
    LineColumn(
        "lists",
        "Counted under",
        lambda line: "; ".join(one.words for one in line.of.choices) or NOTHING,
        _spoken_lists,
        _spoken_lists,
        width=150,
        gives_way=Gives.AREA - 1,
    ),
    LineColumn(
        "gates",
        "Gates",
        lambda line: line.gates.word if line.gates else "",
        lambda line: f"gates {line.gates.word}" if line.gates else line.of.closed,
        chip=attrgetter("gates"),
        width=118,
        gives_way=Gives.STATE + 1,
    ),
    LineColumn(
        "before",
        "Before",
        attrgetter("before"),
        _spoken_before,
        is_right=True,
        width=78,
        gives_way=Gives.FIGURES,
    ),
    LineColumn(
        "state",
        "State",
        attrgetter("state.word"),
        tip=_state_tip,
        chip=attrgetter("state"),
        width=116,
        gives_way=Gives.STATE + 2,
    ),
)


line_key: Callable[[ApplicationLine], str] = attrgetter("reference")
"""Return what a line stays known by."""
line_name: Callable[[ApplicationLine], str] = attrgetter("spoken")
"""Return a line as a screen reader says it."""


class Filters(StatePills):
    """Pills for what occurs, a box for words, and a list of what applications are for."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", tuple(Filter)[1:], attrgetter("filters"))
        self._count = 0
        self.typed, self.purpose = FilterBox(look), ChoiceList()
        self.purpose.setAccessibleName("What it is for")
        self.purpose.addItem(EVERYTHING)
        self.purpose.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.purpose.setMinimumContentsLength(SHORTEST)
        self.purpose.hide()
        self.row.setSpacing(look.px(3))
        for widget in (self.typed, self.purpose):
            self.row.addWidget(widget)
        self.purpose.currentTextChanged.connect(self.changed)
        self.typed.textChanged.connect(self.changed)

    def choose(self, state: str | None) -> None:
        """Choose a pill, and nothing else that filters."""
        self.clear()
        super().choose(state)

    def leave_for(self, table: LineView[ApplicationLine]) -> None:
        """Leave the filters for the table, and say to whoever hears them how many lines are left there."""
        self.typed.left.connect(table.setFocus)
        LeftInList((self.typed, self.purpose), table, lambda: self._count)

    def offer(self, rows: Sequence[ApplicationLine]) -> None:
        """Say how many each pill leaves, and offer the lines of the fund's lists that applications have."""
        super().offer(rows)
        self._count = len(rows)
        of_lists = {(one.kind, one.words) for line in rows for one in line.of.choices}
        offered = [NOT_CHOSEN, *(_called(*one) for one in sorted(of_lists, key=_place))] if of_lists else []
        stood = self.purpose.currentText()
        if [EVERYTHING, *offered] != [self.purpose.itemText(n) for n in range(self.purpose.count())]:
            with QSignalBlocker(self.purpose):
                self.purpose.clear()
                self.purpose.addItems([EVERYTHING, *offered])
                self.purpose.setCurrentIndex(max(self.purpose.findText(stood), 0))
        self.purpose.setVisible(bool(offered))

    def kept(self, rows: Sequence[ApplicationLine]) -> tuple[ApplicationLine, ...]:
        """Return the lines that stay in the list."""
        words, wanted = sought(self.typed.text()), self.purpose.currentText()
        return tuple(line for line in super().kept(rows) if words in line.finds and _is_for(line, wanted))

    def clear(self) -> None:
        """Leave every line in the list."""
        self.typed.clear()
        self.purpose.setCurrentIndex(0)
        self.reset()

    def focus_words(self) -> None:
        """Put the cursor into the box."""
        self.typed.setFocus()
        self.typed.selectAll()


def _is_for(line: ApplicationLine, wanted: str) -> bool:
    if wanted == NOT_CHOSEN:
        return not line.of.choices
    return wanted == EVERYTHING or wanted in {_called(one.kind, one.words) for one in line.of.choices}


def _called(kind: ListKind, words: str) -> str:
    return f"{CHOICE_WORDS[kind]}: {words}"


def _place(one: tuple[ListKind, str]) -> tuple[int, str]:
    return list(ListKind).index(one[0]), one[1]


class ListPane(QWidget):
    """Filters and a table; the page listens to both."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.filters = Filters(look)
        self.table: LineView[ApplicationLine] = LineView(look, APPLICATION_COLUMNS, line_key, line_name)
        self.table.setAccessibleName("Applications")
        card = Card(look, inset=(3, 3))
        card.fill_with(self.table)
        self._column = column_of(self.filters, (card, 1), inside=self)
        look.changed.connect(self._space)
        self._space()

    @Slot()
    def _space(self) -> None:
        self._column.setSpacing(self._look.px(4))
