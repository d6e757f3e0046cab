"""The sections of the award schedule behind its lines, which its workbook and its PDF have alike."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from exchange.papers.schedule.schedule_words import (
    NO_EXCEPTION,
    NONE_DISCLOSED,
    condition_notes,
    condition_numbers,
    exception_words,
    journal_words,
    recommended_heading,
    sign_off_rows,
    status_words,
    unranked_reason,
    unsigned_words,
)
from exchange.xlsx.table import ABOUT, TableColumn, TableSheet, columns_of
from models.papers.paper_words import NONE_GIVEN, paper_sentence, pounds, short_moment
from models.papers.status import PaperStatus
from scoring.allocating.over_pot import over_words, unused_words
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.marks.meeting import reopened_because
from scoring.schedule.values import (
    AreaMoney,
    AwardSchedule,
    StoodAside,
    awards_pence,
    pot_uses,
    shared_sentences,
)
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.days import full_day
from scoring.written.text import counted, listed

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity

LONGEST_NAME, FORBIDDEN = 31, frozenset("'/")
"""The most letters of a sheet's name, and what no name has of what a word for areas may have."""
OTHER_SHEETS = frozenset(
    {
        *("schedule", "how scored", "conditions", "not ranked", "interests", "exceptions"),
        *("changed since", "sign-off", "about", "continued", "how sure", "history"),
    }
)
"""The names of a schedule's other sheets, and the one that Excel keeps for itself, folded."""
SIGN_OFF_SHEET = "Sign-off"
BESIDE_THE_LIST = (
    "Worked out beside the list and not part of it. It is not among the data that the SHA-256 names."
)


class _AreaPot(NamedTuple):
    """An area, or several together, how their pots stand, and what its awards came to and stand at, if any.

    `allowed` says who allows what is over a pot, and what is allowed and not used; of one pot alone.
    """

    area: AreaMoney
    awarded_pence: int | None
    stands_pence: int | None
    left_pence: int
    over_pence: int
    allowed: str


def areas_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return each area's pot, and of several all of them together; a column of nothing is hidden."""
    rows = list(_pots(schedule))
    columns = columns_of("schedule areas", rows, recommended=recommended_heading(schedule))
    if all(line.now_pence is None for line in schedule.lines):
        columns = tuple(replace(c, is_hidden=c.is_hidden or c.get == "stands_pence") for c in columns)
    note = "What is left of a pot and what is over it are of the pot alone; the tolerance is not part of it."
    note = " ".join(filter(None, (note, schedule.stands)))
    return _sheet(_areas_name(schedule.letterhead.area_label), note, columns, rows)


def _pots(schedule: AwardSchedule) -> Iterator[_AreaPot]:
    uses, whole = pot_uses(schedule), (schedule.whole, schedule.lines)
    of_each = zip(schedule.by_area(), ([use] for use in uses), strict=True)
    for (area, lines), own in (*of_each, *([(whole, uses)] if len(uses) > 1 else ())):
        said = [words for use in own for words in (over_words(use), unused_words(use)) if words]
        now = awards_pence(lines)
        given, stands = (area.awarded_pence, now) if schedule.has_awards else (None, None)
        left, over = sum(use.left_pence for use in own), sum(use.over_pence for use in own)
        yield _AreaPot(area, given, stands, left, over, ". ".join(said) if len(own) == 1 else "")


def _areas_name(label: AreaLabel) -> str:
    """Return the name of the sheet of areas: the office's word for several where one can be called so."""
    name = label.headings
    fits = len(name) <= LONGEST_NAME and not FORBIDDEN.intersection(name)
    return name if fits and name.casefold() not in OTHER_SHEETS else AREA.headings


def _sheet(name: str, note: str, columns: tuple[TableColumn, ...], rows: Sequence[Any]) -> TableSheet:
    return TableSheet(name, name, note, columns, rows)


def sections(schedule: AwardSchedule) -> Iterator[TableSheet]:
    """Yield what stands behind the lines, each section with its note, its columns and its rows."""
    if any(line.conditions for line in schedule.lines):
        yield _conditions(schedule)
    if schedule.unranked:
        yield _unranked(schedule)
    yield _interests(schedule)
    yield _exceptions(schedule)
    if schedule.amended:
        yield _amended(schedule)
    yield sign_off_sheet(schedule)


def _conditions(schedule: AwardSchedule) -> TableSheet:
    numbers = condition_numbers(schedule)
    columns = columns_of("schedule conditions", number=numbers.get, condition=str)
    more = condition_notes(schedule.lines, schedule.year, is_closed=schedule.is_closed)
    note = f"The lines name the conditions of each award by these numbers. {more}".rstrip()
    return _sheet("Conditions", note, columns, tuple(numbers))


def _unranked(schedule: AwardSchedule) -> TableSheet:
    columns = columns_of(
        "schedule not ranked", schedule.unranked, status=status_words, reason=unranked_reason
    )
    without = counted(len(schedule.unranked), "application", "applications")
    note = f"{without} without a place; none of them is in any total."
    return _sheet("Not ranked", note, columns, schedule.unranked)


