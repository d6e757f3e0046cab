"""Decisions that others took the place of, as papers tell of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from models.papers.order import TextPair, Texts
from models.papers.paper_words import Sentences
from models.queries.applications.applications import withdrawn_in
from models.queries.awards.year_end_figures import round_years
from models.queries.deciding.allowances import allowances, decided_money, given_by_area, pot_uses
from models.queries.deciding.as_decided import KeptWith, kept_with_decisions
from models.queries.deciding.decisions import (
    chain_of,
    decided_with,
    decisions,
    earlier_decisions,
    final_decisions,
    recommendations,
)
from models.queries.panel.left_to_do import unranked_in
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import is_direct, round_line
from models.queries.set_up.year_plans import year_plan
from models.reference.sign_off import Chain
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.recommending import DecisionRow, RecommendationRow, whole_pence
from models.values.rows import RoundRows, by_application, by_reference, rows_as_decided, scored_round
from scoring.allocating.allocation import same_place, shared_with, whole_pots
from scoring.allocating.causes import LessCause, less_cause
from scoring.allocating.over_pot import allowed
from scoring.money import pounds, short_pounds
from scoring.rank import rank, recalculated
from scoring.ranking import Outcome, PotUse, Ranking, Standing, Status
from scoring.round import Application, Area, Round
from scoring.schedule.exceptions import ChairTie, chair_ties
from scoring.schedule.lines import FORMS, PanelOutcome, passed_over, stay_words
from scoring.written.days import full_day, short_day
from scoring.written.text import Refused, as_sentence, lazy_pattern, listed, with_capital

_WHICH = lazy_pattern(r"(?<=[a-z]) \d+, on [^,]+(?=, )")
"""The number under which a record keeps a challenge, and its application, which papers name already."""
DECIDED, _NAMED = Sentences("decided"), 5
"""So many applications at most are named in the summary of a notice; all stand below it."""


def decided_anew(
    earlier: Sequence[DecisionRow], now: DecisionRow | None, day: Callable[[date], str] = short_day
) -> str:
    """Return what was decided before, and what was decided anew since, "" where it was decided once."""
    if not earlier or now is None:
        return ""
    before = ", then ".join(_decided(row, day) for row in earlier)
    return f"{with_capital(before)}, it was decided again and {_decided(now, day)}"


def replaced_words(round_: "DecidedRound", lines: Sequence[DecisionRow]) -> Iterator[str]:
    """Yield for each line that was decided before what it was, what it is now, and why.

    Where it gets no money, the reason for the money that it had may still stand on it: it is left out.
    """
    for line in lines:
        if before := round_.before(line):
            was = ", then ".join(_decided(row, full_day, short_pounds) for row in before)
            given = [without_number(line.change_reason)]
            given += [line.reason] if line.amount_pence is not None else []
            reason = " ".join(with_capital(as_sentence(one)) for one in given if one.strip())
            now = _became(line, short_pounds)
            yield f"{line.application} was {was}. It is decided again and {now}. Reason: {reason}"


def takes_place(of_notice: Mapping[str, Sequence[str]]) -> str:
    """Return how many decisions, on what and of which notices, those of another take the place of."""
    return DECIDED.takes_place(tuple(of_notice.items()), _NAMED)


def without_number(words: str) -> str:
    """Return why a line was changed without the number and the application of a challenge."""
    return _WHICH.sub("", words)


def _decided(
    row: DecisionRow, day: Callable[[date], str] = short_day, money: Callable[[int], str] = pounds
) -> str:
    """Return a decision with its day and notice: "declined on 2 Dec 2026 (notice 031/2026)"."""
    return f"{_became(row, money)} on {day(row.signed_on)} (notice {row.notice})"


def _became(row: DecisionRow, money: Callable[[int], str]) -> str:
    if row.amount_pence is not None:
        return f"awarded {money(row.amount_pence)}"
    return FORMS[PanelOutcome(row.outcome)].became


class DecidedRound:
    """A round as it was decided, read and ranked once for all that its papers tell.

    `every` are its decisions, also those to be signed that a draft is of; `advised` is what is recommended.
    """

    def __init__(
        self,
        session: Session,
        round_id: int,
        every: Sequence[DecisionRow] | None = None,
        rows: RoundRows | None = None,
    ) -> None:
        self.session, self.round_id = session, round_id
        self.rows = as_decided(session, round_id) if rows is None else rows
        self.advised = by_application(recommendations(session, round_id))
        self.every = decisions(session, round_id) if every is None else every
        self.final, self.earlier = final_decisions(self.every), earlier_decisions(self.every)

    @cached_property
    def round(self) -> Round:
        return scored_round(self.rows)

    @cached_property
    def ranking(self) -> Ranking:
        return rank(self.round)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        return by_reference(self.ranking.standings)

    @cached_property
    def chain(self) -> Chain:
        return chain_of(self.session, self.round_id)

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the area of each application, "" for none."""
        return {row.reference: row.area or "" for row in self.rows.applications}

    @cached_property
    def area_money(self) -> tuple[Area, ...]:
        """Return the areas of the round with their money as it is ranked: of the day of their decision."""
        uses = {use.area: use for use in self.ranking.areas}
        found = ((area, uses[area.name]) for area in self.rows.areas)
        return tuple(
            replace(area, pot_pence=use.own_pence, committed_pence=use.committed_pence) for area, use in found
        )

    @cached_property
    def ties(self) -> Mapping[str, ChairTie]:
        return chair_ties(self.round, self.ranking)

    @cached_property
    def below(self) -> frozenset[str]:
        """Return the applications whose marks are below a minimum of the round."""
        return frozenset(one.reference for one in self.ranking.standings if one.below_threshold)

    @cached_property
    def asked(self) -> dict[str, Application]:
        """Return the applications by reference, each with the areas whose pot it is paid from for its area.

        Areas that share a pot are named together, and the area of a round with one alone is not named.
        """
        every = self.round.applications
        is_one = len({row.area for row in every}) == 1
        names = {area: f"{listed(areas)} together" for area, areas in shared_with(self.rows.areas).items()}
        shown = {row.area: None if is_one else names.get(row.area or "", row.area) for row in every}
        return {row.reference: replace(row, area=shown[row.area]) for row in every}

    def less(self, of: str, pence: int | None) -> LessCause | None:
        """Return why the rule offers an application so much less than it asks, None where it does not."""
        here = self.standings.get(of)
        return less_cause(self.rows.scheme, self.asked[of], here, pence) if pence and here else None

    def pot_uses(self, given: Mapping[str, int], lines: Iterable[DecisionRow] = ()) -> tuple[PotUse, ...]:
        """Return how each pot stands with money given to applications (pence by reference), told whole.

        An area of which some `lines` are has the pot that they were decided on, with what was allowed over it
        by then; where all that is ranked was decided, that of the last decision; else today's.
        """
        if is_direct(self.session, self.round_id):
            return ()
        kept, sums = kept_with_decisions(self.session, self.round_id), given_by_area(self.rows, given)
        then = {self.places[line.application]: kept[line.number].pot for line in lines if line.number in kept}
        areas = tuple(
            (then.get(one.area) or one)._replace(
                area=one.area, shared_with=one.shared_with, given_pence=sums[one.area]
            )
            for one in self.ranking.areas
        )
        by_then = [replace(one, area=area) for area, pot in then.items() if pot for one in pot.allowances]
        since = (one for one in allowances(self.session, self.round_id) if not then.get(one.area))
        return whole_pots(allowed(areas, (*by_then, *since)))

    def pots_standing(self, given: Mapping[str, int]) -> tuple[PotUse, ...]:
        """Return how each pot stands with what is given today (pence by reference), told whole.

        Where that is what was decided, it is told of the pot of the last decision. What changed since is of
        the pot of today: a sum of one day is never told of the pot of another.
        """
        as_decided = self.pot_uses({of: line.amount_pence or 0 for of, line in self.final.items()})
        then, sums = self.pot_uses(given), given_by_area(self.rows, given)
        areas = (one.today._replace(given_pence=sums[one.area]) for one in self.ranking.areas)
        now = whole_pots(allowed(areas, allowances(self.session, self.round_id)))
        return tuple(
            stood if stood.given_pence == decided.given_pence else today
            for stood, decided, today in zip(then, as_decided, now, strict=False)  # without a pot none
        )

    def there_at(self, lines: Iterable[DecisionRow]) -> KeptWith:
        """Return what there was as the last of some lines was decided; what there is today where none is.

        Today's has no newest application.
        """
        kept = kept_with_decisions(self.session, self.round_id)
        found = [line.number for line in lines if line.number in kept]
        if found:
            return kept[max(found)]
        plan = year_plan(self.session, round_line(self.session, self.round_id))
        stands = decided_money(self.session, self.round_id)
        return KeptWith(None, 0, len(self.rows.areas), plan, stands)

    def before(self, line: DecisionRow) -> list[DecisionRow]:
        """Return the decisions that a line takes the place of, oldest first."""
        return [row for row in self.earlier.get(line.application, ()) if row.number < line.number]


