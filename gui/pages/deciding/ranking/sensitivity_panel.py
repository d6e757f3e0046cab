"""How sure: beside the list, in words, with two charts; it changes nothing and is never recorded."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.tables.columns import Keeps
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts.chart import Head
from gui.widgets.charts.chart_or_table import ChartOrTable
from gui.widgets.charts.chart_table import ChartTable
from gui.widgets.charts.severity_strip import SeverityStrip, Strip
from gui.widgets.charts.share_chart import Band, ShareChart
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, fill
from gui.widgets.scrolled import ReadArea, show_in
from models.queries.deciding.round_list import RoundFigures
from scoring import money

if TYPE_CHECKING:
    from exchange.papers.sensitivity_words import Known
    from scoring.sensitivity.list_sensitivity import ListSensitivity, ShareLine

NOT_SAVED = "Nothing here changes the list or is recorded."
WORKING = "Being worked out…"
AGAIN = "Work it out"
DRAWN = (Head("Application", 0, Keeps.WHOLE), Head("Funded", 92), Head("Places", 72))
SHARES = (Head("Application", 0, Keeps.WHOLE), Head("At 0", 58), Head("Now", 58), Head("At 100", 60))
STRIPS = (Head("Member", 0, Keeps.WHOLE), Head("Own mean", 78), Head("Others", 66))


class Drawn(NamedTuple):
    """How random weights treat one application, as printed."""

    reference: str
    organisation: str
    share: str
    places: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return its line of the table."""
        return self.reference, self.share, self.places

    @property
    def words(self) -> str:
        """Return it as it is read out."""
        return f"{self.reference} {self.organisation}, funded in {self.share}, places {self.places}"