def _interests(schedule: AwardSchedule) -> TableSheet:
    """Return who stood aside on what, whose sheet was opened again, and what those who decided disclosed."""
    columns = columns_of("schedule interests")
    members = len({row.member for row in schedule.stood_aside})
    note = f"{counted(members, 'member')} declared an interest in, or abstained on, an application listed."
    note = note if members else "Every member took part in each application listed, and none abstained."
    again = [row._replace(kind=f"sheet {reopened_because(row.kind)}") for row in schedule.reopened]
    disclosed = (
        StoodAside(
            one.notice,
            f"{one.words}, for {listed(one.areas)}" if one.areas else one.words,
            one.interests or NONE_DISCLOSED,
        )
        for one in schedule.signed
        if one.interests or one.notice
    )
    rows = [*schedule.stood_aside, *again, *dict.fromkeys(disclosed)]
    return replace(_sheet("Interests", note, columns, rows), nothing="")


def _exceptions(schedule: AwardSchedule) -> TableSheet:
    """Return every departure from the published rules or the panel's recommendation, with its reason."""
    columns = columns_of("schedule exceptions", words=exception_words)
    many = len(schedule.exceptions)
    told = counted(many, "departure")
    note = f"{told} from the published rules or from what the panel recommended." if many else ""
    return replace(_sheet("Exceptions", note, columns, schedule.exceptions), nothing=NO_EXCEPTION)


def _amended(schedule: AwardSchedule) -> TableSheet:
    columns = columns_of("schedule changed since", words=lambda became: paper_sentence(became[1]))
    note = f"{counted(len(schedule.amended), 'award', 'awards')} changed since the decision."
    note = " ".join(filter(None, (note, schedule.stands)))
    return _sheet("Changed since", note, columns, schedule.amended)


def sign_off_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return a row for each signature of the chain."""
    found = sign_off_rows(schedule)
    is_open = any(row.interests or not (row.name or row.signed) for row in found)
    columns = columns_of("schedule sign-off")
    if not is_open:
        columns = tuple(replace(c, is_hidden=c.get == "interests") for c in columns)
    note = "Each signs after having stated any interest; nobody who gave a mark decides."
    return _sheet(SIGN_OFF_SHEET, f"{note} {unsigned_words(schedule)}".rstrip(), columns, found)


def totals(schedule: AwardSchedule) -> Iterator[tuple[str, str]]:
    """Yield how many lines there are and what they come to, and which areas share a pot."""
    whole = schedule.whole
    yield "Lines", f"{whole.lines} ranked, {len(schedule.unranked)} not ranked"
    yield "Requested in all", pounds(whole.requested_pence)
    yield f"{recommended_heading(schedule)} in all", pounds(whole.recommended_pence)
    yield "Awarded in all", pounds(whole.awarded_pence) if schedule.has_awards else NONE_GIVEN
    for sentence in shared_sentences(schedule):
        yield "Shared pot", sentence


def about_sheet(schedule: AwardSchedule, status: PaperStatus) -> TableSheet:
    """Return what names the paper and its data, the scheme and the rules in words, and the office."""
    scheme = schedule.scheme
    criteria = ((f"{c.code} {c.title}", criterion_words(c, scheme)) for c in scheme.criteria)
    office = [("Office", schedule.office), *schedule.letterhead.facts]
    rows = [
        *_record(schedule, status),
        *rules_in_words(scheme),
        *criteria,
        *(row for row in office if row[1]),
    ]
    columns = columns_of("schedule about")
    note = "What names this schedule and its data; a PDF of the same issue prints the same. Then the rules."
    return _sheet(ABOUT, note, columns, rows)


def _record(schedule: AwardSchedule, status: PaperStatus) -> Iterator[tuple[str, str]]:
    yield "Fund", schedule.fund
    yield "Round", schedule.round
    yield "Financial year", schedule.year
    yield schedule.letterhead.area_label.heading, schedule.area or schedule.whole.area
    yield "Marking", schedule.marking
    yield "Version", status.words
    yield "Generated", short_moment(status.made_at)
    yield from totals(schedule)
    for one in schedule.deciders:
        yield "Decided by", f"{one.words}, {full_day(one.on)}"
        yield "Notice", one.notice
    yield "SHA-256 of the data", status.sha256
    yield "Journal head", journal_words(status)
    yield "Journal head in full", status.journal_hash


def sensitivity_sheet(sure: "ListSensitivity") -> TableSheet:
    """Return how sure the list is, as a section of its own at the end."""
    from exchange.papers.sensitivity_words import SHEET as HOW_SURE
    from exchange.papers.sensitivity_words import sensitivity_rows  # loads the sums of thousands of lists

    columns = columns_of("schedule how sure")
    return TableSheet(HOW_SURE, HOW_SURE, BESIDE_THE_LIST, columns, sensitivity_rows(sure))
