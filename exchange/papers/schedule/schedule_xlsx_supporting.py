"""The sheets of the award schedule's workbook that stand behind the schedule itself."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from exchange.papers.paper_words import paper_sentence
from exchange.papers.schedule.schedule_conditions import on_reserve, without_conditions, without_scope
from exchange.papers.schedule.schedule_words import (
    NO_EXCEPTION,
    NONE_GIVEN,
    exception_words,
    journal_words,
    moment,
    recommended_heading,
    sign_off_rows,
    signer_words,
    status_words,
    stood_aside_words,
    unranked_reason,
    unsigned_words,
)
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet
from models.papers.status import PaperStatus
from scoring import money
from scoring.allocating.over_pot import PotUse, over_words
from scoring.counted import counted
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.marks.meeting import REOPENED, reopened_because
from scoring.schedule.values import AreaMoney, AwardSchedule, pot_uses, shared_sentences
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.days import full_day

CONDITIONS = "Conditions"
LONGEST_NAME, FORBIDDEN = 31, frozenset("'/")
"""The most letters of a sheet's name, and what no name has of what a word for areas may have."""
OTHER_SHEETS = frozenset(
    {
        *("schedule", "how scored", "conditions", "not ranked", "interests", "exceptions", "rules"),
        *("changed since", "record", "sign-off", "office", "continued", "how sure", "history"),
    }
)
"""The names of a schedule's other sheets, and the one that Excel keeps for itself, folded."""


def areas_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return each area's pot, and all of them together."""
    columns = (
        TableColumn("Area", 26, "wrapped"),
        *_pounds_columns("Pot", "Tolerance", "Start-up, held apart", "Committed before"),
        TableColumn("Lines", 8, "count"),
        *_pounds_columns(
            "Requested", recommended_heading(schedule), "Awarded", "Left of the pot", "Over the pot"
        ),
        TableColumn("Who allows what is over", 50, "wrapped"),
    )
    note = "What is left of a pot and what is over it are of the pot alone; the tolerance is not part of it."
    note = " ".join(filter(None, (note, schedule.stands)))
    uses = pot_uses(schedule)
    rows = [_area_values(schedule, area, (use,)) for area, use in zip(schedule.areas, uses, strict=True)]
    rows.append(_area_values(schedule, schedule.whole, uses))
    return _sheet(_areas_name(schedule.letterhead.area_label), note, columns, rows)


def _areas_name(label: AreaLabel) -> str:
    """Return the name of the sheet of areas: the office's word for several where one can be called so."""
    name = label.headings
    fits = len(name) <= LONGEST_NAME and not FORBIDDEN.intersection(name)
    return name if fits and name.casefold() not in OTHER_SHEETS else AREA.headings


def _pounds_columns(*headings: str) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(heading, 15, "pounds") for heading in headings)


def _sheet(
    name: str, note: str, columns: tuple[TableColumn, ...], rows: Sequence[Sequence[TableCell]]
) -> TableSheet:
    return TableSheet(name, name, note, columns, rows)


def _area_values(schedule: AwardSchedule, area: AreaMoney, uses: Sequence[PotUse]) -> tuple[TableCell, ...]:
    """Return the row of an area, or of several together, whose pots stand so."""
    awarded = area.awarded_pence if schedule.has_awards else None
    words = over_words(uses[0]) if len(uses) == 1 else ""
    return (
        *(area.area, area.pot_pence, area.tolerance_pence, area.start_up_pence, area.committed_pence),
        *(area.lines, area.requested_pence, area.recommended_pence, awarded),
        *(sum(use.left_pence for use in uses), sum(use.over_pence for use in uses), words or None),
    )


def conditions_sheet(schedule: AwardSchedule, numbers: Mapping[str, int]) -> TableSheet:
    """Return the conditions in full, each under the number by which lines name it."""
    columns = (TableColumn("No.", 8, "count"), TableColumn("Condition", 120, "wrapped"))
    notes = (
        without_conditions(schedule.lines),
        without_scope(schedule.lines),
        on_reserve(schedule.lines, schedule.year, is_closed=schedule.is_closed),
    )
    without = " ".join(filter(None, notes))
    note = f"The sheet Schedule names the conditions of each award by these numbers. {without}".rstrip()
    return _sheet(CONDITIONS, note, columns, [(number, text) for text, number in numbers.items()])