def as_decided(session: Session, round_id: int) -> RoundRows:
    """Return a round with each application as it was at its decision, whatever changed since."""
    return rows_as_decided(round_rows(session, round_id))


class Undecided(Struct, frozen=True):
    """An application that is not decided; `tied_with` are those that share its place."""

    reference: str
    tied_with: Texts = ()


def ranked(session: Session, round_id: int) -> Ranking:
    """Return how a round is ranked today, with the figures of what is closed in it where they may be had."""
    with with_figures(session, round_id, to_rank=True):
        return recalculated(scored_round(round_rows(session, round_id)))


def wholes(session: Session, round_id: int) -> dict[str, int]:
    """Return the pence that fund gives each application of a round."""
    return {one.reference: whole_pence(one) for one in ranked(session, round_id).standings}


def unranked(session: Session, round_id: int, area: str) -> Texts:
    """Return what of an area has no place and nothing recorded, so that nobody signs for it."""
    return unranked_in(ranked(session, round_id), recommendations(session, round_id), area or None)


def undecided(session: Session, applications: Sequence[tuple[int, str]]) -> tuple[Undecided, ...]:
    """Return those of some applications (a round's number, a reference) that somebody has still to decide.

    One that is withdrawn is nobody's to decide, nor is one whose round was taken out.
    """
    rounds = sorted({round_id for round_id, _ in applications} & round_years(session).keys())
    return tuple(
        one
        for round_id in rounds
        for one in _of_round(session, round_id, {of for number, of in applications if number == round_id})
    )


