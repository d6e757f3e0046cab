"""What the workbook and PDF of the award schedule have alike: sentences, and sections behind its lines."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from exchange.xlsx.table import ABOUT, TableColumn, TableSheet, columns_of
from models.papers.paper_words import NONE_GIVEN, Sentences, paper_sentence, pounds, short_moment
from models.papers.status import PaperStatus
from models.reference.reporting import year_ends_on
from models.values.recommending import scope_of
from scoring import money
from scoring.allocating.over_pot import authority_words
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.marks.meeting import reopened_because
from scoring.ranking import PotUse, Status, Why
from scoring.schedule.exceptions import INCOMPLETE, TOO_LATE
from scoring.schedule.lines import FUND_CAPPED, OUTCOME_WORDS, SIGN_OFF, Basis, Line, PanelOutcome, Unranked
from scoring.schedule.values import (
    AreaMoney,
    AwardSchedule,
    ExceptionMade,
    StoodAside,
    awards_pence,
    decisions_in_words,
    pot_uses,
    shared_sentences,
    stands_pence,
    whole_pots,
)
from scoring.written.days import full_day, short_day
from scoring.written.names import is_same_text
from scoring.written.text import as_sentence, counted, listed, with_capital

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity

SAID = Sentences("schedule")
NO_EXCEPTION = "No exception was made to the published rules."
_WHOLE = re.compile(r"(?<![£\d,.])(\d{1,3})\.00\b")
_BEGINS = {Status.INCOMPLETE.value: INCOMPLETE, Status.INELIGIBLE.value: TOO_LATE}
_STATUS = {Status.INCOMPLETE.value: "Not ready"}
CHAIR = SIGN_OFF[0]
SIGNED, NOT_SIGNED = "Signed, as recorded", "No signature is recorded"
NONE_DISCLOSED = "None disclosed"
_FUND, _RESERVE = OUTCOME_WORDS[PanelOutcome.FUND], OUTCOME_WORDS[PanelOutcome.RESERVE]


def is_proposed(schedule: AwardSchedule) -> bool:
    """Whether the column of recommended money holds what the rule proposes, as nothing is recommended yet."""
    return schedule.basis is Basis.PROPOSED


def basis_words(schedule: AwardSchedule) -> str:
    """Return what the column of recommended money holds, as a sentence."""
    return SAID.basis(is_proposed(schedule), schedule.has_awards)


def recommended_heading(schedule: AwardSchedule) -> str:
    return "Rule proposes" if is_proposed(schedule) else "Recommended"


def score_heading(schedule: AwardSchedule) -> str:
    return "Price of a point" if schedule.scheme.is_by_price else "Score"


def result(schedule: AwardSchedule) -> tuple[str, str, str]:
    """Return what came of the list in three lines: the money, who decided, and what is left."""
    whole, lines, has_awards = schedule.whole, schedule.lines, schedule.has_awards
    given = [(line.awarded_pence if has_awards else line.recommended_pence) or 0 for line in lines]
    verb = "awarded" if has_awards else "proposed by the rule" if is_proposed(schedule) else "recommended"
    open_ = [line for line in lines if line.awarded_pence is None]
    told, uses = tuple(decisions_in_words(schedule)), whole_pots(schedule)
    between = ". Decided by " if any("; " in one for one in told) else "; "
    pots = [sum(of) for of in zip(*((u.left_pence, u.over_pence, u.pot_pence) for u in uses), strict=True)]
    waits = bool(uses) and any(line.recommended_pence for line in open_)
    return (
        SAID.came_of(
            sum(map(bool, given)),
            whole.lines,
            sum(given),
            whole.requested_pence,
            verb,
            len(schedule.unranked),
        ),
        SAID.decided(between.join(told), len(open_)),
        SAID.left(*(pots or (0, 0, 0)), len(uses), waits, is_proposed(schedule), schedule.is_closed),
    )


class SignOff(NamedTuple):
    """The row of a signature: that it is signed, the day and what was disclosed are "" while it is not."""

    post: str
    name: str
    signed: str = ""
    on: str = ""
    interests: str = ""


def sign_off_rows(schedule: AwardSchedule) -> list[SignOff]:
    """Return a row for each signature.

    A row is blank to sign in while a line still waits for its decision; after that, one without a signature
    in the record says so.
    """
    is_decided = schedule.has_awards and all(line.awarded_pence is not None for line in schedule.lines)
    without = NOT_SIGNED if is_decided else ""
    rows = (row for post in schedule.sign_off for row in _rows_of(schedule, post, without))
    return [row._replace(post=paper_sentence(row.post)) for row in rows]


def _rows_of(schedule: AwardSchedule, post: str, without: str) -> list[SignOff]:
    """Return the rows of a post; who signed in another's stands there with their own."""
    signed = schedule.signed_as(post)
    are_several = len({one.notice for one in signed}) > 1
    every = (
        SignOff(
            post,
            one.words if one.seat and not is_same_text(one.seat, one.post) else one.name,
            (f"Signed for {listed(one.areas)}, as recorded" if one.areas else SIGNED)
            + (f", notice {one.notice}" if are_several and one.notice else ""),
            full_day(one.on),
            # the chair, who signs without a notice, declared as a member: those interests are a section
            one.interests or (NONE_DISCLOSED if one.notice else "as declared, under Interests"),
        )
        for one in signed
    )
    found = dict.fromkeys(every)
    is_whole = any(not one.areas for one in signed)
    named = {area for one in signed for area in one.areas}
    aside = {area for of, area in schedule.not_needed if of == post}
    left = [area.area for area in schedule.areas if area.lines and area.area not in named | aside]
    if is_whole or ((signed or aside) and not left):
        return list(found)
    rows, open_ = list(found), list(left)
    for one in schedule.to_sign:
        of = [area for area in open_ if area in one.areas] if one.areas else list(open_)
        if one.post == post and (of or not left):
            rows.append(SignOff(_for_areas(post, of if one.areas or signed else ()), one.name, without))
            open_ = [area for area in open_ if area not in of]
    if open_ or len(rows) == len(found):
        rows.append(SignOff(_for_areas(post, open_ if rows else ()), "", without))
    return rows


