"""The office, its funds and their years, rounds with their areas, and schemes version by version."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, Named

from models.schema.base import (
    Columns,
    Identified,
    Numbered,
    OfYear,
    identity_of_application,
    key_of,
    own_key,
    record_table,
    refers_to,
)
from models.schema.forms import HASH, JSON_LIST, JSON_OBJECT, TIME_OF_DAY


class OfficeColumns(Numbered):
    """That the office is set up: one row."""

    set_up_at: Named[datetime]


class OfficeFactColumns(Columns):
    """A fact of the office and the day from which it holds; the logo's is the SHA-256 of its picture."""

    key: Named[str] = own_key()
    from_on: Named[date] = own_key()
    value: Named[str]


class OfficeLogoColumns(Columns):
    """A picture that was the office's logo; none is taken out, since papers that were issued show it."""

    sha256: Named[str] = Column(HASH, primary_key=True)
    png: Named[bytes]


office_table = record_table("office", OfficeColumns, "one_row: id = 1")


office_fact_table = record_table("office_fact", OfficeFactColumns)


office_logo_table = record_table("office_logo", OfficeLogoColumns, "png_is_there: length(png) > 0")


class FundColumns(Identified):
    """A fund; `defaults` is the canonical JSON of `FundDefaults`, `name` the newest of its names.

    From `closed_on` no round of it is started; None while it is open.
    """

    code: Named[str] = Column(unique=True)
    name: Named[str] = Column(unique=True)
    defaults: Named[str] = Column(JSON_OBJECT)
    closed_on: Named[date | None]


fund_table = record_table("funds", FundColumns)


class FundNameColumns(Columns):
    """A name that a fund has from a day on; its first one is there from the first day there is."""

    fund_id: Named[int] = key_of("funds.id")
    held_from: Named[date] = own_key()
    name: Named[str]


fund_name_table = record_table("fund_names", FundNameColumns, "is_named: trim(name) <> ''")


class FundYearColumns(OfYear):
    """The money of a fund in a financial year."""

    amount_pence: Named[int]


fund_year_table = record_table("fund_years", FundYearColumns, "amount_pence >= 0")


class FundSourceColumns(OfYear):
    """Where a part of a fund's money of a year comes from; one that lapses does so after `ends_on`."""

    position: Named[int] = own_key()
    kind: Named[str]
    words: Named[str]
    amount_pence: Named[int]
    ends_on: Named[date | None]


fund_source_table = record_table(
    "fund_sources",
    FundSourceColumns,
    "kind IN ('proceeds-of-crime', 'police-property', 'ministry-of-justice', 'precept', 'other')",
    "amount_pence >= 0",
)


class FinancialYearColumns(Numbered):
    """A financial year as it is written, "2026/27"; "" where a round was given none."""

    label: Named[str] = Column(unique=True)


financial_year_table = record_table("financial_years", FinancialYearColumns)


class RoundColumns(Identified):
    """A round of a fund.

    `fund_name` is the fund's name as this round printed it, since names change; `chain` is the JSON list
    of those who sign, in order. `fund_rules` is what the fund's `defaults` were when the round was opened;
    None until then, when they are the fund's own.
    """

    fund_id: Named[int] = refers_to("funds.id")
    year_id: Named[int] = refers_to("financial_years.id")
    name: Named[str]
    fund_name: Named[str]
    stage: Named[str]
    marking: Named[str]
    chain: Named[str] = Column(JSON_LIST)
    set_up_at: Named[datetime]
    opened_at: Named[datetime | None]
    fund_rules: Named[str | None] = Column(JSON_OBJECT)


round_table = record_table(
    "rounds",
    RoundColumns,
    "UNIQUE (fund_id, year_id, name)",
    "stage IN ('set up', 'open', 'closed')",
    "marking IN ('OFFICIAL', 'OFFICIAL-SENSITIVE')",
)


class ReasonRuleColumns(Columns):
    """Whether a round requires a reason beside each mark; a round without a row asks for one."""

    round_id: Named[int] = key_of("rounds.id")
    rule: Named[str]


reason_rule_table = record_table(
    "reason_rules", ReasonRuleColumns, "rule IN ('asked', 'required', 'not asked')"
)


