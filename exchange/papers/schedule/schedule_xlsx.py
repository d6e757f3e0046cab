"""The award schedule as a workbook: the schedule, the pots, how it was scored, and what stands behind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from exchange.atomic import Tick, write_beside
from exchange.papers.paper_words import paper_sentence
from exchange.papers.schedule.how_scored import SHEET as HOW_SCORED
from exchange.papers.schedule.how_scored import write_how_scored
from exchange.papers.schedule.schedule_words import (
    ALLOCATED,
    BESIDE_THE_LIST,
    NO_EXCEPTION,
    NONE_GIVEN,
    basis_words,
    condition_notes,
    exception_words,
    is_priced,
    journal_words,
    moment,
    numbered,
    numbers_in_words,
    place_words,
    recommended_heading,
    score_heading,
    sign_off_rows,
    signer_words,
    status_words,
    stood_aside_words,
    unranked_reason,
    unsigned_words,
)
from exchange.xlsx.table_book import (
    ABOUT,
    FIRST,
    SECOND,
    Shown,
    TableColumn,
    TableSheet,
    write_continued,
    write_sheet,
)
from exchange.xlsx.xlsx_cells import LABEL, POUNDS_BOLD, TEXT, Book, CellValue, Formula, Look, check_book
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW, SheetHead
from models.papers.status import PaperStatus
from scoring import money
from scoring.allocating.over_pot import PotUse, over_words
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.marks.meeting import REOPENED, reopened_because
from scoring.money import in_one_form
from scoring.schedule.lines import Line
from scoring.schedule.values import AreaMoney, AwardSchedule, pot_uses, shared_sentences
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.days import full_day
from scoring.written.text import counted

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
SHEET = "Schedule"
_MONEY_COLUMNS, AWARDED_COLUMN = "GHI", "I"
NARROWEST_PLACE = 7
PRINTED = 15
"""So many columns of the schedule are printed, on one page; how it was allocated is on the sheet alone."""


class _AreaPot(NamedTuple):
    """An area, or several together, and how their pots stand."""

    area: AreaMoney
    uses: Sequence[PotUse]

    @property
    def over_words(self) -> str | None:
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
    without = " ".join(condition_notes(schedule))
    note = f"The sheet Schedule names the conditions of each award by these numbers. {without}".rstrip()
    return _sheet("Conditions", note, columns, tuple(numbers))


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
    columns = (TableColumn("What", 44, "wrapped", FIRST), TableColumn("In words", 110, "wrapped", SECOND))
    note = "What names this schedule and its data; a PDF of the same issue prints the same. Then the rules."
    return _sheet(ABOUT, note, columns, rows)


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


def write_schedule_xlsx(
    schedule: AwardSchedule,
    status: PaperStatus,
    path: Path,
    tick: Tick = None,
    *,
    sure: "ListSensitivity | None" = None,
) -> Path:
    """Write the schedule and return the path it really has (another when the file is open elsewhere).

    How sure the list is has a sheet of its own at the end, where it is given.
    """

    def write(part: Path) -> None:
        with Book(schedule.title, status.made_at) as book:
            _write_sheets(book, schedule, status, _shared_tick(tick, len(schedule.lines)))
            if sure is not None:
                write_sheet(book, sheet_head(schedule, status), _sensitivity_sheet(sure))
            book.save(part)

    return write_beside(path, write, check_book)


def _sensitivity_sheet(sure: "ListSensitivity") -> TableSheet:
    from exchange.papers.sensitivity_words import SHEET as HOW_SURE
    from exchange.papers.sensitivity_words import sensitivity_rows  # loads the sums of thousands of lists

    columns = (TableColumn("About", 44, "wrapped", FIRST), TableColumn("In words", 110, "wrapped", SECOND))
    return TableSheet(HOW_SURE, HOW_SURE, BESIDE_THE_LIST, columns, sensitivity_rows(sure))


def _shared_tick(tick: Tick, lines: int) -> Callable[[int, int], None]:
    """Return a tick for both long sheets: the schedule is the first half, How scored the second."""

    def count(done: int, _total: int) -> None:
        if tick is not None:
            tick(done, 2 * lines)

    return count


def _write_sheets(
    book: Book, schedule: AwardSchedule, status: PaperStatus, tick: Callable[[int, int], None]
) -> None:
    head, count = sheet_head(schedule, status), len(schedule.lines)
    write_sheet(book, head, schedule_sheet(schedule, status), tick)
    write_sheet(book, head, areas_sheet(schedule))
    last = TABLE_HEADING_ROW + max(count, 1)
    checks = tuple(f"{SHEET}!${c}${TABLE_HEADING_ROW + 1}:${c}${last}" for c in "JK")
    write_how_scored(
        book.sheet(HOW_SCORED),
        schedule,
        head,
        (checks[0], checks[1]),
        lambda done, total: tick(count + done, total),
    )
    numbers = _numbers(schedule)
    if numbers:
        write_sheet(book, head, conditions_sheet(schedule, numbers))
    for sheet in (unranked_sheet, aside_sheet, exceptions_sheet):
        write_sheet(book, head, sheet(schedule))
    if schedule.amended:
        write_sheet(book, head, amended_sheet(schedule))
    write_sheet(book, head, sign_off_sheet(schedule))
    write_sheet(book, head, about_sheet(schedule, status))
    write_continued(book, head)


def schedule_sheet(schedule: AwardSchedule, status: PaperStatus) -> TableSheet:
    """Return the schedule itself, with live sums of the lines that are shown above its headings."""
    numbers = _numbers(schedule)
    return TableSheet(
        *(SHEET, schedule.title, _about(schedule, status), _columns(schedule, numbers), schedule.lines),
        frozen_columns=2,
        printed_columns=PRINTED,
        above=_totals(schedule),
    )


def _numbers(schedule: AwardSchedule) -> Mapping[str, int]:
    return numbered(line.conditions for line in schedule.lines)


def _columns(schedule: AwardSchedule, numbers: Mapping[str, int]) -> tuple[TableColumn, ...]:
    has_types = any(line.crime_type for line in schedule.lines)

    def score(line: Line) -> float | None:
        return line.price_pence if is_priced(schedule) else line.total_1e2 / 100

    return (
        TableColumn("Reference", 10, "wrapped", "reference"),
        TableColumn("Organisation", 21, "wrapped", "organisation"),
        TableColumn("Charity or company no.", 10, "wrapped", "number"),
        TableColumn("Project", 18, "wrapped", "project"),
        TableColumn("Area", 13, "wrapped", "area"),
        TableColumn("Crime type or priority", 13, "wrapped", "crime_type", is_hidden=not has_types),
        TableColumn("Requested", 12, "pounds", "requested_pence"),
        TableColumn(recommended_heading(schedule), 13, "pounds", "recommended_pence"),
        TableColumn("Awarded", 12, "pounds", "awarded_pence"),
        TableColumn(score_heading(schedule), 9, "own pounds" if is_priced(schedule) else "points", score),
        TableColumn("Place", _place_width(schedule), "count", _place),
        TableColumn("Outcome", 9, "wrapped", "outcome"),
        TableColumn("Conditions", 10, "wrapped", lambda line: numbers_in_words(line.conditions, numbers)),
        TableColumn("Reason", 29, "wrapped", "reason"),
        TableColumn("Award", 10, "text", lambda line: line.award or None),
        TableColumn(ALLOCATED, 60, "wrapped", lambda line: in_one_form(line.allocated) or None),
    )


def _place_width(schedule: AwardSchedule) -> int:
    """Return a width that shows every place: a number that does not fit would show as ####."""
    longest = max((len(_place_words(line)) for line in schedule.lines), default=0)
    return max(longest + 1, NARROWEST_PLACE)