def _for_areas(post: str, areas: Sequence[str]) -> str:
    return f"{post}, for {listed(areas)}" if areas else post


def unsigned_words(schedule: AwardSchedule) -> str:
    """Return whose signature the record lacks on what is decided, and why; "" where it has all."""
    posts = [row.post for row in sign_off_rows(schedule) if row.signed == NOT_SIGNED]
    if not posts or not schedule.deciders:
        return ""
    why = "; ".join(dict.fromkeys(one.because.rstrip(".") for one in schedule.signed if one.because))
    told: dict[bool, list[str]] = {True: [], False: []}
    for post in posts:
        told[bool(why) and post != CHAIR].append(f"the {post.replace(CHAIR, CHAIR.lower())}")
    return SAID.lacking(told[True], told[False], why)


def score_words(schedule: AwardSchedule, line: Line) -> str:
    """Return a line's score as printed: points, or the price of a quality point."""
    if schedule.scheme.is_by_price:
        return NONE_GIVEN if line.price_pence is None else money.average_pounds(line.price_pence)
    return money.score(line.total_1e2)


def place_words(line: Line) -> str:
    """Return a line's place as printed: "4", "=2", "3 by A1"."""
    return money.place_with_rule(line.place, tied=line.tied, by=line.place_by)


def status_words(row: Unranked) -> str:
    """Return why a line has no place, in a word or three: what waits for marks or papers is not ready."""
    if said := _said_of(row):
        return said
    return _STATUS.get(row.status, with_capital(row.status))


def unranked_reason(row: Unranked) -> str:
    """Return why a line has no place beside the words of its status, which are not said twice."""
    return with_capital(row.reason.removeprefix(f"{_said_of(row)}: "))


def _said_of(row: Unranked) -> str:
    """Return how a reason begins that says what an application lacks, or that it came late; "" for others.

    One that an office wrote may begin like it.
    """
    said = _BEGINS.get(row.status, "")
    return said if said and row.reason.startswith(f"{said}: ") else ""


def rule_words(line: Line) -> str:
    """Return what the rule says of a line as a sentence: whole marks and pounds without noughts."""
    words = _without_noughts(line.told)
    return f"{words[:1].upper()}{words[1:]}."


def is_whole(line: Line) -> bool:
    """Whether the rule gives a line all that it asks, or says nothing of it: nobody asks why."""
    return not line.allocated or (line.cause is not None and line.cause.why is Why.FITS)


def exception_words(made: ExceptionMade) -> str:
    return f"{_without_noughts(made.words).rstrip('.')}."


def _without_noughts(words: str) -> str:
    return money.in_one_form(_WHOLE.sub(r"\1", words))


def end_words(use: PotUse) -> str:
    """Return what is left of a pot, or what is over it."""
    return SAID.ends(use.over_pence, use.left_pence, bool(use.shared_with))


def journal_words(status: PaperStatus) -> str:
    """Return the journal head as printed: row, three groups of its hash and its date."""
    if status.journal_row is None:
        return NONE_GIVEN
    on = "" if status.journal_at is None else f", {short_day(status.journal_at)}"
    return f"{status.journal_words}{on}"


def condition_numbers(schedule: AwardSchedule) -> dict[str, int]:
    """Return every condition with its number from 1, in the order in which they come up."""
    texts = dict.fromkeys(text for line in schedule.lines for text in line.conditions)
    return {text: number for number, text in enumerate(texts, start=1)}


