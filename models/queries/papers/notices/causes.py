"""Why money is given otherwise than asked or recommended, and what became of what nobody decided."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from models.papers.notice import Allocation
from models.papers.order import PaperOrder, TextPair
from models.papers.paper_words import without_capital
from models.papers.texts import LETTERS
from models.queries.applications.applications import (
    applications,
    as_corrected,
    asked_corrected,
    entered,
    withdrawn_in,
)
from models.queries.applications.gates import let_past
from models.queries.deciding.as_decided import KeptWith
from models.queries.deciding.challenges import held_challenges
from models.queries.deciding.decided_anew import (
    DecidedRound,
    as_decided,
    out_of_order,
    passed_over_since,
    replaced_words,
    without_number,
)
from models.queries.deciding.decisions import decided_with
from models.queries.deciding.settled import Became, counted_rows
from models.queries.panel.meeting import marked_by, meetings_held, present_as_items_closed, short_of_quorum
from models.queries.papers.letter_parts.causes import has_own_change
from models.queries.papers.letter_parts.without_decision import became_by
from models.queries.papers.minuted import took_no_part
from models.queries.papers.notices.lines import allocations_of, reserve_holds
from models.queries.papers.notices.pots import ROUND, drawn_by_lines
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.round_facts import round_facts
from models.session import Session
from models.values.awards import KIND_WORDS
from models.values.recommending import FUNDED, DecisionRow, RecommendationRow
from models.values.rows import ApplicationRow, by_application, gathered, scored_round
from scoring.allocating.causes import less_because
from scoring.allocating.organisations import over_caps
from scoring.money import short_pounds
from scoring.round import IN_PLACE, ChairDecisionKind
from scoring.schedule.exceptions import advised_words, is_beside, order_words
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, PanelOutcome, stay_words
from scoring.written.days import when_on
from scoring.written.text import Refused, first_of, listed, one_line, with_capital

PANEL_PAPERS, NO_PAPERS = "Moderation record and minutes of the panel\nAward schedule", "None"
BELOW_MINIMUM, IN_MINUTES = "below a minimum of the round", "for the reasons in the minutes of the panel"
BY_PANEL = "as the panel recommended"
REASON_ABOVE, REASON_IN_NOTICE = "for the reason given above", "for the reason that its notice gives"
_BY_CHOICE = (PanelOutcome.DECLINE, PanelOutcome.DEFER, PanelOutcome.REFER)
"""What a panel recommends of an application for a reason of its own; the reserve list has the rule's."""
_WHY_NOT = {
    Became.WITHDRAWN: "Withdrawn",
    Became.LATE: "Received too late, so not scored",
    Became.BARRED: "Not eligible, so not scored",
    Became.INCOMPLETE: "Incomplete, so not awarded",
}
_OPEN = (Became.NEVER, Became.WAITING)


class NoticeLines(DecidedRound):
    """Lines that are decided, or recommended and to be signed, with the round that they are of.

    `applied` are the applications that a notice may be of, `stood` what was decided with it or before. Before
    all have signed nothing is `signed`, and its day is today. `areas` are those of all its lines, funded or
    not; `where` names them where the round has others. `replaced` is each line that was decided before with
    what it was, `of_notice` their applications by the notice of that, and `lost` what these take back.
    """

    def __init__(
        self,
        session: Session,
        order: PaperOrder,
        lines: Sequence[DecisionRow | RecommendationRow],
        every: Sequence[DecisionRow] | None = None,
    ) -> None:
        super().__init__(session, order.of_round, every)
        self.order, self.lines = order, lines
        self.facts = round_facts(session, order.of_round)
        self.decided = [line for line in lines if isinstance(line, DecisionRow)]
        first = next(iter(self.decided), None)
        self.signed = first if first and first.signed_by else None
        self.day = self.signed.signed_on if self.signed else order.today
        here = self._by_then()
        self.applied = [row for row in here if order.is_of(row.area)]
        self.stood = decided_with(self.every, first.notice) if first else self.final
        self.given = {line.application: line.amount_pence for line in lines}
        self.done = {**self.final, **self.given}
        named = {self.places[of] for of in self.given}
        self.areas = tuple(area.name for area in self.facts.line.areas if area.name in named)
        is_of_some = order.areas or len(self.areas) < len({row.area for row in here if row.area})
        self.where = order.area or (listed(self.areas) if is_of_some else "")
        self.replaced = [(line, was[-1]) for line in self.decided if (was := self.before(line))]
        self.of_notice = gathered((was.notice, line.application) for line, was in self.replaced)
        self.is_anew = bool(self.replaced) and len(self.replaced) == len(lines)
        gone = [was for line, was in self.replaced if line.outcome not in FUNDED and was.outcome in FUNDED]
        self.lost = allocations_of(gone, self.applied, self.facts)
        self.back = [line.reference for line in self.lost]
        money = {of: pence or 0 for of, pence in self.given.items()}
        self.drawn = drawn_by_lines(self, money, self.back, self.signed, self.there.before)
        self.odd = dict(out_of_order(self, by_application(lines), self.stood))

    @property
    def there(self) -> KeptWith:
        """Return what there was beside the money as a notice was signed, that of today for a draft."""
        return self.there_at(self.decided if self.signed else ())

    def _by_then(self) -> Sequence[ApplicationRow]:
        """Return the applications that there were as a notice was signed, all of today for a draft."""
        every = applications(self.session, self.round_id)
        newest = self.there.newest
        numbers = entered(self.session, self.round_id)
        return [row for row in every if not newest or numbers[row.reference].number <= newest]


