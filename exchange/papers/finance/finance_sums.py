"""The sums of a finance schedule by area, by code and by month, each live over the payments."""

from collections.abc import Sequence
from datetime import date

from exchange.cells.cell_names import column_name
from exchange.papers.finance.finance_places import Places, area_words
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, column_sum, column_total
from exchange.xlsx.xlsx_cells import Formula
from models.papers.finance import FinanceSchedule, MoneySum
from scoring import money

BY_AREA, BY_CODE, BY_MONTH = "By area", "By code", "By month"
LONGEST_TAB, _NOT_IN_TABS = 31, frozenset("[]:*?/\\")
"""What Excel takes as the name of a sheet."""
NO_CODES, EMPTY = "No code entered", '""'
NO_DATE = "No date yet"

SUM_COLUMNS = (
    TableColumn("Awards", 10, "count"),
    TableColumn("Payments", 11, "count"),
    TableColumn("Amount", 15, "pounds"),
    TableColumn("Paid", 15, "pounds"),
    TableColumn("Outstanding", 15, "pounds"),
    TableColumn("Returned", 15, "pounds"),
)
AREA_COLUMNS = (
    TableColumn("Area", 28, "wrapped"),
    TableColumn("Fund", 30, "wrapped"),
    TableColumn("Year", 10),
    *SUM_COLUMNS,
)
CODE_COLUMNS = (
    TableColumn("Cost centre", 18, "wrapped"),
    TableColumn("Nominal code", 18, "wrapped"),
    TableColumn("Project code", 18, "wrapped"),
    TableColumn("Payments", 11, "count"),
    TableColumn("Amount", 15, "pounds"),
    TableColumn("Paid", 15, "pounds"),
    TableColumn("Outstanding", 15, "pounds"),
)
MONTH_COLUMNS = (
    TableColumn("Month", 22, "month"),
    TableColumn("Paid", 19, "pounds"),
    TableColumn("Still due", 19, "pounds"),
    TableColumn("In all", 19, "pounds"),
)


def area_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the sums of each area; their total is the fund's and the year's in this round."""
    sums = schedule.sums(lambda award: award.area)
    rows = []
    for row, (area, total) in enumerate(sums.items(), start=places.first):
        is_it = f"EXACT({places.payment('Area')},$A{row})"
        of_award = f"EXACT({places.award('Area')},$A{row})"
        cells = (
            _count(f"=SUMPRODUCT({of_award}*1)", total.awards),
            _count(f"=SUMPRODUCT({is_it}*1)", total.payments),
            *_money(places, is_it, total),
            _pounds(f"=SUMPRODUCT({of_award}*{places.award('Returned')})", total.returned_pence),
        )
        rows.append((area_words(area), schedule.fund, schedule.year, *cells))
    whole = schedule.whole
    last = (
        "Total",
        schedule.fund,
        schedule.year,
        column_total(4, len(rows), whole.awards),
        column_total(5, len(rows), whole.payments),
        *_totals(6, len(rows), (whole.amount_pence, whole.paid_pence, whole.outstanding_pence)),
        column_sum(9, len(rows), whole.returned_pence),
    )
    note = "Awards and payments of each area. The total is that of the fund and the year in this round."
    return TableSheet(area_tab(schedule), BY_AREA, note, AREA_COLUMNS, rows, (last,))


def area_tab(schedule: FinanceSchedule) -> str:
    """Return what the sheet of areas is called: in the office's own word where a tab can hold that."""
    named = schedule.letterhead.area_label.labelled(BY_AREA)
    is_free = named.casefold() not in (BY_CODE.casefold(), BY_MONTH.casefold())
    fits = len(named) <= LONGEST_TAB and named[-1:] != "'" and _NOT_IN_TABS.isdisjoint(named)
    return named if is_free and fits else BY_AREA


def code_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the sums of each set of codes; a blank is a code that was not entered, as is a line of none."""
    sums = schedule.sums(lambda award: award.codes)
    rows = []
    for row, (codes, total) in enumerate(sums.items(), start=places.first):
        is_it = "*".join(
            f"EXACT({places.payment(heading)},{f'${column_name(number)}{row}' if any(codes) else EMPTY})"
            for number, heading in enumerate(("Cost centre", "Nominal code", "Project code"), start=1)
        )
        of_it = _count(f"=SUMPRODUCT({is_it}*1)", total.payments)
        shown = codes if any(codes) else (NO_CODES, "", "")
        rows.append((*shown, of_it, *_money(places, is_it, total)))
    whole = schedule.whole
    last = (
        "Total",
        None,
        None,
        column_total(4, len(rows), whole.payments),
        *_totals(5, len(rows), (whole.amount_pence, whole.paid_pence, whole.outstanding_pence)),
    )
    note = "Payments under each set of codes. Codes are text: leading zeros count."
    return TableSheet(BY_CODE, "By code", note, CODE_COLUMNS, rows, (last,))


def month_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return what was paid and is still due by month; what has no date yet stands last."""
    rows = [
        (
            NO_DATE if first is None else first,
            _month(places, "Authorised and paid on", "Paid", row, first, paid),
            _month(places, "Due", "Outstanding", row, first, due),
            _pounds(f"=ROUND(B{row}+C{row},2)", paid + due),
        )
        for row, (first, paid, due) in enumerate(schedule.months(), start=places.first)
    ]
    whole = schedule.whole
    sums = (whole.paid_pence, whole.outstanding_pence, whole.amount_pence)
    note = "What is paid counts in the month it was paid, the rest when it is due."
    total = ("Total", *_totals(2, len(rows), sums))
    return TableSheet(BY_MONTH, "Instalments by month", note, MONTH_COLUMNS, rows, (total,))


def _month(places: Places, day: str, amount: str, row: int, first: date | None, pence: int) -> Formula:
    days, amounts = places.payment(day), places.payment(amount)
    if first is None:
        return _pounds(f'=SUMPRODUCT(({days}="")*{amounts})', pence)
    within = f"({days}>=$A{row})*({days}<EDATE($A{row},1))"
    return _pounds(f"=SUMPRODUCT({within}*{amounts})", pence)


def _money(places: Places, is_it: str, total: MoneySum) -> tuple[Formula, Formula, Formula]:
    return (
        _pounds(f"=SUMPRODUCT({is_it}*{places.payment('Amount')})", total.amount_pence),
        _pounds(f"=SUMPRODUCT({is_it}*{places.payment('Paid')})", total.paid_pence),
        _pounds(f"=SUMPRODUCT({is_it}*{places.payment('Outstanding')})", total.outstanding_pence),
    )


def _totals(start: int, rows: int, sums: Sequence[int]) -> tuple[TableCell, ...]:
    return tuple(column_sum(number, rows, pence) for number, pence in enumerate(sums, start=start))


def _pounds(formula: str, pence: int) -> Formula:
    return Formula(formula, money.plain_pounds(pence))


def _count(formula: str, number: int) -> Formula:
    return Formula(formula, str(number))
