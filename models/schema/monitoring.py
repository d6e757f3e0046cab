"""What recipients report on their awards, due diligence and registers, and subsidy control."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, Named

from models.schema.base import (
    Columns,
    CountedOfApplication,
    Numbered,
    OfApplication,
    OfYear,
    TextAbout,
    key_of,
    own_key,
    record_table,
    refers_to,
)


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


class AwardSubsidyColumns(OfApplication):
    """Whether an award is a subsidy, and the steps of minimal financial assistance.

    `declared_pence` is what the recipient says it had from other public bodies in the period.
    """

    kind: Named[str]
    reason: Named[TextAbout]
    declared_pence: Named[int | None]
    declared_on: Named[date | None]
    notified_on: Named[date | None]
    confirmed_on: Named[date | None]
    confirmed_by: Named[TextAbout]


award_subsidy_table = record_table(
    "award_subsidies",
    AwardSubsidyColumns,
    "kind IN ('none', 'minimal', 'subsidy')",
    "declared_pence >= 0",
)


class BudgetMoveColumns(Numbered):
    """Project money moved from one area or service line to another; `authority` is name and post."""

    fund_id: Named[int] = refers_to("funds.id")
    year: Named[str]
    source: Named[str]
    target: Named[str]
    amount_pence: Named[int]
    reason: Named[str]
    authority: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


budget_move_table = record_table(
    "budget_moves",
    BudgetMoveColumns,
    "amount_pence >= 1",
    "between_two: trim(source) <> '' AND trim(target) <> '' AND source <> target",
    "has_a_reason: trim(reason) <> ''",
    "has_an_authority: trim(authority) <> ''",
)


class BudgetContributionColumns(Numbered):
    """Money that the office gave to an area or service line itself; the tables print it below nothing."""

    fund_id: Named[int] = refers_to("funds.id")
    year: Named[str]
    line: Named[str]
    amount_pence: Named[int]
    reason: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


budget_contribution_table = record_table(
    "budget_contributions",
    BudgetContributionColumns,
    "amount_pence >= 1",
    "is_of_a_line: trim(line) <> ''",
    "has_a_reason: trim(reason) <> ''",
)


class SpendingPlanColumns(OfYear):
    """The plan for one line of a fund's year; what is not stated yet is "" or None.

    `frontline_percent` is the share for frontline delivery, 0 to 100; `pays_statutory` says whether it pays
    for services or posts that a partner must provide by law. `lines` is a JSON list of its purposes.
    """

    line: Named[str] = own_key()
    plan: Named[str]
    frontline_percent: Named[Decimal | None]
    rationale: Named[str]
    pays_statutory: Named[bool | None]
    recorded_by: Named[str]
    lines: Named[str] = Column(server_default="[]")


spending_plan_table = record_table("spending_plans", SpendingPlanColumns, "is_of_a_line: trim(line) <> ''")


class YearLineColumns(OfYear):
    """A line of a fund's year that is kept without a round: a grant, or an area, with its money."""

    name: Named[str] = own_key()
    position: Named[int]
    pot_pence: Named[int]
    start_up_pence: Named[int]
    committed_pence: Named[int]


year_line_table = record_table(
    "year_lines",
    YearLineColumns,
    "pot_pence >= 0",
    "start_up_pence >= 0",
    "committed_pence >= 0",
    "is_named: trim(name) <> ''",
)


class YearSpentColumns(OfYear):
    """What was spent in a year of a line, or of one award: its application's identity, and no line.

    `as_at` is the day up to which the figure counts, `source` where it is from.
    """

    line: Named[str] = own_key()
    award: Named[str] = own_key()
    amount_pence: Named[int]
    start_up_pence: Named[int]
    as_at: Named[date]
    source: Named[str]


year_spent_table = record_table(
    "year_spent",
    YearSpentColumns,
    "amount_pence >= 0",
    "start_up_pence >= 0",
    "of_a_line_or_an_award: (line = '') <> (award = '')",
    "has_a_source: trim(source) <> ''",
)


class YearDecisionColumns(OfYear):
    """What was decided about a line of a year, or about one award of it, and by whom.

    A carry forward and an allocation are of the money of the year after: the year's money reads them there.
    `left_pence` is what was left of the money by subtraction when a carry forward was decided.
    """

    line: Named[str] = own_key()
    award: Named[str] = own_key()
    deed: Named[str] = own_key()
    amount_pence: Named[int]
    start_up_pence: Named[int]
    reason: Named[str]
    decided_by: Named[str]
    decided_on: Named[date]
    left_pence: Named[int | None]
    recorded_by: Named[str]


year_decision_table = record_table(
    "year_decisions",
    YearDecisionColumns,
    "deed IN ('carry forward', 'allocation', 'over-commitment')",
    "of_a_line_or_an_award: (line = '') <> (award = '')",
    "has_a_decider: trim(decided_by) <> ''",
    "has_a_reason: deed = 'allocation' OR trim(reason) <> ''",
)