def summary(of: NoticeLines, allocations: Sequence[Allocation], panel: str) -> str:
    """Return of which fund a notice is and what it decides, for how many awards and how much money.

    `panel` is what was asked and scored, or which decisions the notice takes the place of; it stands last.
    """
    told, is_given = allocations or of.lost, bool(allocations)
    return ROUND.summary(of.facts.line, told, panel, is_given)


def without_money(of: NoticeLines, why: Mapping[str, str]) -> Iterator[str]:
    """Yield which applications have each outcome without money, by reference, in one sentence for each.

    `why` says of some of them in a few words why; they stand together where it is the same, those without one
    last. Of a line that was decided again the later notice is named. What the reserve list promises, until
    when in the financial year, is told while somebody is on it.
    """
    here = [row for row in of.lines if row.application not in of.back]
    later = {row: now for row in here if (now := _decided_since(of, row))}
    named = {row: ROUND.decided_since(row.application, later.get(row)) for row in here}
    held = gathered((row.outcome, (why.get(row.application, ""), named[row])) for row in here)
    for outcome in (outcome for outcome in WITHOUT_MONEY if outcome.value in held):
        alike = [(words, sorted(which)) for words, which in gathered(held[outcome.value]).items()]
        told = [ROUND.without_money(*one) for one in sorted(alike, key=lambda one: (not one[0], one[1]))]
        yield f"{with_capital(FORMS[outcome].was)}: {'; '.join(told)}."
    if any(row.outcome == PanelOutcome.RESERVE and row not in later for row in here):
        yield f"The reserve list {reserve_holds(of.facts.line.year)}."


def _decided_since(of: NoticeLines, row: DecisionRow | RecommendationRow) -> DecisionRow | None:
    """Return the decision that took the place of a line, None where it stands or is to be signed."""
    now = of.final.get(row.application) if isinstance(row, DecisionRow) else None
    return None if now is None or now.number == getattr(row, "number", None) else now


def background_papers(of: NoticeLines) -> str:
    """Return them a line each: the panel's, then the notices that lines take the place of, and challenges.

    A challenge is named by its kind and its application: who asked stands in no paper for the public.
    """
    found = [] if of.facts.line.is_direct else [PANEL_PAPERS]
    found += [f"Notice of decision {notice}, on {listed(which)}" for notice, which in of.of_notice.items()]
    lines = [line for line, _ in of.replaced]
    unsigned = {line.application for line in lines if not line.signed_by}
    for held in held_challenges(of.session) if lines else ():
        is_to_sign = held.waits_for_decision and held.application in unsigned
        if held.round_id == of.round_id and (is_to_sign or held.changed_by in lines):
            found.append(
                f"{KIND_WORDS[held.challenge.kind]} of the decision on {held.application}, and its answer"
            )
    return "\n".join(found) or NO_PAPERS


def chair_words(
    round_: DecidedRound, given: Mapping[str, int | None], before: Mapping[str, int | None] | None = None
) -> Iterator[str]:
    """Yield each exception by which something is funded, and each order of equals that do not all get money.

    `given` is the money of each line in pence, `before` that of others decided by then.
    Both are told with the chair's reason, and without any mark.
    """
    decided = round_.rows.chair_decisions
    if not any(one.application in given for one in decided):
        return
    for one in decided:
        is_let_in = one.kind is ChairDecisionKind.EXCEPTION and one.application in round_.below
        if is_let_in and given.get(one.application):
            yield ROUND.exception(one.application, IN_PLACE if one.ruled_by else "", one.reason.strip())
    for first, words in order_words(round_.ties):
        equals = [first, *round_.ties[first].others]
        money = [{**(before or {}), **given}.get(of) for of in equals]
        if any(given.get(of) for of in equals) and not all(money):
            yield f"{words}."


