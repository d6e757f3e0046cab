"""Two lists side by side, area by area: what stands and what would stand, with every change marked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.dialogs.form import Form
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.tables.ranking.lines import CHIPS
from gui.text import counted, ours
from gui.theme.look import Tone, look
from gui.widgets.label import Chip, Label
from gui.widgets.nesting import column_of, fill
from gui.widgets.turned import ChoiceList
from models.queries.deciding.round_list import OUTCOME_WORDS, Listed, Mark, RoundList, round_list
from models.queries.deciding.trial_changes import Fares, proposed, recorded_lines
from models.values.rows import by_reference
from scoring import money
from scoring.explaining.what_if import Comparison

LIST = 200
"""The least height of the lists; what stands above them scrolls away."""


class Compared(NamedTuple):
    """One application on one of the two lists; `change` is None where it fares as on the other."""

    line: Listed
    change: Chip | None

    @property
    def reference(self) -> str:
        return self.line.standing.reference

    @property
    def place(self) -> str:
        return money.place(self.line.standing.place, tied=self.line.standing.tied)

    @property
    def fares(self) -> Chip:
        """Return what it gets, or its outcome where that is no money."""
        mark, pence = self.line.mark or Mark.OPEN, self.line.amount_pence
        return Chip(CHIPS[mark], money.short_pounds(pence) if pence else OUTCOME_WORDS[mark])


def compared(
    before: RoundList, after: RoundList, area: str, closed: Collection[str]
) -> tuple[list[Compared], list[Compared]]:
    """Return the ranked lines of two lists of an area, without the totals of what is closed."""
    old, new = ({one.standing.reference: one for one in _told(of, area, closed)} for of in (before, after))
    changes = {of: _change(old.get(of), new.get(of)) for of in old | new}
    was, now = ([Compared(one, changes[of]) for of, one in lines.items()] for lines in (old, new))
    return was, now


def _told(listed: RoundList, area: str, closed: Collection[str]) -> Iterator[Listed]:
    for line in listed.of_area(area):
        if line.is_ranked and line.standing.reference in closed:
            mark = Mark.OPEN if line.mark is Mark.BELOW else line.mark  # "below floor" tells the total
            yield replace(line, standing=line.standing._replace(total_1e2=None), mark=mark)
        elif line.is_ranked:
            yield line


def trial_list(listed: RoundList, found: Comparison) -> RoundList:
    """Return what a trial makes of the list on show; what it does not move stays as recorded."""
    old, recorded = by_reference(found.before.standings), recorded_lines(listed)
    stays = {
        one.reference: recorded[one.reference]
        for one in found.after.standings
        if one.reference in recorded and proposed(one) == proposed(old[one.reference])
    }
    return faring(round_list(found.after, ()), stays)


def faring(listed: RoundList, fares: Mapping[str, Fares]) -> RoundList:
    """Return a list on which some applications fare otherwise; places and totals stay."""
    lines = (
        replace(line, mark=fares[of].mark, amount_pence=fares[of].pence)
        if (of := line.standing.reference) in fares
        else line
        for line in listed.lines
    )
    return replace(listed, lines=tuple(lines))


def _change(old: Listed | None, new: Listed | None) -> Chip | None:
    if old is None or new is None:
        return Chip(Tone.WARNING, "Now ranked" if old is None else "Not ranked")
    more = (new.amount_pence or 0) - (old.amount_pence or 0)
    if more:
        words = f"{'Gains' if more > 0 else 'Loses'} {money.short_pounds(abs(more))}"
        return Chip(Tone.FUND if more > 0 else Tone.DANGER, words)
    if new.mark is not old.mark:
        return Chip(Tone.WARNING, f"Was {OUTCOME_WORDS[old.mark or Mark.OPEN].lower()}")
    steps = (old.standing.place or 0) - (new.standing.place or 0)
    return Chip(Tone.INFORMATION, f"{'Up' if steps > 0 else 'Down'} {abs(steps)}") if steps else None


COMPARE_COLUMNS: tuple[LineColumn[Compared], ...] = (
    LineColumn("place", "Place", attrgetter("place"), width=54),
    LineColumn(
        *("applicant", "Applicant", attrgetter("line.standing.organisation")),
        under=lambda one: f"{one.reference}  {money.score(one.line.standing.total_1e2)}",
        is_strong=True,
    ),
    LineColumn("outcome", "Outcome", attrgetter("fares.word"), chip=attrgetter("fares"), width=104),
    LineColumn(
        *("change", "Change", lambda one: one.change.word if one.change else ""),
        chip=attrgetter("change"),
        width=124,
    ),
)


class CompareDialog(Form):
    """Two lists of an area, or of each, scroll together; closing it leaves the trial as it is."""

    keeps_typed = False

    def __init__(
        self,
        heads: tuple[str, str],
        lists: tuple[RoundList, RoundList],
        area: str | None,
        closed: Collection[str],
        parent: QWidget,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__("Compare", (), "", parent, 1060, height=560, away="Close")
        self._lists, self._closed = lists, closed
        self.area = self.put(ChoiceList(ours("Area")), is_left=True)
        self.area.addItems([one.area for one in lists[0].areas if area in (None, one.area)])
        self.area.setVisible(self.area.count() > 1)
        self.sentence("Not saved: the official list and History are as they were.", tone="warning")
        self.count = self.sentence("", weight=600)
        self.notes = self.sentence("\n".join(notes), size=12)
        self.notes.setVisible(bool(notes))
        row = self.row()
        self.column.setStretchFactor(row, 1)
        self.before, self.after = (_list(row, head) for head in heads)
        bars = self.before.verticalScrollBar(), self.after.verticalScrollBar()
        for one, other in (bars, bars[::-1]):
            one.valueChanged.connect(other.setValue)
        self.area.currentTextChanged.connect(self._show)
        self._show()
        self.finish(self.after)

    @Slot()
    def _show(self) -> None:
        before, after = compared(*self._lists, self.area.currentText(), self._closed)
        self.before.show_rows(before)
        self.after.show_rows(after)
        changed = {one.reference for one in (*before, *after) if one.change is not None}
        self.count.setText(f"{counted(len(changed), 'application')} marked as changed")


def _list(row: QBoxLayout, head: str) -> LineView[Compared]:
    view: LineView[Compared] = LineView(COMPARE_COLUMNS, attrgetter("reference"), called=head)
    view.setMinimumHeight(look.px(LIST))
    fill(row, (column_of(Label(head, size=12, weight=600), (view, 1)), 1))
    return view
