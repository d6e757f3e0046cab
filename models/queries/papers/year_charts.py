"""The charts of year tables as values: bars with their parts, or two figures side by side."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from models.papers.order import TextPair, Texts
from models.papers.year.printed import AVERAGE, BUDGET, COMMITMENT, EXPENDITURE, PROJECTS
from models.papers.year.round_year import ASKED, ORGANISATIONS, SIZES
from models.papers.year.summed_tables import YearCell, YearTable, in_words
from models.papers.year.year_end_tables import ALL, AWARD_RATES, BY_ASKED, BY_AWARDED, BY_KNOWN
from models.queries.panel.meeting_figures import MemberSpread
from scoring.money import short_pounds
from scoring.written.text import counted

MOST_BARS = 40
"""More bars than these are not compared with the eye; such a table has no chart."""


class BarLine(Struct, frozen=True):
    """One bar: parts end to end, a marker where its limit stands, what is beyond it, and words."""

    name: str
    parts: tuple[int, ...]
    label: str
    words: str
    marker: int | None = None
    over: int = 0

    @property
    def reach(self) -> int:
        return max(sum(self.parts) + self.over, self.marker or 0)


class BarChart(Struct, frozen=True):
    """Bars under a title and a sentence; `key` names the parts, and `marker` the marker."""

    title: str
    called: str
    sentence: str
    key: Texts
    lines: tuple[BarLine, ...]
    marker: str = ""


class PairLine(Struct, frozen=True):
    """Two figures of one name: a count to the left, an average in pence to the right."""

    name: str
    count: int
    pence: int


class PairChart(Struct, frozen=True):
    """Number against average, back to back."""

    title: str
    called: str
    sentence: str
    key: TextPair
    lines: tuple[PairLine, ...]


class StripLine(Struct, frozen=True):
    """A member's gaps to the others, in hundredths of a mark, and their mean."""

    name: str
    gaps: tuple[int, ...]
    mean: int
    words: str


class StripChart(Struct, frozen=True):
    """Gaps as dots on a line whose middle is the others' mean."""

    title: str
    called: str
    sentence: str
    key: Texts
    lines: tuple[StripLine, ...]
    marker: str = "Mean"


AnyChart = BarChart | PairChart | StripChart


def strips_of(spread: Sequence[MemberSpread]) -> StripChart:
    """Return the chart of how members mark beside each other."""
    lines = tuple(_strip(one) for one in spread)
    apart = max(lines, key=lambda line: abs(line.mean))
    sentence = f"Furthest from the others: {apart.name}, {_against(apart.mean)}."
    return StripChart("Marks against the others'", "members", sentence, ("One application",), lines)


def _strip(one: MemberSpread) -> StripLine:
    severity = one.severity
    words = f"{one.name}, {_against(severity.mean_1e2)} over {severity.shared:,} shared applications"
    return StripLine(one.name, severity.gaps_1e2, severity.mean_1e2, words)


def _against(hundredths: int) -> str:
    if not hundredths:
        return "level with the others"
    side = "above" if hundredths > 0 else "below"
    return f"{abs(hundredths) // 100}.{abs(hundredths) % 100:02d} marks {side} the others"


def chart_of(table: YearTable) -> BarChart | PairChart | None:
    """Return the chart that shows a table's figures, None where it has none."""
    if not 0 < len(table.rows) <= MOST_BARS:
        return None
    makers: tuple[tuple[bool, Callable[[YearTable], BarChart | PairChart | None]], ...] = (
        (table.column(BUDGET) is not None, _budgets),
        (table.column(PROJECTS) is not None, _pairs),
        (table.code == ORGANISATIONS, _organisations),
        (table.code == ASKED, _asked),
        (table.code == SIZES, _sizes),
        (table.code == AWARD_RATES, _rates),
        (table.code.startswith("Appendix") and len(table.columns) > 3, _no_chart),
        (table.column(EXPENDITURE) is not None, _grants),
    )
    for is_meant, make in makers:
        if is_meant:
            return make(table)
    return _amounts(table)


