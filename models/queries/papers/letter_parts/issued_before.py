"""Letters beside those that were issued: one that says what it said keeps its day, an answer its first."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import ANSWER, INCOMPLETE, ON_CHALLENGES, ON_DECISIONS, UNDECIDED
from models.papers.letters.letters import MOST_NAMED, Letters
from models.papers.order import PaperOrder
from models.queries.papers.issues import issues_of_kind, newest_issue
from models.session import Session
from models.values.canonical import from_text, to_text
from scoring.counted import counted, first_of
from scoring.written.days import full_day

_INSTEAD = (ON_DECISIONS, (ANSWER,), (UNDECIDED, INCOMPLETE))
"""The letters of which a later one takes the place of the one before."""
UNCHANGED = "{} what {} said when issued and {} day: {}. Only what is dated {} is still to be sent."


class _Before(NamedTuple):
    """A letter of an issued version, among the letters of that."""

    letters: Letters
    letter: Letter


def dated(session: Session, order: PaperOrder, found: Letters) -> Letters:
    """Return letters with the day that each bears: the order's own, or that of the issue that first said it.

    Of a version that says all the same the values are those of that version.
    """
    assert order.round_id is not None, "letters are of a round"
    known = _newest(session, order, {letter.reference for letter in found.letters})
    told = replace(
        found, letters=tuple(_dated(found, one, known.get(one.reference, ()), order) for one in found.letters)
    )
    as_issued = _as_issued(session, order, told)
    gaps = () if as_issued is not None else _unchanged(told.letters, order.today)
    return replace(as_issued or told, gaps=(*found.gaps, *gaps))


def _newest(session: Session, order: PaperOrder, wanted: Collection[str]) -> dict[str, list[_Before]]:
    """Return what was last issued under each of some references, of whatever area."""
    found: dict[str, list[_Before]] = {}
    assert order.round_id is not None, "letters are of a round"
    for issued in issues_of_kind(session, order.kind, order.round_id):
        if found.keys() >= set(wanted):
            break
        letters = from_text(Letters, issued.content)
        earlier = set(found)
        for letter in letters.letters:
            if letter.reference not in earlier:
                found.setdefault(letter.reference, []).append(_Before(letters, letter))
    return found


def _dated(letters: Letters, letter: Letter, before: Iterable[_Before], order: PaperOrder) -> Letter:
    """Return a letter with its day; one that changes what its like said names the day of that."""
    same = next((one for one in before if _said(letters, letter) == _said(one.letters, one.letter)), None)
    if same is not None:
        by = same.letter.pay_back_by or same.letters.pay_back_by
        told = replace(letter, dated_on=same.letter.dated_on, instead_of=same.letter.instead_of)
        return replace(told, pay_back_by=by if same.letter.dated_on != order.today else None)
    of = next((kinds for kinds in _INSTEAD if letter.kind in kinds), ())
    replaced = (one.letter.dated_on for one in before if one.letter.kind in of)
    return replace(letter, dated_on=order.today, instead_of=next(replaced, None))


def _said(letters: Letters, letter: Letter) -> str:
    """Return all that a letter prints but the days that come of when it is issued."""
    bare = replace(letter, dated_on=None, instead_of=None, pay_back_by=None)
    is_told = letter.offered_pence is None and letter.kind not in ON_CHALLENGES
    following = letters.next_round if is_told else None
    marking = letters.marking if letter.is_withheld else ""
    follows = letters.agreement_days if letter.offered_pence is not None else None
    alone = replace(letters, letters=(bare,), marking=marking, next_round=following, agreement_days=follows)
    plain = replace(alone, in_agreements=(), pay_back_by=None)
    return to_text(plain)


def _as_issued(session: Session, order: PaperOrder, told: Letters) -> Letters | None:
    """Return letters as the newest version has them, None where a text or a day differs."""
    newest = newest_issue(session, order.kind, order.round_id, order.subject)
    if newest is None:
        return None
    issued = from_text(Letters, newest.content)
    now = [(one.dated_on, _said(told, one)) for one in told.letters]
    if now != [(one.dated_on, _said(issued, one)) for one in issued.letters]:
        return None
    pairs = zip(told.letters, issued.letters, strict=True)
    kept = (
        replace(one, dated_on=was.dated_on, instead_of=was.instead_of, pay_back_by=was.pay_back_by)
        for one, was in pairs
    )
    return replace(
        told,
        letters=tuple(kept),
        pay_back_by=issued.pay_back_by,
    )


def _unchanged(letters: Iterable[Letter], today: date) -> Iterator[str]:
    """Yield which of some letters are not changed since they were issued on an earlier day."""
    same = [one for one in letters if one.dated_on is not None and one.dated_on < today]
    if same:
        named = first_of([f"{one.reference} ({_day(one)})" for one in same], MOST_NAMED)
        says = counted(len(same), "letter says", "letters say")
        it, keeps = ("it", "keeps its") if len(same) == 1 else ("they", "keep their")
        yield UNCHANGED.format(says, it, keeps, named, full_day(today))


def _day(letter: Letter) -> str:
    assert letter.dated_on is not None, "an issued letter bears a day"
    return full_day(letter.dated_on)