def unranked_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return the applications without a place, each with its reasons."""
    columns = (
        TableColumn("Reference", 13),
        TableColumn("Organisation", 30, "wrapped"),
        TableColumn("Charity or company no.", 14, "wrapped"),
        TableColumn("Project", 30, "wrapped"),
        TableColumn("Area", 20, "wrapped"),
        TableColumn("Requested", 14, "pounds"),
        TableColumn("Status", 14),
        TableColumn("Reason", 50, "wrapped"),
        TableColumn("Recommended", 30, "wrapped"),
    )
    without = counted(len(schedule.unranked), "application", "applications")
    note = f"{without} without a place; none of them is in any total."
    rows = [row._replace(status=status_words(row), reason=unranked_reason(row)) for row in schedule.unranked]
    return _sheet("Not ranked", note, columns, rows)


def aside_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return who stood aside on what."""
    columns = (TableColumn("Reference", 13), TableColumn("Member", 34), TableColumn("Kind", 48, "wrapped"))
    members = counted(len(stood_aside_words(schedule)), "member", "members")
    note = f"{members} declared an interest in, or abstained on, an application listed."
    again = [(row.reference, row.member, f"sheet {reopened_because(row.kind)}") for row in schedule.reopened]
    if again:
        note += f" {counted(len(again), 'score sheet was', 'score sheets were')} {REOPENED}."
    return _sheet("Interests", note, columns, [*schedule.stood_aside, *again])


def amended_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return what became of awards since they were decided."""
    columns = (
        TableColumn("Reference", 13),
        TableColumn("What became of it", 120, "wrapped"),
    )
    note = f"{counted(len(schedule.amended), 'award', 'awards')} changed since the decision."
    note = " ".join(filter(None, (note, schedule.stands)))
    rows = [(reference, paper_sentence(words)) for reference, words in schedule.amended]
    return _sheet("Changed since", note, columns, rows)


def exceptions_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return every departure from the published rules or the panel's recommendation, with its reason."""
    columns = (TableColumn("Reference", 13), TableColumn("Exception and reason", 120, "wrapped"))
    many = len(schedule.exceptions)
    told = counted(many, "departure")
    note = f"{told} from the published rules or from what the panel recommended." if many else ""
    rows = [(made.reference, exception_words(made)) for made in schedule.exceptions]
    return replace(_sheet("Exceptions", note, columns, rows), nothing=NO_EXCEPTION)


def rules_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return the scheme and the rules in words."""
    scheme = schedule.scheme
    criteria = ((f"{c.code} {c.title}", criterion_words(c, scheme)) for c in scheme.criteria)
    columns = (TableColumn("Rule", 44, "wrapped"), TableColumn("In words", 110, "wrapped"))
    note = "The scheme and the rules of the round, in words."
    return _sheet("Rules", note, columns, [*rules_in_words(scheme), *criteria])


def record_sheet(schedule: AwardSchedule, status: PaperStatus) -> TableSheet:
    """Return the control totals and what names the paper and its data."""
    columns = (TableColumn("What", 30, "wrapped"), TableColumn("Value", 90, "wrapped"))
    note = "What names this schedule and its data; a PDF of the same issue prints the same."
    return _sheet("Record", note, columns, list(_record(schedule, status)))


def _record(schedule: AwardSchedule, status: PaperStatus) -> Iterator[tuple[str, str]]:
    whole = schedule.whole
    yield "Fund", schedule.fund
    yield "Round", schedule.round
    yield "Financial year", schedule.year
    yield schedule.letterhead.area_label.heading, schedule.area or schedule.whole.area
    yield "Marking", schedule.marking
    yield "Version", status.words
    yield "Generated", moment(status.made_at)
    yield "Lines", str(whole.lines)
    yield "Requested in all", money.pounds(whole.requested_pence)
    yield f"{recommended_heading(schedule)} in all", money.pounds(whole.recommended_pence)
    yield "Awarded in all", money.pounds(whole.awarded_pence) if schedule.has_awards else NONE_GIVEN
    for sentence in shared_sentences(schedule):
        yield "Shared pot", sentence
    for use in pot_uses(schedule):
        if use.over_pence:
            yield f"{use.area}, over the pot", over_words(use)
    for one in schedule.deciders:
        yield "Decided by", f"{one.words}, {full_day(one.on)}"
        yield "Notice", one.notice
    yield "Applications not ranked", str(len(schedule.unranked))
    yield "SHA-256 of the data", status.sha256
    yield "Journal head", journal_words(status)
    yield "Journal head in full", status.journal_hash


def sign_off_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return a row for each signature of the chain."""
    found = sign_off_rows(schedule)
    stated = {
        (signer_words(one), full_day(one.on)): one.interests or ("None disclosed" if one.notice else None)
        for one in schedule.signed
    }
    is_open = any(stated.values()) or any(not (name or signed) for _post, name, signed, _on in found)
    columns = (
        TableColumn("Post", 34, "wrapped"),
        TableColumn("Name", 30, "wrapped"),
        TableColumn("Interests statement", 34, "wrapped", is_hidden=not is_open),
        TableColumn("Signature", 50, "wrapped"),
        TableColumn("Date", 28),
    )
    rows = [
        (post, name or None, stated.get((name, on)), signed or None, on or None)
        for post, name, signed, on in found
    ]
    return _sheet(
        "Sign-off", f"In the order of the sign-off chain. {unsigned_words(schedule)}".rstrip(), columns, rows
    )