def _no_chart(table: YearTable) -> None:
    """Make none: a list of grants is read, not compared."""


def _budgets(table: YearTable) -> BarChart | None:
    """C1: what was spent and is still committed of each area's budget, and what goes over it."""
    budget, committed, spent = (table.column(name) for name in (BUDGET, COMMITMENT, EXPENDITURE))
    if budget is None or committed is None or spent is None:
        return None
    lines = []
    for row in (row for row in table.rows if row[budget] is not None):
        of, promised, paid = _figure(row, budget), _figure(row, committed), _figure(row, spent)
        over = max(max(promised, paid) - of, 0)
        within = max(min(paid, of), 0)
        rest = max(min(promised, of) - within, 0)
        words = f"{row[0]}, {short_pounds(paid)} spent, {short_pounds(promised)} committed"
        words += f", {short_pounds(over)} over" if over else " of"
        label = f"{short_pounds(paid)} of {short_pounds(of)}"
        parts = (within, rest)
        lines.append(BarLine(str(row[0]), parts, label, f"{words} {short_pounds(of)}", of, over))
    paid_in_all, of_all = _sum(table, spent), _sum(table, budget)
    overs = [line.name for line in lines if line.over]
    sentence = f"{short_pounds(paid_in_all)} spent of {short_pounds(of_all)}"
    sentence += f"; over its budget: {', '.join(overs)}." if overs else "; no area is over its budget."
    return BarChart("Spend against budget", "areas", sentence, ("Spent", "Committed"), tuple(lines), "Budget")


def _pairs(table: YearTable) -> PairChart | None:
    """C8: few large projects or many small ones, area by area."""
    count, average = table.column(PROJECTS), table.column(AVERAGE)
    if count is None or average is None:
        return None
    lines = tuple(PairLine(str(row[0]), _figure(row, count), _figure(row, average)) for row in table.rows)
    most = max(lines, key=lambda line: line.count)
    dearest = max(lines, key=lambda line: line.pence)
    sentence = (
        f"Most projects in {most.name}, {most.count:,}; "
        f"highest average in {dearest.name}, {short_pounds(dearest.pence)}."
    )
    return PairChart("Number against average", "areas", sentence, ("Projects", "Average"), lines)


def _organisations(table: YearTable) -> BarChart:
    lines = []
    for row in table.rows:
        whole, known, new = (_figure(row, column) for column in (1, 2, 3))
        words = f"{row[0]}, {known:,} funded before, {new:,} new"
        lines.append(BarLine(str(row[0]), (known, new), f"{new:,} new of {whole:,}", words))
    known, new = (_figure(table.totals, column) for column in (2, 3))
    sentence = f"{counted(new, 'organisation is', 'organisations are')} new, {known:,} had money before."
    key = ("Funded before", "New")
    return BarChart("Organisations new and known", "areas", sentence, key, tuple(lines))


def _asked(table: YearTable) -> BarChart:
    lines = []
    for row in table.rows:
        requested, awarded = _figure(row, 3), _figure(row, 4)
        label = f"{short_pounds(awarded)} of {short_pounds(requested)}"
        words = f"{row[0]}, {short_pounds(awarded)} awarded of {short_pounds(requested)} requested"
        parts = (min(awarded, requested), max(requested - awarded, 0))
        lines.append(BarLine(str(row[0]), parts, label, words))
    awarded, requested = _figure(table.totals, 4), _figure(table.totals, 3)
    sentence = f"{short_pounds(awarded)} awarded of {short_pounds(requested)} requested."
    key = ("Awarded", "Requested beyond")
    return BarChart("Requested against awarded", "areas", sentence, key, tuple(lines))


