"""What the ranked list shows and says, and what one person may see and do of it, as one value."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gui.listed.form import NamedMembers
from gui.pages.page import Identity
from gui.tables.ranking.lines import NOT_SHOWN, left_words
from gui.text import ALL_AREAS, STATUS_WORDS, column_money, counted, ours, spoken_outcome
from gui.widgets.pot import PotFigures
from models.permissions.viewing import closed_to, codes_of, hand_in_first, on_one_list
from models.queries.deciding.decisions import signed_words
from models.queries.deciding.round_list import (
    OUTCOME_WORDS,
    Listed,
    Mark,
    RoundFigures,
    RoundList,
    decided_words,
)
from models.queries.deciding.trial_changes import over_lines
from models.queries.panel.area_panels import settles_tie
from models.queries.panel.panel import named_in_place
from models.queries.permissions.conditions import OTHERS_RULE, stands_aside
from models.role import Role
from models.values.recommending import RecommendationRow
from models.values.rows import ChairDecisionRow
from scoring.allocating.allocation import same_place, shared_words
from scoring.allocating.over_pot import changed_pot_words, left_closed, over_words
from scoring.budget.figures import FundBudget
from scoring.budget.limits import year_money
from scoring.money import short_pounds
from scoring.ranking import Outcome, PotUse, Ranking, Standing, Status
from scoring.round import ChairDecisionKind
from scoring.written.text import first_of, noun, with_capital


class RankingState(Struct, frozen=True):
    """A round's figures before a person, at an area or (None) at all; sentences are "" where nothing hinders.

    `waits` says why nothing is recorded now; where amounts are tried they can be typed all the same.
    """

    figures: RoundFigures
    identity: Identity
    area: str | None = None
    waits: str = ""
    tries_amounts: bool = False

    @property
    def round_id(self) -> int:
        return self.figures.line.round_id

    @property
    def closed(self) -> frozenset[str]:
        return self.figures.sight.closed

    @property
    def is_closed(self) -> str:
        """Say why the list is closed to the person."""
        return hand_in_first(self.figures.sight, self.area, [one.name for one in self.figures.line.areas])

    @property
    def reads_only(self) -> str:
        """Say why the person records nothing here."""
        return self.is_closed or self._acts_not or self.waits

    @property
    def of_own(self) -> "RankingState":
        """Return it at the one area in which the person has their role, where all areas are on show."""
        own = self.identity.areas
        return replace(self, area=own[0]) if self.area is None and len(own) == 1 else self

    @property
    def _acts_not(self) -> str:
        chairs = tuple(one.name for one in self.figures.panels.chairs(self.area))
        return self.identity.refusal("record recommendations", chairs, self.area)

    def line(self, reference: str) -> Listed | None:
        """Return an application of the list, None where it has none of that reference."""
        return self.figures.listed.of_application(reference)

    def recorded(self, reference: str) -> RecommendationRow | None:
        """Return what is recommended on an application, None for nothing yet."""
        return next((row for row in self.figures.recorded if row.application == reference), None)

    def barred(self, reference: str) -> str:
        """Say why the person does not act on an application."""
        rows = self.figures.rows
        if reference in closed_to(rows, codes_of(rows, self.identity.viewer)):
            aside = stands_aside([reference])
            return f"{aside} {OTHERS_RULE}" if self.identity.role == Role.CHAIR else aside
        return self._acts_not

    def signed(self, reference: str) -> str:
        """Say that the recommendation on an application is signed, and what changes it."""
        return signed_words(reference) if reference in self.figures.signed else ""

    def settled(self, reference: str) -> str:
        """Say why nothing is recommended on an application by this person any more, or at all."""
        return self.barred(reference) or self.signed(reference)

    @property
    def is_signed(self) -> bool:
        """Whether nothing is left to recommend: every ranked line is signed."""
        lines = [line for line in self.figures.listed.of_area(self.area) if line.is_ranked]
        return bool(lines) and all(line.standing.reference in self.figures.signed for line in lines)

    @property
    def tie(self) -> str:
        """Return the first of those whose tie stops the list, "" where none does."""
        lines = self.figures.listed.of_area(self.area)
        return next(filter(None, (self._tie_before(line) for line in lines)), "")

    def _tie_before(self, line: Listed) -> str:
        if line.is_recorded or line.standing.outcome is not Outcome.TIE:
            return ""
        standings, area = self.figures.ranking.standings, line.standing.area
        return next(one.reference for one in standings if one.outcome is Outcome.TIE and one.area == area)

    def tie_to_rule(self, line: Listed) -> str:
        """Return the first of those whose tie stops the list above a line, if the person may rule on it."""
        tie = self._tie_before(line)
        return tie if tie and self.may_rule_tie(tie) else ""

    def tied_with(self, reference: str) -> tuple[Standing, ...]:
        """Return the applications that share a place with one."""
        ranking = self.figures.ranking
        own = next(standing for standing in ranking.standings if standing.reference == reference)
        return tuple(one for one in same_place(ranking, own) if one.tied)

    @property
    def is_chair(self) -> bool:
        return self.identity.may("decide tie")

    def on_list(self, references: Sequence[str]) -> frozenset[str]:
        """Return what is ranked on one list with applications, and these."""
        return on_one_list(self.figures.rows, references)

    def named(self, references: Sequence[str], beside: Collection[str] = ()) -> NamedMembers:
        """Return who may be named in the chair's place, for an officer to choose from."""
        rows = self.figures.rows
        areas = (row.area for row in rows.applications if row.reference in references)
        panel = self.figures.panels.over(areas)
        return named_in_place(panel, rows.interests, references, self.identity.role, beside)

    def may_rule(self, references: Sequence[str], beside: Collection[str] = ()) -> bool:
        """Whether the person rules on applications, or puts down what was ruled in the chair's place."""
        areas = (row.area for row in self.figures.rows.applications if row.reference in references)
        is_theirs = self.is_chair and settles_tie(self.identity.areas, areas)
        return (is_theirs and not self._closed_of(beside)) or bool(self.named(references, beside))

    def _closed_of(self, references: Collection[str]) -> frozenset[str]:
        """Return those of applications in which the person declared an interest."""
        rows = self.figures.rows
        return closed_to(rows, codes_of(rows, self.identity.viewer)).intersection(references)

    def may_rule_tie(self, reference: str) -> bool:
        """Whether the person does so on all that share a place with one."""
        tied = [one.reference for one in self.tied_with(reference)]
        return self.may_rule(tied, self.on_list((reference,)))

    def exception(self, reference: str) -> ChairDecisionRow | None:
        """Return the exception that was made for an application, None where none was."""
        rows = self.figures.rows.chair_decisions
        exceptions = (row for row in rows if row.kind is ChairDecisionKind.EXCEPTION)
        return next((row for row in exceptions if row.application == reference), None)

    @property
    def unreasoned(self) -> tuple[RecommendationRow, ...]:
        """Return what gets money without a reason and the person may write one for, by place."""
        return self._by_place(unreasoned(self.figures.recorded))

    @property
    def declined_without(self) -> tuple[RecommendationRow, ...]:
        """Return what is declined without a reason, by place: no letter leaves without one."""
        rows = self.figures.recorded
        return self._by_place([row for row in rows if row.outcome == Mark.DECLINE and not row.reason.strip()])

    def _by_place(self, rows: Sequence[RecommendationRow]) -> tuple[RecommendationRow, ...]:
        found = {row.application: row for row in rows}
        shown = (line.standing.reference for line in self.figures.listed.of_area(self.area))
        return tuple(found[of] for of in shown if of in found and not self.barred(of))

    @property
    def may_sign(self) -> bool:
        """Whether the person signs what is recommended; Decisions says what still stands in the way."""
        return self.identity.may("sign recommendations")


