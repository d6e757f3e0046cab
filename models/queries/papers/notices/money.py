"""What a notice and a decision report tell of the pots: so that a reader's own sum comes to what is left."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.awards.awards import not_taken_up
from models.queries.awards.variations.variations import in_effect, variations
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decisions import DecisionRow, decisions
from models.queries.papers.notices.fund_year import of_year
from models.queries.papers.notices.numbers import award_references
from models.queries.set_up.round_facts import RoundFacts
from models.session import Session
from scoring.allocating.over_pot import PotUse, over_words
from scoring.allocating.shared_pots import shared_words
from scoring.counted import listed
from scoring.money import column_money, short_pounds

COMMITS, TAKES_BACK = "This notice commits", "This notice takes back"


class Drawn(Struct, frozen=True):
    """What lines that are decided together draw on the pots of their areas.

    `stands` is the money on each application once they are decided, `changes` what a sentence says of it
    (`what`), and `before` what earlier decisions gave in these areas; all in pence. `freed` is what of that
    was not taken up by then, by award. What came later, a variation too, is left out: a paper says what held
    on its day; `today` is what a report says that `changes` stands at, None where that is the same. Where it
    `is_varied`, a variation changed some of `before` by then.
    """

    areas: Collection[str]
    stands: Mapping[str, int]
    changes: int
    before: int = 0
    what: str = COMMITS
    freed: Mapping[str, int] = {}
    today: int | None = None
    is_varied: bool = False


def drawn_by_lines(
    session: Session,
    round_id: int,
    areas: Mapping[str, str],
    lines: Mapping[str, int],
    back: Collection[str] = (),
    signed: DecisionRow | None = None,
) -> Drawn:
    """Return what lines draw: what each gets in pence, nought for one that gets none.

    `areas` holds the area of every application, `back` those that had money before and have none now, and
    `signed` the first line of a notice that is signed, None for a draft. Lines that award nothing take back.
    """
    rows = _decided_before(session, round_id, signed)
    held = _held_before(session, round_id, rows, signed)
    here = {areas[of] for of in lines}
    lost = sum(held.get(of, 0) for of in back)
    before = sum(pence for of, pence in held.items() if of not in lines and areas.get(of) in here)
    others = {of: row for of, row in rows.items() if held.get(of) and of not in (*lines, *back)}
    free = _not_taken_up(session, round_id, others, signed)
    stands, commits = {**held, **lines, **dict.fromkeys(free, 0)}, sum(lines.values())
    freed = {award: held[of] for of, award in free.items() if areas.get(of) in here}
    told = [of for of in held if of not in lines and areas.get(of) in here]
    is_varied = any(held[of] != (rows[of].amount_pence or 0) for of in told)
    if commits or not lost:
        return Drawn(here, stands, commits, before, freed=freed, is_varied=is_varied)
    return Drawn(here, stands, lost, before + lost, TAKES_BACK, freed, is_varied=is_varied)


def standing_before(session: Session, round_id: int, signed: DecisionRow | None) -> dict[str, int]:
    """Return the money of each application that had some before a line was signed, today's where None."""
    rows = _decided_before(session, round_id, signed)
    held = _held_before(session, round_id, rows, signed)
    free = _not_taken_up(session, round_id, {of: row for of, row in rows.items() if held.get(of)}, signed)
    return {of: pence for of, pence in held.items() if pence and of not in free}


def _decided_before(session: Session, round_id: int, signed: DecisionRow | None) -> dict[str, DecisionRow]:
    """Return what stood decided on each application before a line was signed."""
    every = decisions(session, round_id)
    earlier = every if signed is None else (row for row in every if row.number < signed.number)
    stood = (row for row in earlier if row.is_last and row.verdict != "send_back" and not row.is_taken_back)
    return {row.application: row for row in stood}


def _held_before(
    session: Session, round_id: int, rows: Mapping[str, DecisionRow], signed: DecisionRow | None
) -> dict[str, int]:
    """Return the money that each application had before a line was signed, as varied by that day."""
    held = {of: row.amount_pence or 0 for of, row in rows.items()}
    for one in in_effect(variations(session, round_id)):
        if one.application in held and _is_by(one.effective_on, signed):
            held[one.application] = one.to_pence
    return held


def _not_taken_up(
    session: Session, round_id: int, rows: Mapping[str, DecisionRow], signed: DecisionRow | None
) -> dict[str, str]:
    """Return which of these were withdrawn by the day that a line was signed, each with its award."""
    gone = [of for of in rows if of in not_taken_up(session, round_id)] if rows else []
    known = withdrawals(session, round_id) if gone and signed is not None else {}
    free = [of for of in gone if _is_by(known.get(of, UNKNOWN).on, signed)]
    made = award_references(session, [rows[of].number for of in free]) if free else {}
    return {of: made.get(of, of) for of in free}


