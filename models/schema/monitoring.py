"""What recipients report on their awards, due diligence and registers."""

from datetime import date, datetime

from sqlalchemy import Named

from models.schema.base import Columns, CountedOfApplication, OfApplication, key_of, own_key, record_table
from models.schema.personal import TextAbout


class ReturnBandColumns(Columns):
    """How often awards of a round up to an amount report; no rows leave it to the fund."""

    round_id: Named[int] = key_of("rounds.id")
    number: Named[int] = own_key()
    up_to_pence: Named[int | None]
    points: Named[str]


return_band_table = record_table(
    "return_bands",
    ReturnBandColumns,
    "up_to_pence >= 1",
    "points IN ('end', 'halves', 'quarterly')",
)


class AgreedOutputColumns(CountedOfApplication):
    """One thing agreed on an award: a figure to reach (`target`), or words alone.

    `measure` says how it is known, None where that is not said.
    """

    words: Named[TextAbout]
    target: Named[int | None]
    is_outcome: Named[bool]
    measure: Named[TextAbout | None]


agreed_output_table = record_table(
    "agreed_outputs",
    AgreedOutputColumns,
    "target >= 0",
    "has_words: trim(words) <> ''",
)


class AwardReturnColumns(CountedOfApplication):
    """A return that is due, and once it came in (`received_on`) what it says.

    It tells of the time up to `covers_to`; None where that is as usual so long before `due_on`.
    """

    due_on: Named[date]
    words: Named[str]
    received_on: Named[date | None]
    said: Named[TextAbout]
    spent_pence: Named[int | None]
    covers_to: Named[date | None]


award_return_table = record_table(
    "monitoring_returns",
    AwardReturnColumns,
    "spent_pence >= 0",
    "silent_until_received: received_on IS NOT NULL OR (said = '' AND spent_pence IS NULL)",
)


class OutputProgressColumns(Columns):
    """What a return says of an agreed output."""

    application_id: Named[int] = own_key()
    return_number: Named[int] = own_key()
    output_number: Named[int] = own_key()
    achieved: Named[int | None]
    words: Named[TextAbout]


output_progress_table = record_table(
    "output_progress",
    OutputProgressColumns,
    "achieved >= 0",
    "FOREIGN KEY (application_id, return_number) REFERENCES monitoring_returns (application_id, number)",
    "FOREIGN KEY (application_id, output_number) REFERENCES agreed_outputs (application_id, number)",
)


class SupportedNumberColumns(Columns):
    """How many people a return counts under a line of a reference list."""

    application_id: Named[int] = own_key()
    return_number: Named[int] = own_key()
    group: Named[str] = own_key()
    line: Named[str] = own_key()
    supported: Named[int]


supported_number_table = record_table(
    "supported_numbers",
    SupportedNumberColumns,
    "supported >= 0",
    "FOREIGN KEY (application_id, return_number) REFERENCES monitoring_returns (application_id, number)",
)


class VisitColumns(CountedOfApplication):
    """A visit to a project: by whom, and what was seen."""

    visited_on: Named[date]
    who: Named[str]
    seen: Named[TextAbout]


visit_table = record_table(
    "monitoring_visits",
    VisitColumns,
    "says_who_and_what: trim(who) <> '' AND trim(seen) <> ''",
)


class RegisterExtractColumns(Columns):
    """The extract of a register that was loaded last; `extract_on` is the day the register made it."""

    register: Named[str] = own_key()
    extract_on: Named[date]
    file: Named[str]
    rows: Named[int]
    odd_rows: Named[int]
    loaded_by: Named[str]
    loaded_at: Named[datetime]


register_extract_table = record_table(
    "register_extracts",
    RegisterExtractColumns,
    "register IN ('charity', 'company', 'sanctions', 'weights', 'substitutes')",
    "rows >= 0",
    "odd_rows >= 0",
)


class RegisterEntryColumns(Columns):
    """What an extract says under a key; `place` 0 says that the key was looked for and is not in it."""

    register: Named[str] = key_of("register_extracts.register")
    key: Named[str] = own_key()
    place: Named[int] = own_key()
    listed: Named[str]
    name: Named[str]
    status: Named[str]
    ended_on: Named[date | None]
    insolvency: Named[str]
    accounts: Named[str]
    accounts_due_on: Named[date | None]
    address: Named[str]
    postcode: Named[str]
    what: Named[str]


register_entry_table = record_table("register_entries", RegisterEntryColumns, "place >= 0")


class AwardCheckColumns(OfApplication):
    """What a person recorded of one check of an award.

    It hangs on the application and not on its award, so that a corrected decision leaves it as it is.
    """

    code: Named[str] = own_key()
    result: Named[str]
    checked_on: Named[date]
    checked_by: Named[str]
    note: Named[TextAbout]


award_check_table = record_table(
    "award_checks",
    AwardCheckColumns,
    "result IN ('passed', 'failed', 'not needed')",
    "has_a_note_where_not_passed: result = 'passed' OR trim(note) <> ''",
)