class SensitivityPanel(Card):
    """Sections under one another; a wide window has them beside the list, a narrow one in its place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, inset=(3, 6))
        self.setAccessibleName("How secure?")
        self.state = Label(look, NOT_SAVED, size=12, tone="muted").wrapped()
        self.again = Button(look, AGAIN)
        self.split = Label(look, weight=600).wrapped()
        self.amounts = Label(look, size=12, tone="text2").wrapped()
        self.lines = ShareChart(look)
        self.lines_or_table = ChartOrTable(look, self.lines, SHARES)
        self.drawn_words = Label(look, size=12, tone="text2").wrapped()
        self._drawn: tuple[Drawn, ...] = ()
        self.drawn = ChartTable(look, DRAWN, self._drawn_words, "Random weights")
        self.without = Label(look, size=12).wrapped()
        self.otherwise = Label(look, size=12).wrapped()
        self.agreement = Label(look, size=12).wrapped()
        self.strip = SeverityStrip(look)
        self.strip_or_table = ChartOrTable(look, self.strip, STRIPS)
        self.severity = Label(look, size=12, tone="text2").wrapped()
        self.challenger = Label(look, size=12, weight=600).wrapped()
        self.proof = Label(look, size=12, tone="text2").wrapped()
        self.compare = Button(look, "Compare both lists…")
        self._look = look
        self._parts = QWidget()
        self._lay_out(look)
        self.show_working(WORKING)

    def show_working(self, words: str, *, is_stopped: bool = False) -> None:
        """Say that it is being worked out, or was stopped."""
        self.state.setText(words)
        self.again.setVisible(is_stopped)
        self._parts.setVisible(False)

    def show_found(self, found: "ListSensitivity", figures: RoundFigures, known: "Known") -> None:
        """Show how sure a list is."""
        closed = frozenset(known.closed)
        self.state.setText(NOT_SAVED)
        self.again.setVisible(False)
        self._show_split(found, known, closed)
        self._show_drawn(found, figures, closed)
        self._show_members(found, known)
        self._show_optimal_allocation(found, known)
        self._parts.setVisible(True)

    def _show_split(self, found: "ListSensitivity", known: "Known", closed: frozenset[str]) -> None:
        from exchange.papers.sensitivity_words import SAID

        words = SAID.split(found, known)
        self.split.setText(words)
        _say(self.amounts, SAID.amounts(found))
        lines = tuple(line for line in found.lines if line.reference not in closed)
        self.lines_or_table.setVisible(bool(lines))
        if found.split is not None:
            same = found.split.same_set
            band = Band(same.low_1e4, same.high_1e4, found.split.published_1e4)
            self.lines.show_lines(lines, band, words)
            self.lines_or_table.show_rows([share_cells(line) for line in lines])

    def _show_drawn(self, found: "ListSensitivity", figures: RoundFigures, closed: frozenset[str]) -> None:
        draws, rows = found.round_sensitivity.draws, random_weight_rows(found, figures, closed)
        self._drawn = rows
        self.drawn.setVisible(bool(rows))
        self.drawn.show_figures([row.cells for row in rows])
        if draws is None or not rows:
            self.drawn_words.setText("No application is ranked by marks, so weights cannot be drawn.")
            return
        self.drawn_words.setText(
            f"{draws.count:,} sets of weights, each weight within {draws.within} points of what is "
            "published: how often each is funded, and its places in nine draws of ten."
        )

    def _drawn_words(self, number: int) -> str:
        return self._drawn[number].words

    def _show_members(self, found: "ListSensitivity", known: "Known") -> None:
        from exchange.papers.sensitivity_words import (
            NEVER_CORRECTS,
            SAID,
            without_lines,
        )

        combine = found.round_sensitivity.round.scheme.combine
        self.without.setText(_lines(without_lines(found, known)))
        self.otherwise.setText(_lines(SAID.otherwise(each, known, combine) for each in found.otherwise))
        agreed = found.agreement
        spread = [] if agreed is None else [SAID.spread(agreed)]
        self.agreement.setText(_lines([SAID.agreement(agreed, found.alpha_between), *spread]))
        rows = marking_strips(found, known)
        self.strip_or_table.setVisible(bool(rows))
        self.strip.show_strips(rows)
        self.strip_or_table.show_rows([strip_cells(row) for row in rows])
        few = [each for each in agreed.members if each.severity is None] if agreed else []
        _say(self.severity, _lines([*(SAID.severity(one, known) for one in few), NEVER_CORRECTS]))

    def _show_optimal_allocation(self, found: "ListSensitivity", known: "Known") -> None:
        from exchange.papers.sensitivity_words import optimal_notes, swaps_words

        self.challenger.setText(_lines(swaps_words(found, known)))
        self.proof.setText(_lines(optimal_notes(found)))

    def _lay_out(self, look: Look) -> None:
        scroll = ReadArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName("How secure the list is")
        scroll.viewport().setAutoFillBackground(False)
        page = QWidget(scroll.viewport())
        edges = (look.px(11), look.px(4), look.px(11), look.px(8))
        again = (self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column_of(self.state, again, self._parts, 1, edges=edges, inside=page)
        inner = column_of(spacing=look.px(5), inside=self._parts)
        sections: Sequence[tuple[str, Sequence[QWidget]]] = (
            ("If the split moved", (self.split, self.amounts, self.lines_or_table)),
            ("Random weights", (self.drawn_words, self.drawn)),
            ("Without one member", (self.without,)),
            ("Marks combined differently", (self.otherwise,)),
            ("How far the members agree", (self.agreement, self.strip_or_table, self.severity)),
            ("Whole offers worth the most", (self.challenger, self.proof, self.compare)),
        )
        for title, widgets in sections:
            inner.addSpacing(look.px(6))
            fill(inner, Label(look, title, weight=600, tone="accent").wrapped(), *widgets)
        show_in(scroll, page)
        self.body.addWidget(scroll, 1)


def _say(label: Label, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)


def random_weight_rows(
    found: "ListSensitivity", figures: RoundFigures, closed: frozenset[str]
) -> tuple[Drawn, ...]:
    """Return what random weights do to each application of the area, in the order of places."""
    from exchange.papers.sensitivity_words import places_words, share_words

    draws = found.round_sensitivity.draws
    if draws is None:
        return ()
    there = {
        s.reference: s.organisation
        for s in figures.ranking.standings
        if found.area in (None, s.area) and s.reference not in closed
    }
    return tuple(
        Drawn(
            each.reference,
            there[each.reference],
            share_words(each.funded, draws.count).removesuffix(" of draws"),
            places_words(each.place_low, each.place_high),
        )
        for each in draws.applications
        if each.reference in there
    )


def marking_strips(found: "ListSensitivity", known: "Known") -> tuple[Strip, ...]:
    """Return each member's marks, of those with applications enough in common with others."""
    from exchange.papers.sensitivity_words import SAID

    agreed = found.agreement
    if agreed is None:
        return ()
    top = found.round_sensitivity.round.scheme.scale_maximum
    made = []
    for each in agreed.members:
        if each.severity is None:
            continue
        marks = [mark for unit in agreed.units for who, mark in unit.marks if who == each.member]
        own = sum(marks) / len(marks)
        counts = tuple(marks.count(mark) for mark in range(top + 1))
        name = known.member(each.member)
        made.append(Strip(name, counts, own, own - float(each.severity), SAID.severity(each, known)))
    return tuple(made)


def share_cells(line: "ShareLine") -> tuple[str, ...]:
    """Return a line of the chart as a line of its table."""
    return (line.reference, *map(money.score, (line.at_nought_1e2, line.total_1e2, line.at_hundred_1e2)))


def strip_cells(strip: Strip) -> tuple[str, ...]:
    """Return a member's strip as a line of its table."""
    return strip.name, f"{strip.own:.2f}", f"{strip.others:.2f}"
