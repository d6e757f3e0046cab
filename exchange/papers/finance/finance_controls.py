"""The controls of a finance schedule: the record's figures beside what the workbook itself adds up to."""

from collections.abc import Iterator
from typing import NamedTuple

from exchange.papers.finance.finance_authorising import HELD, LATER, waiting
from exchange.papers.finance.finance_places import Places
from exchange.papers.finance.finance_sums import BY_CODE, BY_MONTH, area_tab
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, column_sum, column_total
from exchange.xlsx.xlsx_cells import Formula
from models.papers.finance import FinanceSchedule
from models.values.award_parts import NOT_DUE
from scoring import money
from scoring.written.text import with_capital

CONTROL = "Control"
CONTROL_COLUMNS = (
    TableColumn("Control", 46, "wrapped"),
    TableColumn("Lines in the record", 14, "count"),
    TableColumn("Lines in this workbook", 14, "count"),
    TableColumn("Difference in lines", 12, "count"),
    TableColumn("Sum in the record", 17, "pounds"),
    TableColumn("Sum in this workbook", 17, "pounds"),
    TableColumn("Difference", 15, "pounds"),
)


class _Line(NamedTuple):
    """One control: the record's count and pence, and the formulas that find them in the workbook."""

    words: str
    many: int
    many_here: str
    pence: int
    pence_here: str


def controls_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the controls; all is well when nothing differs, which the last line adds up."""
    lines = (*_of_money(schedule, places), *_of_sums(schedule, places), *_of_terms(schedule, places))
    rows = [_cells(line, row) for row, line in enumerate(lines, start=places.first)]
    last: tuple[TableCell, ...] = (
        "Differences in all",
        None,
        None,
        column_total(4, len(rows), 0),
        None,
        None,
        column_sum(7, len(rows), 0),
    )
    note = "What the record holds, beside what this workbook adds up to. Nothing should differ."
    return TableSheet(CONTROL, "Control totals", note, CONTROL_COLUMNS, rows, (last,))


def _of_money(schedule: FinanceSchedule, places: Places) -> tuple[_Line, ...]:
    whole, awards = schedule.whole, len(schedule.awards)
    payment, award = places.payment, places.award
    paid = sum(line.paid_on is not None for each in schedule.awards for line in each.payments)
    days = payment("Authorised and paid on")
    return (
        _Line(
            "Payments", whole.payments, _filled(payment("Award")), whole.amount_pence, _sum(payment("Amount"))
        ),
        _Line("Awards", awards, _filled(award("Award")), whole.amount_pence, _sum(award("Awarded"))),
        _Line(
            "Decisions", awards, f"COUNT({award('Decided')})", schedule.decided_pence, _sum(award("Decided"))
        ),
        _Line("Paid to date", paid, f"COUNT({days})", whole.paid_pence, _sum(payment("Paid"))),
        _Line(
            "Outstanding",
            whole.payments - paid,
            f'SUMPRODUCT(({days}="")*1)',
            whole.outstanding_pence,
            _sum(payment("Outstanding")),
        ),
    )


def _of_sums(schedule: FinanceSchedule, places: Places) -> tuple[_Line, ...]:
    whole, first = schedule.whole, places.first
    areas = len(schedule.sums(lambda award: award.area))
    codes = len(schedule.sums(lambda award: award.codes))
    months = len(schedule.months())

    tab = area_tab(schedule).replace("'", "''")

    def over(sheet: str, letter: str, rows: int) -> str:
        return f"SUM('{sheet}'!${letter}${first}:${letter}${first + rows - 1})"

    return (
        _Line(
            schedule.letterhead.area_label.labelled("Sums by area"),
            whole.payments,
            over(tab, "E", areas),
            whole.amount_pence,
            over(tab, "F", areas),
        ),
        _Line(
            "Sums by code",
            whole.payments,
            over(BY_CODE, "D", codes),
            whole.amount_pence,
            over(BY_CODE, "E", codes),
        ),
        _Line(
            "Instalments by month",
            months,
            f"COUNTA('{BY_MONTH}'!$A${first}:$A${first + months - 1})",
            whole.amount_pence,
            over(BY_MONTH, "D", months),
        ),
    )


def _of_terms(schedule: FinanceSchedule, places: Places) -> tuple[_Line, ...]:
    returned = sum(bool(award.returned) for award in schedule.awards)
    asked = sum(bool(award.to_come_pence) for award in schedule.awards)
    checks = (places.payment("Check"), places.award("Difference"))
    return (
        _Line(
            "Money returned",
            returned,
            f'COUNTIF({places.award("Returned")},">0")',
            schedule.whole.returned_pence,
            _sum(places.award("Returned")),
        ),
        _Line(
            "Asked back, still to come",
            asked,
            f'COUNTIF({places.award("Still to come back")},">0")',
            schedule.whole.to_come_pence,
            _sum(places.award("Still to come back")),
        ),
        *_of_waiting(schedule, places),
        _Line(
            "Payments and awards that do not add up",
            0,
            "+".join(f"SUMPRODUCT(({cells}<>0)*1)" for cells in checks),
            0,
            "+".join(f"SUMPRODUCT(ABS({cells}))" for cells in checks),
        ),
    )


def _of_waiting(schedule: FinanceSchedule, places: Places) -> Iterator[_Line]:
    """Yield what is outstanding and not to be paid yet, in the words and sums of *To authorise*."""
    found, why = waiting(schedule), places.payment("On hold")
    is_of_day = f'(LEFT({why},{len(NOT_DUE)})="{with_capital(NOT_DUE)}")'
    for state, is_meant in ((LATER, is_of_day), (HELD, f'({why}<>"")*(1-{is_of_day})')):
        yield _Line(
            state,
            len(found[state]),
            f"SUMPRODUCT({is_meant}*1)",
            sum(found[state]),
            f"SUMPRODUCT({is_meant}*{places.payment('Outstanding')})",
        )


def _cells(line: _Line, row: int) -> tuple[TableCell, ...]:
    return (
        line.words,
        line.many,
        Formula(f"={line.many_here}", str(line.many)),
        Formula(f"=ABS(B{row}-C{row})", "0"),
        line.pence,
        Formula(f"=ROUND({line.pence_here},2)", money.plain_pounds(line.pence)),
        Formula(f"=ROUND(ABS(E{row}-F{row}),2)", "0"),
    )


def _filled(cells: str) -> str:
    return f"COUNTA({cells})"


def _sum(cells: str) -> str:
    return f"SUM({cells})"
