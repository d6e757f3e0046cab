"""The values of any paper that an order asks for, and what may be chosen for it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.grant_agreement import MOST_NAMED
from models.papers.issued import file_sum
from models.papers.kinds import KINDS, LETTER_KINDS, PaperKind
from models.papers.letters.letter import ANSWER, INCOMPLETE, ON_CHALLENGES, ON_DECISIONS, UNDECIDED, Letter
from models.papers.letters.letters import Letters
from models.papers.open_data import Publisher
from models.papers.order import PaperOrder, PaperValue, TextPairs, Texts
from models.papers.status import PaperStatus
from models.queries.applications.applications import applications
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, recommendations
from models.queries.papers.issues import issues_of_kind, newest_issue
from models.queries.papers.notices.notice import begun_anew
from models.queries.papers.notices.pots import ROUND
from models.queries.papers.notices.signatures import next_notice, notice_numbers, to_decide
from models.queries.papers.paper_texts import publisher
from models.queries.set_up.office import logo_of
from models.queries.set_up.rounds import round_line
from models.reference.reporting import Every, Period, period_of
from models.schema.awards import instalment_table
from models.schema.deciding import sign_off_table
from models.session import Session
from models.values.canonical import from_text, to_text
from models.values.rows import gathered
from scoring.written.days import full_day
from scoring.written.names import text_key
from scoring.written.text import Refused, first_of


def paper_value(session: Session, order: PaperOrder) -> PaperValue:
    """Return the values of the paper that an order asks for; raises Refused when they are not to be had."""
    asked = (*filter(None, (order.area,)), *order.areas)
    if order.round_id is not None and asked:
        names = [area.name for area in round_line(session, order.round_id).areas]
        for area in (area for area in asked if area not in names):
            raise Refused(f"The round has no area “{area}”. Its areas: {', '.join(names)}.")
    value = KINDS[order.kind].ask(session, order)
    return dated(session, order, value) if isinstance(value, Letters) else value


def paper_sha256(kind: str, value: PaperValue) -> str:
    """Return the SHA-256 of a paper's values as canonical JSON in UTF-8, as 64 hex digits."""
    return file_sum(KINDS[kind].text_of(value).encode("utf-8", "surrogatepass"))


def draft_status(session: Session, order: PaperOrder, value: PaperValue) -> PaperStatus:
    return replace(plain_status(order, value), logo=logo_of(session, value.letterhead.logo))


def plain_status(order: PaperOrder, value: PaperValue) -> PaperStatus:
    """Return what a draft says about itself in a form that shows no picture."""
    return PaperStatus(order.now, paper_sha256(order.kind, value), is_nameless=not value.office.strip())


_INSTEAD = (ON_DECISIONS, (ANSWER,), (UNDECIDED, INCOMPLETE))
"""The letters of which a later one takes the place of the one before."""


class _Before(NamedTuple):
    """A letter of an issued version, among the letters of that."""

    letters: Letters
    letter: Letter


def dated(session: Session, order: PaperOrder, found: Letters) -> Letters:
    """Return letters with the day that each bears: the order's own, or that of the issue that first said it.

    Of a version that says all the same the values are those of that version.
    """
    known = _newest(session, order, {letter.reference for letter in found.letters})
    told = replace(
        found, letters=tuple(_dated(found, one, known.get(one.reference, ()), order) for one in found.letters)
    )
    as_issued = _as_issued(session, order, told)
    gaps = () if as_issued is not None else _unchanged(told.letters, order.today)
    named = as_issued or told
    others = (letter for _, letter in issued_beside(session, order))
    letters = tuple(_knowing(named.letters, others))
    return replace(named, letters=letters, gaps=(*found.gaps, *gaps))


def issued_beside(session: Session, order: PaperOrder) -> Iterator[tuple[PaperKind, Letter]]:
    """Yield the round's letters of each other kind and subject as they were last issued, with their kind."""
    for kind in LETTER_KINDS:
        subjects = {order.subject} if kind.code == order.kind else set()
        for issued in issues_of_kind(session, kind.code, order.of_round):
            if issued.subject in subjects:
                continue
            subjects.add(issued.subject)
            if issued.content:
                yield from ((kind, one) for one in from_text(Letters, issued.content).letters)


def unissued(session: Session, order: PaperOrder, found: Letters) -> tuple[Letter, ...]:
    """Return the letters that no issued version of their kind has in the same words."""
    known = _newest(session, order, {letter.reference for letter in found.letters})
    return tuple(one for one in found.letters if _same(found, one, known.get(one.reference, ())) is None)


def _knowing(letters: Sequence[Letter], others: Iterable[Letter]) -> Iterator[Letter]:
    """Yield letters, each with what else its recipient is written about on its day."""
    every = gathered(((text_key(one.organisation), one.dated_on), one) for one in (*letters, *others))
    for letter in letters:
        beside = every[text_key(letter.organisation), letter.dated_on]
        about = dict.fromkeys(one.our_reference for one in beside if one != letter)
        yield replace(letter, besides=tuple(of for of in about if of != letter.our_reference))