def _of_round(session: Session, round_id: int, chosen: set[str]) -> Iterator[Undecided]:
    decided = final_decisions(decisions(session, round_id))
    try:
        ranking = ranked(session, round_id)
    except Refused:  # a round whose criteria are not set up ranks nothing
        ranking = None
    known = by_reference(ranking.standings) if ranking else {}
    for reference in sorted(chosen - set(decided)):
        standing = known.get(reference)
        if standing is None or standing.status is not Status.WITHDRAWN:
            same = same_place(ranking, standing) if ranking and standing and standing.tied else ()
            yield Undecided(reference, tuple(one.reference for one in same if one is not standing))


Lines = Mapping[str, RecommendationRow | DecisionRow]
FUNDED, TO_BE_FUNDED = "is funded", "is to be funded"


class PassedOver(NamedTuple):
    """An application given money by a notice, on a day, and those before it that stayed in reserve."""

    application: str
    notice: str
    on: date
    over: Texts


def passed_over_since(round_: DecidedRound, gone: Collection[str] = ()) -> Iterator[PassedOver]:
    """Yield each application that had no money and was given some, past others placed before it.

    Those passed over are told as they stood with its notice; what is `gone` waits for no money.
    """
    for of, line in round_.final.items():
        first = _first_money((*round_.earlier.get(of, ()), line))
        if first is not None:
            waiting = _in_reserve(decided_with(round_.every, first.notice), gone)
            over = passed_over(round_.ranking, of, waiting)
            if over:
                yield PassedOver(of, first.notice, first.signed_on, over)