def unreasoned(items: Sequence[RecommendationRow]) -> tuple[RecommendationRow, ...]:
    """Return those that get money and have no reason yet."""
    return tuple(item for item in items if item.amount_pence and not item.reason.strip())


def summary(listed: RoundList, area: str | None) -> str:
    """Return the line under the title: who is ranked, what is asked, what is there, what is proposed.

    What was withdrawn is among those not ranked and asks for nothing, as on the pages before.
    """
    lines = listed.of_area(area)
    areas = listed.pots_of(area)
    open_ = [line.standing for line in lines if not line.standing.is_closed]
    asks = [0 if one.status is Status.WITHDRAWN else one.requested_pence for one in open_]
    tolerance = sum(a.tolerance_pence for a in areas)
    show = column_money([*(a.pot_pence for a in areas), *asks, tolerance])
    asked, others = sum(asks), " by the others" if len(asks) < len(lines) else ""
    pot = sum(a.pot_pence for a in areas)
    words = (
        f"{area or ours(ALL_AREAS)}: {_counts(lines)}. {show(asked)} requested{others}, {show(pot)} in the "
    )
    words += noun(len(areas), "pot")
    words += f", {show(tolerance)} tolerance." if tolerance else "."
    closed = left_closed([of for area in areas for of in area.closed])
    stands = f"{with_capital(closed)}." if closed else f"{_money_words(lines)}{_over(areas)}"
    changed = (changed_pot_words(use, short_pounds) for use in areas)
    return " ".join(filter(None, (f"{words} {stands}", *changed)))


