"""The sheets, columns and fields of a round workbook, in the order they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from models.values.rows import AgreedRow, Answer, ApplicationRow, ChairDecisionRow, RoundRows, SheetRow
from scoring import money
from scoring.round import Area
from scoring.scheme import Band, Criterion
from scoring.written.names import text_key
from scoring.written.text import with_capital

FORMAT = 1

ROUND = "Round"
POTS = "Pots"
CRITERIA = "Criteria"
APPLICATIONS = "Applications"
MEMBERS = "Members"
INTERESTS = "Interests"
MARKS = "Marks"
AGREED = "Agreed"
NOT_APPLICABLE = "Not applicable"
CHAIR_DECISIONS = "Chair decisions"
RULED_BY = "Ruled by"
"""The member whom the others named where the chair has an interest; a column that is there where one did."""
SIGNING = "Who signs"
"""Says who signs after the panel; written where anybody is named."""
LONG_TEXTS = "Long texts"
"""Holds the rest of each text that is longer than a cell holds; written where there is one."""
REST = re.compile(
    r" … \(keep this: the rest is numbers? ([0-9]{1,6})(?: to ([0-9]{1,6}))? "
    rf"on the sheet {LONG_TEXTS}\)\s*\Z"
)
"""Ends a text whose rest stands there."""

SHEETS = (
    ROUND,
    POTS,
    CRITERIA,
    APPLICATIONS,
    MEMBERS,
    INTERESTS,
    MARKS,
    AGREED,
    NOT_APPLICABLE,
    CHAIR_DECISIONS,
    SIGNING,
    LONG_TEXTS,
)
REQUIRED_SHEETS = (ROUND, POTS, CRITERIA, APPLICATIONS)

ROUND_FIELDS = (
    "Format",
    "Fund",
    "Round",
    "Financial year",
    "Scale maximum",
    "Quality",
    "Combine",
    "Quorum",
    "Ranking",
    "Tie ladder",
    "Allocation",
    "Tolerance percent",
    "Tolerance authority",
    "Cap per award",
    "Cap per organisation",
    "Minimum total",
    "Minimum quality",
    "Not applicable allowed",
)

AREA = "Area"
AREA_WORD = "Word for an area"
"""Says what the office calls an area, which heads its columns; written where it has a word of its own."""

COUNTED_AS = "Counted as organisation"
"""Says which applications are of one organisation though they name it otherwise; written where any is so."""
APPLICATION_COLUMNS = (
    "Reference",
    "Organisation",
    "Project",
    "Area",
    "Amount requested",
    "Minimum amount",
    "Total project cost",
    "Match funding",
    "Beneficiaries",
    "Received",
    "Eligible",
    "Eligibility reason",
    "Withdrawn",
    "Previously funded",
    "Organisation type",
    "Charity number",
    "Company number",
    "Contact name",
    "Email",
    "Phone",
    "Address",
    "Postcode",
    "Summary",
    "Need",
    "Outcomes",
    "Start on",
    "End on",
    "Bank account held",
    "Constitution held",
    "Safeguarding policy",
    COUNTED_AS,
)
OTHER_NAMES = {"total cost": "Total project cost", "received at": "Received"}
"""Headings of the import fields that this workbook calls by a name of its own, folded."""

COLUMNS: dict[str, tuple[str, ...]] = {
    ROUND: ("Field", "Value"),
    POTS: ("Area", "Amount", "Start-up", "Already committed", "Shared pot"),
    CRITERIA: (
        "Code",
        "Title",
        "Side",
        "Weight",
        "Method",
        "Basis",
        "Low",
        "High",
        "Bands",
        "Minimum mark",
        "Guidance",
    ),
    APPLICATIONS: APPLICATION_COLUMNS,
    MEMBERS: ("Code", "Name", "Role", "Organisation"),
    INTERESTS: ("Member", "Application", "Kind", "Detail"),
    MARKS: ("Member", "Application", "Submitted"),
    AGREED: ("Application", "Dissent"),
    NOT_APPLICABLE: ("Application", "Criterion", "Reason"),
    CHAIR_DECISIONS: ("Application", "Kind", "Value", "Reason", RULED_BY),
    SIGNING: ("Post", "Area", "Name"),
    LONG_TEXTS: ("Number", "Sheet", "Row when saved", "Text"),
}
REQUIRED_COLUMNS: dict[str, tuple[str, ...]] = {
    ROUND: ("Field", "Value"),
    POTS: ("Area", "Amount"),
    CRITERIA: ("Code", "Title", "Side", "Weight"),
    APPLICATIONS: ("Reference", "Organisation", "Project", "Area", "Amount requested"),
    MEMBERS: ("Code", "Name"),
    INTERESTS: ("Member", "Application", "Kind"),
    MARKS: ("Member", "Application", "Submitted"),
    AGREED: ("Application",),
    NOT_APPLICABLE: ("Application", "Criterion", "Reason"),
    CHAIR_DECISIONS: ("Application", "Kind", "Value", "Reason"),
    SIGNING: ("Post", "Name"),
    LONG_TEXTS: ("Number", "Text"),
}

_TAKEN = {name.casefold() for name in APPLICATION_COLUMNS} | OTHER_NAMES.keys()
_NAMES = _TAKEN.union(name.casefold() for columns in COLUMNS.values() for name in columns)
ANSWER = " (answer)"

ROLES = ("chair", "member", "adviser")
EXCEPTION_VALUE = "fund"


def folded(heading: str) -> str:
    """Return a heading as it is compared: without case, its spaces and line breaks collapsed."""
    return text_key(heading)


def area_heading(word: str) -> str:
    """Return what heads a column of areas: the office's word, "Area" where another is called so."""
    return with_capital(word) if word and folded(word) not in _NAMES else AREA


