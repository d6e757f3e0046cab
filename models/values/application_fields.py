"""The fields of an application by name: what people call them, and their values as printed."""

from datetime import date

from models.values.rows import ApplicationRow, SubmittedCell
from scoring import money
from scoring.counted import counted
from scoring.written.days import exact_clock, short_day

NOTHING = "–"
FEW_WORDS = 5
FIELD_WORDS = {
    "reference": "Reference",
    "organisation": "Organisation",
    "organisation_type": "Type of organisation",
    "charity_number": "Charity number",
    "company_number": "Company number",
    "contact_name": "Contact",
    "email": "E-mail",
    "phone": "Telephone",
    "address": "Address",
    "postcode": "Postcode",
    "area": "Area",
    "project": "Project",
    "summary": "Summary",
    "need": "Need",
    "outcomes": "Outcomes",
    "amount_requested": "Amount requested",
    "minimum_amount": "Minimum workable amount",
    "total_cost": "Total project cost",
    "match_funding": "Match funding",
    "beneficiaries": "People who benefit",
    "start_on": "Starts",
    "end_on": "Ends",
    "received_at": "Received",
    "previously_funded": "Funded before",
    "bank_account_held": "Bank account",
    "constitution_held": "Constitution",
    "safeguarding_policy": "Safeguarding policy",
}
"""What people call the fields of the exchange formats, in their order."""

FIELDS = tuple(FIELD_WORDS)
"""The field names of mapping files and of JSON, in their order."""

SLOTS = {
    "amount_requested": "requested_pence",
    "minimum_amount": "minimum_pence",
    "total_cost": "total_cost_pence",
    "match_funding": "match_funding_pence",
}
"""The attribute of an application that holds a field, where it is called otherwise."""

SLOT_WORDS = {SLOTS.get(field, field): words for field, words in FIELD_WORDS.items()}
"""What people call the attributes of an application."""

HELD = ("bank_account_held", "constitution_held", "safeguarding_policy")
"""The fields of yes or no that a gate may ask for."""

CONTACTS = ("contact_name", "email", "phone", "address", "postcode")
"""The fields that say how an applicant is reached."""

TEXTS = ("summary", "need", "outcomes")
"""The fields that are read as text and not as facts."""


def value_of(row: ApplicationRow, field: str) -> object:
    """Return what an application holds under a field of the exchange formats."""
    return getattr(row, SLOTS.get(field, field))


def text_of_cell(cell: SubmittedCell, submitted: ApplicationRow) -> str:
    """Return the text of a cell of the file, of an application as it was submitted."""
    return str(value_of(submitted, cell.field) or "") if cell.text is None else cell.text


def printed(row: ApplicationRow, field: str) -> str:
    """Return a field as printed, "–" when it is absent."""
    value = value_of(row, field)
    if field == "received_at" and row.received_at is not None:
        at = f", {exact_clock(row.received_at)}" if row.received_has_time else ""
        return f"{short_day(row.received_at)}{at}"
    if field in SLOTS:
        return NOTHING if value is None else money.short_pounds(_whole(value))
    return printed_value(value)


def printed_value(value: object) -> str:
    """Return a value that is not money as printed."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, date):
        return short_day(value)
    return str(value)


def word_count(text: str) -> str:
    """Return how many words a text has, "1,204 words"; "" for a few, which nobody has to count."""
    number = len(text.split())
    return counted(number, "word", "words") if number > FEW_WORDS else ""


def _whole(value: object) -> int:
    assert isinstance(value, int), "amounts are whole pence"
    return value