def passing_over(session: Session, round_id: int, changed: Mapping[str, int | None]) -> Texts:
    """Return a sentence for each application that money now, in pence, would put before others in reserve."""
    final = final_decisions(decisions(session, round_id))
    given = [of for of, pence in changed.items() if pence and of in final and not final[of].amount_pence]
    if not given:
        return ()
    ranking = DecidedRound(session, round_id).ranking
    waiting = _in_reserve(final, {*withdrawn_in(session, round_id), *given})
    found = {of: passed_over(ranking, of, waiting) for of in given}
    return tuple(
        f"{stay_words(over, of)}. The notice says so, with the reason that you give."
        for of, over in found.items()
        if over
    )


def out_of_order(round_: DecidedRound, told: Lines, stood: Lines, verb: str = FUNDED) -> Iterator[TextPair]:
    """Yield what of the lines that are `told` has money out of order, and that in a sentence.

    Others are as they `stood` decided.

    It has money although the published rule offers it none. It is told where another placed before it has
    part of what it asked, as the pot ran out, or is in reserve.
    What was decided again is left out: papers tell of that, and why, by itself.
    """
    lines: Lines = {**round_.advised, **stood, **told}
    standings = ((round_.standings.get(of), line) for of, line in lines.items())
    paid = [(own, line) for own, line in standings if own and own.outcome and line.amount_pence]
    cut = [own.reference for own, line in paid if own.outcome is Outcome.PART and _is_less(line, own)]
    reserve = [of for of, line in lines.items() if line.outcome == PanelOutcome.RESERVE]
    for own, line in paid:
        of = own.reference
        is_first = of in told and round_.earlier.get(of, (line,))[0] == line
        in_part, waiting = passed_over(round_.ranking, of, cut), passed_over(round_.ranking, of, reserve)
        if is_first and (in_part or waiting) and not own.offer_pence:
            how = f"{'in part' if _is_less(line, own) else 'whole'}, out of the order of places"
            beyond = " and over the pot" if own.area in _over_with(round_, line, lines) else ""
            yield of, f"{of} {verb} {how}{beyond}: {'; '.join(_past(in_part, waiting))}."


def _is_less(line: RecommendationRow | DecisionRow, own: Standing) -> bool:
    return (line.amount_pence or 0) < own.requested_pence


def _over_with(round_: DecidedRound, line: RecommendationRow | DecisionRow, lines: Lines) -> set[str]:
    """Return the areas that were over their pots as a line was decided, whatever was decided since."""
    if isinstance(line, DecisionRow):
        lines = {**round_.advised, **decided_with(round_.every, line.notice)}
    given = {of: one.amount_pence or 0 for of, one in lines.items()}
    uses = (
        round_.pot_uses(given, (line,))
        if isinstance(line, DecisionRow)
        else pot_uses(round_.session, round_.round_id, given)
    )
    return {area for use in uses if use.over_pence for area in use.areas}


def _first_money(decided: Sequence[DecisionRow]) -> DecisionRow | None:
    """Return the decision that gave the money that stands to what had none, None where the first gave it."""
    found = None
    for was, now in pairwise(decided):
        if was.amount_pence is None or now.amount_pence is None:
            found = now
    return found if found is not None and found.amount_pence is not None else None


def _in_reserve(decided: Mapping[str, DecisionRow], gone: Collection[str]) -> frozenset[str]:
    return frozenset(
        of for of, row in decided.items() if row.outcome == PanelOutcome.RESERVE and of not in gone
    )


def _past(in_part: Sequence[str], waiting: Sequence[str]) -> Iterator[str]:
    if in_part:
        gets = "gets part of what it asked for" if len(in_part) == 1 else "get part of what they asked for"
        yield f"{listed(in_part)}, placed before it, {gets}"
    if waiting:
        yield stay_words(waiting, "it")
