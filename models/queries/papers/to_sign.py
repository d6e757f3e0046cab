"""The award schedule, and the page that a signatory signs."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from models.papers.award_schedule import award_schedule
from models.papers.order import PaperOrder, TextPair, Texts
from models.papers.paper_words import Sentences
from models.papers.to_sign import AS_IT_CAME, LineToSign, PotToSign, ToSign
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import gate_results, gates
from models.queries.applications.gates import RESULT_WORDS
from models.queries.awards.direct_awards import signing_facts
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.decisions import NOT_BEGUN, Progress, Waits
from models.queries.deciding.on_paper import settled_lines
from models.queries.deciding.round_list import Deciding, deciding
from models.queries.panel.meeting import late_interests, meetings_held, present_as_items_closed
from models.queries.papers.minuted import after_taking_part
from models.queries.papers.minutes import MinutedItems
from models.queries.papers.paper_texts import letterhead, paper_head
from models.queries.set_up.funds import fund_name_on, round_rules
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import round_line
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.recommending import FUNDED, SCOPE, DecisionRow, LineDecision, RecommendationRow, scope_of
from models.values.rows import by_application, by_reference, gathered
from scoring.allocating.over_pot import over_words
from scoring.money import short_pounds, without_noughts
from scoring.ranking import PotUse
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.schedule.values import DECLARED_LATE, AwardSchedule
from scoring.written.text import (
    Refused,
    as_sentence,
    first_sentences,
    listed,
    with_capital,
)


def schedule(session: Session, order: PaperOrder) -> AwardSchedule:
    """Return the values of the schedule."""
    of, number = DecidedRound(session, order.of_round), order.of_round
    late = late_interests(session, number, of.rows, meetings_held(session, number))
    after = after_taking_part(of.rows.interests, present_as_items_closed(session, number))
    made = award_schedule(
        of.rows,
        of.ranking,
        settled_lines(session, number),
        area=order.area,
        told={of: f", {one.words}" for of, one in late.items()} | dict.fromkeys(after, DECLARED_LATE),
        kinds=dict(round_facts(session, number).priorities),
    )
    powers = [
        one.legal_power for one in of.final.values() if order.area in (None, of.places[one.application])
    ] or [round_rules(session, number).legal_power]
    office, head = letterhead(session, order.kind, order.today, powers)
    return replace(
        made,
        fund=fund_name_on(session, number, order.today),
        office=office,
        letterhead=head,
        is_closed=round_line(session, number).is_closed,
    )


SIGNING = Sentences("signing")
TWO_SENTENCES = 300
CHAIR = "Chair of the panel"
SIGNED, WAITS, CONDITIONS = "Signed so far", "Waits for", "Conditions"
SHARED = (SIGNED, WAITS, CONDITIONS)
"""What is told once, where each line that has it says the same."""
NOT_ADVISED = "nothing is recommended on it"
NOTHING = "Nothing waits for a signature there. What was decided is in its notice and in the decision report."
_TOLD_GATES = ("fail", "waived", "to check")


def to_sign(
    session: Session,
    order: PaperOrder,
    answers: Collection[LineDecision] = (),
    of: Collection[str] | None = None,
    signs: Callable[..., Texts] = lambda of, waits: waits.posts,
) -> ToSign:
    """Return what waits for a signature, of some applications or (None) of all, with what is answered to it.

    `signs` returns for which posts of a step (`Waits`) an application is signed, by default for all. Nothing
    is told of what the order says is closed to its reader. Refused where nothing waits.
    """
    found = deciding(session, order.of_round, OFFICE_VIEWER)
    with with_figures(session, order.of_round, to_rank=True):
        told = _Told(session, order, found, answers, signs)
        line = round_line(session, order.of_round)
        shown = [row for row in _in_order(found, [one.name for one in line.areas]) if told.is_shown(row, of)]
        if not shown:
            raise Refused(NOTHING)
        lines = tuple(told.line(row) for row in shown)
        pots = pot_uses(session, order.of_round, {**given_amounts(session, order.of_round), **told.given})
        shared, closed = dict(_shared(lines)), [told.rows[one] for one in order.closed if one in told.rows]
        return ToSign(
            **paper_head(session, order, line, area=order.where),
            posts=tuple(dict.fromkeys(post for row in shown for post in told.to_sign(row))),
            lines=tuple(
                replace(one, told=tuple(part for part in one.told if part[0] not in shared)) for one in lines
            ),
            shared=tuple(shared.items()),
            pots=tuple(_pots(pots, lines, {one.area for one in closed})),
            not_here=tuple(told.not_here()),
            closed=tuple(one.reference for one in closed if order.is_of(one.area)),
        )


class _Told:
    """All that lines are told from, by application; `answers` are given and not recorded yet."""

    def __init__(
        self,
        session: Session,
        order: PaperOrder,
        found: Deciding,
        answers: Iterable[LineDecision],
        signs: Callable[..., Texts],
    ) -> None:
        asked = {gate.code: gate.question for gate in gates(session, order.of_round)}
        self.order, self.found, self.signs = order, found, signs
        self.rows = by_reference(found.applications)
        self.answers = by_application(answers)
        met = PaperOrder("minutes", order.now, order.of_round)
        self.minutes = None if found.direct else MinutedItems(session, met)
        self.items = {} if self.minutes is None else by_reference(self.minutes.items)
        gate_said = (one for one in gate_results(session, order.of_round) if one.result in _TOLD_GATES)
        self.gates = gathered(
            (
                one.application,
                as_sentence(
                    without_noughts(
                        f"“{asked[one.gate]}” {RESULT_WORDS[one.result]}{one.reason and f': {one.reason}'}"
                    )
                ),
            )
            for one in gate_said
        )
        self.signed = {
            one.application: SIGNING.signed(CHAIR, one.signed_by, one.signed_on) for one in found.signatures
        }

    @property
    def given(self) -> dict[str, int]:
        """Return the money of the lines that an answer changes, in pence."""
        return {of: one.amount_pence or 0 for of, one in self.answers.items() if one.verdict == "change"}

    def is_shown(self, row: RecommendationRow, of: Collection[str] | None) -> bool:
        """Whether a line is among what waits, and open to the reader."""
        is_asked = of is None or row.application in of
        is_open = row.application not in self.order.closed and self.order.is_of(
            self.rows[row.application].area
        )
        return is_asked and is_open and bool(self.to_sign(row))

    def waits(self, row: RecommendationRow) -> Waits:
        """Return the step that a line waits for, -1 for the chair's, and the posts that it lacks there."""
        held = self.along(row)
        if row.application not in self.signed and held.final is None:
            return Waits(-1, (CHAIR,))
        pence = row.amount_pence if held.last is None else held.last.amount_pence
        return held.waits(self.found.chain, pence) or Waits(0, ())

    def to_sign(self, row: RecommendationRow) -> Texts:
        """Return the posts for which a line is to be signed next, of the reader's alone where they sign."""
        return self.signs(self.rows[row.application], self.waits(row))

    def along(self, row: RecommendationRow) -> Progress:
        return self.found.along.get(row.application, NOT_BEGUN)

    def line(self, row: RecommendationRow) -> LineToSign:
        """Return a line whole, as the signature leaves it."""
        answer, of = self.answers.get(row.application), self.rows[row.application]
        now: RecommendationRow | DecisionRow | LineDecision = self.along(row).last or row
        now = answer if answer is not None and answer.verdict == "change" else now
        told = tuple(
            (label, words) for label, words in self._parts(row, now) if words and self._is_open(words)
        )
        outcome = with_capital(OUTCOME_WORDS[PanelOutcome(now.outcome)])
        return LineToSign(of.reference, of.organisation, of.area or "", outcome, now.amount_pence, told)

    def _parts(
        self, row: RecommendationRow, now: RecommendationRow | DecisionRow | LineDecision
    ) -> Iterator[TextPair]:
        of, applied = row.application, self.rows[row.application]
        item, answer, held = self.items.get(of), self.answers.get(of), self.along(row)
        told = as_sentence(applied.project), first_sentences(applied.summary, TWO_SENTENCES)
        yield "Project", " ".join(filter(None, told))
        if of in self.found.direct:
            yield "Proposed", "\n".join(signing_facts(self.found.direct[of]))
        elif item is not None:
            outcome = OUTCOME_WORDS[PanelOutcome(item.outcome)] if item.outcome else ""
            result = SIGNING.recommended(item, outcome)
            yield "The panel recommends", result if self._is_open(result) else row.reason
            # Among those that are left out the place of the others tells where they stand.
            scored = replace(item, place=None, place_by="") if self.order.closed else item
            yield "Score and place", as_sentence(SIGNING.score(scored))
        conditions = self._conditions(row) if now.outcome in FUNDED else ()
        pays_for, is_part = scope_of(conditions), now.outcome == PanelOutcome.PART_FUND
        yield "What it pays for", pays_for
        yield "Not stated", "What the part-fund pays for." if is_part and not pays_for else ""
        office = "" if answer is None else answer.reason
        office = office or ("" if held.last is None else held.last.reason)
        own = self.found.panel_reasons.get(of, "").removeprefix(row.reason).strip()
        yield "Why, in the office’s words", "" if office == row.reason else office
        is_given = now.outcome in FUNDED and (not row.reason or of in self.found.departures)
        yield "Why, from the marks", own if is_given and own != office else ""
        ways = (
            f"{one.post}: {_given(one.outcome, one.amount_pence)}. {one.change_reason}"
            for one in held.since
            if one.change_reason
        )
        yield "Changed on the way", "\n".join(ways)
        yield "Your answer", "" if answer is None else _answer(answer)
        yield "Order and exceptions", " ".join(self._departures(row))
        if self.minutes is not None and item is not None:
            declared = [one for one in self.minutes.interests if one.reference == of]
            yield "Interests and who left", SIGNING.interests(item, declared)
            yield "Dissent", as_sentence(item.dissent)
            yield "Score sheets", " ".join(item.reopened)
        yield "Gates", "\n".join(self.gates.get(of, ()))
        in_words = {one.code: one.words for one in self.found.conditions}
        own_words = (in_words.get(one, one) for one in conditions if not one.startswith(SCOPE))
        yield CONDITIONS, "\n".join(dict.fromkeys(own_words))
        yield SIGNED, "; ".join(self._signed(row))
        yield WAITS, listed(self.waits(row).posts)

    def _conditions(self, row: RecommendationRow) -> Texts:
        answer = self.answers.get(row.application)
        held = (self.along(row).last or row).conditions
        return held if answer is None or answer.conditions is None else answer.conditions

    def _departures(self, row: RecommendationRow) -> Iterator[str]:
        if row.is_exception:
            yield "An exception to the order or to a floor."
        notes = () if self.minutes is None else self.minutes.notes
        own = (words for about, words in notes if row.application in about)
        yield from map(as_sentence, filter(self._is_open, own))

    def _is_open(self, words: str) -> bool:
        return not any(_names(words, one) for one in self.order.closed)

    def _signed(self, row: RecommendationRow) -> Iterator[str]:
        if row.application in self.signed:
            yield self.signed[row.application]
        yield from (SIGNING.signed(one.post, one.signed_by, one.signed_on) for one in self.along(row).since)

    def not_here(self) -> Iterator[TextPair]:
        """Yield the applications there on which nothing is recommended, each with why."""
        why = {of: item.waits for of, item in self.items.items() if item.waits}
        out = {} if self.minutes is None else dict(self.minutes.left_out())
        advised = {row.application for row in self.found.recommendations} | {*self.order.closed}
        for of, row in self.rows.items():
            if of not in advised and self.order.is_of(row.area):
                name = f"{of} {row.organisation}"
                failed = "; ".join(one.rstrip(".") for one in self.gates.get(of, ()))
                yield name, as_sentence(failed or out.get(name) or why.get(of, NOT_ADVISED))


