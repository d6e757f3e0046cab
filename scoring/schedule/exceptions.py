"""What a schedule says beside its lines: exceptions, what was not ranked, and ties that the chair settled."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from scoring.allocating.allocation import same_place
from scoring.money import pounds
from scoring.places.standings import NO_SHEET, tie_breaks
from scoring.rank import recalculated
from scoring.ranking import Ranking, Standing, Status
from scoring.round import ChairDecision, ChairDecisionKind, Round
from scoring.schedule.lines import PanelOutcome, Settled, Signed, stay_words
from scoring.schedule.values import signed_words
from scoring.written.text import counted, lazy_pattern, listed, ordinal, with_capital


def allowed_words(standing: Standing, reason: str) -> str:
    """Return what the chair let in although it is below a minimum, and why."""
    below = "; ".join(standing.below_threshold)
    may = f"may be funded although {below}" if below else "may be funded below a minimum"
    return f"{may}: {reason}" if reason else may


def departure_words(standing: Standing, *, is_allowed: bool) -> str:
    """Return how a recommendation of money departs from the published rules.

    What is below a minimum departs in that alone; with the chair's exception, which `is_allowed`, and money
    by the rule it departs in nothing more, which is "".
    """
    if standing.below_threshold and not is_allowed:
        return f"recommended although {'; '.join(standing.below_threshold)}"
    return "" if is_allowed and standing.offer_pence else "recommended out of the order of places"


AGAINST_ORDER = "recommended without money, against the order of places"
"""How a recommendation of no money departs from the published rules, which give some."""


def is_beside(awarded_pence: int | None, advised_pence: int | None, offer_pence: int | None) -> bool:
    """Whether an award is more than the panel recommended and more than the rule offers."""
    return (awarded_pence or 0) > max(advised_pence or 0, offer_pence or 0)


def advised_words(
    advised_pence: int | None, show: Callable[[int], str] = pounds, *, is_reserve: bool = False
) -> str:
    """Return what the panel had recommended where more was awarded, as such a sentence goes on."""
    if is_reserve and not advised_pence:
        return "from the panel's reserve list"
    return f"where the panel recommended {show(advised_pence) if advised_pence else 'no money'}"


def beside_the_panel(
    settled: Settled, standings: Mapping[str, Standing], over: Callable[[str], Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield each award beyond list and recommendation, or of less than the latter, and who decided it.

    `over` tells who is placed before one and stays on the reserve list.
    """
    advised = {row.reference: row for row in settled.recommended}
    signed = dict[str, list[Signed]]()
    for of, one in settled.signed:
        if one.notice:
            signed.setdefault(of, []).append(one)
    for award in settled.awarded:
        of = award.reference
        here, row, who = standings.get(of), advised.get(of), _decided(signed.get(of, ()))
        if here and row and is_beside(award.amount_pence, row.amount_pence, here.offer_pence):
            below = f", although {'; '.join(here.below_threshold)}" if here.below_threshold else ""
            is_reserve = (row.advised or row.outcome) is PanelOutcome.RESERVE
            advice = advised_words(row.amount_pence, is_reserve=is_reserve)
            passed = () if row.amount_pence else over(of)
            past = f". {stay_words(passed, 'it')}" if passed else ""
            yield of, f"{pounds(award.amount_pence)} awarded, {advice}{below}{past}{who}"
        elif row and award.amount_pence < (row.amount_pence or 0):
            given = pounds(award.amount_pence) if award.amount_pence else "nothing"
            yield of, f"{given} awarded, {advised_words(row.amount_pence)}{who}"


def _decided(signed: Sequence[Signed]) -> str:
    """Return who decided something under which notice, as a sentence begins; joint signers together.

    "" where nobody did.
    """
    return f". Decided by {signed_words(signed)}, notice {signed[-1].notice}" if signed else ""


_NO_MARK = "no agreed mark on "
_BELOW = lazy_pattern(r"(.+) ([\d.]+) is below the minimum of ([\d.]+)")
_FEW = lazy_pattern(r"(\d+) counting members?, quorum (\d+)")
_UNCHECKED = "gate not checked: "
_SAID = {
    NO_SHEET: "No member has handed marks in yet",
    f"{_UNCHECKED}eligibility": "Not checked yet for who may apply",
}
INCOMPLETE = "Incomplete"
"""How the reason of one begins of which it is known what it lacks."""
TOO_LATE = "Too late"
"""How the reason of one begins that came late, and was not let in, and is not eligible for nothing else."""
WITHDREW = "The applicant withdrew it"
_NOT_SETTLED = "Not every check of it is settled"
"""Said of a gate that is still to check: what an officer noted of it meanwhile is the office's own."""


