"""How an office's own payment file is laid out: its columns by name, and the forms that its system reads."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

FIXED = "words"
"""What a column holds that says the same in every line; without words it is an empty column."""
AMOUNT = "amount"

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "payee": "Payee",
        "supplier": "Supplier number",
        "numbers": "Charity or company number",
        "reference": "Payment reference, award and part",
        "award": "Award number",
        "application": "Application number",
        "part": "Part",
        AMOUNT: "Amount, as 1234.56",
        "due": "Due date",
        "agreed": "Day the agreement was signed",
        "waits_for": "What the part waits for",
        "on_hold": "On hold: why it is not paid yet",
        "look_first": "Look at first: what is to be settled before it is paid",
        "paid": "Paid already, as 1234.56",
        "paid_on": "Day it was paid",
        "cost_centre": "Cost centre",
        "nominal_code": "Nominal code",
        "project_code": "Project code",
        "fund": "Fund",
        "year": "Budget year",
        "due_in": "Due in: the financial year of the due date",
        "area": "Area",
        "notice": "Number of the notice",
        "account_name": "Name on the account",
        "sort_code": "Sort code",
        "account_number": "Account number",
        FIXED: "The same words in every line",
    }
)
"""What a column may hold: its key, and what it is called."""
ACCOUNT_FIELDS = frozenset({"account_name", "sort_code", "account_number"})
"""What is written only when a named person asks for accounts."""

SEPARATORS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"comma": (",", "Comma"), "semicolon": (";", "Semicolon"), "tab": ("\t", "Tab")}
)
"""What stands between two cells: its key, the sign, and what it is called."""
DATE_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "dd/mm/yyyy": "%d/%m/%Y",
        "yyyy-mm-dd": "%Y-%m-%d",
        "dd-mm-yyyy": "%d-%m-%Y",
        "dd.mm.yyyy": "%d.%m.%Y",
        "dd/mm/yy": "%d/%m/%y",
        "ddmmyyyy": "%d%m%Y",
        "ddmmyy": "%d%m%y",
        "yyyymmdd": "%Y%m%d",
    }
)
"""How a date is written: its key, which shows it, and the form."""
OUTSTANDING, READY, EVERY = "outstanding", "ready", "all"
COVERS: Mapping[str, str] = MappingProxyType(
    {
        OUTSTANDING: "What is outstanding",
        READY: "Only what may be paid now",
        EVERY: "Every payment, those made too",
    }
)
"""Which payments go into the file: the key, and what it is called."""


class LayoutColumn(Struct, frozen=True):
    """A column: its heading, what it holds (a key of FIELDS), and the words of a fixed one."""

    heading: str
    holds: str
    words: str = ""


class PaymentLayout(Struct, frozen=True):
    """The columns of a payment file from left to right, and its form.

    `separator`, `dates` and `covers` are keys of the lists above. `has_mark` begins the file with the mark by
    which Excel knows UTF-8; `has_headings` gives it a first line of headings.
    """

    name: str
    columns: tuple[LayoutColumn, ...]
    separator: str = "comma"
    dates: str = "dd/mm/yyyy"
    covers: str = OUTSTANDING
    has_mark: bool = True
    has_headings: bool = True

    @property
    def has_accounts(self) -> bool:
        """Whether a column holds a part of whole accounts."""
        return any(column.holds in ACCOUNT_FIELDS for column in self.columns)


STANDARD = PaymentLayout(
    "Standard",
    (
        LayoutColumn("Payee", "payee"),
        LayoutColumn("Supplier no.", "supplier"),
        LayoutColumn("Reference", "reference"),
        LayoutColumn("Award", "award"),
        LayoutColumn("Part", "part"),
        LayoutColumn("Amount", AMOUNT),
        LayoutColumn("Due", "due"),
        LayoutColumn("Cost centre", "cost_centre"),
        LayoutColumn("Nominal code", "nominal_code"),
        LayoutColumn("Project code", "project_code"),
        LayoutColumn("On hold", "on_hold"),
        LayoutColumn("Look at first", "look_first"),
    ),
    covers=READY,
)
"""The layout that every record has until an office saves another under its name: only what may be paid."""
