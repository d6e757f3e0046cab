"""The letters that a round's decisions call for, with feedback drafted from the agreed reasons."""

import re
from datetime import date

from msgspec.structs import replace

from models.papers.grant_agreement import GAPS
from models.papers.letters.letter import DIRECT_OFFER, INCOMPLETE, PART_OFFER, UNDECIDED, Letter, letter_to
from models.papers.letters.letters import Letters
from models.papers.office import SCORES_TOLD, YES
from models.papers.order import PaperOrder
from models.papers.texts import LETTERS, PaperTexts
from models.queries.applications.applications import applications, asked_corrected
from models.queries.applications.endings import erasures
from models.queries.awards.agreements import unsettled
from models.queries.awards.awards import awards
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.year_facts import parts_told
from models.queries.deciding.challenges import held_challenges
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.decisions import who_decided
from models.queries.deciding.reasons import own_words, reason_given, why_changed
from models.queries.papers.letter_parts.causes import (
    Feedback,
    challenged,
    feedback,
    has_own_change,
    is_taken_back,
    own_and_change,
    replaced,
    reserves,
    what_still_holds,
    why_decided_again,
)
from models.queries.papers.letter_parts.what_next import as_it_stands, headed, once_closed, with_next
from models.queries.papers.letter_parts.without_decision import (
    at_gates,
    has_letter,
    spent_areas,
    stuck_ones,
    why_undecided,
    with_gates_named,
    withdrawn_ones,
)
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts, round_rows
from models.queries.set_up.rounds import is_direct
from models.reference.defaults import FundDefaults
from models.session import Session
from models.values.recommending import BELOW_THRESHOLD, DecisionRow
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, by_application
from scoring.written.text import as_sentence, with_capital

REFERRED = "referred"
"""The decline code that says no more than the letter of an application that goes to another fund."""


class _Known(DecidedRound):
    """All that the letters of a round are written from, by application."""

    def __init__(self, session: Session, order: PaperOrder, defaults: FundDefaults) -> None:
        number, self.today = order.of_round, order.today
        super().__init__(session, number)
        self.is_direct = is_direct(session, number)
        self.awarded = by_application(awards(session, number))
        self.feedback = feedback(self.rows, self.ranking)
        self.reserve = reserves(self)
        made = ((held.application, held) for held in held_challenges(session) if held.changed_by is not None)
        self.asked_again = {of: held for of, held in made if self.final.get(of) == held.changed_by}
        self.decided_by = who_decided(self.every)
        self.decline_words = {each.code: each.words for each in defaults.decline_codes}
        direct = direct_awards(session, number) if self.is_direct else {}
        self.no_competition = {of: one.route_reason.strip() for of, one in direct.items()}
        self.tells_scores = office_on(session, order.today).get(SCORES_TOLD) == YES
        self.unsettled = unsettled(session, number)


