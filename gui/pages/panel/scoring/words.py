"""The sentences of the scoring page that no rule has."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from gui.pages.page import DECLARE
from gui.text import counted, listed
from models.queries.panel.score_sheets import TO_SCORE, ScoreSheets, SheetLine, SheetState
from scoring.marks.meeting import reopened_because
from scoring.round import InterestKind
from scoring.written.days import short_month
from scoring.written.text import as_sentence, with_capital

DECLARE_FIRST = "Declare your interests first. Applications open after that."
CHOOSE_PERSON = "Who is using this laptop…"
NOT_A_MEMBER = "Members of the panel score here, and you are not on this round’s panel."
OWN_NAME = "Members score here under their own names."
AT_FOOT = "A member who sits at this laptop chooses their own name first, at the foot of the window."
CHOOSE_PAPER = (
    "To type in a sheet that was filled in on paper, choose above whose it is. Its marks count as the "
    "member’s, and History keeps that you typed them in."
)
NOT_SCORING = (
    "You said that you do not score in this round: no sheet is expected from you. You still chair the "
    "meeting and decide there."
)
SCORE_AFTER_ALL = "I score after all"
OTHERS_CLOSED = "Others’ marks open when you hand in"
OTHERS_OPEN = "Others’ marks are open"
NOT_ON_MARKS = "Digits give marks on the score sheet. Press F6 to go there, or click a criterion."
NOT_ON_CELL = "Digits give marks in the columns of the criteria. Press Right to go there."

KIND_WORDS = {
    InterestKind.NONE: "None",
    InterestKind.NON_PECUNIARY: "Other interest",
    InterestKind.PECUNIARY: "Money",
    InterestKind.PREJUDICIAL: "Prejudicial",
    InterestKind.ABSTAINED: "Abstained",
}
KIND_MEANINGS = {
    InterestKind.NONE: "no connection with the applicant or the project",
    InterestKind.NON_PECUNIARY: "I know them, or belong to them, without money in it",
    InterestKind.PECUNIARY: "I, my family or my employer could gain or lose money",
    InterestKind.PREJUDICIAL: "a fair person would think I had made up my mind",
}
STAGE_WORDS = {
    "intake": "set up",
    "scoring": "scoring",
    "meeting": "the meeting",
    "recommending": "recommending",
    "deciding": "deciding",
    "done": "done",
}


def no_sheet_words(*, is_paper: bool, is_shared: bool) -> str:
    """Say to whoever has no sheet who scores here; in a record on a server members are at their own desks."""
    way = "They sign on to the office server with their own login." if is_shared else AT_FOOT
    return f"{OWN_NAME} {way} {CHOOSE_PAPER}" if is_paper else f"{NOT_A_MEMBER} {way}"


def sheet_words(item: str, state: str, total: str) -> str:
    """Return what is heard of a sheet that comes on show: which, how it stands, its total if it has one."""
    return " ".join(f"{words.removesuffix('.')}." for words in (item, state, total) if words)


REOPENED_BELOW = "Handed in. As the chair you can reopen it, below the others’ marks."


def opener_words(chairs: Sequence[str], *, may_open: bool) -> str:
    """Return who opens an area and where, for the person at the laptop: "You open it …", "The chair, …"."""
    named = f", {chairs[0]}," if chairs else ""
    who = "You open" if may_open else f"The chair{named} opens"
    return f"{who} it with the stages at the top."


def closed_words(line: SheetLine, opener: str) -> str:
    """Return why an application is closed to the member, or its sheet locked; "" when it is open."""
    if line.state is SheetState.UNDECLARED:
        return DECLARE_FIRST
    if line.state is SheetState.CONFLICT:
        kept = " Your sheet for it is not counted; it is kept in History." if line.is_void else ""
        return (
            f"You declared an interest in {line.reference}. Its text and marks stay closed to you and you "
            f"take no part in it at the meeting. If that is wrong, ask the chair.{kept}"
        )
    if line.state is SheetState.ABSTAINED:
        return f"You abstained on {line.reference}. You have no sheet for it and do not count toward quorum."
    if line.state is SheetState.WAITING:
        return f"{line.area} is not open for scoring yet. {opener}"
    if line.state is SheetState.MISSED:
        return f"Marks closed: {line.area} is at {STAGE_WORDS.get(line.stage, line.stage)}."
    if line.state is SheetState.HANDED_IN:
        return f"Handed in.{' Only the chair can reopen it.' if line.stage == 'scoring' else ''}"
    return ""


def refusal_words(line: SheetLine, code: str, who: str, opener: str) -> str:
    """Return why a digit gives no mark on a criterion, "" when it can; `who` is "" for the own sheets."""
    said = {SheetState.CONFLICT: "declared an interest in", SheetState.ABSTAINED: "abstained on"}
    if line.state in said:
        return f"{who or 'You'} {said[line.state]} {line.reference}: it takes no mark."
    if line.state is SheetState.UNDECLARED:
        return paper_words(who) if who else DECLARE_FIRST
    if code in line.not_applicable:
        why = dict(line.why_not_applicable).get(code, "")
        return (
            f"{code} takes no mark on {line.reference}: the chair set it aside{f' ({why})' if why else ''}."
        )
    return closed_words(line, opener)


def reopened_words(why: str) -> str:
    """Return what stands over a sheet that was reopened."""
    return as_sentence(with_capital(reopened_because(why)))


def paper_words(name: str) -> str:
    """Return what is said of a member who has not declared, whose sheets are then closed to all."""
    return f"{name} has not declared interests yet. Sheets open after that, on paper too."


def reasons_words(reference: str, codes: Sequence[str]) -> str:
    """Return why a sheet is not handed in: "W-003 has no reason on A1 and A4. This round requires …"."""
    return f"{reference} has no reason on {listed(codes)}. This round requires one beside each mark."


def all_scored_words(lines: Sequence[SheetLine]) -> str:
    """Return what is said once nothing is left to score."""
    mine = [line for line in lines if line.state in TO_SCORE]
    ready = sum(line.state is SheetState.READY for line in mine)
    if ready:
        return f"All {len(mine)} scored. {counted(ready, 'sheet is', 'sheets are')} ready to hand in."
    return f"All {len(mine)} scored and handed in."


def runs_words(start: date | None, end: date | None) -> str:
    """Return when a project runs: "Jan–Jul 2027", "" when that is not known."""
    if start is None or end is None:
        return ""
    if start.year == end.year:
        return (
            f"{short_month(start)[:-5]}–{short_month(end)}" if start.month != end.month else short_month(end)
        )
    return f"{short_month(start)}–{short_month(end)}"


def say_interest(reference: str) -> str:
    """Ask for the words that every interest is declared with."""
    return f"Say in a few words what the interest in {reference} is. They are recorded with the declaration."


class NoSheet(NamedTuple):
    """What is said in place of a sheet.

    `button` is what leads on, "" for nothing, and `why_not` why it does nothing here, "" when it does.
    """

    words: str
    button: str = ""
    why_not: str = ""


def no_sheet(
    sheets: ScoreSheets, lines: Sequence[SheetLine], paper: str | None, *, is_shared: bool
) -> NoSheet | None:
    """Return why none of these lines is shown as a sheet, None where they are.

    `paper` names the member whose paper sheets the office types in, None for a member's own sheets;
    `is_shared` says that the record lies on a server.
    """
    is_paper = paper is not None
    if sheets.member is None:
        words = no_sheet_words(is_paper=is_paper, is_shared=is_shared)
        return NoSheet(words, "" if is_shared else CHOOSE_PERSON)
    if not sheets.has_declared:
        return NoSheet(DECLARE_FIRST if paper is None else paper_words(paper), DECLARE)
    if lines:
        return None
    if not sheets.scores and not is_paper:
        return NoSheet(NOT_SCORING, SCORE_AFTER_ALL, sheets.why_not_scoring)
    return NoSheet("No applications to score here yet.")
