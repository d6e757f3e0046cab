"""The letters that awards call for: of variations, money asked back and minimal financial assistance."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from models.operation import who_is_named
from models.papers.grant_agreement import gap_words, unsettled_words
from models.papers.kinds import AGREEMENT
from models.papers.letters.letter import RECOVERY, SUBSIDY_NOTICE, VARIATION, Letter, letter_to
from models.papers.letters.letters import DAYS_TO_PAY_BACK, EnclosedAgreement, Letters
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.applications.applications import asked_corrected
from models.queries.applications.endings import erasures
from models.queries.awards.agreements import (
    Unsettled,
    award_named,
    grant_agreement,
    grant_now,
    issued_values,
    unsettled,
)
from models.queries.awards.amendments import OTHER_PARTS, change_words
from models.queries.awards.award_checks import as_proposed, minimal_total
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.direct_awards import AWARD
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.awards.year_facts import parts_told
from models.queries.deciding.decisions import decisions
from models.queries.papers.issues import newest_issue
from models.queries.papers.letter_parts.what_next import headed
from models.queries.papers.papers import paper_sha256
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.office import logo_of, office_on, with_post
from models.queries.set_up.rounds import is_direct
from models.reference.clauses import CLAWBACK, clauses_of
from models.reference.defaults import FundDefaults, in_use
from models.session import Session
from models.values.awards import MINIMAL
from scoring.written.days import full_day
from scoring.written.text import with_capital
from scoring.written.working_days import working_day_from


def _enclosed_agreements(
    session: Session, round_id: int, made: Iterable[AwardRow], letters: Iterable[Letter]
) -> tuple[EnclosedAgreement, ...]:
    """Return the agreement of each award whose letters say that it comes with them, where it is issued."""
    named = {letter.award for letter in letters if _sends_agreement(letter)}
    rows = (row for row in made if row.reference in named and not row.wants_agreement)
    found = (_issued(session, round_id, row.reference) for row in rows)
    return tuple(one for one in found if one is not None)


def _gaps(letters: Sequence[Letter], enclosed: Collection[str]) -> Iterator[str]:
    """Yield which letters cannot name who decided what they tell, and which say that they enclose nothing.

    Those say that an agreement comes with them of which no version has the change.
    """
    unnamed = [one.named for one in letters if one.kind in (VARIATION, RECOVERY) and not one.decided_by]
    what = "what was decided and not by whom"
    yield gap_words(unnamed, "letter tells", "letters tell", what, _SAY_WHO)
    bare = [one.named for one in letters if _sends_agreement(one) and one.award not in enclosed]
    what = "that the agreement comes with it, and no version with the change is issued"
    yield gap_words(bare, "letter says", "letters say", what, "Issue it first.")


def _sends_agreement(letter: Letter) -> bool:
    return letter.kind == VARIATION and letter.signed_on is None


def _issued(session: Session, round_id: int, reference: str) -> EnclosedAgreement | None:
    newest = newest_issue(session, AGREEMENT, round_id, reference)
    issued = issued_values(newest)
    if newest is None or issued is None:
        return None
    order = PaperOrder(AGREEMENT, newest.issued_at, round_id, award=reference)
    now, at = grant_agreement(session, order), newest.issued_at
    value = now if paper_sha256(AGREEMENT, now) == newest.sha256 else issued
    logo = logo_of(session, value.letterhead.logo)
    of_issue = newest.sha256, newest.version, newest.after_row, newest.after_head
    return EnclosedAgreement(value, PaperStatus(at, *of_issue, logo=logo, issued_at=at))


_SAY_WHO = "Whoever recorded it did not say whose it was; the command says so with --as NAME."
_WHY_MINIMAL = (
    "Within the limit the law lets us give a grant without assessing it as a subsidy. Above it we would have "
    "to assess the grant first, so your confirmation matters."
)


def award_letters(session: Session, order: PaperOrder) -> Letters:
    """Return a letter for each variation in effect and each request for money, by award, then in time.

    An award that is minimal financial assistance has its notice before them. Of what was erased there
    is none.
    """
    number, of = order.of_round, order.award
    gone, every = erasures(session, number), decisions(session, number)
    made = (award_named(session, number, of),) if of else awards(session, number)
    meant = [one for one in made if order.area in (None, one.area) and one.application not in gone]
    still, was = unsettled(session, number), asked_corrected(session, number)
    if is_direct(session, number):  # nobody applied for it
        still = still._replace(which_part=frozenset())
    found = (
        replace(_with_open(letter, one, still), asked_was=was.get(one.application, ""))
        for one in meant
        for letter in (*_notices(session, one, order.today), *_of_award(session, order, one))
    )
    days = fund_rules_of(session, number).agreement_days
    written = headed(session, order, every, found, is_of_awards=True, sign_within_days=days)
    closed = office_on(session, order.today).closed_days
    by = working_day_from(order.today + timedelta(days=DAYS_TO_PAY_BACK), closed)
    enclosed = _enclosed_agreements(session, number, meant, written.letters)
    gaps = (
        *_gaps(written.letters, {one.agreement.award for one in enclosed}),
        unsettled_words(one.agreement for one in enclosed),
    )
    return replace(written, pay_back_by=by, gaps=tuple(filter(None, gaps)), enclosed=enclosed)


def _with_open(letter: Letter, award: AwardRow, still: Unsettled) -> Letter:
    """Return the letter on a change of what nobody signed yet with what its agreement asks first."""
    if letter.kind != VARIATION or letter.is_agreed or letter.now is None:
        return letter
    of, is_less = award.application, award.amount_pence < award.applied.requested_pence
    now = replace(
        letter.now, leaves_open=is_less and of in still.which_part, lacks_outcomes=of in still.outcomes
    )
    return replace(letter, now=now)


def _of_award(session: Session, order: PaperOrder, award: AwardRow) -> Iterator[Letter]:
    for one in award.varied:
        yield replace(_varied(award, one, order.today), decided_by=_agreed_by(session, one))
    for asked in award.asked_back:
        by = _named(session, asked.asked_by, asked.asked_on)
        yield replace(
            _asked(award, asked, order.today),
            decided_by=by,
            clause=_clause(fund_rules_of(session, order.of_round)),
        )


def _clause(rules: FundDefaults) -> str:
    """Return the clause under which money is asked back: "clause 3, “Paying money back”"; "" for none."""
    clauses = in_use(clauses_of(rules.clauses))
    found = (f"clause {n}, “{c.heading}”," for n, c in enumerate(clauses, 1) if c.code == CLAWBACK)
    return next(found, "")


def _notices(session: Session, award: AwardRow, today: date) -> Iterator[Letter]:
    """Yield the notice that the recipient of minimal financial assistance is given before it."""
    subsidy = award.subsidy
    if subsidy is None or subsidy.kind != MINIMAL:
        return
    total = minimal_total(session, award.number, subsidy.declared_pence or 0)
    assert award.decision is not None, "a decision makes an award"
    yield replace(
        _letter(award, 0, _WHY_MINIMAL, award.decision.signed_on, today),
        kind=SUBSIDY_NOTICE,
        reference=f"{award.reference} notice",
        offered_pence=award.amount_pence,
        changes=AWARD.lines("counting", total, subsidy, as_proposed(total.half)),
        now=replace(grant_now(award, ()), confirmed_on=subsidy.confirmed_on),
    )


def _varied(award: AwardRow, one: VariationRow, today: date) -> Letter:
    """Return the letter of a variation; what is still to be paid stands in the newest that changes that.

    It stands in the newest letter of all as well. Conditions stand in one that changes them.
    """
    is_newest = one == award.varied[-1]
    later = [each for each in award.varied if each.number > one.number]
    is_told = is_newest or (_changes_parts(one) and not any(map(_changes_parts, later)))
    unpaid = [part for part in award.instalments if not part.paid_on and is_told]
    return replace(
        _letter(award, one.number, one.reason, one.effective_on or one.proposed_on, today),
        kind=VARIATION,
        offered_pence=one.to_pence,
        was_pence=award.agreed_pence if award.signed_as(one) is None else one.from_pence,
        paid_pence=award.paid_pence if is_told else 0,
        conditions=one.becomes.conditions or (),
        payments=parts_told(award, unpaid),
        due=tuple(map(award.due_on, unpaid)),
        changes=tuple(_changes(one, is_listed=bool(unpaid))),
        signed_on=award.signed_as(one),
        is_agreed=award.agreed_on is not None,
        now=grant_now(award, unpaid),
    )


def _changes_parts(one: VariationRow) -> bool:
    return bool(one.change_pence) or one.becomes.profile is not None or one.becomes.parts is not None


def _agreed_by(session: Session, one: VariationRow) -> str:
    """Return who agreed a variation last, with the post, and when: who proposed one that none has to sign.

    "" where that was done by a command that did not say whose it was: no letter names a machine's account.
    """
    if not one.signatures:
        return _named(session, one.proposed_by, one.proposed_on)
    last = one.signatures[-1]
    step = (each for each in one.signatures if each.step == last.step)
    by = ", and ".join(", ".join(filter(None, (each.signed_by, each.post))) for each in step)
    return f"{by}, on {full_day(last.signed_on)}"


def _named(session: Session, name: str, on: date) -> str:
    return f"{with_post(session, name, on)}, on {full_day(on)}" if who_is_named(name) else ""


def _asked(award: AwardRow, one: Recovery, today: date) -> Letter:
    letter = _letter(award, one.number, one.reason, one.asked_on, today)
    return replace(
        letter,
        offered_pence=award.pence_on(one.asked_on),
        asked_back_pence=one.amount_pence,
        came_back_pence=sum(part.amount_pence for part in one.received(award.returned)),
        comes_to_pence=award.comes_to_pence(one),
        paid_pence=award.paid_pence,
        to_come_pence=award.outstanding_pence,
    )


def _changes(one: VariationRow, *, is_listed: bool) -> Iterator[str]:
    """Yield what a variation changes as points of a letter, with the outcomes themselves.

    Where the parts still to be paid are listed, it says so of other parts.
    """
    for words in change_words(one, full_day, is_told=True):
        listed = ", as listed below" if words == OTHER_PARTS and is_listed else ""
        yield f"{with_capital(words)}{listed}"
    if one.becomes.outcomes:
        yield f"The outcomes are now: {one.becomes.outcomes}"


def _letter(award: AwardRow, number: int, reason: str, on: date, today: date) -> Letter:
    """Return what both kinds of letter say to who has the award today; each has its name by the number."""
    return replace(
        letter_to(award.recipient_on(today), RECOVERY, on),
        reference=f"{award.reference} {number}",
        reason=reason,
        notice="" if award.decision is None else award.decision.notice,
        award=award.reference,
        is_withheld=award.withheld is not None,
    )