def answer_heading(heading: str, area_word: str = "") -> str:
    """Return the heading that an answer is written under, marked where a column has that name itself."""
    return heading + ANSWER if _is_taken(heading, area_word) else heading


def answer_asked(heading: str, area_word: str = "") -> str:
    """Return the heading of an answer as the applicant's form had it, without our mark."""
    is_marked = heading.endswith(ANSWER) and _is_taken(heading, area_word)
    return heading.removesuffix(ANSWER) if is_marked else heading


def _is_taken(heading: str, area_word: str) -> bool:
    bare = folded(heading)
    while bare.endswith(ANSWER):
        bare = bare.removesuffix(ANSWER)
    return bare in _TAKEN or bare == folded(area_heading(area_word))


def comment_heading(code: str) -> str:
    """Return the heading over a member's reasons for their marks on a criterion."""
    return f"{code} comment"


def reason_heading(code: str) -> str:
    """Return the heading over the panel's reasons for its agreed marks on a criterion."""
    return f"{code} reason"


def for_panel_heading(code: str) -> str:
    """Return the heading over whether such a reason is for the panel only; written where one is."""
    return f"{code} for the panel only"


def rest_note(first: int, last: int) -> str:
    """Return how a text ends whose rest stands under these numbers of Long texts; `REST` finds it."""
    numbers = f"number {first}" if first == last else f"numbers {first} to {last}"
    return f" … (keep this: the rest is {numbers} on the sheet {LONG_TEXTS})"


class Pounds(Struct, frozen=True):
    """An amount of money for a cell, in pence."""

    pence: int


Value = None | str | bool | int | Decimal | date | datetime | Pounds