def _sizes(table: YearTable) -> BarChart:
    lines = tuple(
        BarLine(
            str(row[0]),
            (_figure(row, 1),),
            counted(_figure(row, 1), "award"),
            f"{row[0]}, {counted(_figure(row, 1), 'award')}, {short_pounds(_figure(row, 2))}",
        )
        for row in table.rows
    )
    most = max(lines, key=lambda line: line.reach)
    whole = counted(_figure(table.totals, 1), "award", "awards")
    sentence = f"{whole}, most of them {most.name[0].lower()}{most.name[1:]}."
    return BarChart("Awards by size", "sizes", sentence, ("Awards",), lines)


def _rates(table: YearTable) -> BarChart:
    """Show the award rate of each area and kind of organisation, with a mark at that of all."""
    whole = table.rows[0]
    lines = []
    for row in table.rows:
        if row[0] not in (ALL, BY_KNOWN, BY_ASKED, BY_AWARDED):  # an office has its own word for an area
            applied, awarded, rate = (_figure(row, column) for column in (2, 4, 5))
            label = f"{in_words('percent', rate)} · {awarded:,} of {applied:,}"
            small = ", small number" if row[-1] else ""
            words = f"{row[1]}, {awarded:,} awarded of {applied:,} that applied{small}"
            lines.append(BarLine(str(row[1]), (rate,), label, words, _figure(whole, 5)))
    applied, awarded = _figure(whole, 2), _figure(whole, 4)
    sentence = f"{awarded:,} of {applied:,} applications awarded, {in_words('percent', whole[5])}."
    return BarChart("Award rates", "groups", sentence, ("Awarded",), tuple(lines), "All applications")


def _grants(table: YearTable) -> BarChart | None:
    spent = table.column(EXPENDITURE)
    grant = next(
        (n for n in (table.column("Total Grant Amount £"), _first_money(table)) if n is not None), None
    )
    if spent is None or grant is None:
        return None
    lines = []
    for row in (row for row in table.rows if row[grant] is not None):
        of, paid = _figure(row, grant), _figure(row, spent)
        over = max(paid - of, 0) if of > 0 else 0
        label = f"{short_pounds(paid)} of {short_pounds(of)}"
        parts = (max(min(paid, of), 0),)
        words = f"{row[0]}, {short_pounds(paid)} spent of {short_pounds(of)}"
        lines.append(BarLine(str(row[0]), parts, label, words, max(of, 0), over))
    sentence = f"{short_pounds(_sum(table, spent))} spent of {short_pounds(_sum(table, grant))}."
    return BarChart("Spend against grant", "rows", sentence, ("Spent",), tuple(lines), "Grant")


def _amounts(table: YearTable) -> BarChart | None:
    money = _first_money(table)
    if money is None or money not in table.summed:
        return None
    name = 1 if table.columns[0].heading == "No" else 0
    lines = tuple(
        BarLine(
            _on_one_line(row[name]),
            (max(_figure(row, money), 0),),
            short_pounds(_figure(row, money)),
            f"{_on_one_line(row[name])}, {short_pounds(_figure(row, money))}",
        )
        for row in table.rows
    )
    most = max(lines, key=lambda line: line.reach)
    whole = short_pounds(_sum(table, money))
    several = f"{whole} in all, most for {most.name}: {most.label}."
    sentence = several if len(lines) > 1 else f"{whole} for {most.name}."
    return BarChart(table.title, "rows", sentence, ("Amount",), lines)


def _on_one_line(cell: YearCell) -> str:
    """Return a name; several that a row has stand one after the other."""
    return ", ".join(part.removeprefix("• ") for part in str(cell).split("\n"))


def _first_money(table: YearTable) -> int | None:
    return next((n for n, column in enumerate(table.columns) if column.kind == "pounds"), None)


def _figure(row: Sequence[YearCell], column: int) -> int:
    cell = row[column]
    return cell if isinstance(cell, int) else 0


def _sum(table: YearTable, column: int) -> int:
    return sum(_figure(row, column) for row in table.rows)
