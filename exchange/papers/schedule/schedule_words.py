"""Sentences, dates and numbered conditions of the award schedule that its workbook and its PDF share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from models.papers.paper_words import NONE_GIVEN, Sentences
from models.papers.status import PaperStatus
from models.reference.reporting import year_ends_on
from models.values.recommending import scope_of
from scoring import money
from scoring.ranking import PotUse, Status, Why
from scoring.schedule.exceptions import INCOMPLETE, TOO_LATE
from scoring.schedule.lines import (
    FUND_CAPPED,
    OUTCOME_WORDS,
    SIGN_OFF,
    Basis,
    Line,
    PanelOutcome,
    Unranked,
)
from scoring.schedule.values import AwardSchedule, ExceptionMade, decisions_in_words, pot_uses, stands_pence
from scoring.scheme import RankedBy
from scoring.written.days import full_day, short_day
from scoring.written.names import is_same_text
from scoring.written.text import as_sentence, listed, with_capital

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
    return "Price of a point" if is_priced(schedule) else "Score"


def result(schedule: AwardSchedule) -> tuple[str, str, str]:
    """Return what came of the list in three lines: the money, who decided, and what is left."""
    whole, lines, has_awards = schedule.whole, schedule.lines, schedule.has_awards
    given = [(line.awarded_pence if has_awards else line.recommended_pence) or 0 for line in lines]
    verb = "awarded" if has_awards else "proposed by the rule" if is_proposed(schedule) else "recommended"
    open_ = [line for line in lines if line.awarded_pence is None]
    told, uses = tuple(decisions_in_words(schedule)), pot_uses(schedule)
    between = ". Decided by " if any("; " in one for one in told) else "; "
    pots = [sum(of) for of in zip(*((u.left_pence, u.over_pence, u.pot_pence) for u in uses), strict=True)]
    waits = bool(uses) and any(line.recommended_pence for line in open_)
    others = len(schedule.unranked)
    return (
        SAID.came_of(sum(map(bool, given)), whole.lines, sum(given), whole.requested_pence, verb, others),
        SAID.decided(between.join(told), len(open_)),
        SAID.left(*(pots or (0, 0, 0)), len(uses), waits, is_proposed(schedule)),
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
    return [row for post in schedule.sign_off for row in _rows_of(schedule, post, without)]


def _rows_of(schedule: AwardSchedule, post: str, without: str) -> list[SignOff]:
    """Return the rows of a post; who signed in another's stands there with their own."""
    signed = schedule.signed_as(post)
    every = (
        SignOff(
            post,
            one.words if one.seat and not is_same_text(one.seat, one.post) else one.name,
            f"Signed for {listed(one.areas)}, as recorded" if one.areas else SIGNED,
            full_day(one.on),
            one.interests or (NONE_DISCLOSED if one.notice else ""),
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


def is_priced(schedule: AwardSchedule) -> bool:
    return schedule.scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT


def score_words(schedule: AwardSchedule, line: Line) -> str:
    """Return a line's score as printed: points, or the price of a quality point."""
    if is_priced(schedule):
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
    return SAID.ends(use.over_pence, use.left_pence)


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
