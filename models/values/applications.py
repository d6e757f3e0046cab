"""The fields of an application by name, whether it came in time, what it is for, and its corrections."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

import resources
from models.reference.defaults import FundDefaults, ListItem, ListKind, in_use
from models.reference.fund_checks import LISTS
from models.values import canonical
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow, AsSubmitted, Replaced, SubmittedCell, by_reference
from scoring import money
from scoring.money import pounds
from scoring.written.days import exact_clock, read_moment, short_day
from scoring.written.names import alike_key, plain_words, text_key
from scoring.written.text import counted, readable

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
    return getattr(row, SLOTS.get(field, field))


def text_of_cell(cell: SubmittedCell, submitted: ApplicationRow) -> str:
    """Return a cell in its file's own words, a time that it holds as times are printed."""
    text = str(value_of(submitted, cell.field) or "") if cell.text is None else cell.text
    moment = readable(read_moment, text) if text[10:11] == "T" else None
    return text if moment is None else printed_value(moment.at)


def merged(kept: ApplicationRow, other: ApplicationRow, fields: Sequence[str]) -> ApplicationRow:
    """Return the application that is kept, with some fields of the other one."""
    slots = [SLOTS.get(name, name) for name in fields]
    slots += ["received_has_time"] if "received_at" in fields else []
    return replace(kept, **{slot: getattr(other, slot) for slot in slots})


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
    if isinstance(value, datetime) and value.time() != time():
        return f"{short_day(value)}, {exact_clock(value)}"
    if isinstance(value, date):
        return short_day(value)
    return str(value)


def word_count(text: str) -> str:
    """Return how many words a text has, "1,204 words"; "" for a few, which nobody has to count."""
    number = len(text.split())
    return counted(number, "word") if number > FEW_WORDS else ""


def _whole(value: object) -> int:
    assert isinstance(value, int), "amounts are whole pence"
    return value


Verdict = tuple[str, str]
"""What the dates say: pass, fail or to check, and why ("" for a pass)."""


def received_in_time(row: ApplicationRow, dates: Mapping[str, AreaDates]) -> Verdict | None:
    """Return what the dates say of an application; None where its area has no closing date.

    A closing date runs to the end of that day unless a time is given, and the time itself is still in
    time. Closing 2 November at 12:00: received 2 November at 12:00 passes, at 12:01 fails, and on
    2 November without a time is to check.
    """
    own = dates.get(row.area or "")
    if own is None or own.closes_on is None:
        return None
    received, closes, at = row.received_at, own.closes_on, own.closes_time
    if received is None:
        return "to check", "no received date, so whether it came in time must be checked"
    came = f"received {short_day(received)}"
    came += f" at {exact_clock(received)}" if row.received_has_time else ""
    if received.date() == closes and at and not row.received_has_time:
        return "to check", f"{came} without a time, and {row.area} closed at {at}"
    if _is_in_time(received, closes, at):
        return "pass", ""
    return "fail", f"{came}, after {row.area} closed on {short_day(closes)}" + (f" at {at}" if at else "")


def _is_in_time(received: datetime, closes: date, at: str | None) -> bool:
    if received.date() != closes or not at:
        return received.date() <= closes
    return received <= datetime.combine(closes, time.fromisoformat(at))


def starts_after_decision(
    row: ApplicationRow, dates: Mapping[str, AreaDates], decided_on: date | None = None
) -> Verdict:
    """Return what the dates say of whether a project starts after the decision on it.

    Before it is decided, that is held against the meeting as it is planned, for no decision is taken before
    the panel meets, or before the application is received. Meeting on 20 November: starting that day passes,
    on 19 November fails; while the area has no such date, only a start before the receipt fails and another
    is to check. Decided on 2 December: starting on 20 November fails, whenever the panel met.
    """
    starts, received = row.start_on, row.received_at
    own = dates.get(row.area or "")
    meets = None if own is None else own.meets_on
    if starts is None:
        return "to check", "no start date, so whether it starts after the decision must be checked"
    begins = f"starts {short_day(starts)}"
    if received is not None and starts < received.date():
        return "fail", f"{begins}, before it was received on {short_day(received)}"
    if decided_on is not None:
        decided = short_day(decided_on)
        if starts < decided_on:
            return "fail", f"{begins}, before the decision of {decided}"
        return "pass", f"{begins}; it was decided on {decided}"
    if meets is None:
        return "to check", f"{begins}, and no date is set on which the panel meets"
    if starts < meets:
        return "fail", f"{begins}, before the panel of {row.area} meets on {short_day(meets)}"
    return "pass", f"{begins}; the panel of {row.area} meets on {short_day(meets)}"