def in_part_words(
    round_: DecidedRound, allocations: Sequence[Allocation], changed: str = REASON_ABOVE
) -> Iterator[str]:
    """Yield which allocations are less than was asked, and why, in one sentence; nothing where none is.

    `changed` says where the reason stands of what is neither the rule's amount nor the panel's.
    """
    asked = round_.asked
    part = [line for line in allocations if line.amount_pence < asked[line.reference].requested_pence]
    if not part:
        return
    corrected = asked_corrected(round_.session, round_.round_id)
    told = list[str]()
    for line in part:
        of, pence = line.reference, line.amount_pence
        is_panels = of in round_.advised and pence == round_.advised[of].amount_pence
        why = less_because(round_.less(of, pence)) or (BY_PANEL if is_panels else changed)
        texts = paper_texts(round_.session, round_.round_id, LETTERS, of)
        written = one_line(texts.get("why_less")).rstrip(".")
        told.append(ROUND.part(line, asked[of].requested_pence, of in corrected, written, why))
    yield f"In part: {'; '.join(told)}."


def again_words(of: NoticeLines) -> Iterator[str]:
    """Yield of lines decided again what they were, and why.

    What was found on a challenge is the answer to whoever asked, and stands in no paper for the public.
    """
    yield from replaced_words(of, of.decided)
    given = {line.application for line, _ in of.replaced if line.amount_pence is not None}
    if given:
        gone = withdrawn_in(of.session, of.round_id)
        for one in passed_over_since(of, gone):
            if one.application in given and one.notice == of.decided[0].notice:
                yield f"{stay_words(one.over, one.application)}."
    yield from changed_words(of, of.decided)


def changed_words(round_: DecidedRound, lines: Sequence[DecisionRow]) -> Iterator[str]:
    for of, words in unlike_recommended(round_, lines):
        yield f"{of} is {without_capital(words)}"


def why_without_money(of: NoticeLines) -> dict[str, str]:
    """Return why applications get no money, by reference, where no other sentence of the notice says so.

    The marks say it of what is below a minimum, the minutes of what else the panel recommended: its own
    words are for whoever applied, and stand in no paper for the public.
    """
    panels = {one: row.outcome for one, row in of.advised.items()}
    return {
        row.application: BELOW_MINIMUM
        if row.outcome == PanelOutcome.DECLINE and row.application in of.below
        else IN_MINUTES
        for row in of.lines
        if row.outcome in _BY_CHOICE
        and row.outcome == panels.get(row.application)
        and row.application not in of.earlier
    }


def unlike_recommended(round_: DecidedRound, lines: Sequence[DecisionRow]) -> Iterator[TextPair]:
    """Yield what is decided otherwise than the panel recommended: its application, what it is, and why.

    It is told where the office wrote why, and where more is awarded than panel and rule would give. Of what
    was decided again, which the paper tells of by itself, and was in reserve, only that.
    """
    anew = round_.earlier
    for row in (row for row in lines if row.application in round_.advised):
        of, here = row.application, round_.standings[row.application]
        panels = round_.advised[of]
        is_alike = row.amount_pence == panels.amount_pence
        if is_alike and (row.amount_pence is not None or row.outcome == panels.outcome):
            continue
        why = "" if of in anew else without_number(row.change_reason).strip()
        is_more = is_beside(row.amount_pence, panels.amount_pence, here.offer_pence)
        below = is_more and bool(here.below_threshold)
        is_reserve = panels.outcome == PanelOutcome.RESERVE
        is_told = is_reserve and of in anew and anew[of][-1].outcome == PanelOutcome.RESERVE
        if why or below or (is_more and not is_told):
            advice = advised_words(panels.amount_pence, short_pounds, is_reserve=is_reserve)
            yield of, ROUND.unlike(row, FORMS[PanelOutcome(row.outcome)].became, advice, below, why)


