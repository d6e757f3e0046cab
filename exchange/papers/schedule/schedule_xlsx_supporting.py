"""The sheets of the award schedule's workbook that stand behind the schedule itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

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
from exchange.xlsx.table_book import FIRST, SECOND, TableColumn, TableSheet
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


class _AreaPot(NamedTuple):
    """An area, or several together, and how their pots stand."""

    area: AreaMoney
    uses: Sequence[PotUse]

    @property
    def over_words(self) -> str | None:
        """Return who allows what is over the pot of one area."""
        return (over_words(self.uses[0]) or None) if len(self.uses) == 1 else None


def areas_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return each area's pot, and all of them together."""
    columns = (
        TableColumn("Area", 26, "wrapped", "area.area"),
        TableColumn("Pot", 15, "pounds", "area.pot_pence"),
        TableColumn("Tolerance", 15, "pounds", "area.tolerance_pence"),
        TableColumn("Start-up, held apart", 15, "pounds", "area.start_up_pence"),
        TableColumn("Committed before", 15, "pounds", "area.committed_pence"),
        TableColumn("Lines", 8, "count", "area.lines"),
        TableColumn("Requested", 15, "pounds", "area.requested_pence"),
        TableColumn(recommended_heading(schedule), 15, "pounds", "area.recommended_pence"),
        TableColumn(
            "Awarded", 15, "pounds", lambda pot: pot.area.awarded_pence if schedule.has_awards else None
        ),
        TableColumn("Left of the pot", 15, "pounds", lambda pot: sum(use.left_pence for use in pot.uses)),
        TableColumn("Over the pot", 15, "pounds", lambda pot: sum(use.over_pence for use in pot.uses)),
        TableColumn("Who allows what is over", 50, "wrapped", "over_words"),
    )
    note = "What is left of a pot and what is over it are of the pot alone; the tolerance is not part of it."
    note = " ".join(filter(None, (note, schedule.stands)))
    uses = pot_uses(schedule)
    rows = [_AreaPot(area, (use,)) for area, use in zip(schedule.areas, uses, strict=True)]
    rows.append(_AreaPot(schedule.whole, uses))
    return _sheet(_areas_name(schedule.letterhead.area_label), note, columns, rows)


def _areas_name(label: AreaLabel) -> str:
    """Return the name of the sheet of areas: the office's word for several where one can be called so."""
    name = label.headings
    fits = len(name) <= LONGEST_NAME and not FORBIDDEN.intersection(name)
    return name if fits and name.casefold() not in OTHER_SHEETS else AREA.headings


def _sheet(name: str, note: str, columns: tuple[TableColumn, ...], rows: Sequence[Any]) -> TableSheet:
    return TableSheet(name, name, note, columns, rows)


def conditions_sheet(schedule: AwardSchedule, numbers: Mapping[str, int]) -> TableSheet:
    """Return the conditions in full, each under the number by which lines name it."""
    columns = (TableColumn("No.", 8, "count", numbers.get), TableColumn("Condition", 120, "wrapped", str))
    notes = (
        without_conditions(schedule.lines),
        without_scope(schedule.lines),
        on_reserve(schedule.lines, schedule.year, is_closed=schedule.is_closed),
    )
    without = " ".join(filter(None, notes))
    note = f"The sheet Schedule names the conditions of each award by these numbers. {without}".rstrip()
    return _sheet(CONDITIONS, note, columns, tuple(numbers))


def unranked_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return the applications without a place, each with its reasons."""
    columns = (
        TableColumn("Reference", 13, "text", "reference"),
        TableColumn("Organisation", 30, "wrapped", "organisation"),
        TableColumn("Charity or company no.", 14, "wrapped", "number"),
        TableColumn("Project", 30, "wrapped", "project"),
        TableColumn("Area", 20, "wrapped", "area"),
        TableColumn("Requested", 14, "pounds", "requested_pence"),
        TableColumn("Status", 14, "text", status_words),
        TableColumn("Reason", 50, "wrapped", unranked_reason),
        TableColumn("Recommended", 30, "wrapped", "outcome"),
    )
    without = counted(len(schedule.unranked), "application", "applications")
    note = f"{without} without a place; none of them is in any total."
    return _sheet("Not ranked", note, columns, schedule.unranked)


def aside_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return who stood aside on what."""
    columns = (
        TableColumn("Reference", 13, "text", "reference"),
        TableColumn("Member", 34, "text", "member"),
        TableColumn("Kind", 48, "wrapped", "kind"),
    )
    members = counted(len(stood_aside_words(schedule)), "member", "members")
    note = f"{members} declared an interest in, or abstained on, an application listed."
    again = [row._replace(kind=f"sheet {reopened_because(row.kind)}") for row in schedule.reopened]
    if again:
        note += f" {counted(len(again), 'score sheet was', 'score sheets were')} {REOPENED}."
    return _sheet("Interests", note, columns, [*schedule.stood_aside, *again])


def amended_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return what became of awards since they were decided."""
    columns = (
        TableColumn("Reference", 13, "text", FIRST),
        TableColumn("What became of it", 120, "wrapped", lambda became: paper_sentence(became[1])),
    )
    note = f"{counted(len(schedule.amended), 'award', 'awards')} changed since the decision."
    note = " ".join(filter(None, (note, schedule.stands)))
    return _sheet("Changed since", note, columns, schedule.amended)


def exceptions_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return every departure from the published rules or the panel's recommendation, with its reason."""
    columns = (
        TableColumn("Reference", 13, "text", "reference"),
        TableColumn("Exception and reason", 120, "wrapped", exception_words),
    )
    many = len(schedule.exceptions)
    told = counted(many, "departure")
    note = f"{told} from the published rules or from what the panel recommended." if many else ""
    return replace(_sheet("Exceptions", note, columns, schedule.exceptions), nothing=NO_EXCEPTION)


def rules_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return the scheme and the rules in words."""
    scheme = schedule.scheme
    criteria = ((f"{c.code} {c.title}", criterion_words(c, scheme)) for c in scheme.criteria)
    columns = (TableColumn("Rule", 44, "wrapped", FIRST), TableColumn("In words", 110, "wrapped", SECOND))
    note = "The scheme and the rules of the round, in words."
    return _sheet("Rules", note, columns, [*rules_in_words(scheme), *criteria])


def record_sheet(schedule: AwardSchedule, status: PaperStatus) -> TableSheet:
    """Return the control totals and what names the paper and its data."""
    columns = (TableColumn("What", 30, "wrapped", FIRST), TableColumn("Value", 90, "wrapped", SECOND))
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
    is_open = any(stated.values()) or any(not (row.name or row.signed) for row in found)
    columns = (
        TableColumn("Post", 34, "wrapped", "post"),
        TableColumn("Name", 30, "wrapped", lambda row: row.name or None),
        TableColumn(
            *("Interests statement", 34, "wrapped", lambda row: stated.get((row.name, row.on))),
            is_hidden=not is_open,
        ),
        TableColumn("Signature", 50, "wrapped", lambda row: row.signed or None),
        TableColumn("Date", 28, "text", lambda row: row.on or None),
    )
    return _sheet(
        "Sign-off", f"In the order of the sign-off chain. {unsigned_words(schedule)}".rstrip(), columns, found
    )