def _is_by(day: date | None, signed: DecisionRow | None) -> bool:
    return signed is None or (day is not None and day <= signed.signed_on)


def financial_position(session: Session, facts: RoundFacts, taken: Drawn) -> str:
    """Return the fund's year and the pots, with what was committed and decided before, and what is left."""
    changes = f"{taken.what} {short_pounds(taken.changes) if taken.changes else 'no money'}"
    changes += "" if taken.today is None else f", which stands at {short_pounds(taken.today)} today"
    every = pot_uses(session, facts.line.round_id, taken.stands)
    here = [use for use in every if use.area in taken.areas]
    if not here:
        return f"{of_year(session, facts)}{changes}."
    shared = "".join(f"{words} " for words in shared_pots(every, taken.areas))
    pots = f"{of_year(session, facts)}{_of_pots(facts, here, taken)}{shared}"
    return f"{pots}{changes}; {leaves_words(here)}."


def shared_pots(uses: Sequence[PotUse], areas: Collection[str]) -> Iterator[str]:
    """Yield for each pot that one of some areas shares who shares it, and how a paper tells its parts."""
    for names in dict.fromkeys(use.shared_with for use in uses if use.area in areas and use.shared_with):
        pot = short_pounds(sum(use.pot_pence for use in uses if use.area in names))
        yield f"{shared_words(names)} of {pot}; the pot of each is given as its part of that."


def leaves_words(uses: list[PotUse]) -> str:
    """Return what is left of pots, and before it what goes beyond which of them: no pot helps another."""
    left, exceeded = sum(use.left_pence for use in uses), [use for use in uses if use.over_pence]
    whose, named = "the pot" if len(uses) == 1 else "these pots", listed([use.area for use in exceeded])
    than = whose if len(uses) == 1 else f"the pot of {named}"
    over = f"over the pots of {named}" if len(exceeded) > 1 else f"more than {than}"
    beyond = [f"that is {short_pounds(sum(use.over_pence for use in exceeded))} {over}"] if exceeded else []
    if left or not exceeded:
        rest = "the other" if len(uses) - len(exceeded) == 1 else "the others"
        beyond.append(f"{short_pounds(left) if left else 'nothing'} of {rest if exceeded else whose} is left")
    return ", and ".join(beyond)


def areas_over_pot(
    session: Session, round_id: int, taken: Drawn, *, is_decided: bool = True
) -> tuple[tuple[str, int, str], ...]:
    """Return each area that is over its pot, by how much, and who allows it in a sentence."""
    is_or_would = "is" if is_decided else "would be"
    uses = _uses(session, round_id, taken)
    is_only = len(uses) == 1
    return tuple(
        (use.area, use.over_pence, _over_one(use, "" if is_only else is_or_would))
        for use in uses
        if use.over_pence
    )


def _uses(session: Session, round_id: int, taken: Drawn) -> list[PotUse]:
    return [use for use in pot_uses(session, round_id, taken.stands) if use.area in taken.areas]


def _of_pots(facts: RoundFacts, uses: list[PotUse], taken: Drawn) -> str:
    names = [use.area for use in uses]
    pots = short_pounds(sum(use.pot_pence for use in uses))
    start_up = sum(area.start_up_pence for area in facts.line.areas if area.name in names)
    of = "this round" if len(names) == len(facts.line.areas) else listed(names)
    pot = f"The pot of {of} is" if len(names) == 1 else f"The pots of {of} come to"
    committed = sum(use.committed_pence for use in uses)
    earlier = [f"{short_pounds(committed)} was committed before this round"] if committed else []
    varied = ", as it was varied since" if taken.is_varied else ""
    earlier += [f"{short_pounds(taken.before)} was decided earlier{varied}"] if taken.before else []
    less = f", of which {listed(earlier)}" if earlier else ""
    free = f"; {_free(taken.freed)}" if taken.freed else ""
    beside = f"; {short_pounds(start_up)} of start-up money is held apart" if start_up else ""
    return f"{pot} {pots}{less}{free}{beside}. "


def _free(freed: Mapping[str, int]) -> str:
    """Return what of the money decided earlier may be given again: "£3,000 of that is free again, …"."""
    awards = f"{listed(list(freed))} {'was' if len(freed) == 1 else 'were'} not taken up"
    return f"{short_pounds(sum(freed.values()))} of that is free again, as {awards}"


def _over_one(use: PotUse, is_or_would: str) -> str:
    """Return what is over a pot and who allows it; the sum of an only pot is told before it ("")."""
    show = column_money((use.used_pence, use.pot_pence, use.over_pence))
    decided = f"{show(use.used_pence)} {is_or_would} decided, of a pot of {show(use.pot_pence)}. "
    return f"{use.area}: {decided if is_or_would else ''}{over_words(use, show)}."
