"""What finance pays and what is told as an agreement is signed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.finance import (
    AskedBack,
    Codes,
    DecidedAgain,
    EarlierPayee,
    FinanceAward,
    FinanceSchedule,
    NotTakenUp,
    PaymentLine,
)
from models.papers.grant_agreement import GrantAgreement
from models.papers.kinds import AGREEMENT
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import PaperStatus
from models.queries.applications.applications import applications
from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.applications.organisations import owed_elsewhere
from models.queries.awards.agreements import TO_RENEW, TO_SIGN_AGAIN
from models.queries.awards.amendments import amendments
from models.queries.awards.award_checks import AwardChecks, checks_of_round, open_checks
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import (
    FinanceCodes,
    awards,
    codes_in,
    finance_codes,
    holder_suppliers,
    unsettled_supplier,
)
from models.queries.awards.year_facts import trigger_of
from models.queries.deciding.decided_anew import decided_anew
from models.queries.deciding.decisions import (
    decided_by,
    decisions,
    earlier_decisions,
    final_decisions,
    recommendations,
    signers,
)
from models.queries.papers.issues import newest_issue
from models.queries.papers.notices.pots import lapsing
from models.queries.papers.notices.signatures import to_decide
from models.queries.papers.paper_texts import letterhead
from models.queries.papers.papers import draft_status, paper_sha256
from models.queries.set_up.funds import fund_name_on
from models.queries.set_up.rounds import round_line
from models.queries.set_up.year_plans import year_money
from models.schema.panel import person_table
from models.session import Session, pairs_of
from models.values.awards import ON_THE_DAY, Instalment
from models.values.payments import flag_words, masked
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, by_application, by_reference
from scoring.money import pounds
from scoring.written.names import is_same_text
from scoring.written.text import Refused, in_clauses


def look_at_first(row: AwardRow, elsewhere: str = "") -> str:
    """Return what its agreement waits for, and what was asked back and has still to come; "" for nothing.

    `elsewhere` is what its payee owes of other awards.
    """
    left = row.to_come_back_pence
    due = f"{pounds(left)} that was asked back has still to come" if left else ""
    return in_clauses((waits_words(row), due, elsewhere))


def waits_words(row: AwardRow) -> str:
    """Return what its agreement waits for, "" for nothing."""
    unsigned = TO_SIGN_AGAIN if row.wants_signature else ""
    waits = TO_RENEW if row.wants_agreement else unsigned
    return in_clauses((waits, row.proposed_words))


def signed_status(session: Session, order: PaperOrder, value: PaperValue) -> PaperStatus | None:
    """Return what the copy of an agreement says that was issued with these values and signed since.

    None of any other paper. The version itself is no other for it: its file asks to be signed still.
    """
    if not isinstance(value, GrantAgreement) or order.round_id is None or value.signed_on is None:
        return None
    newest = newest_issue(session, AGREEMENT, order.round_id, value.award)
    if newest is None or newest.sha256 != paper_sha256(AGREEMENT, value):
        return None
    status = replace(draft_status(session, order, value), signed_on=value.signed_on)
    return replace(status, version=newest.version, issued_at=newest.issued_at)


FINANCE_POST = "Finance"
"""What stands for the post of a person who was given none."""

WITHDRAWN = "the application was withdrawn: correct the decision, and pay nothing"
"""Why nothing is paid of an award whose application its applicant took back."""


def finance(session: Session, order: PaperOrder) -> FinanceSchedule:
    """Return the payments of a round or one of its areas, by area in their order, then by reference."""
    line, area = round_line(session, order.of_round), order.area or ""
    if area and area not in {known.name for known in line.areas}:
        raise Refused(f"There is no area {area} in {line.words}. Correct the name.")
    rows = by_reference(applications(session, order.of_round))
    every = decisions(session, order.of_round)
    final = final_decisions(every)
    decided = {of: row.amount_pence or 0 for of, row in final.items() if area in ("", rows[of].area or "")}
    places = {known.name: number for number, known in enumerate(line.areas)}
    here = [row for row in awards(session, order.of_round) if area in ("", row.area)]
    found = [row for row in here if row.stands]
    left = [row for row in here if not row.stands]
    own = [row for row in rows.values() if order.is_of(row.area)]
    if decided and not here and not to_decide(own, recommendations(session, order.of_round), every):
        of = f" of {order.area}" if order.area else ""
        raise Refused(f"No award{of} was made when this round was decided, so there is nothing to pay.")
    found.sort(key=lambda row: places.get(row.area, len(places)))
    office, head = letterhead(session, order.kind, order.today, (final[of].legal_power for of in decided))
    of_round = _OfRound(
        decided,
        every,
        order.today,
        codes=finance_codes(session, order.of_round),
        posts=pairs_of(session, person_table.c.name, person_table.c.post),
        elsewhere=owed_elsewhere(session, order.of_round),
        checks=checks_of_round(session, order.of_round),
        open_checks=open_checks(session, order.of_round, order.today),
        suppliers=holder_suppliers(session, order.of_round),
    )
    return FinanceSchedule(
        office=office,
        letterhead=head,
        fund=fund_name_on(session, order.of_round, order.today),
        round=line.name,
        year=line.year,
        area=area,
        marking=line.marking,
        decided_pence=sum(decided.values()) - sum(decided[row.application] for row in left),
        awards=tuple(map(of_round.award, found)),
        not_taken_up=tuple(_not_taken_up(session, order.of_round, left)),
        lapsing=tuple(
            lapsing(year_money(session, line), [row.as_agreed.days[1] for row in found], order.today)
        ),
        again=tuple(_again(every, final, rows, by_application(found), area)),
    )


def _not_taken_up(session: Session, round_id: int, left: Sequence[AwardRow]) -> Iterator[NotTakenUp]:
    """Yield the awards whose applications were withdrawn."""
    known = withdrawals(session, round_id) if left else {}
    for row in left:
        assert row.decision is not None, "a decision makes an award"
        given, was = row.decision.amount_pence or 0, known.get(row.application, UNKNOWN)
        yield NotTakenUp(row.reference, row.organisation, row.decision.notice, given, was.on, was.reason)


def _again(
    every: Sequence[DecisionRow],
    final: Mapping[str, DecisionRow],
    rows: Mapping[str, ApplicationRow],
    held: Mapping[str, AwardRow],
    area: str,
) -> Iterator[DecidedAgain]:
    """Yield each decision that gave or took money where another had been made, oldest first."""
    pairs = [
        pair
        for of, earlier in earlier_decisions(every).items()
        if of in final and area in ("", rows[of].area or "")
        for pair in pairwise((*earlier, final[of]))
    ]
    for before, now in sorted(pairs, key=lambda pair: pair[1].number):
        if before.amount_pence or now.amount_pence:
            award, row = held.get(now.application), rows[now.application]
            yield DecidedAgain(
                award=row.reference if award is None else award.reference,
                payee=row.organisation if award is None else award.organisation,
                notice_before=before.notice,
                before_pence=before.amount_pence or 0,
                notice=now.notice,
                pence=now.amount_pence or 0,
                on=now.signed_on,
                by=decided_by(every, now),
            )


class _OfRound(NamedTuple):
    """What is known of a round beside its awards; `decided` in pence by application, `posts` by name."""

    decided: Mapping[str, int]
    every: Sequence[DecisionRow]
    today: date
    codes: Sequence[FinanceCodes]
    posts: Mapping[str, str]
    elsewhere: Mapping[str, str]
    checks: Mapping[str, AwardChecks]
    open_checks: Mapping[str, str]
    suppliers: Mapping[str, Sequence[Sequence[str]]]

    def award(self, row: AwardRow) -> FinanceAward:
        """Return an award as its payments are made."""
        decision, bank = row.decision, row.bank
        assert decision is not None, "a decision makes an award"
        signed = signers(self.every, decision)
        is_joint = len(signed) > 1
        flag = "" if bank is None else flag_words(bank.changed_after, is_verified=bool(bank.checked_by))
        return FinanceAward(
            reference=row.reference,
            application=row.application,
            notice=decision.notice,
            decided_on=decision.signed_on,
            decided_by=decided_by(self.every, decision) if is_joint else decision.signed_by,
            decided_post="" if is_joint else decision.post,
            area=row.area,
            payee=row.organisation,
            supplier_number=row.supplier_number,
            numbers=row.recipient_on(self.today).numbers,
            codes=Codes(*codes_in(self.codes, row.area).parts),
            decided_pence=self.decided.get(row.application, 0),
            amount_pence=row.amount_pence,
            agreed_on=row.agreed_on,
            held_for=self._held_for(row),
            account="" if bank is None else masked(bank.last_four),
            account_flag=flag,
            payments=tuple(self._payment(number, row) for number, _ in enumerate(row.instalments, 1)),
            returned=row.returned,
            amendments=amendments(row),
            decided_anew=decided_anew(row.earlier, decision),
            asked=tuple(
                AskedBack(one.amount_pence, one.outstanding_pence(row.returned), one.asked_on, one.reason)
                for one in row.asked_back
            ),
            agreement_waits=waits_words(row),
            look_first=self._look_first(row),
            joint_posts=tuple(one.post for one in signed) if is_joint else (),
            before=tuple(self._before(row)),
        )

    def _before(self, row: AwardRow) -> Iterator[EarlierPayee]:
        """Yield who was its payee until another took it over, the first first."""
        held = zip(row.successors, row.holders, self.suppliers.get(row.application, ()), strict=False)
        for over, payee, numbers in held:
            known = numbers[0] if len(numbers) == 1 else ""
            yield EarlierPayee(over.from_on, payee.organisation, payee.numbers, known, over.reason)

    def _look_first(self, row: AwardRow) -> str:
        """Return what is looked at before it is paid."""
        unknown = "" if row.supplier_number else unsettled_supplier(row.suppliers) or "no supplier number"
        owes = look_at_first(row, self.elsewhere.get(row.application, ""))
        return in_clauses((unknown, self.open_checks[row.application], owes))

    def _held_for(self, row: AwardRow) -> str:
        """Return why none of it is paid now."""
        withdrawn = WITHDRAWN if row.applied.withdrawn else ""
        barring = self.checks[row.application].barring if row.outstanding_pence else ""
        return in_clauses((withdrawn, row.on_hold, barring))

    def _payment(self, number: int, row: AwardRow) -> PaymentLine:
        part = row.instalments[number - 1]
        by, not_yet = part.authorised_by, row.not_yet(part, self.today).removeprefix("is ")
        return PaymentLine(
            number=number,
            trigger=trigger_of(row, part),
            amount_pence=part.amount_pence,
            due_on=row.expected_on(part, self.today),
            needs_proof=part.needs_proof,
            proof_on=part.proof_on,
            proof=part.proof,
            paid_on=part.paid_on,
            authorised_by=by,
            authorised_post=(self.posts.get(by) or FINANCE_POST) if by else "",
            not_yet="" if part.paid_on else not_yet or _unseen(row, part),
        )


def _unseen(row: AwardRow, part: Instalment) -> str:
    """Return what a part waits for of which the record cannot tell whether it is there, "" where it can."""
    if not part.has_no_day(row.not_before(part)):
        return ""
    event = "" if is_same_text(part.trigger, ON_THE_DAY) else f"{part.trigger}, and for "
    return f"waits for {event}a day to be set"
