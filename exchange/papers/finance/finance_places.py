"""Where things stand in the finance workbook, for the formulas of its other sheets."""

from exchange.cells.cell_names import column_name
from exchange.papers.paper_words import NO_AREA
from exchange.xlsx.table_book import TableColumn
from exchange.xlsx.xlsx_cells import Formula
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW
from models.papers.finance import FinanceSchedule

PAYMENTS, AWARDS = "Payments", "Awards"
LOOK_FIRST = "Look at first"
"""The heading of what is to be settled before a payment that nothing holds up."""
DUE_ONCE = "Due once"
"""What heads when an instalment falls due."""

PAYMENT_COLUMNS = (
    TableColumn("Award", 11),
    TableColumn("Payee", 21, "wrapped"),
    TableColumn("Supplier no.", 10, "wrapped"),
    TableColumn("Area", 14, "wrapped"),
    TableColumn("Notice", 10),
    TableColumn("Instalment", 10, "count"),
    TableColumn("Due", 11, "day"),
    TableColumn(DUE_ONCE, 16, "apart"),
    TableColumn("Amount", 12, "pounds"),
    TableColumn("Cost centre", 9, "apart"),
    TableColumn("Nominal code", 9, "wrapped"),
    TableColumn("Project code", 9, "wrapped"),
    TableColumn("Paid", 12, "pounds"),
    TableColumn("Authorised and paid on", 11, "day"),
    TableColumn("Outstanding", 13, "pounds"),
    TableColumn("On hold", 18, "apart"),
    TableColumn(LOOK_FIRST, 22, "wrapped"),
    TableColumn("Account", 10),
    TableColumn("Charity or company no.", 14, "wrapped"),
    TableColumn("Fund", 20, "wrapped"),
    TableColumn("Budget year", 9),
    TableColumn("Due in", 9),
    TableColumn("Decided on", 12, "day"),
    TableColumn("Decided by", 20, "apart"),
    TableColumn("Decider's post", 18, "wrapped"),
    TableColumn("Proof", 24, "wrapped"),
    TableColumn("VAT", 14, "apart"),
    TableColumn("Agreement signed", 12, "day"),
    TableColumn("Payment authorised by", 20, "apart"),
    TableColumn("Post", 16, "wrapped"),
    TableColumn("Account changed", 24, "wrapped"),
    TableColumn("Check", 10, "pounds"),
)
PRINTED_PAYMENTS = 18
"""So many columns of Payments, what finance pays by, are printed, one page wide; all stand on the sheet."""
AWARD_COLUMNS = (
    TableColumn("Award", 10),
    TableColumn("Application", 10, "wrapped"),
    TableColumn("Payee", 20, "wrapped"),
    TableColumn("Area", 13, "wrapped"),
    TableColumn("Decided", 12, "pounds"),
    TableColumn("Varied by", 11, "pounds"),
    TableColumn("Awarded", 12, "pounds"),
    TableColumn("Instalments", 12, "pounds"),
    TableColumn("Difference", 10, "pounds"),
    TableColumn("Paid", 12, "pounds"),
    TableColumn("Outstanding", 12, "pounds"),
    TableColumn("Returned", 11, "pounds"),
    TableColumn("Stands at", 12, "pounds"),
    TableColumn("Still to come back", 12, "pounds"),
    TableColumn("Agreement signed", 11, "day"),
    TableColumn("On hold, or to be renewed", 30, "apart"),
)
_NOUGHT = "0"


class Places:
    """The ranges of one schedule's payments and awards."""

    def __init__(self, schedule: FinanceSchedule) -> None:
        self.first = TABLE_HEADING_ROW + 1
        self.payments = max(schedule.payment_count, 1)
        self.awards = len(schedule.awards)

    def payment(self, heading: str) -> str:
        """Return the cells of a column of Payments, for a formula on any sheet."""
        return self._range(PAYMENTS, PAYMENT_COLUMNS, heading, self.payments)

    def award(self, heading: str) -> str:
        """Return the cells of a column of Awards, for a formula on any sheet."""
        return self._range(AWARDS, AWARD_COLUMNS, heading, self.awards)

    def row_check(self, row: int) -> Formula:
        """Return the check of a payment: what is left of its amount beside paid and outstanding."""
        amount, paid, due = (_letter(PAYMENT_COLUMNS, name) for name in ("Amount", "Paid", "Outstanding"))
        return Formula(f"=ROUND({amount}{row}-{paid}{row}-{due}{row},2)", _NOUGHT)

    def award_check(self, row: int) -> Formula:
        """Return the check of an award: how far decision with variations, and instalments, are from it."""
        names = ("Decided", "Awarded", "Instalments", "Varied by")
        decided, awarded, parts, varied = (_letter(AWARD_COLUMNS, name) for name in names)
        apart = f"ABS({decided}{row}+{varied}{row}-{awarded}{row})+ABS({parts}{row}-{awarded}{row})"
        return Formula(f"=ROUND({apart},2)", _NOUGHT)

    def stands(self, row: int) -> str:
        """Return the live sum that an award stands at."""
        awarded, back = (_letter(AWARD_COLUMNS, name) for name in ("Awarded", "Returned"))
        return f"=ROUND({awarded}{row}-{back}{row},2)"

    def instalments(self, row: int) -> str:
        """Return the live sum of an award's instalments; no reference of ours is a rule."""
        return f"=SUMIF({self.payment('Award')},A{row},{self.payment('Amount')})"

    def _range(self, sheet: str, columns: tuple[TableColumn, ...], heading: str, rows: int) -> str:
        letter = _letter(columns, heading)
        return f"{sheet}!${letter}${self.first}:${letter}${self.first + rows - 1}"


def area_words(area: str) -> str:
    """Return an area as the workbook prints it."""
    return area or NO_AREA


def _letter(columns: tuple[TableColumn, ...], heading: str) -> str:
    return column_name(1 + [column.heading for column in columns].index(heading))