def _place(line: Line) -> Shown:
    """Return a place as a real number that shows as printed: 2 under the format for a tie shows "=2"."""
    before, _, after = _place_words(line).partition(str(line.place))
    return Shown(line.place, f"{_quoted(before)}0{_quoted(after)}")


def _place_words(line: Line) -> str:
    """Return a place in few words: a number in a cell cannot go over two lines."""
    return place_words(line).replace("by date received", "by date")


def _quoted(text: str) -> str:
    """Return words for a number format; a quotation mark cannot stand in one."""
    return f'"{text.replace(chr(34), "")}"' if text else ""


def _totals(schedule: AwardSchedule) -> list[tuple[CellValue, Look]]:
    """Return the row above the headings: the count of lines and live sums of those that are shown."""
    first, last = TABLE_HEADING_ROW + 1, TABLE_HEADING_ROW + len(schedule.lines)
    whole = schedule.whole
    sums = (whole.requested_pence, whole.recommended_pence, whole.awarded_pence)
    row: list[tuple[CellValue, Look]] = [(f"Total of {counted(whole.lines, 'line', 'lines')}", LABEL)]
    row += [(None, TEXT)] * 5
    for column, pence in zip(_MONEY_COLUMNS, sums, strict=True):
        if column == AWARDED_COLUMN and not schedule.has_awards:
            continue
        formula = Formula(f"=SUBTOTAL(109,{column}{first}:{column}{max(first, last)})", f"{pence / 100:.2f}")
        row.append((formula, POUNDS_BOLD))
    return row


def _about(schedule: AwardSchedule, status: PaperStatus) -> str:
    made = f"Generated {moment(status.made_at)}"
    whose = f"{schedule.office}. " if schedule.office else ""
    return f"{whose}{status.words}. {basis_words(schedule)} {made}. {schedule.marking}."


def sheet_head(schedule: AwardSchedule, status: PaperStatus) -> SheetHead:
    """Return title, marking and version of a schedule."""
    area = schedule.letterhead.area_label
    return SheetHead(schedule.title, schedule.marking, status.words, area, status.logo)
