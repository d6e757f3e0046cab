"""Two lists side by side, area by area: what stands and what would stand, with every change marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.tables.outcome_chip import Chip
from gui.tables.ranking.lines import CHIPS
from gui.text import NOTHING, counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, fill
from gui.widgets.turned import ChoiceList
from models.queries.deciding.round_list import OUTCOME_WORDS, PROPOSED_AS, Listed, Mark, RoundList
from models.queries.deciding.trial_changes import proposed, recorded_lines
from scoring import money
from scoring.explaining.what_if import Comparison
from scoring.ranking import Ranking, Standing

NOT_SAVED = "Not saved: the official list and History are as they were."

LIST = 200
"""The least height of the lists; what stands above them scrolls away."""


class Side(Struct, frozen=True):
    """One application on one of the two lists; `change` is None where it fares as on the other."""

    reference: str
    organisation: str
    place: str
    number: int
    total: str
    mark: Mark
    pence: int
    change: Chip | None = None

    @property
    def amount(self) -> str:
        """Return what it gets, or its outcome where that is no money."""
        return money.short_pounds(self.pence) if self.pence else OUTCOME_WORDS[self.mark]

    @property
    def spoken(self) -> str:
        """Return the line as a screen reader says it."""
        change = f", {self.change.word.lower()}" if self.change else ""
        place = self.place.replace("=", "equal ")
        return f"Place {place}, {self.organisation}, total {self.total}, {self.amount}{change}"


Sides = tuple[tuple[Side, ...], tuple[Side, ...]]


def of_rankings(before: Ranking, after: Ranking, area: str, closed: frozenset[str]) -> Sides:
    """Return what the rule proposes on each of two rankings of an area."""
    return _marked(_ranked(before, area, closed), _ranked(after, area, closed))


def compare_lists(before: RoundList, after: RoundList, area: str, closed: frozenset[str]) -> Sides:
    """Return two lists of one ranking, with different amounts."""
    return _marked(_listed(before, area, closed), _listed(after, area, closed))


def compare_trial(listed: RoundList, found: Comparison, area: str, closed: frozenset[str]) -> Sides:
    """Return the list on show, and what a trial makes of it; what it does not move stays as recorded."""
    old = {standing.reference: proposed(standing) for standing in found.before.standings}
    recorded, after = recorded_lines(listed), []
    for standing in found.after.standings:
        if standing.area == area and standing.outcome is not None:
            fares = proposed(standing)
            if fares == old[standing.reference]:
                fares = recorded.get(standing.reference, fares)
            after.append(_side(standing, fares.mark, fares.pence, closed))
    return _marked(_listed(listed, area, closed), after)


def _ranked(ranking: Ranking, area: str, closed: frozenset[str]) -> list[Side]:
    found = (s for s in ranking.standings if s.area == area and s.outcome is not None)
    return [_side(s, PROPOSED_AS[s.outcome], s.offer_pence, closed) for s in found if s.outcome is not None]


def _listed(listed: RoundList, area: str, closed: frozenset[str]) -> list[Side]:
    found: Iterable[Listed] = (line for line in listed.of_area(area) if line.is_ranked)
    return [_side(line.standing, line.mark or Mark.OPEN, line.amount_pence, closed) for line in found]


def _side(standing: Standing, mark: Mark, pence: int | None, closed: frozenset[str]) -> Side:
    is_closed = standing.reference in closed
    return Side(
        standing.reference,
        standing.organisation,
        money.place(standing.place, tied=standing.tied),
        standing.place or 0,
        NOTHING if is_closed else money.score(standing.total_1e2),
        Mark.OPEN if is_closed and mark is Mark.BELOW else mark,
        pence or 0,
    )


def _marked(before: list[Side], after: list[Side]) -> Sides:
    old = {side.reference: side for side in before}
    new = {side.reference: side for side in after}
    changes = {of: _change(old.get(of), new.get(of)) for of in old | new}
    return _with(before, changes), _with(after, changes)


def _with(sides: list[Side], changes: Mapping[str, Chip | None]) -> tuple[Side, ...]:
    return tuple(replace(one, change=changes[one.reference]) for one in sides)


def _change(old: Side | None, new: Side | None) -> Chip | None:
    if old is None or new is None:
        return Chip(Tone.WARNING, "Now ranked" if old is None else "Not ranked")
    if new.pence != old.pence:
        more = new.pence - old.pence
        words = f"{'Gains' if more > 0 else 'Loses'} {money.short_pounds(abs(more))}"
        return Chip(Tone.FUND if more > 0 else Tone.DANGER, words)
    if new.mark is not old.mark:
        return Chip(Tone.WARNING, f"Was {OUTCOME_WORDS[old.mark].lower()}")
    if new.number != old.number:
        steps = old.number - new.number
        return Chip(Tone.INFORMATION, f"{'Up' if steps > 0 else 'Down'} {abs(steps)}")
    return None


SPOKEN: Callable[[Side], str] = attrgetter("spoken")
KEY: Callable[[Side], str] = attrgetter("reference")
COMPARE_COLUMNS: tuple[LineColumn[Side], ...] = (
    LineColumn("place", "Place", attrgetter("place"), SPOKEN, width=54),
    LineColumn(
        *("applicant", "Applicant", attrgetter("organisation")),
        under=lambda side: f"{side.reference}  {side.total}",
        is_strong=True,
    ),
    LineColumn(
        *("outcome", "Outcome", attrgetter("amount")),
        chip=lambda side: Chip(CHIPS[side.mark], side.amount),
        width=104,
    ),
    LineColumn(
        *("change", "Change", lambda side: side.change.word if side.change else ""),
        chip=attrgetter("change"),
        width=124,
    ),
)


class CompareDialog(Form):
    """The two lists scroll together; closing it leaves the trial as it is."""

    keeps_typed = False

    def __init__(
        self,
        look: Look,
        heads: tuple[str, str],
        areas: Sequence[str],
        sides: Callable[[str], Sides],
        parent: QWidget,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(look, "Compare", (), "", parent, 1060, height=560, away="Close")
        self._sides = sides
        self.close_button = self.cancel
        self.area = self.put(ChoiceList(), is_left=True)
        self.area.setAccessibleName(ours("Area"))
        self.area.addItems(list(areas))
        self.area.setVisible(len(areas) > 1)
        self.sentence(NOT_SAVED, tone="warning")
        self.count = self.sentence("", weight=600)
        self.notes = self.sentence("\n".join(notes), size=12)
        self.notes.setVisible(bool(notes))
        self.before: LineView[Side] = LineView(look, COMPARE_COLUMNS, KEY, SPOKEN)
        self.after: LineView[Side] = LineView(look, COMPARE_COLUMNS, KEY, SPOKEN)
        lists = self.row()
        self.column.setStretchFactor(lists, 1)
        for view, head in zip((self.before, self.after), heads, strict=True):
            view.setAccessibleName(head)
            view.setMinimumHeight(look.px(LIST))
            fill(lists, (column_of(Label(look, head, size=12, weight=600), (view, 1)), 1))
        self.before.verticalScrollBar().valueChanged.connect(self.after.verticalScrollBar().setValue)
        self.after.verticalScrollBar().valueChanged.connect(self.before.verticalScrollBar().setValue)
        self.area.currentTextChanged.connect(self._show)
        self._show()
        self.finish(self.after)

    @Slot()
    def _show(self) -> None:
        before, after = self._sides(self.area.currentText())
        self.before.show_rows(before)
        self.after.show_rows(after)
        changed = {side.reference for side in (*before, *after) if side.change is not None}
        self.count.setText(f"{counted(len(changed), 'application', 'applications')} marked as changed")