def otherwise_words(
    listed: RoundList,
    area: str | None,
    decided: Mapping[str, int | None],
    signed_by_some: Mapping[str, int | None],
) -> str:
    """Return the lines under the list on what was decided otherwise since, or waits, with both figures."""
    given = [(line.standing.reference, line.amount_pence) for line in listed.of_area(area) if line.is_told]
    waiting = decided_words(given, signed_by_some, short_pounds, by_some=True)
    return "\n".join(filter(None, (decided_words(given, decided, short_pounds), waiting)))


def year_words(listed: RoundList, area: str | None, budget: FundBudget | None) -> str:
    """Return the line under the list: the figures of the year's money, "" where none is allocated."""
    areas = {one.area for one in listed.areas if area in (None, one.area)}
    return ours(year_money(budget, areas))


def _over(areas: Sequence[PotUse]) -> str:
    """Return what is over the pot and who allows it; of several areas how many are over theirs."""
    over = [use for use in areas if use.over_pence]
    if len(areas) == 1:
        return "".join(f" {over_words(use, short_pounds)}." for use in over)
    return f" {counted(len(over), 'pot is', 'pots are')} passed." if over else ""


def outcome_counts(listed: RoundList, area: str | None) -> Counter[Mark]:
    """Return how many ranked applications have each outcome, are exceptions, or lack a reason."""
    ranked = [line for line in listed.of_area(area) if line.mark and line.is_ranked]
    counts = Counter(line.mark for line in ranked if line.mark)
    counts[Mark.EXCEPTION] = sum(line.is_exception for line in ranked)
    counts[Mark.UNREASONED] = sum(line.lacks_reason for line in ranked)
    return counts


def pots(listed: RoundList, fence: str = "", waiting: Collection[str] = ()) -> tuple[PotFigures, ...]:
    """Return a tile for each area; where there are several, one for all of them comes first.

    `fence` says what the round's money is ring-fenced for. Of the areas `waiting` for the reader's own sheets
    nothing is told that others' marks came to.
    """
    ranked = {line.standing.area for line in listed.lines if line.is_ranked} - set(waiting)
    uses = [
        use if {*use.areas}.isdisjoint(waiting) else use._replace(given_pence=0)
        for use in listed.pots_of(None)
    ]
    tiles = tuple(
        replace(_pot(use._replace(area=area), is_ranked=area in ranked), fence=fence)
        for use in uses
        for area in use.areas
    )
    if len(tiles) < 2:
        return tiles
    return (_whole(uses, is_ranked=bool(ranked)), *tiles)


