"""The sheets, columns and fields of a round workbook, in the order they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from msgspec import Struct

from models.values.rows import AgreedRow, Answer, ApplicationRow, RoundRows, SheetRow
from scoring.publishing import bands_text
from scoring.scheme import Criterion
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


class Kind(Enum):
    """What stands in a column of the applications, which says how it is written and read."""

    TEXT = auto()
    POUNDS = auto()
    POUNDS_OR_NONE = auto()
    COUNT = auto()
    MOMENT = auto()
    DAY = auto()
    YES_NO = auto()
    ELIGIBLE = auto()


class Column(NamedTuple):
    """A column of the applications: its heading, the field of a row, and whether each row needs a value."""

    heading: str
    field: str
    kind: Kind = Kind.TEXT
    is_needed: bool = False


OF_APPLICATIONS = (
    Column("Reference", "reference", is_needed=True),
    Column("Organisation", "organisation", is_needed=True),
    Column("Project", "project"),
    Column("Area", "area"),
    Column("Amount requested", "requested_pence", Kind.POUNDS, is_needed=True),
    Column("Minimum amount", "minimum_pence", Kind.POUNDS),
    Column("Total project cost", "total_cost_pence", Kind.POUNDS),
    Column("Match funding", "match_funding_pence", Kind.POUNDS_OR_NONE),
    Column("Beneficiaries", "beneficiaries", Kind.COUNT),
    Column("Received", "received_at", Kind.MOMENT),
    Column("Eligible", "eligibility", Kind.ELIGIBLE),
    Column("Eligibility reason", "eligibility_reason"),
    Column("Withdrawn", "withdrawn", Kind.YES_NO),
    Column("Previously funded", "previously_funded", Kind.YES_NO),
    Column("Organisation type", "organisation_type"),
    Column("Charity number", "charity_number"),
    Column("Company number", "company_number"),
    Column("Contact name", "contact_name"),
    Column("Email", "email"),
    Column("Phone", "phone"),
    Column("Address", "address"),
    Column("Postcode", "postcode"),
    Column("Summary", "summary"),
    Column("Need", "need"),
    Column("Outcomes", "outcomes"),
    Column("Start on", "start_on", Kind.DAY),
    Column("End on", "end_on", Kind.DAY),
    Column("Bank account held", "bank_account_held", Kind.YES_NO),
    Column("Constitution held", "constitution_held", Kind.YES_NO),
    Column("Safeguarding policy", "safeguarding_policy", Kind.YES_NO),
)
APPLICATION_COLUMNS = (*(column.heading for column in OF_APPLICATIONS), COUNTED_AS)
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
    return f"{code} comment"


def reason_heading(code: str) -> str:
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
    pots: Iterator[tuple[Value, ...]] = (
        (one.name, *map(Pounds, (one.pot_pence, one.start_up_pence, one.committed_pence)), one.shared_pot)
        for one in rows.areas
    )
    decisions: Iterator[tuple[Value, ...]] = (
        (d.application, d.kind, EXCEPTION_VALUE if d.place is None else d.place, d.reason, d.ruled_by)
        for d in rows.chair_decisions
    )
    return (
        _sheet(ROUND, [*of_round, *([(AREA_WORD, area_word)] if area_word else [])]),
        _sheet(POTS, pots, is_last_used=any(area.shared_pot for area in rows.areas)),
        _sheet(CRITERIA, map(_criterion, rows.scheme.criteria)),
        _applications(rows.applications, _counted_as(rows), area_word),
        _sheet(MEMBERS, ((m.code, m.name, m.role, m.organisation) for m in rows.members)),
        _sheet(INTERESTS, ((i.member, i.application, i.kind, i.detail) for i in rows.interests)),
        _marks(codes, rows.sheets),
        _agreed(codes, rows.agreed),
        _sheet(NOT_APPLICABLE, ((n.application, n.criterion, n.reason) for n in rows.not_applicable)),
        _sheet(
            CHAIR_DECISIONS,
            decisions,
            is_last_used=any(one.ruled_by for one in rows.chair_decisions),
        ),
        *([_sheet(SIGNING, ((one.post, one.area, one.names) for one in rows.seats))] if rows.seats else []),
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


def _sheet(name: str, rows: Iterable[Iterable[Value]], *, is_last_used: bool = True) -> SheetContent:
    """Return a sheet with all of its columns; the last is left out where nothing stands in it."""
    wide = len(COLUMNS[name]) - (not is_last_used)
    return SheetContent(name, COLUMNS[name][:wide], tuple(tuple(row)[:wide] for row in rows))


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
        bands_text(criterion.bands),
        criterion.floor,
        criterion.guidance,
    )


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


def _application(row: ApplicationRow) -> Iterator[Value]:
    for column in OF_APPLICATIONS:
        value = getattr(row, column.field)
        match column.kind:
            case Kind.POUNDS | Kind.POUNDS_OR_NONE:
                yield _pounds(value)
            case Kind.YES_NO:
                yield _yes_no(value)
            case Kind.MOMENT:
                yield value if value is None or row.received_has_time else value.date()
            case _:
                yield value


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


def _pounds(pence: int | None) -> Pounds | None:
    return None if pence is None else Pounds(pence)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
