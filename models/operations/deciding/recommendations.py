"""Recording what the panel recommends, with who allows money over an area's pot, and taking it back."""

from collections import Counter
from collections.abc import Collection

from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.authorities import AllowOverPot, allowed_words, authority_words, record_allowed
from models.operations.deciding.decision_lines import require_whole_or_part
from models.operations.deciding.signing import areas_with_more, refuse_more, require_unsigned
from models.operations.operation_base import DECIDING, TOLD, InRound, require_published
from models.operations.rows.write_applications import application_ids
from models.queries.applications.applications import applications, areas_by_reference, withdrawn_in
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.award_gate import pots_beyond
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.reasons import Given
from models.queries.panel.meeting import confirmed_records
from models.schema.deciding import recommendation_table, recommended_place_table
from models.session import Session, put, remove, row_of, stamp
from models.trouble import refuse
from models.values import canonical
from models.values.recommending import FUNDED, OUTCOMES, PROPOSED_WORDS, RecommendationRow, recommendation
from models.values.rows import by_application
from scoring.allocating.causes import own_reason
from scoring.allocating.gate import Beyond
from scoring.money import pounds
from scoring.ranking import Ranking, Standing
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.written.text import Refused, counted

NOTHING = Given()
NOT_THERE = "{} is not in the round. Correct the reference."
NO_LINE = "Nothing is recommended on {}."
NO_MONEY = "{} is withdrawn, so it gets no money. Reinstate it first, or recommend no amount."


def proposed(
    ranked: Ranking, area: str | None = None, given: Given = NOTHING
) -> tuple[RecommendationRow, ...]:
    """Return what the rule offers for recording, of every area or of one.

    Fund is fund, part is part-fund, reserve is reserve, below is decline; a tie waits for the chair, and
    those not ranked are left to the panel. Reasons are a person's and come from what is given, as do the
    conditions of money; without one a proposal waits for its reason.
    """
    return tuple(
        _proposal(standing, given)
        for standing in ranked.standings
        if standing.outcome in PROPOSED_WORDS and area in (None, standing.area)
    )