def why_not_ranked(status: Status, reasons: Sequence[str], judged: Sequence[str], missing: str = "") -> str:
    """Return the reasons as one text: of seven criteria without an agreed mark, that none is agreed yet.

    Of two of three criteria it is "No agreed mark on A1 and A2". What is `missing` of an application stands
    in the place of a check that is open: "Incomplete: safeguarding policy". Nobody marks what is open. Of
    what came late it is why it is not eligible: "Too late: it was received on 14 October 2026".
    """
    if status is Status.WITHDRAWN:
        return WITHDREW
    if missing.startswith(TOO_LATE) or (missing and _is_unmarked(reasons, judged)):
        return missing
    without = [one.removeprefix(_NO_MARK) for one in reasons if one.startswith(_NO_MARK)]
    others = [one for one in reasons if not one.startswith(_NO_MARK)]
    if without:
        others.append("no mark is agreed yet" if len(without) == len(judged) else _NO_MARK + listed(without))
    return "; ".join(missing if missing and one.startswith(_UNCHECKED) else _told(one) for one in others)


def is_unchecked(reasons: Sequence[str]) -> bool:
    """Whether a gate is still to check among the reasons of what is not ranked."""
    return any(one.startswith(_UNCHECKED) for one in reasons)


def no_money_words(reference: str, status: Status) -> str:
    """Return that what is not ranked gets no money, and what is to be done where some is recommended."""
    return (
        f"{reference} is {status.value}, so no money can be recommended for it. "
        "Withdraw the recommendation, or complete the application."
    )


def _is_unmarked(reasons: Sequence[str], judged: Sequence[str]) -> bool:
    """Whether a check is open and nothing else is said but that nobody has given a mark."""
    marks = {NO_SHEET, *(f"{_NO_MARK}{code}" for code in judged)}
    rest = {one for one in reasons if not one.startswith(_UNCHECKED)}
    return is_unchecked(reasons) and NO_SHEET in rest and rest <= marks


def _told(reason: str) -> str:
    """Return a reason as a reader says it: "A3: 1, below the minimum of 2", "2 members' marks count of 3"."""
    below = _BELOW.fullmatch(reason)
    if below:
        of, shown, least = (one.removesuffix(".00") for one in below.groups())
        return f"{with_capital(of)}: {shown}, below the minimum of {least}"
    few = _FEW.fullmatch(reason)
    if few:
        return f"Marks of {counted(int(few[1]), 'member')} count, and the quorum is {few[2]}"
    return _SAID.get(reason, _NOT_SETTLED if reason.startswith(_UNCHECKED) else with_capital(reason))


class ChairTie(NamedTuple):
    """What the chair decided of one of several equals: `others` are the rest, `position` counts from 1."""

    others: tuple[str, ...]
    position: int
    reason: str
    by: str = "the chair"

    @property
    def words(self) -> str:
        """Return it as a sentence without capital and full stop."""
        equal = f"equal with {listed(self.others)} by the published rules"
        return f"{equal}, put {ordinal(self.position)} by {self.by}{_because([self.reason])}"


def chair_ties(round_: Round, ranking: Ranking) -> dict[str, ChairTie]:
    """Return by reference what the chair decided between equals, in the order of the list.

    Equals are those that the tie-break rules before the chair's leave at one place. A decision that
    separates none of them, or that was not given to each, is left out.
    """
    ties = {one.application: one for one in round_.chair_decisions if one.kind is ChairDecisionKind.TIE}
    before = _before_the_chair(round_) if ties else ranking
    places = {one.reference: one.place for one in ranking.standings}
    found: dict[str, ChairTie] = {}
    for one in before.standings if ties else ():
        equals = [each.reference for each in same_place(before, one)] if one.tied else []
        if len({places[of] for of in equals}) > 1 and ties.keys() >= set(equals):
            found[one.reference] = _tie(one.reference, equals, ties)
    return {one.reference: found[one.reference] for one in ranking.standings if one.reference in found}


def order_words(ties: Mapping[str, ChairTie]) -> Iterator[tuple[str, str]]:
    """Yield each tie as a sentence without its full stop, with the reference that was put first."""
    told: set[str] = set()
    for first, tie in ties.items():
        if first not in told:
            order = [of for of in ties if of == first or of in tie.others]
            told.update(order)
            put = f"{tie.by} put {order[0]} first, then {listed(order[1:])}"
            why = _because([ties[of].reason for of in order])
            yield first, f"{listed(sorted(order))} were equal by the published rules; {put}{why}"


def _because(reasons: list[str]) -> str:
    said = "; ".join(filter(None, dict.fromkeys(reasons)))
    return f": {said}" if said else ""


def _tie(of: str, equals: list[str], ties: Mapping[str, ChairDecision]) -> ChairTie:
    own, others = ties[of], tuple(one for one in equals if one != of)
    position = 1 + sum((ties[one].place or 0) < (own.place or 0) for one in others)
    return ChairTie(others, position, " ".join(own.reason.split()).rstrip("."), own.by)


def _before_the_chair(round_: Round) -> Ranking:
    """Return the ranking by the rules that come before the chair's decision alone."""
    rules = tie_breaks(round_.scheme)
    others = tuple(one for one in round_.chair_decisions if one.kind is not ChairDecisionKind.TIE)
    scheme = replace(round_.scheme, ladder=rules[: rules.index("chair")])
    return recalculated(replace(round_, scheme=scheme, chair_decisions=others))