def _counts(lines: Sequence[Listed]) -> str:
    found = Counter(line.standing.status for line in lines)
    ranked = found.pop(Status.RANKED, 0)
    words = f"{ranked:,} ranked"
    if len(found) == 1:
        status, number = next(iter(found.items()))
        return f"{words}, {number:,} {spoken_outcome(STATUS_WORDS[status])}"
    return f"{words}, {found.total():,} not ranked" if found else words


def _money_words(lines: Sequence[Listed]) -> str:
    recorded = _paid([line for line in lines if line.is_recorded])
    proposed = _paid([line for line in lines if not line.is_recorded])
    stale = sum(1 for line in lines if line.is_stale)
    parts = []
    if any(line.is_recorded for line in lines):
        parts.append(f"Recommended: {recorded or 'no money yet'}.")
    if proposed or not parts:
        parts.append(f"The rule proposes {proposed or 'no money yet'}.")
    if stale:
        lines_have = counted(stale, "line has", "lines have")
        parts.append(f"{lines_have} another total or place than when recorded.")
    if otherwise := [line.standing.reference for line in lines if line.recalculated]:
        parts.append(f"Recalculated today, {first_of(otherwise)} would differ from what was decided.")
    return " ".join(parts)


def _paid(lines: Sequence[Listed]) -> str:
    amounts = [line.stands_pence for line in lines if line.stands_pence]
    if not amounts:
        return ""
    show = column_money(amounts)
    return f"{show(sum(amounts))} for {len(amounts):,}"


def _pot(use: PotUse, *, is_ranked: bool) -> PotFigures:
    money = use.to_award_pence
    used = use.given_pence * 1000 // money if money > 0 and not use.closed else None
    words = _pot_words(use, is_ranked=is_ranked)
    pot = column_money((use.pot_pence,))(use.pot_pence)
    is_whole = use.over_pence or use.closed
    spoken = f"{use.area}, {words}, the pot {pot}" if is_whole else f"{use.area}, {words} of {pot}"
    return PotFigures(
        use.area,
        use.area,
        words,
        1000 if use.over_pence else used,
        use.is_past,
        spoken,
        tip=over_words(use, short_pounds) or shared_words(use.shared_with),
        over_1e3=_over_1e3(use, money),
    )


def _over_1e3(use: PotUse, money: int) -> tuple[int, int]:
    """Return what is over a pot in thousandths of its money: what is allowed, and what is not."""
    if money <= 0:
        return 0, int(use.is_past) * 1000
    allowed = use.over_pence - use.beyond_pence
    return allowed * 1000 // money, use.beyond_pence * 1000 // money


def _pot_words(use: PotUse, *, is_ranked: bool) -> str:
    if use.closed:
        return NOT_SHOWN
    if use.over_pence:
        return left_words(use)
    if not is_ranked:
        return "Not ranked yet"
    return left_words(use) if use.left_pence else "Fully used"


