"""What came of each item of a meeting, in a sentence with its reason, and where it stands in its list."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.minutes import MinuteItem
from models.queries.applications.applications import asked_corrected
from models.queries.applications.gates import missing_words
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.papers.letter_parts.part_offers import less_because
from models.queries.papers.letter_parts.reserves import by_pot
from models.queries.papers.minuted.items import (
    reserve_orders,
    scores,
    settled_ties,
)
from models.session import Session
from models.values.rows import ApplicationRow, RoundRows, scored_round
from scoring.allocating.organisations import own_cap_words
from scoring.allocating.rule_notes import short_note
from scoring.money import in_one_form, short_pounds
from scoring.rank import rank
from scoring.ranking import Outcome, Standing, Status
from scoring.round import Round
from scoring.schedule.exceptions import INCOMPLETE, ChairTie, chair_ties, why_not_ranked
from scoring.schedule.lines import PanelOutcome, with_whole_minimums
from scoring.written.text import as_sentences, with_capital

TO_RECOMMEND = "What the panel recommends is not recorded yet"


class Results(NamedTuple):
    """What the results of items are told from, by application; `given` is what is recommended, in pence."""

    round_: Round
    advised: Mapping[str, RecommendationRow]
    asked: Mapping[str, ApplicationRow]
    standings: Mapping[str, Standing]
    missing: Mapping[str, str]
    given: Mapping[str, int]
    ties: Mapping[str, ChairTie]
    orders: Mapping[str, str]
    scores: Mapping[str, str]
    equals: tuple[tuple[str, tuple[str, ...]], ...]
    asked_was: Mapping[str, str]

    def with_result(self, item: MinuteItem) -> MinuteItem:
        """Return an item with what is recommended of it, or with what it waits for."""
        of, scheme = item.reference, self.round_.scheme
        tie = self.ties.get(of)
        item = replace(item, tie=f"{with_capital(tie.words)}." if tie else "", score=self.scores.get(of, ""))
        row, standing = self.advised.get(of), self.standings[of]
        if row is None or of not in self.asked:
            waits = self._waits(standing)
            return replace(item, waits=(waits.startswith(INCOMPLETE) and waits) or item.waits or waits)
        applied, amount = self.asked[of], row.amount_pence or 0
        less = less_because(scheme, applied, standing, amount)
        why = less if amount else self._without(row, standing)
        words = result_words(row, applied.requested_pence, why, self.orders.get(of, ""))
        if was := self.asked_was.get(of):
            words = f"{words} (The amount asked for is {was}.)"
        return replace(item, result=words, recommended_pence=amount)

    def _waits(self, standing: Standing) -> str:
        if standing.status is Status.RANKED:
            return TO_RECOMMEND
        judged = [one.code for one in self.round_.scheme.judged]
        missing = self.missing.get(standing.reference, "")
        return why_not_ranked(standing.status, standing.reasons, judged, missing)

    def _without(self, row: RecommendationRow, standing: Standing) -> str:
        """Return why the rule left one without money: the minimum it missed, or why it waits in reserve.

        It is "" where the rule had room for it.
        """
        if row.outcome == PanelOutcome.DECLINE:
            return "; ".join(with_whole_minimums(self.round_.scheme, standing).below_threshold)
        if standing.outcome is not Outcome.RESERVE:
            return ""
        note = short_note(standing, self.round_.scheme)
        own = own_cap_words(self.round_, standing.reference, self.given)
        return "; ".join(filter(None, (in_one_form(note), own)))


def results_of(session: Session, round_id: int, rows: RoundRows) -> Results:
    """Return what the results of a round's items are told from; `rows` are the round as it met."""
    scored, advised = scored_round(rows), recommendations(session, round_id)
    ranking, by = rank(scored), {row.application: row for row in advised}
    return Results(
        scored,
        by,
        by_pot(rows),
        {one.reference: one for one in ranking.standings},
        missing_words(session, round_id),
        {row.application: row.amount_pence or 0 for row in advised},
        chair_ties(scored, ranking),
        reserve_orders(ranking, by),
        scores(ranking, by),
        tuple(settled_ties(ranking)),
        asked_corrected(session, round_id),
    )


def result_words(row: RecommendationRow, asked_pence: int, why: str = "", order: str = "") -> str:
    """Return what the panel recommends in a sentence, with its reason.

    `why` is the rule's own: why an application is in reserve, which minimum it missed, or why less is
    offered than was asked; `order` is where it stands in reserve.
    """
    amount = 0 if row.amount_pence is None else row.amount_pence
    given = f"Recommended for {short_pounds(amount)}"
    part = f"{given} of the {short_pounds(asked_pence)} asked{f', {why}' if why else ''}"
    said = {
        "fund": part if amount < asked_pence else given,
        "part_fund": part,
        "reserve": f"Put on the reserve list{f', {order}' if order else ''}{f': {why}' if why else ''}",
        "decline": f"Not recommended{f': {why}' if why else ''}",
        "defer": "Put off to another meeting",
        "refer": "Referred to another fund",
    }[row.outcome]
    return f"{said}. {as_sentences(row.reason)}".rstrip()