def _in_order(found: Deciding, areas: Sequence[str]) -> list[RecommendationRow]:
    at = {name: number for number, name in enumerate(areas)}
    of = {row.reference: at.get(row.area or "", len(at)) for row in found.applications}

    def key(row: RecommendationRow) -> tuple[int, int, int, str]:
        return of[row.application], int(row.place is None), row.place or 0, row.application

    return sorted(found.recommendations, key=key)


def _names(words: str, reference: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(reference)}(?![\w-])", words) is not None


def _answer(answer: LineDecision) -> str:
    if answer.verdict == "agree":
        return AS_IT_CAME
    return SIGNING.answer(
        answer, _given(answer.outcome, answer.amount_pence) if answer.verdict == "change" else ""
    )


def _given(outcome: str, pence: int | None) -> str:
    return SIGNING.given(OUTCOME_WORDS[PanelOutcome(outcome)].lower(), pence)


def _shared(lines: Sequence[LineToSign]) -> Iterator[TextPair]:
    for label in SHARED:
        said = [words for line in lines for of, words in line.told if of == label]
        if len(said) > 1 and len({*said}) == 1:
            yield label, said[0]


def _pots(
    uses: Sequence[PotUse], lines: Sequence[LineToSign], closed: Collection[str | None]
) -> Iterator[PotToSign]:
    """Yield the pots of these lines; of an area with a closed line only what is told of it anyway."""
    here = Counter[str]()
    for line in lines:
        here[line.area] += line.given_pence or 0
    for use in uses:
        if not here.keys().isdisjoint(use.areas):
            own, is_open = sum(here[area] for area in use.areas), {*closed}.isdisjoint(use.areas)
            others = use.given_pence - own if is_open else None
            over = over_words(use, short_pounds) if is_open else ""
            yield PotToSign(use.area, use.pot_pence, use.committed_pence, own, others, over)