def _not_decided(of: NoticeLines) -> Iterator[str]:
    """Yield which applications to these areas nobody decided, in a sentence for each cause."""
    found = became_by(of.session, of.facts.line, of.applied, of.done, of.day)
    here = sorted(row.reference for row in of.applied if row.area in of.areas)
    told = gathered((_WHY_NOT[found[one]], one) for one in here if found[one] in _WHY_NOT)
    yield from (f"{words}: {listed(told[words])}." for words in _WHY_NOT.values() if words in told)
    if waits := [one for one in here if found[one] in _OPEN]:
        yield f"{'No decision yet' if of.decided else 'No recommendation yet'}: {listed(waits)}."


def panel_words(of: NoticeLines) -> str:
    """Return how many applied for how much in some areas, and how many a panel of its quorum ranked and when.

    The areas are named where the round has others. What was withdrawn counts only where it is decided or
    recommended, else it is told.
    """
    of_areas, line = [row for row in of.applied if row.area in of.areas], of.facts.line
    here = counted_rows(of_areas, of.done)
    scored = sum(is_scored(of, row.reference) for row in here)  # some hold no marks
    held = meetings_held(of.session, line.round_id).items()
    days = sorted({one.held_on for name, one in held if name in of.areas})
    corrected = as_corrected(of.session, line.round_id, here)
    gone, met = len(of_areas) - len(here), when_on(days) if days else ""
    return ROUND.panel(line, of.where, here, gone, scored, corrected, met)


def is_scored(round_: DecidedRound, reference: str) -> bool:
    """Whether enough of the panel gave an application every mark; some have marks of a member alone."""
    here = round_.standings.get(reference)
    return here is not None and here.is_ranked


def others_words(of: NoticeLines) -> Iterator[str]:
    """Yield the applications that nobody decided here, and how many of the panel took no part on some.

    And those of whose items too few of the panel could take part, which was recommended all the same. What
    is decided again, or had no competition, was told of or had no panel.
    """
    if of.is_anew or of.facts.line.is_direct:
        return
    number, here = of.round_id, {row.reference for row in of.applied if row.area in of.areas}
    rest = (of.final.get(one) for one in sorted(here - of.given.keys()))
    apart = gathered((line.notice, line.application) for line in rest if line and line.notice)
    yield from (f"Decided in notice {notice}: {listed(group)}." for notice, group in sorted(apart.items()))
    yield from _not_decided(of)
    yield from panel_notes(of.session, number, here)
    yield from without_quorum(of.session, number, here.intersection(of.done))


def panel_notes(session: Session, round_id: int, here: Collection[str]) -> Iterator[str]:
    """Yield which of some applications were let in all the same, past which checks, and who took no part.

    Why they were let in stands in the minutes alone: it may be of somebody's health.
    """
    rows = as_decided(session, round_id)
    past = {of: words for of, words in let_past(session, round_id).items() if of in here}
    if past:
        told = {of: words or tuple(over_caps(scored_round(rows), of)) for of, words in past.items()}
        named = [f"{of} ({listed(words)})" if words else of for of, words in told.items()]
        yield f"Let in by a waiver, for the reason in the minutes of the panel: {listed(named)}."
    rooms = present_as_items_closed(session, round_id)
    yield from filter(None, (took_no_part(rows.interests, here, rooms, marked_by(rows)),))


def without_quorum(session: Session, round_id: int, of: Collection[str]) -> Iterator[str]:
    if short := sorted(short_of_quorum(session, round_id).keys() & set(of)):
        yield f"Fewer members than the panel's quorum could take part when it considered {listed(short)}."


def require_why_less(session: Session, order: PaperOrder) -> None:
    """Refuse to issue a notice that its letters of offer would wait for: neither says why it gives less."""
    silent = sorted(_silent(session, order))
    if silent:
        raise Refused(
            f"The record does not say why {first_of(silent)} gets less than was asked by the new decision. "
            "Write it on Papers under Letters to applicants, “Why this amount”, or with the command words "
            "as why_less; notice and letter print it. Then issue the notice."
        )


def _silent(session: Session, order: PaperOrder) -> Iterator[str]:
    round_ = DecidedRound(session, order.of_round)
    for held in held_challenges(session):
        line = held.changed_by
        if held.round_id != order.of_round or not isinstance(line, DecisionRow):
            continue
        of, pence = line.application, line.amount_pence
        is_here = round_.final.get(of) == line and order.notice in ("", line.notice)
        is_less = pence is not None and pence < round_.asked[of].requested_pence
        written = paper_texts(session, order.of_round, LETTERS, of).get("why_less").strip()
        if is_here and is_less and not (written or has_own_change(held, line) or round_.less(of, pence)):
            yield of