CHOICE_WORDS = {kind: words.line for kind, words in LISTS.items()}
"""What the line of a list is called where an application has one."""


class Choice(Struct, frozen=True):
    """A line of a fund's list that an application has, with its words of the day on which it was chosen."""

    kind: ListKind
    code: str
    words: str
    is_suggested: bool = False


class ChoicesOf(Struct, frozen=True):
    """The lines that an application has."""

    application: str
    choices: tuple[Choice, ...]


def suggested(row: ApplicationRow, rules: FundDefaults) -> tuple[Choice, ...]:
    """Return the lines of the fund's lists that an application's own words name, at most one a list."""
    return tuple(_suggested(row, rules))


def found_in(text: str, items: Sequence[ListItem]) -> ListItem | None:
    """Return the one line that a text names.

    It does by the line's words or code, where they or what people write for them stand in the text, or where
    the text is a part of the line's words.
    """
    same = [item for item in items if text_key(text) in (text_key(item.words), text_key(item.code))]
    alike = [item for item in items if alike_key(text) and alike_key(text) == alike_key(item.words)]
    plain = plain_words(text)
    part = [item for item in items if len(plain) > LEAST_PART and _stands_in(plain, plain_words(item.words))]
    ways = (same, alike, _named_within(plain, items), part)
    return next((found[0] for found in ways if len(found) == 1), None)


def _named_within(text: str, items: Sequence[ListItem]) -> list[ListItem]:
    """Return the lines that a text names; words within longer ones that are known name none themselves."""
    ways: dict[str, ListItem | None] = {way: None for group in _written() for way in group}
    ways |= {way: item for item in items for way in _written_for(plain_words(item.words))}
    found: dict[str, ListItem] = {}
    for way in sorted(ways, key=len, reverse=True):
        if _stands_in(way, text):
            text = f" {text} ".replace(f" {way} ", " | ").strip()
            item = ways[way]
            found |= {} if item is None else {item.code: item}
    return list(found.values())


def _stands_in(words: str, text: str) -> bool:
    return f" {words} " in f" {text} "


def _written_for(words: str) -> tuple[str, ...]:
    """Return what people write for the words of a line, these among them."""
    return next((group for group in _written() if words in group), (words,))


@cache
def _written() -> tuple[tuple[str, ...], ...]:
    lines = resources.text("forms/line-words.txt").splitlines()
    return tuple(tuple(line.split(" | ")) for line in lines if not line.startswith("#"))


def _suggested(row: ApplicationRow, rules: FundDefaults) -> Iterator[Choice]:
    asked = [(kind, text) for heading, text in row.answers for kind in _lists_asked(heading)]
    if row.organisation_type:
        asked.insert(0, (ListKind.ORGANISATION, row.organisation_type))
    for kind in ListKind if asked else ():
        items = in_use(rules.items(kind))
        texts = (text for about, text in asked if about is kind)
        found = next(filter(None, (found_in(text, items) for text in texts)), None)
        if found is not None:
            yield Choice(kind, found.code, found.words, is_suggested=True)


@lru_cache(maxsize=1024)
def _lists_asked(heading: str) -> frozenset[ListKind]:
    """Return the lists about which a heading asks; all applications of a file share their headings."""
    asked = plain_words(heading)
    return frozenset(kind for kind, words in LISTS.items() if any(each in asked for each in words.headings))


LEAST_PART = 4
"""More letters than these has a text that is taken for a part of a line's words."""
AREA = "area"
ANSWER = "answer"
"""The place of a field in a cell that is none's: an answer whose letters were put right."""
NOT_PLACED = "Not placed"
"""The heading of what an applicant wrote by no question that was found."""
AS_READ = "read from the applicant's words, to check"
"""Why a value stands that is only the likely one of a cell in prose, until somebody looked at it."""
OWN_ROW = frozenset({AREA, "reference"})
"""The fields whose corrected value is kept in the application's own row."""

CORRECTABLE = frozenset(ApplicationRow.__struct_fields__) - {
    "reference",
    "eligibility",
    "eligibility_reason",
    "withdrawn",
    "answers",
}
"""The fields that can be corrected; gates, withdrawals and answers have rules of their own."""
CORRECTED = CORRECTABLE | {"reference", "answers"}
"""The fields of which a record may hold corrections: an import corrects these two as well."""


