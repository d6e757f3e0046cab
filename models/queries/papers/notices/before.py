"""Who signed the steps of a chain that come before a decision, and whose signature is not recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from models.queries.applications.applications import applications
from models.queries.deciding.decisions import DecisionRow, chain_of, earlier_decisions
from models.queries.deciding.progress import needed_steps
from models.queries.deciding.signatories import Seat, signing
from models.queries.papers.notices.disclosed import disclosed_with
from models.queries.set_up.rounds import is_direct
from models.reference.sign_off import Chain
from models.session import Session
from scoring.counted import counted, listed
from scoring.schedule.lines import FORMS, PanelOutcome
from scoring.written.days import full_day
from scoring.written.text import as_sentence

NO_INTEREST = "no interest"
NONE_OF_THEM = ". None of them disclosed an interest."
"""What somebody disclosed who stated that there was nothing to disclose."""


class Before(Struct, frozen=True):
    """What papers say of the earlier steps: who `signed` them, in sentences, and who is `to_sign` first."""

    signed: tuple[str, ...] = ()
    to_sign: tuple[str, ...] = ()


def signed_before(
    session: Session,
    round_id: int,
    lines: Sequence[DecisionRow],
    every: Sequence[DecisionRow],
) -> tuple[str, ...]:
    """Return who signed lines that are decided at earlier steps, of one that is decided again before which.

    Whose signature the record lacks is told to the office alone, as it may stand on the paper that was
    signed, but where somebody said why the decision goes without it.
    """
    chain = chain_of(session, round_id)
    replaced = earlier_decisions(every)
    first, again = list[DecisionRow](), list[DecisionRow]()
    for line in lines:
        for row in (row for step in _earlier(chain, line) for row in _of_step(every, line, step, chain)):
            later = replaced.get(line.application, ())
            is_again = any(row.number < one.number < line.number for one in later)
            (again if is_again else first).append(row)
    disclosed = disclosed_with(session, nothing=NO_INTEREST)
    counted_too = _given_with(first, again, disclosed)
    where = _areas_signed_for(session, round_id, chain)
    told = (*_sentences((*first, *counted_too), len(lines), disclosed, where),)
    return (*told, *_without(chain, lines, every), *_replaced(again, disclosed, counted_too))


def _without(chain: Chain, lines: Sequence[DecisionRow], every: Sequence[DecisionRow]) -> Iterator[str]:
    """Yield which earlier signatures decisions go without, for how many of them, and why."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        for step in _earlier(chain, line):
            given = {chain[step].post_taken(row.post) for row in _of_step(every, line, step, chain)}
            why = next(
                (
                    row.unsigned_because
                    for row in every
                    if row.unsigned_because and row.application == line.application
                    if step < row.step and row.number <= line.number
                ),
                "",
            )
            for post in (post for post in chain[step].posts if why and post not in given):
                found[post, why] = found.get((post, why), 0) + 1
    for (post, why), many in found.items():
        yield f"It goes without the signature of the {post}{_for(many, len(lines))}: {as_sentence(why)}"


def _given_with(
    first: Iterable[DecisionRow], again: Iterable[DecisionRow], disclosed: Callable[[DecisionRow], str]
) -> tuple[DecisionRow, ...]:
    """Return the signatures before decisions that were taken again which were given with others that hold.

    They count with these, as in the notice that was signed then: a report beside it says the same number.
    """
    given = {(row.signed_by, row.post, row.signed_on, disclosed(row)) for row in first}
    return tuple(row for row in again if (row.signed_by, row.post, row.signed_on, disclosed(row)) in given)


def to_sign_before(
    session: Session,
    round_id: int,
    areas: Mapping[str, str],
    amounts: Mapping[str, int | None],
    every: Sequence[DecisionRow],
) -> Before:
    """Return of lines that are to be decided who signed an earlier step, and who signs it first.

    `areas` and `amounts` are of each application; where each area has a person of its own, it has a line.
    """
    chain, seats = chain_of(session, round_id), dict[str, None]()
    known, signed = signing(session, round_id), list[DecisionRow]()
    for of, pence in amounts.items():
        for step in needed_steps(chain, pence)[:-1]:
            held = (one for one in every if _is_of(one, of, step) and one.is_in_force)
            given = {chain[step].post_taken(one.post): one for one in held}
            signed += given.values()
            area = areas[of] if chain[step].per_area else None
            for post in (post for post in chain[step].posts if post not in given):
                seats[f"{known.called(Seat(step, post, area))}{f' for {area}' if area else ''}"] = None
    in_areas = _areas_signed_for(session, round_id, chain)
    said = _sentences(signed, len(amounts), disclosed_with(session, nothing=NO_INTEREST), in_areas)
    return Before(tuple(said), tuple(seats))


