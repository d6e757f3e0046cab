"""What became of the awards of a finance schedule since they were decided: varied, asked back, returned."""

from collections.abc import Iterator

from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet
from models.papers.finance import DecidedAgain, FinanceAward, FinanceSchedule, NotTakenUp
from scoring.money import pounds
from scoring.written.text import with_capital

CHANGES = "Changes"
COLUMNS = (
    TableColumn("Award", 11),
    TableColumn("Payee", 30, "wrapped"),
    TableColumn("What", 16),
    TableColumn("On", 12, "day"),
    TableColumn("Amount", 13, "pounds"),
    TableColumn("Still to come", 13, "pounds"),
    TableColumn("What was changed, and why", 64, "wrapped"),
)


def changes_sheets(schedule: FinanceSchedule) -> tuple[TableSheet, ...]:
    """Return the sheet of changes, none where nothing was changed since the decisions."""
    rows = [_again(one) for one in schedule.again]
    rows += [_not_taken_up(one) for one in schedule.not_taken_up]
    rows += [
        (award.reference, award.payee, *line)
        for award in schedule.awards
        for line in _lines(award, is_told=bool(schedule.again))
    ]
    if not rows:
        return ()
    note = (
        "Each change since the decision. What was asked back lowers no payment: what has still to come is to "
        "be claimed of the payee."
    )
    return (TableSheet(CHANGES, "Changes since the decision", note, COLUMNS, rows),)


def _again(one: DecidedAgain) -> tuple[TableCell, ...]:
    """Return the line of a new decision, under the award, or the application where none is left."""
    what = "Decided anew" if one.pence else "Taken back"
    was = f"notice {one.notice_before} gave {pounds(one.before_pence) if one.before_pence else 'no money'}"
    by = f"decided again by {one.by}, notice {one.notice}"
    said = f"{with_capital(was)}; {by}: {pounds(one.pence) if one.pence else 'no money'}."
    return one.award, one.payee, what, one.on, one.pence - one.before_pence, 0, said


def _not_taken_up(one: NotTakenUp) -> tuple[TableCell, ...]:
    """Return the line of an award whose application was withdrawn: it is in no sum."""
    why = f" ({one.reason.strip().rstrip('.')})" if one.reason.strip() else ""
    gave = f"Notice {one.notice} gave {pounds(one.pence)}"
    said = f"{gave}; the application was withdrawn since{why}. Pay nothing."
    return one.award, one.payee, "Not taken up", one.on, -one.pence, 0, said


def _lines(award: FinanceAward, *, is_told: bool) -> Iterator[tuple[TableCell, ...]]:
    """Yield what became of an award; where a new decision `is_told` with its amount, that is left out."""
    if award.decided_anew and not is_told:
        yield "Decided anew", None, None, None, with_capital(award.decided_anew)
    for varied in award.amendments:
        said = f"{with_capital(varied.words)}. {varied.reason}"
        yield "Varied", varied.on, varied.change_pence, 0, said
    for asked in award.asked:
        yield "Asked back", asked.on, asked.amount_pence, asked.due_pence, asked.reason
    for back in award.returned:
        yield "Returned", back.on, back.amount_pence, 0, back.reason