class AreaColumns(Identified):
    """One area of a round with its money; once the round is open, areas move on their own.

    Dates are None while not set; applications are taken from `opens_on` to the end of `closes_on`.
    `closes_time` ("17:00") is the time of day at which that day closes, None for its end. `allocated_on` is
    the day from which nothing is accepted any more since the money is gone. `shared_pot` names the pot that
    it shares with the other areas of the round that name it, None for a pot of its own. `met_at` is when it
    first came to its meeting, which stays when it is moved back. `carried` is the JSON of what came from the
    round that its own was copied from, None for nothing and once somebody confirmed it.
    """

    round_id: Named[int] = refers_to("rounds.id")
    position: Named[int]
    name: Named[str]
    stage: Named[str]
    pot_pence: Named[int]
    start_up_pence: Named[int]
    committed_pence: Named[int]
    opens_on: Named[date | None]
    closes_on: Named[date | None]
    marks_close_on: Named[date | None]
    meets_on: Named[date | None]
    allocated_on: Named[date | None]
    closes_time: Named[str | None] = Column(TIME_OF_DAY)
    shared_pot: Named[str | None]
    met_at: Named[datetime | None]
    carried: Named[str | None] = Column(JSON_OBJECT)


area_table = record_table(
    "areas",
    AreaColumns,
    "UNIQUE (round_id, name)",
    "stage IN ('intake', 'scoring', 'meeting', 'recommending', 'deciding', 'done')",
    "pot_pence >= 0",
    "start_up_pence >= 0",
    "committed_pence >= 0",
)


class SchemeColumns(Numbered):
    """One version of a round's scheme; frozen once `frozen_at` is set.

    `ladder` and `descriptors` are JSON lists.
    """

    round_id: Named[int] = refers_to("rounds.id")
    version: Named[int]
    frozen_at: Named[datetime | None]
    scale_maximum: Named[int]
    combine: Named[str]
    quorum: Named[int]
    ranked_by: Named[str]
    ladder: Named[str] = Column(JSON_LIST)
    allocation: Named[str]
    tolerance_percent: Named[Decimal]
    tolerance_authority: Named[str]
    cap_per_award_pence: Named[int | None]
    cap_per_organisation_pence: Named[int | None]
    minimum_total: Named[Decimal | None]
    minimum_quality: Named[Decimal | None]
    not_applicable_allowed: Named[bool]
    descriptors: Named[str] = Column(JSON_LIST)


scheme_table = record_table(
    "schemes",
    SchemeColumns,
    "UNIQUE (round_id, version)",
    "scale_maximum >= 1",
    "cap_per_award_pence >= 1",
    "cap_per_organisation_pence >= 1",
    "combine IN ('consensus', 'mean', 'median', 'trimmed')",
    "allocation IN ('stop', 'skip', 'part')",
    "ranked_by IN ('total', 'price_per_quality_point')",
)


class CriterionColumns(Numbered):
    """One criterion of one version; `bands` is a JSON list of [bound, score] texts."""

    scheme_id: Named[int] = refers_to("schemes.id")
    position: Named[int]
    code: Named[str]
    title: Named[str]
    side: Named[str]
    weight_1e4: Named[int]
    method: Named[str]
    basis: Named[str]
    low: Named[Decimal | None]
    high: Named[Decimal | None]
    bands: Named[str] = Column(JSON_LIST)
    floor: Named[Decimal | None]
    guidance: Named[str]


criterion_table = record_table(
    "criteria",
    CriterionColumns,
    "UNIQUE (scheme_id, code)",
    "UNIQUE (scheme_id, position)",
    "weight_1e4 >= 1",
    "side IN ('quality', 'cost')",
    "method IN ('judged', 'lowest', 'mean', 'spread', 'linear', 'bands')",
    "basis IN ('requested', 'unit', 'share')",
)


class AmendmentColumns(Columns):
    """Why a published scheme was amended, by whom, and the sheets that the new version touches.

    `sheets` is a JSON list of [member, application] codes as they were when it was recorded.
    """

    scheme_id: Named[int] = key_of("schemes.id")
    reason: Named[str]
    amended_by: Named[str]
    sheets: Named[str] = Column(JSON_LIST)


amendment_table = record_table("scheme_amendments", AmendmentColumns)


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
    award: Named[str] = identity_of_application(is_key=True)
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
    award: Named[str] = identity_of_application(is_key=True)
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
