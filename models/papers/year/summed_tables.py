"""The parts that the tables of a fund's year share: columns, sums, and how many awards they are of."""

from collections.abc import Iterable, Sequence

from models.papers.year.year_facts import NO_AREA, FundYear, YearAward, year_after
from models.papers.year.year_tables import YearCell, YearColumn, YearTable, total
from scoring.counted import counted, noun
from scoring.money import short_pounds

TEXT, LONG, POUNDS, COUNT = "text", "long text", "pounds", "count"


def summed(
    code: str,
    title: str,
    whose: tuple[str, str],
    base: str,
    columns: Sequence[YearColumn],
    rows: Sequence[tuple[YearCell, ...]],
) -> YearTable:
    """Return a table with the sum of each column that has figures."""
    adds = tuple(
        n
        for n, column in enumerate(columns)
        if column.kind in (POUNDS, COUNT) and (not rows or any(row[n] is not None for row in rows))
    )
    sums = [total(row[n] for row in rows) if n in adds else None for n in range(len(columns))]
    return YearTable(code, title, *whose, base, tuple(columns), tuple(rows), ("Total", *sums[1:]), adds)


def columns_of(first: str, headings: Iterable[str], kind: str = POUNDS) -> tuple[YearColumn, ...]:
    """Return a first column of names and the others of one kind."""
    return YearColumn(first, TEXT), *(YearColumn(heading, kind) for heading in headings)


def whose(of: FundYear) -> tuple[str, str]:
    """Return the fund and the year that a table is of."""
    return of.fund, of.year


def onward_heading(of: FundYear) -> str:
    """Return the heading of what is carried into the next year: "2027/28 Carry Forward £"."""
    return f"{year_after(of.year)} Carry Forward £".lstrip()


def awards_in_words(awards: Sequence[YearAward]) -> str:
    """Return how many awards a table is of: "3 awards"."""
    if not awards:
        return "No award yet"
    return "One award" if len(awards) == 1 else f"{len(awards):,} awards"


def beside_awards(of: FundYear) -> str:
    """Return what of the commitment is no award of the year, "" where that is nothing."""
    back = sum(pot.recovered_pence for pot in of.pots)
    taken = sum(pot.committed_pence + pot.contributed_pence for pot in of.pots) + back
    more = f", with {short_pounds(taken)} that the pots had committed before" if taken else ""
    return f"{more}, less {short_pounds(back)} that came back of awards of other years" if back else more


def beyond_pots(of: FundYear) -> str:
    """Return what draws on what the fund has beyond its rounds' pots, or what these have above it; or ""."""
    beyond = sum(pot.beyond_pence for pot in of.pots)
    if beyond:
        return (
            f" {short_pounds(beyond)} of the budget is in no round's pot: it was awarded without a "
            f"competition, from the {short_pounds(of.amount_pence or 0)} that the fund has."
        )
    pots = sum(pot.budget_pence for pot in of.pots)
    if of.amount_pence is not None and pots > of.amount_pence:
        more = short_pounds(pots - of.amount_pence)
        return f" The budgets are {more} more than the {short_pounds(of.amount_pence)} that the fund has."
    if of.amount_pence is None or of.amount_pence <= pots or not of.of(NO_AREA):
        return ""
    return (
        f" What is awarded without a pot draws on the {short_pounds(of.amount_pence)} that the fund has, of "
        f"which {short_pounds(of.amount_pence - pots)} is in no pot and in no total here."
    )


def uncompeted(of: FundYear) -> str:
    """Return how many amounts asked for are as corrected, and what a table of applications leaves out."""
    many = counted(of.corrected, "amount asked for is", "amounts asked for are")
    return f"{f' {many} as corrected.' if of.corrected else ''}{_left_out(of)}"


def _left_out(of: FundYear) -> str:
    apart = [award for award in of.awards if award.route]
    if not apart:
        return ""
    what = f"{awards_in_words(apart)} made without a competition"
    total = short_pounds(sum(award.awarded_pence for award in apart))
    return f" {what}, {total}, {noun(len(apart), 'is', 'are')} not counted here."


def by_award_words(of: FundYear) -> str:
    """Return that a table's expenditure is that of single awards where areas have other figures, else ""."""
    areas = tuple(dict.fromkeys(pot.area for pot in of.pots))
    recorded = [area for area in areas if of.end_of(area).spent is not None]
    own, whole = sum(award.spent_pence for award in of.awards), sum(map(of.spent_of, areas))
    if all(of.spent_of(area) == sum(award.spent_pence for award in of.of(area)) for area in recorded):
        return ""
    return (
        f" Expenditure here is what is known of each award, {short_pounds(own)} in all; it was recorded for "
        f"areas as a whole too, and comes to {short_pounds(whole)} there."
    )


def carried_words(decided: Iterable[YearCell]) -> str:
    """Return what stands in a column of money carried forward: what is decided, never what is left."""
    cells = list(decided)
    if all(cell is None for cell in cells):
        return "No carry forward is decided yet."
    dash = "; a dash stands where nothing is decided yet" if None in cells else ""
    return f"Carry forward is as decided{dash}."


def award_carried_words(of: FundYear) -> str:
    """Return what stands in a column of money that awards carry forward, and what areas do as a whole."""
    cells = of.carried_of_awards()
    areas = dict.fromkeys(award.area for award, pence in cells.items() if pence is None)
    whole = [f"{area}, {short_pounds(pence)}" for area in areas if (pence := of.carried_of(area)) is not None]
    if not whole:
        return carried_words(cells.values())
    return (
        "Carry forward is what was decided for the award; a dash stands where nothing is decided for it. "
        f"Decided as a whole: {'; '.join(whole)}."
    )