def letters(session: Session, order: PaperOrder) -> Letters:
    """Return a letter for each application that stands decided, in the order of the round.

    Nobody applied for an award without a competition, so one that is not made has no letter. Of what was
    erased nobody is known to whom a letter would go.
    """
    number = order.of_round
    gone = erasures(session, number)

    def is_here(one: ApplicationRow | Letter) -> bool:
        return order.is_of(one.area) and one.reference not in gone

    rows, facts = round_rows(session, number), round_facts(session, number, order.today)
    known = _Known(session, order, facts.defaults)
    chosen = [row for row in rows.applications if has_letter(row, known.final, is_direct=known.is_direct)]
    stopped = tuple(at_gates(session, facts.line, frozenset(known.final), order.today))
    spent = spent_areas(known)
    apart = list[Letter]()
    if not known.is_direct:  # nobody applied for what had no competition
        for row, one in stuck_ones(
            rows, known.ranking, known.final, known.advised, is_closed=facts.line.is_closed
        ):
            why = why_undecided(known.ranking, one)
            why = None if why is None else replace(why, is_spent=(row.area or "") in spent)
            apart.append(replace(letter_to(row, UNDECIDED), open=why))
    apart += withdrawn_ones(session, number, rows.applications, known.final)
    rules = fund_rules_of(session, number)
    small = [row for row in chosen if rules.is_offered_in_agreement(known.final[row.reference].amount_pence)]
    in_agreements = tuple(row.reference for row in small if is_here(row))
    was, gates = asked_corrected(session, number), {one.row.reference: one for one, _ in stopped}

    def texts(of: str) -> PaperTexts:
        written = paper_texts(session, number, LETTERS, of)
        return with_gates_named(gates[of], written) if of in gates else written

    every = (
        *(_letter(row, known) for row in chosen if row not in small),
        *(letter for _, letter in stopped),
        *apart,
    )
    told = (with_next(one, texts(one.reference), known.today) for one in every)
    # what asks for more says where others have the money by then
    told = (
        replace(one, is_money_spent=one.kind == INCOMPLETE and bool(one.send_by) and one.area in spent)
        for one in told
    )
    stand = map(once_closed, told) if facts.line.is_closed else told
    here = (replace(one, asked_was=was.get(one.reference, "")) for one in stand if is_here(one))
    days, in_order = rules.agreement_days, sorted(here, key=reference_order)
    found = headed(session, order, known.every, in_order, sign_within_days=days, in_agreements=in_agreements)
    return replace(found, gaps=GAPS.lines("letters", found.letters))


def answered(session: Session, line: RoundLine, today: date) -> frozenset[str]:
    """Return which applications of a round have another letter on a day than that they came."""
    rows, round_ = applications(session, line.round_id), DecidedRound(session, line.round_id)
    stopped = at_gates(session, line, frozenset(round_.final), today)
    stuck = stuck_ones(round_.rows, round_.ranking, round_.final, round_.advised, is_closed=line.is_closed)
    found = {one.row.reference for one, _ in stopped} | {row.reference for row, _ in stuck}
    return frozenset(found.union(round_.final, (row.reference for row in rows if row.withdrawn)))


def reference_order(letter: Letter) -> tuple[str | int, ...]:
    """Return where a letter stands among others: by its reference, whose figures count as numbers."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", letter.reference))


def _letter(row: ApplicationRow, known: _Known) -> Letter:
    decided, award = known.final[row.reference], known.awarded.get(row.reference)
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
    less, why_less = known.less(row.reference, decided.amount_pence), ""
    if again is not None:
        reason, marks = why_decided_again(again, decided, earlier), what_still_holds(again, marks)
    elif not earlier:
        why_less = less_by_change(row, decided, reason)
    is_other = bool(declined) and code != BELOW_THRESHOLD and bool(reason or marks.reasons)
    # what was missed is named once, in place of the code's words that a minimum was
    missed = tuple(one for one in marks.missed if one.title or not is_other)
    is_said = (bool(missed) and code == BELOW_THRESHOLD) or (bool(reason) and code == REFERRED)
    declined = "" if is_said else declined
    kind = decided.outcome
    if known.is_direct:
        kind = DIRECT_OFFER
    elif decided.amount_pence is not None:
        kind = "offer" if decided.amount_pence >= row.requested_pence else PART_OFFER
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
    if award is None:
        return letter
    is_settled = known.is_direct or award.application not in known.unsettled.which_part
    return as_it_stands(
        letter,
        award,
        known.today,
        is_settled=is_settled,
        lacks_outcomes=award.application in known.unsettled.outcomes,
    )


def less_by_change(row: ApplicationRow, decided: DecisionRow, reason: str) -> str:
    """Return why whoever decided changed an amount to less than was asked, "" where it is no less.

    Who gets all that was asked is not told why it once was less: that is no reason why it was chosen.
    """
    is_less = (decided.amount_pence or 0) < row.requested_pence
    return with_capital(as_sentence(why_changed(decided, reason))) if is_less else ""