def _whole(uses: Sequence[PotUse], *, is_ranked: bool) -> PotFigures:
    money = sum(max(use.to_award_pence, 0) for use in uses)
    left, over = sum(use.left_pence for use in uses), sum(use.over_pence for use in uses)
    beyond = sum(use.beyond_pence for use in uses)
    show = column_money((left, over))
    words = f"{show(left)} left" if is_ranked else "Not ranked yet"
    used = max(sum(use.given_pence for use in uses) - over, 0) * 1000 // money if money else None
    is_past = any(use.is_past for use in uses)
    if any(use.closed for use in uses):
        words, used, over, beyond, is_past = NOT_SHOWN, None, 0, 0, False
    return PotFigures(
        None,
        ours(ALL_AREAS),
        f"{show(over)} over, {words}" if over and is_ranked else words,
        used,
        is_past,
        f"{ours(ALL_AREAS)} together, {words}" + (f", {show(over)} over the pots" if over else ""),
        over_1e3=((over - beyond) * 1000 // money, beyond * 1000 // money) if money else (0, 0),
    )


NAMED = 12
"""How many applications of one outcome are named; the rest are counted."""


def lines_of(items: Sequence[RecommendationRow], area: str | None) -> tuple[str, ...]:
    """Return the sentences of the box: where, each outcome with its count and sum."""
    if not items:
        return ("All else is recorded already, as the rule proposes it.",)
    where = area or ours("All areas")
    outcomes = [_outcome_words(mark, items) for mark in Mark if any(i.outcome == mark for i in items)]
    paid = [item.amount_pence for item in items if item.amount_pence is not None]
    total = column_money(paid)(sum(paid))
    words: tuple[str, ...] = (
        f"{where}: {', '.join(outcomes)}.",
        f"{total} in all, as the rule proposes.",
    )
    unsaid = len(unreasoned(items))
    if unsaid:
        count = counted(unsaid, "of those that get money has", "of those that get money have")
        words = (*words, f"{count} no reason yet. Each needs one before the chair signs.")
    return words


def replace_words(items: Sequence[RecommendationRow], recorded: Sequence[RecommendationRow]) -> str:
    """Return what a tick asks of those recorded otherwise, "" for none: each with what it becomes."""
    before = {row.application: row.outcome_words for row in recorded}
    found = [f"{one.application}, {before[one.application]}, becomes {one.outcome_words}" for one in items]
    if not found:
        return ""
    many = counted(
        len(found),
        "recommendation that was recorded otherwise",
        "recommendations that were recorded otherwise",
    )
    more = f"; {len(found) - NAMED:,} more" if len(found) > NAMED else ""
    return f"Also replace {many}: {'; '.join(found[:NAMED])}{more}."


def tie_words(ranking: Ranking, area: str | None) -> str:
    """Return which lines a tie keeps from being recorded, "" where none does."""
    held = [s for s in ranking.standings if s.outcome is Outcome.TIE and area in (None, s.area)]
    if not held:
        return ""
    count = counted(len(held), "application waits", "applications wait")
    return f"{count} for the chair to decide a tie: {first_of([s.reference for s in held], NAMED)}."


def nothing_to_record(
    ranking: Ranking,
    recorded: Sequence[RecommendationRow],
    items: Sequence[RecommendationRow],
    area: str | None,
) -> str:
    """Return why there is nothing to record, "" when there is something."""
    if not items:
        ties = tie_words(ranking, area)
        if ties:
            return ties
        return "No application has all its marks yet, so the rule proposes nothing."
    if is_recorded(items, recorded):
        return "The recommendations are recorded already, as the rule proposes them."
    return ""


def is_recorded(items: Sequence[RecommendationRow], recorded: Sequence[RecommendationRow]) -> bool:
    """Whether all of these are recorded as they are."""
    before = {row.application: row for row in recorded}
    return all(before.get(item.application) == item for item in items)


def _outcome_words(mark: Mark, items: Sequence[RecommendationRow]) -> str:
    found = [item for item in items if item.outcome == mark]
    word = OUTCOME_WORDS[mark].lower()
    paid = [item.amount_pence for item in found if item.amount_pence is not None]
    return f"{word} {len(found)}" + (f" ({column_money(paid)(sum(paid))})" if paid else "")


def record_words(
    state: RankingState, items: Sequence[RecommendationRow], left: Sequence[str]
) -> tuple[str, ...]:
    """Return what is said of these before they are recorded."""
    ties = tie_words(state.figures.ranking, state.area)
    lines = (
        *lines_of(items, state.area),
        *over_lines(state.figures, items),
    )
    return (*lines, *([ties] if ties else []), *left, "They can be changed and undone until they are signed.")