def _newest(session: Session, order: PaperOrder, wanted: Collection[str]) -> dict[str, list[_Before]]:
    found: dict[str, list[_Before]] = {}
    for issued in issues_of_kind(session, order.kind, order.of_round):
        if found.keys() >= set(wanted):
            break
        if not issued.content:
            continue  # what it told was erased
        letters = from_text(Letters, issued.content)
        earlier = set(found)
        for letter in letters.letters:
            if letter.reference not in earlier:
                found.setdefault(letter.reference, []).append(_Before(letters, letter))
    return found


def _dated(letters: Letters, letter: Letter, before: Iterable[_Before], order: PaperOrder) -> Letter:
    same = _same(letters, letter, before)
    if same is not None:
        by = same.letter.pay_back_by or same.letters.pay_back_by
        told = replace(letter, dated_on=same.letter.dated_on, instead_of=same.letter.instead_of)
        return replace(told, pay_back_by=by if same.letter.dated_on != order.today else None)
    of = next((kinds for kinds in _INSTEAD if letter.kind in kinds), ())
    replaced = (one.letter.dated_on for one in before if one.letter.kind in of)
    return replace(letter, dated_on=order.today, instead_of=next(replaced, None))


def _same(letters: Letters, letter: Letter, before: Iterable[_Before]) -> _Before | None:
    """Return the issued letter that has the same words, None where none has."""
    words = _said(letters, letter)
    return next((one for one in before if words == _said(one.letters, one.letter)), None)


def _said(letters: Letters, letter: Letter) -> str:
    bare = replace(letter, dated_on=None, instead_of=None, pay_back_by=None)
    is_told = letter.offered_pence is None and letter.kind not in ON_CHALLENGES
    following = letters.next_round if is_told else None
    marking = letters.marking if letter.is_withheld else ""
    follows = letters.agreement_days if letter.offered_pence is not None else None
    alone = replace(letters, letters=(bare,), marking=marking, next_round=following, agreement_days=follows)
    return to_text(replace(alone, in_agreements=(), pay_back_by=None))


def _as_issued(session: Session, order: PaperOrder, told: Letters) -> Letters | None:
    newest = newest_issue(session, order.kind, order.round_id, order.subject)
    if newest is None or not newest.content:
        return None
    issued = from_text(Letters, newest.content)
    now = [(one.dated_on, _said(told, one)) for one in told.letters]
    if now != [(one.dated_on, _said(issued, one)) for one in issued.letters]:
        return None
    pairs = zip(told.letters, issued.letters, strict=True)
    kept = tuple(
        replace(one, dated_on=was.dated_on, instead_of=was.instead_of, pay_back_by=was.pay_back_by)
        for one, was in pairs
    )
    return replace(told, letters=kept, pay_back_by=issued.pay_back_by)


def _unchanged(letters: Iterable[Letter], today: date) -> Iterator[str]:
    dated = ((one.reference, one.dated_on) for one in letters if one.dated_on is not None)
    same = [f"{of} ({full_day(day)})" for of, day in dated if day < today]
    if same:
        yield ROUND.unchanged(same, first_of(same, MOST_NAMED), today)


class PaperChoices(Struct, frozen=True):
    """The notices of a round, oldest first; the months of the office's notices and payments, newest first.

    `recipients` are (reference, whose) in order of references. `draft` is the number under which a notice
    is drafted of what waits for a decision beside what is decided, "" where nothing does; `begun` are those
    under which some of several signed a new decision, which waits for the others.
    """

    notices: Texts
    months: tuple[date, ...]
    publisher: Publisher
    recipients: TextPairs = ()
    draft: str = ""
    begun: Texts = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the quarters and years of those months, newest first, each year before its quarters."""
        found = (period_of(month, every) for month in self.months for every in (Every.YEAR, Every.QUARTER))
        return tuple(dict.fromkeys(found))

    @property
    def awards(self) -> Texts:
        return tuple(reference for reference, _ in self.recipients)


def paper_choices(
    session: Session, round_id: int, areas: Collection[str] = (), *, today: date | None = None
) -> PaperChoices:
    """Return what the papers of a round, and those of no round, can be made of.

    Of some areas, () for all, there are their own notices: one that is not decided is drafted, whatever
    others have. Of what
    else waits for a decision a notice is drafted as well, under the number that comes next `today`.
    """
    rows = [row for row in applications(session, round_id) if not areas or row.area in areas]
    chosen = {row.reference for row in rows}
    every = [row for row in decisions(session, round_id) if row.application in chosen]
    days = session.scalars(select(sign_off_table.c.signed_on).where(sign_off_table.c.is_last).distinct())
    paid = session.scalars(select(instalment_table.c.paid_on).where(instalment_table.c.paid_on.is_not(None)))
    months = {day.replace(day=1) for day in (*days, *paid) if day is not None}
    is_left = notice_numbers(every) and to_decide(rows, recommendations(session, round_id), every)
    return PaperChoices(
        notices=notice_numbers(every),
        months=tuple(sorted(months, reverse=True)),
        publisher=publisher(session),
        recipients=tuple((row.reference, row.organisation) for row in awards(session, round_id)),
        draft=next_notice(session, today.year) if today and is_left else "",
        begun=tuple(begun_anew(session, round_id, every)),
    )