def condition_notes(lines: Iterable[Line], year: str, *, is_closed: bool = False) -> str:
    """Return which lines have no condition, less than was asked, or a place in reserve, "" where none has.

    Of those with less, that have nothing said to be left out, some have the most that a cap allows. On the
    reserve list nobody is any more once the round `is_closed`.
    """
    bare, less, capped, held = list[str](), list[str](), list[str](), list[str]()
    for one in lines:
        stands = stands_pence(one)
        if stands and not one.conditions:
            bare.append(one.reference)
        if 0 < stands < one.requested_pence and not scope_of(one.conditions):
            (capped if _is_capped(one) else less).append(one.reference)
        if one.outcome == _RESERVE:
            held.append(one.reference)
    return SAID.conditions(bare, less, capped, held, year_ends_on(year), is_closed)


def _is_capped(line: Line) -> bool:
    """Whether a line has the most that a cap allows."""
    is_so = line.outcome == _FUND and line.cause is not None and line.cause.why is Why.CAPPED
    return is_so or line.outcome == FUND_CAPPED


def has_moved(lines: Iterable[Line]) -> bool:
    """Whether a line that is decided stands at other money than the panel recommended."""
    return any(
        one.awarded_pence is not None and stands_pence(one) != (one.recommended_pence or 0) for one in lines
    )


def in_one_cell(conditions: Iterable[str]) -> str:
    """Return conditions as sentences one after the other, each with one full stop.

    >>> in_one_cell(("Keep receipts.", "Return any money not spent"))
    'Keep receipts. Return any money not spent.'
    """
    return " ".join(filter(None, (as_sentence(text.strip()) for text in conditions)))


def numbers_in_words(conditions: Sequence[str], numbers: Mapping[str, int]) -> str:
    """Return the numbers of conditions, those that follow one another as a run.

    >>> numbers_in_words(("a", "b", "c", "e"), {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})
    '1 to 3, 5'
    """
    runs: list[list[int]] = []
    for number in sorted({numbers[text] for text in conditions}):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


AREAS, SIGN_OFF_SHEET = "Areas", "Sign-off"
BESIDE_THE_LIST = (
    "Worked out beside the list and not part of it. It is not among the data that the SHA-256 names."
)


class _AreaPot(NamedTuple):
    """An area, or several together, how their pots stand, and what its awards came to and stand at, if any.

    `allowed` says who allows what is over a pot, of one pot alone, or over the money of the year, and what
    else may be.
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
    note = " ".join(filter(None, (note, *shared_sentences(schedule), paper_sentence(schedule.stands))))
    return TableSheet(AREAS, schedule.letterhead.area_label.headings, note, columns, rows)


def _pots(schedule: AwardSchedule) -> Iterator[_AreaPot]:
    uses, whole = pot_uses(schedule), (schedule.whole, schedule.lines)
    of_each = zip(schedule.by_area(), ([use] for use in uses), strict=True)
    for (area, lines), own in (*of_each, *([(whole, uses)] if len(uses) > 1 else ())):
        now = awards_pence(lines)
        given, stands = (area.awarded_pence, now) if schedule.has_awards else (None, None)
        left, over = sum(use.left_pence for use in own), sum(use.over_pence for use in own)
        decided = [line.reference for line in lines if line.awarded_pence is not None]
        allowed = [authority_words(own[0], decided)] if len(own) == 1 else []
        allowed += (one.words() for one in schedule.over_year if one.allowed.area == area.area)
        yield _AreaPot(area, given, stands, left, over, ". ".join(filter(None, allowed)))


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
    without = counted(len(schedule.unranked), "application")
    note = f"{without} without a place; none of them is in any total."
    return _sheet("Not ranked", note, columns, schedule.unranked)


def _interests(schedule: AwardSchedule) -> TableSheet:
    """Return who stood aside on what, whose sheet was opened again, and what those who decided disclosed."""
    columns = columns_of("schedule interests")
    members = len({row.member for row in schedule.stood_aside})
    note = f"{counted(members, 'member')} declared an interest in, or abstained on, an application listed."
    note = note if members else "No member declared an interest in, or abstained on, an application listed."
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
    note = f"{counted(len(schedule.amended), 'award')} changed since the decision."
    note = " ".join(filter(None, (note, paper_sentence(schedule.stands))))
    return _sheet("Changed since", note, columns, schedule.amended)


def sign_off_sheet(schedule: AwardSchedule) -> TableSheet:
    """Return a row for each signature of the chain."""
    found = sign_off_rows(schedule)
    is_open = any(row.interests or not (row.name or row.signed) for row in found)
    columns = columns_of("schedule sign-off")
    if not is_open:
        columns = tuple(replace(c, is_hidden=c.get == "interests") for c in columns)
    note = "Each signs after having stated any interest; nobody who gave a mark decides."
    words = (note, unsigned_words(schedule), *schedule.corrections)
    return _sheet(SIGN_OFF_SHEET, " ".join(filter(None, words)), columns, found)


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
