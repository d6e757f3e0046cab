"""What is given of rounds on a request for information, without names that nobody ticked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, count
from math import inf
from operator import attrgetter

from msgspec.structs import replace

from models.papers.order import PaperOrder, TextPair, TextPairs
from models.papers.transparency.lists import (
    COMMITTED,
    DECIDED_BY,
    LEFT_OUT,
    LEFT_OUT_RULE,
    RESERVE_LIST,
    SHARED_POT,
    UNDECIDED_TOO,
    WAIVERS,
    Criterion,
    Disclosure,
    Given,
    GivenRound,
    title_of,
)
from models.queries.applications.gates import let_in
from models.queries.awards.awards import standing_awards
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.decided_anew import DecidedRound, out_of_order
from models.queries.deciding.decisions import final_decisions, signers
from models.queries.deciding.settled import Became
from models.queries.panel.area_panels import panels_as_signed
from models.queries.papers.intake_papers import shared_lists
from models.queries.papers.notices.lines import reserve_holds
from models.queries.papers.paper_texts import paper_head
from models.queries.papers.transparency.disclosed_lines import Known, given_line, secret_words
from models.queries.papers.transparency.public_award import GIVEN
from models.queries.set_up.round_facts import round_facts, round_rows
from models.queries.set_up.rounds import rounds_of
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, called_apart, gathered
from scoring.allocating.allocation import list_of
from scoring.allocating.over_pot import over_by_post
from scoring.explaining.words import points_words, rules_in_words, split_words
from scoring.money import decimal_text, short_pounds
from scoring.round import Area
from scoring.schedule.lines import PanelOutcome
from scoring.scheme import Scheme
from scoring.written.text import Refused, listed

MARKING = "OFFICIAL"
"""What is given to whoever asks is public, however the papers of its round are marked."""

WHO_IS_NAMED = (
    "Who is named",
    "Each award names who has it. An application without an award has a number in place of the applicant’s "
    "name, and what would show who applied is left out.",
)
FILES = (
    "Files",
    "What was sent with an application is listed there. What it says is given apart, without what may not be "
    "given out.",
)
REVIEW = (
    "If you are not content",
    "Please write to our office, named at the head of this paper, and ask us to look at our answer again: an "
    "internal review. After that you may complain to the Information Commissioner.",
)
"""What is told of the answer itself: the second step is that of section 50 of the 2000 Act."""


def disclosure(session: Session, order: PaperOrder) -> Disclosure:
    """Return what is given of a round or an area, or of every competed round of a fund, a year or the record.

    Applicants without an award and markers are named only if ticked; of what is not decided yet nothing is
    told unless that is said.
    """
    if order.round_id is not None:
        secrets = tuple(secret_words(session, order, order.round_id))
        return _with_lines(_of_round(session, order, secrets, count(1)))
    every = rounds_of(session, order.fund, order.year)
    competed = [line for line in every if not line.is_direct]
    secrets = tuple(one for line in competed for one in secret_words(session, order, line.round_id))
    numbers, parts = count(1), list[Disclosure]()
    for line in competed:
        name = ", ".join(line.names)
        parts.append(_of_round(session, replace(order, round_id=line.round_id), secrets, numbers, name))
    if not parts:
        raise Refused("There is no round that was competed for, so there is nothing to give out.")
    direct = [(line, len(standing_awards(session, line.round_id))) for line in every if line.is_direct]
    apart = tuple(title_of(line.name, line.fund, line.year) for line, many in direct if many)
    whole = replace(
        parts[0],
        fund=parts[0].fund if len({part.fund for part in parts}) == 1 else "",
        round="",
        year=order.year or "",
        rounds=tuple(one for part in parts for one in part.rounds),
        lines=tuple(line for part in parts for line in part.lines),
        left_out=sum(part.left_out for part in parts),
        elsewhere=sum(many for _, many in direct),
        apart=apart,
    )
    return _with_lines(whole)


def _with_lines(value: Disclosure) -> Disclosure:
    if value.lines:
        is_named = all(line.is_named for line in value.lines)
        about = (() if is_named else (WHO_IS_NAMED,), (FILES,) if value.has_files else (), (REVIEW,))
        return replace(value, about=tuple(chain(*about)))
    if value.left_out:
        raise Refused(
            "Nothing is decided there yet, and nothing is given out before a decision unless you say so. "
            f"Tick “{UNDECIDED_TOO}”, or give --with-undecided."
        )
    raise Refused("There is no application yet, so there is nothing to give out.")


def _of_round(
    session: Session, order: PaperOrder, secrets: Iterable[str], numbers: Iterator[int], name: str = ""
) -> Disclosure:
    """Return what is given of one round without `secrets`; who is not named takes the next of `numbers`.

    It goes by its name where several stand together.
    """
    facts, rows = round_facts(session, order.of_round, order.today), round_rows(session, order.of_round)
    known = Known(session, order, rows, secrets)
    is_direct = facts.line.is_direct
    areas, scheme = (() if is_direct else known.area_money), (None if is_direct else rows.scheme)
    first = list_of(rows.areas)
    places = {area.name: number for number, area in enumerate(rows.areas)}
    here = sorted(
        (row for row in rows.applications if order.is_of(row.area)),
        key=lambda row: (
            places.get(first.get(row.area) or "", len(places)),
            known.standings[row.reference].place or inf,
            row.reference,
        ),
    )
    told = [row for row in here if order.with_undecided or known.became[row.reference] is not Became.WAITING]
    shown = {row.reference: row.area or "" for row in told}
    of_area = {row.reference for row in here}
    markers = {one.member for one in rows.sheets if one.submitted and one.application in of_area}
    panels = panels_as_signed(session, order.of_round)
    known_then = replace(rows, members=panels.known(order.area))
    seated = called_apart(known_then).members if order.names_panel else ()
    members = [row for row in seated if panels.belongs(row.code, order.area)]
    names = tuple(f"{row.name}, {row.role}" for row in members)
    lines = tuple(replace(given_line(row, numbers, known), round=name) for row in told)
    judged = GivenRound(
        name=name,
        panel=() if is_direct else names or (GIVEN.marked_by(len(markers), bool(rows.applications)),),
        criteria=tuple(
            Criterion(one.code, one.title, decimal_text(Decimal(one.weight_1e4) / 10_000))
            for one in (scheme.criteria if scheme else ())
        ),
        areas=tuple((one.name, one.pot_pence) for one in areas if order.is_of(one.name)),
        rules=(
            *disclosed_rules(scheme, known.every, shown),
            *([LEFT_OUT_RULE] if any(LEFT_OUT in dict(one.marks).values() for one in lines) else []),
            *((SHARED_POT, words) for words in shared_lists(areas, order.area, attrgetter("pot_pence"))),
            *(() if is_direct else waivers(session, order.of_round, zip(told, lines, strict=True))),
            *committed_before(areas, order.area),
            *reserve_list((known.final[of] for of in shown if of in known.final), facts.line),
            *over_pots(known, order.area, known.withheld.without),
        ),
    )
    return Disclosure(
        **paper_head(session, order, facts.line, marking=MARKING),
        rounds=(judged,),
        lines=lines,
        left_out=len(here) - len(told),
    )


def disclosed_rules(
    scheme: Scheme | None, every: Sequence[DecisionRow], told: Mapping[str, str]
) -> TextPairs:
    """Return what a mark means, how marks come to money, and which posts decided, under which notice.

    `told` are the areas of the applications that are told of, "" for none. Of awards without a competition,
    which have no scheme, the posts and notices alone.
    """
    own = (*(() if scheme is None else _of_marks(scheme)), (DECIDED_BY, _decided(every, told)))
    return tuple((subject, words) for subject, words in own if words)


def _decided(every: Sequence[DecisionRow], told: Mapping[str, str]) -> str:
    stand = {of: one for of, one in final_decisions(every).items() if of in told}
    posts = {of: listed([each.post for each in signers(every, one)]) for of, one in stand.items()}
    where = gathered(((posts[of], one.signed_on, one.notice), told[of]) for of, one in stand.items())
    differ = len(set(map(frozenset, where.values()))) > 1
    in_order = tuple(dict.fromkeys(filter(None, told.values())))
    said = gathered(
        (who, (tuple(area for area in in_order if differ and area in areas), on, notice))
        for (who, on, notice), areas in where.items()
    )
    return GIVEN.decided(tuple(said.items()))


def _of_marks(scheme: Scheme) -> Iterator[TextPair]:
    scale = "; ".join(f"{mark} {word}: {meaning.rstrip('.')}" for mark, word, meaning in scheme.descriptors)
    yield from (("A mark", scale), ("Points", points_words(scheme)), ("Split", split_words(scheme)))
    yield from rules_in_words(scheme)[1:]


def committed_before(areas: Sequence[Area], area: str | None) -> Iterator[TextPair]:
    """Yield what of the budgets of a round, or of one area, was given before it: the round had the rest."""
    here = [one for one in areas if area in (None, one.name) and one.committed_pence]
    if here:
        given = listed([f"{short_pounds(one.committed_pence)} of the budget of {one.name}" for one in here])
        yield COMMITTED, f"{given} was committed before this round, which had the rest to award"


def waivers(
    session: Session, round_id: int, told: Iterable[tuple[ApplicationRow, Given]]
) -> Iterator[TextPair]:
    """Yield which applications were let in by a waiver; those that are not named are counted."""
    through = {of for of, _ in let_in(session, round_id)}
    here = [one for row, one in told if row.reference in through]
    if here:
        named = [one.reference for one in here if one.is_named]
        yield WAIVERS, GIVEN.waived(here, named, len(here) - len(named))


def reserve_list(decided: Iterable[DecisionRow], line: RoundLine) -> Iterator[TextPair]:
    """Yield what the reserve list of a round promises while it holds and somebody is on it."""
    if not line.is_closed and any(one.outcome == PanelOutcome.RESERVE for one in decided):
        yield RESERVE_LIST, f"It {reserve_holds(line.year)}"


def over_pots(round_: DecidedRound, area: str | None, without: Callable[[str], str]) -> Iterator[TextPair]:
    """Yield what is over the pots of a round or an area, by who allowed it, and money out of order.

    It is printed wherever an area's money is, `without` what is withheld: an area has its
    name though somebody withheld has an address there.
    """
    session, round_id = round_.session, round_.round_id
    uses = round_.pots_standing(given_amounts(session, round_id))
    here = (use for use in uses if area in (None, *use.areas))
    by_post = ((use.area, over_by_post(use, round_.final, short_pounds)) for use in here)
    told = [f"{name}, {without(words)}" for name, words in by_post if words]
    if told:
        yield "Over a pot", "; ".join(told)
    odd = out_of_order(round_, round_.final, {})
    past = [words.rstrip(".") for of, words in odd if area in (None, round_.places[of])]
    if past:
        yield "Out of order", ". ".join(past)
