"""The sheets of the award schedule's workbook that stand behind the schedule itself."""

from collections.abc import Iterator, Sequence

from exchange.papers.schedule.schedule_head import sheet_head
from exchange.papers.schedule.schedule_words import (
    NONE_GIVEN,
    journal_words,
    moment,
    recommended_heading,
    status_words,
    stood_aside_words,
)
from exchange.xlsx.xlsx_book import Book
from exchange.xlsx.xlsx_cells import COUNT, POUNDS, TEXT, WRAPPED, CellValue, Look, Rows
from exchange.xlsx.xlsx_sheets import write_table
from scoring import money
from scoring.allocating.over_pot import PotUse, over_words
from scoring.counted import counted
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.schedule.canonical import sha256
from scoring.schedule.pots import pot_uses
from scoring.schedule.values import AreaMoney, AwardSchedule

Columns = list[tuple[str, float, Look]]


def write_areas(rows: Rows, schedule: AwardSchedule) -> None:
    """Write each area's pot, and all of them together."""
    heading = recommended_heading(schedule)
    columns: Columns = [
        ("Area", 26, TEXT),
        *((name, 15, POUNDS) for name in ("Pot", "Tolerance", "Start-up, held apart", "Committed")),
        ("Lines", 8, COUNT),
        *(
            (name, 15, POUNDS)
            for name in ("Requested", heading, "Awarded", "Left of the pot", "Over the pot")
        ),
        ("Who allows what is over", 60, WRAPPED),
    ]
    note = "What is left of a pot and what is over it are of the pot alone; the tolerance is no part of it."
    uses = pot_uses(schedule)
    lines = [_area_values(schedule, area, (use,)) for area, use in zip(schedule.areas, uses, strict=True)]
    lines.append(_area_values(schedule, schedule.whole, uses))
    write_table(rows, sheet_head(schedule), note, columns, lines)


def _area_values(schedule: AwardSchedule, area: AreaMoney, uses: Sequence[PotUse]) -> tuple[CellValue, ...]:
    """Return the row of an area, or of several together, whose pots stand so."""
    held = (area.pot_pence, area.tolerance_pence, area.start_up_pence, area.committed_pence)
    awarded = area.awarded_pence if schedule.has_awards else None
    ends = (sum(use.left_pence for use in uses), sum(use.over_pence for use in uses))
    sums = (area.requested_pence, area.recommended_pence, awarded, *ends)
    words = over_words(uses[0]) if len(uses) == 1 else ""
    return (area.area, *(p / 100 for p in held), area.lines, *(in_pounds(p) for p in sums), words or None)


def write_unranked(rows: Rows, schedule: AwardSchedule) -> None:
    """Write the applications without a place, each with its reasons."""
    columns: Columns = [
        ("Reference", 13, TEXT),
        ("Organisation", 34, WRAPPED),
        ("Charity or company no.", 14, WRAPPED),
        ("Project", 34, WRAPPED),
        ("Area", 20, TEXT),
        ("Requested", 14, POUNDS),
        ("Status", 14, TEXT),
        ("Reason", 60, WRAPPED),
        ("Recommended", 40, WRAPPED),
    ]
    lines = [
        (
            *(u.reference, u.organisation, u.number, u.project, u.area, u.requested_pence / 100),
            *(u.status, u.reason, u.outcome),
        )
        for u in schedule.unranked
    ]
    note = f"{counted(len(lines), 'application')} without a place; none of them is in any total."
    write_table(rows, sheet_head(schedule), note, columns, lines)


def write_aside(rows: Rows, schedule: AwardSchedule) -> None:
    """Write who stood aside on what."""
    columns: Columns = [("Reference", 13, TEXT), ("Member", 34, TEXT), ("Kind", 24, TEXT)]
    members = len(stood_aside_words(schedule))
    note = f"{counted(members, 'member')} stood aside or abstained on an application listed."
    write_table(rows, sheet_head(schedule), note, columns, schedule.stood_aside)


def write_exceptions(rows: Rows, schedule: AwardSchedule) -> None:
    """Write every exception to the published rules, with its reason."""
    columns: Columns = [("Reference", 13, TEXT), ("Exception and reason", 120, WRAPPED)]
    note = f"{counted(len(schedule.exceptions), 'exception')} to the published rules."
    write_table(rows, sheet_head(schedule), note, columns, schedule.exceptions)


def write_rules(rows: Rows, schedule: AwardSchedule) -> None:
    """Write the scheme and the rules in words."""
    scheme = schedule.scheme
    criteria = ((f"{c.code} {c.title}", criterion_words(c, scheme)) for c in scheme.criteria)
    columns: Columns = [("Rule", 44, WRAPPED), ("In words", 110, WRAPPED)]
    note = "The scheme and the rules of the round, in words."
    write_table(rows, sheet_head(schedule), note, columns, [*rules_in_words(scheme), *criteria])


def write_record(rows: Rows, schedule: AwardSchedule) -> None:
    """Write the control totals and what names the paper and its data."""
    columns: Columns = [("What", 30, TEXT), ("Value", 90, WRAPPED)]
    note = "What names this schedule and its data; a PDF of the same issue prints the same."
    write_table(rows, sheet_head(schedule), note, columns, _record(schedule))


def _record(schedule: AwardSchedule) -> Iterator[tuple[CellValue, CellValue]]:
    paper, whole = schedule.paper, schedule.whole
    yield "Fund", schedule.fund
    yield "Round", schedule.round
    yield "Financial year", schedule.year
    yield "Area", schedule.area or "All areas"
    yield "Marking", schedule.marking
    yield "Version", status_words(paper)
    yield "Generated", moment(paper.generated_at)
    yield "Lines", str(whole.lines)
    yield "Requested in all", money.pounds(whole.requested_pence)
    yield f"{recommended_heading(schedule)} in all", money.pounds(whole.recommended_pence)
    yield "Awarded in all", money.pounds(whole.awarded_pence) if schedule.has_awards else NONE_GIVEN
    for use in pot_uses(schedule):
        if use.over_pence:
            yield f"{use.area}, over the pot", over_words(use)
    yield "Applications not ranked", str(len(schedule.unranked))
    yield "SHA-256 of the data", sha256(schedule)
    yield "Journal head", journal_words(paper)
    yield "Journal head in full", paper.journal_hash


def write_sign_off(rows: Rows, schedule: AwardSchedule) -> None:
    """Write a row for each signature of the chain."""
    names = ("Name", "Interests statement", "Signature", "Date")
    columns: Columns = [("Post", 34, TEXT), *((name, 34, TEXT) for name in names)]
    note = "In the order of the sign-off chain."
    write_table(
        rows,
        sheet_head(schedule),
        note,
        columns,
        [(post, None, None, None, None) for post in schedule.sign_off],
    )


def write_continued(book: Book, schedule: AwardSchedule) -> None:
    """Write the rest of the texts that were longer than a cell holds."""
    columns: Columns = [("Sheet", 16, TEXT), ("Row", 8, COUNT), ("Text goes on", 120, WRAPPED)]
    note = "Texts longer than a cell holds."
    write_table(book.sheet("Continued"), sheet_head(schedule), note, columns, tuple(book.continuations))


def in_pounds(pence: int | None) -> float | None:
    """Return money as a cell holds it."""
    return None if pence is None else pence / 100