class SheetContent(Struct, frozen=True):
    """One sheet: its name, the headings of row 1, and the rows below them."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def content_of(rows: RoundRows, area_word: str = "") -> tuple[SheetContent, ...]:
    """Return every sheet of a round, in the order of the format; who signs only where anybody is named.

    `area_word` is what the office calls an area, "" where it has no word of its own.
    """
    codes = tuple(c.code for c in rows.scheme.judged)
    of_round = [*zip(ROUND_FIELDS, _round_values(rows), strict=True)]
    return (
        _sheet(ROUND, [*of_round, *([(AREA_WORD, area_word)] if area_word else [])]),
        _pots(rows.areas),
        _sheet(CRITERIA, map(_criterion, rows.scheme.criteria)),
        _applications(rows.applications, _counted_as(rows), area_word),
        _sheet(MEMBERS, ((m.code, m.name, m.role, m.organisation) for m in rows.members)),
        _sheet(INTERESTS, ((i.member, i.application, i.kind, i.detail) for i in rows.interests)),
        _marks(codes, rows.sheets),
        _agreed(codes, rows.agreed),
        _sheet(NOT_APPLICABLE, ((n.application, n.criterion, n.reason) for n in rows.not_applicable)),
        _chair_decisions(rows.chair_decisions),
        *([_signing(rows)] if rows.seats else []),
    )


def long_texts(rest: Iterable[tuple[str, int, str]]) -> SheetContent:
    """Return the rest of texts longer than a cell holds, each part with the sheet and row of its cell."""
    return _sheet(LONG_TEXTS, ((number, *part) for number, part in enumerate(rest, 1)))


def answer_columns(applications: Iterable[ApplicationRow]) -> tuple[tuple[str, int], ...]:
    """Return the answers' headings in the order they first come, each with its turn in one form."""
    found: dict[tuple[str, int], None] = {}
    for application in applications:
        found.update(dict.fromkeys(key for key, _ in _numbered(application.answers)))
    return tuple(found)


def _chair_decisions(decided: Sequence[ChairDecisionRow]) -> SheetContent:
    wide = len(COLUMNS[CHAIR_DECISIONS]) - (not any(one.ruled_by for one in decided))
    rows = (
        (d.application, d.kind, EXCEPTION_VALUE if d.place is None else d.place, d.reason, d.ruled_by)
        for d in decided
    )
    return SheetContent(
        CHAIR_DECISIONS,
        COLUMNS[CHAIR_DECISIONS][:wide],
        tuple(row[:wide] for row in rows),
    )


def _sheet(name: str, rows: Iterable[Iterable[Value]]) -> SheetContent:
    return SheetContent(name, COLUMNS[name], tuple(map(tuple, rows)))


def _round_values(rows: RoundRows) -> tuple[Value, ...]:
    scheme = rows.scheme
    return (
        FORMAT,
        rows.fund,
        rows.name,
        rows.year,
        scheme.scale_maximum,
        Decimal(scheme.quality_1e4).scaleb(-4),
        scheme.combine,
        scheme.quorum,
        scheme.ranked_by,
        ", ".join(scheme.ladder),
        scheme.allocation,
        scheme.tolerance_percent,
        scheme.tolerance_authority,
        _pounds(scheme.cap_per_award_pence),
        _pounds(scheme.cap_per_organisation_pence),
        scheme.minimum_total,
        scheme.minimum_quality,
        _yes_no(scheme.not_applicable_allowed),
    )


def _criterion(criterion: Criterion) -> tuple[Value, ...]:
    return (
        criterion.code,
        criterion.title,
        criterion.side,
        Decimal(criterion.weight_1e4).scaleb(-4),
        criterion.method,
        criterion.basis,
        criterion.low,
        criterion.high,
        "; ".join(map(_band, criterion.bands)),
        criterion.floor,
        criterion.guidance,
    )


def _band(band: Band) -> str:
    return f"{money.decimal_text(band.bound)}={money.decimal_text(band.score)}"


def _pots(areas: tuple[Area, ...]) -> SheetContent:
    """Return the areas with their money, and where any shares its pot, the pots that are shared."""
    fixed = COLUMNS[POTS]
    rows = (
        (a.name, Pounds(a.pot_pence), Pounds(a.start_up_pence), Pounds(a.committed_pence), a.shared_pot)
        for a in areas
    )
    wide = len(fixed) if any(area.shared_pot for area in areas) else len(fixed) - 1
    return SheetContent(POTS, fixed[:wide], tuple(row[:wide] for row in rows))