class Correction(Struct, frozen=True):
    """A corrected field: the value in force and the one submitted, both as JSON, why, by whom and when.

    `written` are the applicant's own words in the cells of the field, none where no file is known.
    """

    application: str
    field: str
    value: str
    submitted: str
    reason: str
    corrected_by: str
    corrected_at: datetime | None = None
    written: tuple[str, ...] = ()

    @property
    def now(self) -> str:
        return _printed(self.field, self.value)

    @property
    def was(self) -> str:
        """Return what was submitted: the cell's own words in quotes, else the value as printed."""
        if self.written:
            return ", ".join(f"“{words}”" if words else "nothing" for words in self.written)
        return _printed(self.field, self.submitted)

    @property
    def is_told(self) -> bool:
        """Whether it says something by itself: not that a time of day came with a day."""
        return self.field != "received_has_time"

    @property
    def is_to_check(self) -> bool:
        """Whether it is no correction: the value is only the likely one of the applicant's words."""
        return self.reason == AS_READ

    @property
    def name(self) -> str:
        return SLOT_WORDS.get(self.field, "Answers")

    @property
    def words(self) -> str:
        """Return the correction as a line of words."""
        if self.is_to_check:
            return f"{self.name} to check: {self.now} is only read from {self.was}"
        return f"{self.name} corrected to {self.now}, submitted as {self.was}: {self.reason}, {self.by}"

    @property
    def by(self) -> str:
        """Return who corrected it, and on which day."""
        on = f" on {short_day(self.corrected_at)}" if self.corrected_at else ""
        return f"{self.corrected_by}{on}"

    @property
    def beside_amount(self) -> str:
        """Return what papers print beside what was asked for: that it was corrected, by whom and when."""
        return f"corrected from {self.was} by {self.by}"

    @property
    def in_history(self) -> str:
        """Return the correction as the journal tells it; of words and contacts it names the field alone."""
        if self.field in (*CONTACTS, *TEXTS, "answers"):
            return self.name
        if self.is_to_check:
            return f"{self.name}: {self.now} read from {self.was}, to check"
        if self.value == self.submitted:
            return f"{self.name}: {self.now} looked at"
        return f"{self.name}: {self.now} (was {self.was})"


def corrections_on_import(
    rows: Iterable[ApplicationRow], submitted: Iterable[AsSubmitted]
) -> tuple[Correction, ...]:
    """Return what is corrected of applications as they come in; it has no time yet, and nobody's name."""
    stands = by_reference(rows)
    return tuple(
        Correction(
            of.application,
            one.field,
            text_of(getattr(stands[of.application], one.field)),
            one.submitted,
            one.reason,
            "",
            written=written_in(of.cells, one.field),
        )
        for of in submitted
        for one in of.corrected
        if one.field != "received_has_time"
    )


def as_read(row: ApplicationRow, fields: Iterable[str]) -> tuple[Replaced, ...]:
    """Return that fields of an application are only the likely ones of its own words."""
    return tuple(Replaced(field, text_of(getattr(row, field)), AS_READ) for field in fields)


def with_first_answers(row: ApplicationRow, corrected: Iterable[Correction]) -> ApplicationRow:
    """Return an application with its answers as submitted, where one was typed over at the import."""
    for one in corrected:
        if (one.application, one.field) == (row.reference, "answers"):
            return replace(row, answers=value_as_typed(one.field, one.submitted))
    return row


def written_in(cells: Iterable[SubmittedCell], field: str) -> tuple[str, ...]:
    """Return the applicant's own words in the cells of a field, but where the field holds just them."""
    return tuple(
        one.text for one in cells if one.text is not None and SLOTS.get(one.field, one.field) == field
    )


def _printed(field: str, text: str) -> str:
    value = value_as_typed(field, text)
    if field.endswith("_pence") and isinstance(value, int):
        return pounds(value)
    if isinstance(value, tuple):
        return ", ".join(f"“{words}”" for _, words in value) or NOTHING
    return printed_value(value)


def value_as_typed(field: str, text: str) -> Any:
    """Return the value of an application's field that a JSON text stands for; None where there was none."""
    return None if text == "null" else canonical.decode(field_kind(field), json.loads(text))


def text_of(value: object) -> str:
    """Return a value of an application's field as JSON text; a tuple is one of answers."""
    told = [list(pair) for pair in value] if isinstance(value, tuple) else canonical.encode(value)
    return canonical.dumps(told)


def field_kind(field: str) -> Any:
    """Return the type of an application's field."""
    return _hints()[field]


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(ApplicationRow)
