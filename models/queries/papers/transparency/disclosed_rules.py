"""How a round was judged, as it is told to whoever asks: what a mark means, the rules, and who decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from models.papers.transparency.disclosure import (
    COMMITTED,
    DECIDED_BY,
    RESERVE_LIST,
    SHARED_POT,
    WAIVERS,
    Given,
)
from models.queries.applications.gates import let_in
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.deciding.decided_anew import decided_round, out_of_order
from models.queries.deciding.decisions import final_decisions
from models.queries.deciding.progress import signers
from models.queries.papers.notices.lines import reserve_holds
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import over_by_post
from scoring.allocating.shared_pots import one_list_words, shared_with
from scoring.counted import counted, listed, noun
from scoring.explaining.words import points_words, rules_in_words, split_words
from scoring.money import short_pounds
from scoring.round import Area
from scoring.schedule.lines import PanelOutcome
from scoring.scheme import Scheme
from scoring.written.days import full_day


def disclosed_rules(
    scheme: Scheme | None, every: Sequence[DecisionRow], told: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what a mark means, how marks come to money, and which posts decided, under which notice.

    `told` are the areas of the applications that are told of, "" for none. Of awards without a competition,
    which have no scheme, the posts and notices alone.
    """
    own = (*(() if scheme is None else _of_marks(scheme)), (DECIDED_BY, _decided(every, told)))
    return tuple((subject, words) for subject, words in own if words)


def _decided(every: Sequence[DecisionRow], told: Mapping[str, str]) -> str:
    """Return which posts decided, each once, with its notices, and for which areas where these differ."""
    areas_of: dict[tuple[str, date, str], set[str]] = {}
    for of, one in final_decisions(every).items():
        if of in told:
            areas_of.setdefault((_posts(every, one), one.signed_on, one.notice), set()).add(told[of])
    differ = len(set(map(frozenset, areas_of.values()))) > 1
    in_order = tuple(dict.fromkeys(filter(None, told.values())))
    notices: dict[str, list[str]] = {}
    for (posts, on, notice), areas in areas_of.items():
        where = listed([area for area in in_order if area in areas]) if differ else ""
        told_of = f"for {where} on" if where else "on"
        notices.setdefault(posts, []).append(f"{told_of} {full_day(on)}, notice {notice}")
    return "; ".join(f"{posts}, {'; '.join(said)}" for posts, said in notices.items())


def _of_marks(scheme: Scheme) -> Iterator[tuple[str, str]]:
    scale = "; ".join(f"{mark} {word}: {meaning.rstrip('.')}" for mark, word, meaning in scheme.descriptors)
    yield from (("A mark", scale), ("Points", points_words(scheme)), ("Split", split_words(scheme)))
    yield from rules_in_words(scheme)[1:]


def shared_lists(areas: Sequence[Area], area: str | None) -> Iterator[tuple[str, str]]:
    """Yield for each pot that areas of a round, or this one, share who does, and how it is ranked."""
    for names in dict.fromkeys(shared_with(areas).values()):
        if area is None or area in names:
            yield SHARED_POT, one_list_words(names, sum(one.pot_pence for one in areas if one.name in names))


def committed_before(areas: Sequence[Area], area: str | None) -> Iterator[tuple[str, str]]:
    """Yield what of the budgets of a round, or of one area, was given before it: the round had the rest."""
    here = [one for one in areas if area in (None, one.name) and one.committed_pence]
    if here:
        given = listed([f"{short_pounds(one.committed_pence)} of the budget of {one.name}" for one in here])
        yield COMMITTED, f"{given} was committed before this round, which had the rest to award"


def waivers(
    session: Session, round_id: int, told: Iterable[tuple[ApplicationRow, Given]]
) -> Iterator[tuple[str, str]]:
    """Yield which applications were let in by a waiver; those that are not named are counted."""
    through = {of for of, _ in let_in(session, round_id)}
    here = [one for row, one in told if row.reference in through]
    named = [one.reference for one in here if one.is_named]
    if here:
        rest = len(here) - len(named)
        more = [f"{rest} that {noun(rest, 'is', 'are')} not named"] if rest else []
        which = f": {listed([*named, *more])}" if named else f"; {noun(rest, 'it is', 'they are')} not named"
        many = f"{counted(len(here), 'application')} that did not meet a condition"
        yield WAIVERS, f"{many} {noun(len(here), 'was', 'were')} let in all the same{which}"


def reserve_list(decided: Iterable[DecisionRow], line: RoundLine) -> Iterator[tuple[str, str]]:
    """Yield what the reserve list of a round promises while it holds and somebody is on it."""
    if not line.is_closed and any(one.outcome == PanelOutcome.RESERVE for one in decided):
        yield RESERVE_LIST, f"It {reserve_holds(line.year)}"


def over_pots(
    session: Session, round_id: int, area: str | None, without: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Yield what is over the pots of a round or an area, by who allowed it, and money out of order.

    It is printed wherever an area's money is (facts.md, 10a), `without` what is withheld: an area has its
    name though somebody withheld has an address there.
    """
    uses = pot_uses(session, round_id, given_amounts(session, round_id))
    here = (use for use in uses if area in (None, use.area))
    told = [f"{use.area}, {without(words)}" for use in here if (words := over_by_post(use, short_pounds))]
    if told:
        yield "Over a pot", "; ".join(told)
    odd = out_of_order(session, decided_round(session, round_id))
    past = [one.words.rstrip(".") for one in odd if area in (None, one.area)]
    if past:
        yield "Out of order", ". ".join(past)


def _posts(every: Sequence[DecisionRow], final: DecisionRow) -> str:
    """Return the posts of those who decided a line, joint signers together; nobody is named."""
    return listed([one.post for one in signers(every, final)])
