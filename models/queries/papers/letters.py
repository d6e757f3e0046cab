"""The letters that a round's decisions call for, with feedback drafted from the agreed reasons."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from models.papers.letters.letter import DIRECT_OFFER, INCOMPLETE, PART_OFFER, Letter
from models.papers.letters.letters import Letters
from models.papers.office import SCORES_TOLD, YES
from models.papers.order import PaperOrder
from models.papers.texts import LETTERS, PaperTexts
from models.queries.applications.applications import asked_corrected
from models.queries.awards.agreements import IssueTimes, Unsettled, issue_times, unsettled
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.year_facts import parts_told
from models.queries.deciding.challenges import HeldChallenge, held_challenges
from models.queries.deciding.decided_anew import as_decided
from models.queries.deciding.decisions import (
    decisions,
    earlier_decisions,
    final_decisions,
    recommendations,
    who_decided,
)
from models.queries.deciding.reasons import own_words, reason_given, why_changed
from models.queries.papers.letter_parts.causes import (
    Feedback,
    challenged,
    feedback,
    has_own_change,
    is_taken_back,
    less_causes,
    own_and_change,
    replaced,
    reserves,
    what_still_holds,
    why_decided_again,
)
from models.queries.papers.letter_parts.what_next import as_it_stands, gaps, headed, once_closed, with_next
from models.queries.papers.letter_parts.without_decision import (
    AtGates,
    WithoutDecision,
    at_gates,
    has_letter,
    is_in_agreement,
    spent_areas,
    undecided_ones,
    with_gates_named,
    with_recorded,
    withdrawn_ones,
)
from models.queries.papers.paper_texts import texts_by_subject
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts, round_rows
from models.queries.set_up.rounds import is_direct
from models.reference.defaults import FundDefaults
from models.session import Session
from models.values.recommending import BELOW_THRESHOLD, DecisionRow, RecommendationRow
from models.values.rows import ApplicationRow, RoundRows, scored_round
from scoring.allocating.causes import HeldCause, LessCause
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import Eligibility
from scoring.written.text import as_sentence, one_line, with_capital

REFERRED = "referred"
"""The decline code that says no more than the letter of an application that goes to another fund."""


class _Known(Struct, frozen=True):
    """All that letters are written from, by application."""

    decided: Mapping[str, DecisionRow]
    advised: Mapping[str, RecommendationRow]
    awarded: Mapping[str, AwardRow]
    feedback: Mapping[str, Feedback]
    less: Mapping[str, LessCause]
    reserve: Mapping[str, HeldCause]
    asked_again: Mapping[str, HeldChallenge]
    decided_by: Mapping[str, str]
    earlier: Mapping[str, Sequence[DecisionRow]]
    decline_words: Mapping[str, str]
    is_direct: bool
    tells_scores: bool
    no_competition: Mapping[str, str]
    texts: Mapping[str, PaperTexts]
    ranking: Ranking
    issued: IssueTimes
    unsettled: Unsettled
    today: date


def letters(session: Session, order: PaperOrder) -> Letters:
    """Return a letter for each application that stands decided, in the order of the round.

    Nobody applied for an award without a competition, so one that is not made has no letter.
    """
    rows, every = round_rows(session, order.of_round), decisions(session, order.of_round)
    facts = round_facts(session, order.of_round, order.today)
    known = _read(session, order, facts.defaults, rows, every)
    chosen = [row for row in rows.applications if has_letter(row, known.decided, is_direct=known.is_direct)]
    at_checks = at_gates(session, facts.line, frozenset(known.decided), order.today)
    stopped = with_recorded(session, order.of_round, at_checks)
    spent = spent_areas(session, order.of_round, known.decided)
    apart = _apart(session, order.of_round, rows, known, spent)
    rules = fund_rules_of(session, order.of_round)
    small = [row for row in chosen if is_in_agreement(known.decided[row.reference], rules)]
    in_agreements = tuple(row.reference for row in small if order.area in (None, row.area))
    was = asked_corrected(session, order.of_round)
    was = asked_corrected(session, order.of_round)
    every_letter = (
        *(_letter(row, known) for row in chosen if row not in small),
        *(_stopped(one, known, spent) for one in stopped),
        *(_without_decision(one, known) for one in apart),
    )
    stand = map(once_closed, every_letter) if facts.line.is_closed else every_letter
    told = (replace(letter, asked_was=was.get(letter.reference, "")) for letter in stand)
    here = sorted((letter for letter in told if order.area in (None, letter.area)), key=by_reference)
    days = rules.agreement_days
    found = headed(session, order, every, here, sign_within_days=days, in_agreements=in_agreements)
    return replace(found, gaps=tuple(gaps(found.letters)))


def _read(
    session: Session, order: PaperOrder, defaults: FundDefaults, rows: RoundRows, every: Sequence[DecisionRow]
) -> _Known:
    decided, ranked = final_decisions(every), as_decided(session, order.of_round)
    ranking = rank(scored_round(ranked))
    is_competed_not = is_direct(session, order.of_round)
    direct = direct_awards(session, order.of_round) if is_competed_not else {}
    return _Known(
        decided=decided,
        advised={row.application: row for row in recommendations(session, order.of_round)},
        awarded={row.application: row for row in awards(session, order.of_round)},
        feedback=feedback(ranked, ranking),
        less=less_causes(ranked, ranking, decided),
        reserve=reserves(session, order.of_round, ranked, ranking, every),
        asked_again=_asked_again(session, decided),
        decided_by=who_decided(every),
        earlier=earlier_decisions(every),
        decline_words={each.code: each.words for each in defaults.decline_codes},
        is_direct=is_competed_not,
        no_competition={of: one.route_reason.strip() for of, one in direct.items()},
        tells_scores=office_on(session, order.today).get(SCORES_TOLD) == YES,
        texts=texts_by_subject(session, order.of_round, LETTERS),
        ranking=ranking,
        issued=issue_times(session, order.of_round),
        unsettled=unsettled(session, order.of_round),
        today=order.today,
    )


def by_reference(letter: Letter) -> tuple[str | int, ...]:
    """Return where a letter stands among others: by its reference, whose figures count as numbers."""
    parts = re.split(r"(\d+)", letter.reference)
    return tuple(int(part) if part.isdecimal() else part for part in parts)


def _asked_again(session: Session, decided: Mapping[str, DecisionRow]) -> dict[str, HeldChallenge]:
    """Return the challenges on which what stands was decided anew, by application."""
    lines = {line.number: of for of, line in decided.items()}
    found = ((held, held.changed_by) for held in held_challenges(session))
    return {
        lines[line.number]: held
        for held, line in found
        if isinstance(line, DecisionRow) and lines.get(line.number) == held.application
    }


def _letter(row: ApplicationRow, known: _Known) -> Letter:
    decided, award = known.decided[row.reference], known.awarded.get(row.reference)
    advised, marks = known.advised.get(row.reference), known.feedback.get(row.reference, Feedback())
    # what the panel recommended says nothing of another outcome, and a minimum nothing of money
    code = advised.code if advised is not None and advised.outcome == decided.outcome else ""
    declined, earlier = known.decline_words.get(code, ""), known.earlier.get(row.reference, ())
    held, again = known.reserve.get(row.reference), known.asked_again.get(row.reference)
    if decided.amount_pence is not None:
        marks = replace(marks, missed=())
    elif again is None and is_taken_back(decided, earlier):
        marks = Feedback(placed=marks.placed)
    (own, changed), told = own_and_change(decided, () if again else earlier), marks.reasons
    has_cause = held is not None and held.is_told
    # what an outcome says by itself is told only where nothing else says why
    is_why_told = declined or has_cause or marks.missed
    reason = own or (own_words if is_why_told else reason_given)(decided, advised)
    less, why_less = known.less.get(row.reference), ""
    if again is not None:
        reason, marks = why_decided_again(again, decided, earlier), what_still_holds(again, marks)
    elif not earlier:
        why_less = less_by_change(row, decided, reason)
    is_other = bool(declined) and code != BELOW_THRESHOLD and bool(reason or marks.reasons)
    # what was missed is named once, in place of the code's words that a minimum was
    missed = tuple(one for one in marks.missed if one.title or not is_other)
    is_said = (bool(missed) and code == BELOW_THRESHOLD) or (bool(reason) and code == REFERRED)
    declined = "" if is_said else declined
    kind = DIRECT_OFFER if known.is_direct else _kind(row, decided)
    letter = replace(
        letter_to(row, kind, decided.signed_on),
        offered_pence=decided.amount_pence,
        number="" if award is None else award.reference,
        reason=reason,
        no_competition=known.no_competition.get(row.reference, ""),
        decline_words=declined,
        feedback=marks.reasons,
        conditions=decided.conditions if award is None else award.bound_elsewhere,
        payments=() if award is None else parts_told(award, award.instalments),
        notice=decided.notice,
        mark_words=marks.words,
        missed=missed,
        placed=marks.placed if known.tells_scores else None,
        decided_by=known.decided_by[row.reference],
        less=None if why_less else less,
        why_less=why_less,
        held=held,
        is_withheld=award is not None and award.withheld is not None,
        replaced=replaced(earlier, changed),
        challenged=None if again is None else challenged(again),
        is_taken_back=is_taken_back(decided, earlier),
        leaves_out=marks.reasons != told,
        lacks_words=kind == PART_OFFER and again is not None and not has_own_change(again, decided),
    )
    stands = letter
    if award is not None:
        is_settled = known.is_direct or award.application not in known.unsettled.which_part
        lacks = award.application in known.unsettled.outcomes
        stands = as_it_stands(letter, award, known.issued, is_settled=is_settled, lacks_outcomes=lacks)
    return with_next(stands, known.texts.get(row.reference, PaperTexts()), known.today)


def letter_to(row: ApplicationRow, kind: str, on: date) -> Letter:
    return Letter(
        kind=kind,
        reference=row.reference,
        organisation=row.organisation,
        contact_name=row.contact_name,
        address=tuple(line.strip() for line in (*row.address.splitlines(), row.postcode) if line.strip()),
        project=one_line(row.project),
        asked_pence=row.requested_pence,
        offered_pence=None,
        reason="",
        decline_words="",
        feedback=(),
        conditions=(),
        payments=(),
        notice="",
        decided_on=on,
        start_on=row.start_on,
        end_on=row.end_on,
        email=row.email,
        area=row.area or "",
        is_waived=row.eligibility is Eligibility.WAIVED,
    )


def _stopped(one: AtGates, known: _Known, spent: Collection[str]) -> Letter:
    """Return a letter on what was stopped; what asks for more says where others have the money by then."""
    of, recorded = one.line.row.reference, one.recorded
    found = replace(
        letter_to(one.line.row, one.kind, one.judged_on or known.today),
        points=one.points,
        send_by=one.send_by,
        decided_by=one.judged_by,
        is_proved=one.is_proved,
        is_after_panel=one.is_after_panel,
        lacks_words=one.lacks_words,
        closed_on=one.closed_on,
        is_open=one.is_open,
        is_unchecked=one.is_marked,
        met_on=one.met_on,
        recorded_on=None if recorded is None else recorded.on,
        recorded_by="" if recorded is None else recorded.by,
    )
    told = with_next(found, with_gates_named(one, known.texts.get(of, PaperTexts())), known.today)
    is_spent = told.kind == INCOMPLETE and told.send_by is not None and told.area in spent
    return replace(told, is_money_spent=is_spent)


def _apart(
    session: Session, round_id: int, rows: RoundRows, known: _Known, spent: Collection[str]
) -> Sequence[WithoutDecision]:
    """Return what has a letter though nobody decided on it; nobody applied for what had no competition."""
    if known.is_direct:
        return ()
    undecided = undecided_ones(rows, known.ranking, known.decided, known.advised, spent)
    return (*undecided, *withdrawn_ones(session, round_id, rows.applications))


def _without_decision(one: WithoutDecision, known: _Known) -> Letter:
    decided = known.decided.get(one.row.reference)
    letter = replace(
        letter_to(one.row, one.kind, known.today),
        open=one.why,
        withdrawn_on=one.withdrawn_on,
        was_pence=None if decided is None else decided.amount_pence,
    )
    return with_next(letter, known.texts.get(one.row.reference, PaperTexts()), known.today)


def _kind(row: ApplicationRow, decided: DecisionRow) -> str:
    if decided.amount_pence is None:
        return decided.outcome
    return "offer" if decided.amount_pence >= row.requested_pence else "part-offer"


def less_by_change(row: ApplicationRow, decided: DecisionRow, reason: str) -> str:
    """Return why whoever decided changed an amount to less than was asked, "" where it is no less.

    Who gets all that was asked is not told why it once was less: that is no reason why it was chosen.
    """
    is_less = (decided.amount_pence or 0) < row.requested_pence
    return with_capital(as_sentence(why_changed(decided, reason))) if is_less else ""