class RecordRecommendations(InRound, frozen=True):
    """Record recommendations, in place of any that the same applications had; withdraw others with them.

    Without any it withdraws alone. One that `puts_back` what stood is the undoing of a change: money that was
    recommended before its application was withdrawn stands again. A note of the rule in the place of a reason
    is left out. `allowed` is recorded with them: who allows what goes over a pot.
    """

    kind = "record recommendations"
    items: tuple[RecommendationRow, ...]
    withdrawing: tuple[str, ...] = ()
    puts_back: bool = False
    allowed: tuple[AllowOverPot, ...] = ()

    @property
    def detail(self) -> str:
        return authority_words(self.allowed)

    @property
    def label(self) -> str:
        """Return the change in words; one recommendation is told by what it is."""
        if not self.items:
            return f"Withdraw recommendations on {counted(len(self.withdrawing), 'application')}"
        if len(self.items) == 1:
            return f"Recommend {_outcome_words(self.items[0])} on {self.items[0].application}"
        return f"Record recommendations on {counted(len(self.items), 'application')}"

    def check_at_entry(self, session: Session) -> None:
        """Refuse a part called fund, all as a part, and another word on what the panel settled without why.

        The panel settled what it recommended against its list, and what its minutes tell.
        """
        if self.puts_back:
            return
        stands = by_application(recommendations(session, self.round_id))
        require_whole_or_part(session, self.round_id, self.items, stands)
        minuted = {one.area for one in confirmed_records(session, self.round_id)}
        areas = areas_by_reference(session, self.round_id)
        for item in self.items:
            held = stands.get(item.application)
            is_settled = held is not None and (held.is_departure or areas[item.application] in minuted)
            refuse(DECIDING.unexplained(item, held) if held is not None and is_settled else "")

    def apply(self, session: Session) -> Outcome:
        """Record them; refused where amount and outcome do not agree.

        A reason may still be written until the chair signs, but for what the rule never proposes.
        """
        require_published(session, self.round_id, "Publish its scheme before recommending.")
        if not self.items and not self.withdrawing:
            raise Refused("There is no recommendation to record.")
        touched = dict.fromkeys((*self.withdrawing, *(item.application for item in self.items)))
        require_unsigned(session, self.round_id, touched)
        requested = {row.reference: row.requested_pence for row in applications(session, self.round_id)}
        faults = [_fault(item, requested) for item in self.items]
        back = record_allowed(session, [one for one in self.allowed if not one.is_back])
        withdrawn = () if self.puts_back else withdrawn_in(session, self.round_id)
        faults += [
            NO_MONEY.format(item.application)
            for item in self.items
            if item.amount_pence and item.application in withdrawn
        ]
        stands = by_application(recommendations(session, self.round_id))
        absent = (of for of in self.withdrawing if of not in stands)
        faults += [(NO_LINE if of in requested else NOT_THERE).format(of) for of in absent]
        counts = Counter(item.application for item in self.items)
        faults += [f"{of} has two recommendations. Leave one out." for of in counts if counts[of] > 1]
        refuse(" ".join([*filter(None, faults)][:3]))
        if not self.puts_back:
            self._check_pots(session)
        _take_out(session, self.round_id, touched)
        _put_in(session, self.round_id, self.items)
        back += record_allowed(session, [one for one in self.allowed if one.is_back])
        inverse = replace(self._inverse(stands, touched), allowed=back)
        return Outcome(inverse, f"{self._words()}{allowed_words(self.allowed)}")

    def beyond(self, session: Session) -> tuple[Beyond, ...]:
        """Return which pots the recommendations pass by money that nobody allows."""
        before, after = self._sums(session)
        areas = areas_with_more(session, self.round_id, before, after)
        paid = [item.application for item in self.items if item.amount_pence]
        return pots_beyond(session, self.round_id, after, areas, paid)

    def _sums(self, session: Session) -> tuple[dict[str, int], dict[str, int]]:
        """Return what applications are given before and after it, in pence by reference."""
        before = given_amounts(session, self.round_id)
        items = {item.application: item.amount_pence or 0 for item in self.items}
        return before, {**before, **dict.fromkeys(self.withdrawing, 0), **items}

    def _check_pots(self, session: Session) -> None:
        """Refuse more money in an area than pot, tolerance and what was allowed over it come to."""
        own = [item.application for item in self.items]
        refuse_more(session, self.round_id, *self._sums(session), "Nothing was recorded.", own=own)

    def _inverse(
        self, stood: dict[str, RecommendationRow], touched: Collection[str]
    ) -> "RecordRecommendations":
        kept = tuple(row for row in stood.values() if row.application in touched)
        new = tuple(of for of in touched if of not in stood)
        return RecordRecommendations(self.round_id, kept, new, puts_back=bool(kept))

    def _words(self) -> str:
        funded = sum(item.outcome in FUNDED for item in self.items)
        total = sum(item.amount_pence or 0 for item in self.items)
        outcome = _outcome_words(self.items[0]) if self.items else ""
        return TOLD.recommended(self.items, outcome, len(self.withdrawing), funded, total)


def _outcome_words(item: RecommendationRow) -> str:
    """Return an outcome with its money: "fund £900.00", "decline"."""
    word = OUTCOME_WORDS[PanelOutcome(item.outcome)] if item.outcome in OUTCOMES else item.outcome
    return word if item.amount_pence is None else f"{word} {pounds(item.amount_pence)}"


def _proposal(standing: Standing, given: Given) -> RecommendationRow:
    assert standing.outcome is not None
    outcome = PROPOSED_WORDS[standing.outcome]
    return recommendation(
        standing,
        outcome,
        standing.offer_pence,
        given.reason(standing.reference, outcome),
        conditions=given.conditions(standing.reference, outcome),
    )


def _fault(item: RecommendationRow, requested: dict[str, int]) -> str:
    """Return what is wrong with a recommendation, "" for nothing."""
    if item.application not in requested:
        return NOT_THERE.format(item.application)
    is_silent = item.outcome not in PROPOSED_WORDS.values() and not own_reason(item.reason).strip()
    return DECIDING.recommended(item, requested[item.application], OUTCOMES, FUNDED, is_silent)


def _take_out(session: Session, round_id: int, references: Collection[str]) -> None:
    numbers = application_ids(session, round_id)
    for table in (recommended_place_table, recommendation_table):
        remove(session, table, application_id=[numbers[of] for of in references])


def _put_in(session: Session, round_id: int, items: Collection[RecommendationRow]) -> None:
    numbers, table = application_ids(session, round_id), recommendation_table
    rows = [
        {
            **row_of(table, item, **stamp(session, "recorded")),
            "application_id": numbers[item.application],
            "reason": own_reason(item.reason),
            "conditions": canonical.dumps(list(item.conditions) if item.outcome in FUNDED else []),
        }
        for item in items
    ]
    put(session, table, rows)
    placed = (item for item in items if item.place is not None)
    places = [
        row_of(recommended_place_table, item, application_id=numbers[item.application]) for item in placed
    ]
    put(session, recommended_place_table, places)