def _earlier(chain: Chain, line: DecisionRow) -> tuple[int, ...]:
    return tuple(step for step in needed_steps(chain, line.amount_pence) if step < line.step)


def _of_step(
    every: Sequence[DecisionRow], line: DecisionRow, step: int, chain: Chain
) -> Iterator[DecisionRow]:
    """Yield who signed in each post of a step last before a line was decided."""
    rows = [
        row
        for row in every
        if _is_of(row, line.application, step) and row.number <= line.number and not row.is_taken_back
    ]
    yield from {chain[step].post_taken(row.post): row for row in rows}.values()


def _is_of(row: DecisionRow, application: str, step: int) -> bool:
    return (row.application, row.step) == (application, step) and row.verdict != "send_back"


def _areas_signed_for(
    session: Session, round_id: int, chain: Chain
) -> Callable[[Iterable[DecisionRow]], str]:
    """Return what says " for Averley" of signatures at a step that has a person for each area, else ""."""
    areas = {row.reference: row.area for row in applications(session, round_id)}
    has_several = len(set(areas.values())) > 1 or is_direct(session, round_id)

    def said(rows: Iterable[DecisionRow]) -> str:
        of = dict.fromkeys(areas[row.application] for row in rows if chain[row.step].per_area)
        named = [area for area in of if area]
        return f" for {listed(named)}" if named and has_several else ""

    return said


def _sentences(
    signed: Iterable[DecisionRow],
    many: int,
    disclosed: Callable[[DecisionRow], str],
    where: Callable[[Iterable[DecisionRow]], str],
) -> Iterator[str]:
    """Yield who signed, as given, for how many of the applications, and what was disclosed.

    Those who signed on one day and disclosed no interest stand in one sentence.
    """
    given: dict[tuple[str, str, date, str], list[DecisionRow]] = {}
    for row in _in_order(signed):
        given.setdefault((row.signed_by, row.post, row.signed_on, disclosed(row)), []).append(row)
    alike: dict[tuple[date, str, str], list[tuple[str, int]]] = {}
    for (name, post, day, said), rows in given.items():
        key = (day, said, name if said not in ("", NO_INTEREST) else "")
        alike.setdefault(key, []).append((f"{name}, {post}{where(rows)}", len(rows)))
    for (day, said, _), who in alike.items():
        beside = NONE_OF_THEM if len(who) > 1 and said == NO_INTEREST else _beside(said)
        yield f"{_signed(who, day, many)}{beside}"


def _signed(who: Sequence[tuple[str, int]], day: date, many: int) -> str:
    """Return who signed on a day, each with the number of the applications that it was for."""
    (name, lines), *others = who
    if not others:
        return f"Before the decision {name}, signed{_for(lines, many)} on {full_day(day)}"
    more = (f"{one}{f', for {lines}' if many > 1 else ''}" for one, lines in others)
    first = f"{name}{f',{_for(lines, many)}' if many > 1 else ''}"
    return f"Before the decision these signed on {full_day(day)}: {'; '.join((first, *more))}"


def _in_order(signed: Iterable[DecisionRow]) -> list[DecisionRow]:
    """Return signatures as they were given: a paper may list its lines by area, or as they came."""
    return sorted(signed, key=lambda row: (row.signed_on, row.number))


def _replaced(
    signed: Iterable[DecisionRow], disclosed: Callable[[DecisionRow], str], told: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield each signature before decisions that others took the place of, with what was signed then.

    What was disclosed with those that are `told` with others stands there.
    """
    given: dict[tuple[str, str, date, str, str], list[str]] = {}
    for row in _in_order(signed):
        said = "" if row in told else disclosed(row)
        key = (row.signed_by, row.post, row.signed_on, row.outcome, said)
        given.setdefault(key, []).append(row.application)
    for (name, post, day, outcome, said), of in given.items():
        done = FORMS[PanelOutcome(outcome)].to_do.replace("the application", listed(of))
        who = f"{name}, {post}, signed on {full_day(day)} {done}"
        yield f"Before the earlier decision, which was taken again, {who}{_beside(said)}"


def _beside(said: str) -> str:
    if said == NO_INTEREST:
        return f", and disclosed {said}."
    return f", and disclosed: {as_sentence(said)}" if said else "."


def _for(lines: int, many: int) -> str:
    """Return for which applications, "" where there is no more than one."""
    if lines == many:
        return "" if many == 1 else f" for all {counted(many, 'application')}"
    return f" for {lines} of the {counted(many, 'application')}"