def _applications(
    applications: tuple[ApplicationRow, ...], one_with: Mapping[str, str], area_word: str
) -> SheetContent:
    """Return the applications, and where organisations are merged, which are counted as one."""
    columns, wide = answer_columns(applications), len(APPLICATION_COLUMNS) - (not one_with)
    fixed = APPLICATION_COLUMNS[:wide]
    rows = ((*_application(row), one_with.get(row.reference))[:wide] for row in applications)
    return SheetContent(
        APPLICATIONS,
        (*fixed, *(answer_heading(heading, area_word) for heading, _ in columns)),
        tuple((*own, *_answers(row, columns)) for own, row in zip(rows, applications, strict=True)),
    )


def _counted_as(rows: RoundRows) -> dict[str, str]:
    """Return the organisation as which each application of a merged one is counted, by a name of its own."""
    names = {row.reference: row.organisation for row in rows.applications}
    called: dict[str, str] = {}
    for reference, one in rows.merged:
        if one not in called:
            name, turn = names[reference], 1 + sum(names[reference] == said for said in called.values())
            called[one] = name if turn == 1 else f"{name} ({turn})"
    return {reference: called[one] for reference, one in rows.merged}


def _application(row: ApplicationRow) -> tuple[Value, ...]:
    return (
        row.reference,
        row.organisation,
        row.project,
        row.area,
        Pounds(row.requested_pence),
        _pounds(row.minimum_pence),
        _pounds(row.total_cost_pence),
        _pounds(row.match_funding_pence),
        row.beneficiaries,
        _received(row),
        row.eligibility,
        row.eligibility_reason,
        _yes_no(row.withdrawn),
        _yes_no(row.previously_funded),
        row.organisation_type,
        row.charity_number,
        row.company_number,
        row.contact_name,
        row.email,
        row.phone,
        row.address,
        row.postcode,
        row.summary,
        row.need,
        row.outcomes,
        row.start_on,
        row.end_on,
        _yes_no(row.bank_account_held),
        _yes_no(row.constitution_held),
        _yes_no(row.safeguarding_policy),
    )


def _received(row: ApplicationRow) -> Value:
    if row.received_at is None:
        return None
    return row.received_at if row.received_has_time else row.received_at.date()


def _answers(row: ApplicationRow, columns: tuple[tuple[str, int], ...]) -> tuple[str | None, ...]:
    given = dict(_numbered(row.answers))
    return tuple(given.get(column) for column in columns)


def _numbered(answers: Iterable[Answer]) -> Iterator[tuple[tuple[str, int], str]]:
    turns: dict[str, int] = {}
    for heading, answer in answers:
        turns[heading] = turns.get(heading, 0) + 1
        yield (heading, turns[heading]), answer


def _marks(codes: tuple[str, ...], sheets: Iterable[SheetRow]) -> SheetContent:
    fixed = COLUMNS[MARKS]
    return SheetContent(
        MARKS,
        (*fixed, *codes, *map(comment_heading, codes)),
        tuple(
            (s.member, s.application, _yes_no(s.submitted), *s.marks, *(s.reasons or ("",) * len(codes)))
            for s in sheets
        ),
    )


def _agreed(codes: tuple[str, ...], agreed: tuple[AgreedRow, ...]) -> SheetContent:
    """Return what was agreed, and where any reason is for the panel only, which are."""
    application, dissent = COLUMNS[AGREED]
    ticked = codes if any(row.for_panel for row in agreed) else ()
    return SheetContent(
        AGREED,
        (
            application,
            *codes,
            *map(reason_heading, codes),
            *map(for_panel_heading, ticked),
            dissent,
        ),
        tuple(
            (
                a.application,
                *a.marks,
                *(a.reasons or ("",) * len(codes)),
                *("yes" if code in a.for_panel else None for code in ticked),
                a.dissent,
            )
            for a in agreed
        ),
    )


def _signing(rows: RoundRows) -> SheetContent:
    return _sheet(SIGNING, ((one.post, one.area or None, one.names or None) for one in rows.seats))


def _pounds(pence: int | None) -> Pounds | None:
    return None if pence is None else Pounds(pence)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
