"""An agreement is sent, signed and held, after what subsidy control asks; a name is withheld on a ground."""

import base64
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from models.clock import utc_now
from models.issuing import next_issue
from models.operation import Outcome
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.agreements import (
    RecordAgreement,
    SetAgreementTemplate,
    SignAgreement,
    with_returns,
)
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs, SetReturnBands
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.variations import VaryAward
from models.operations.set_up.office import SetFund
from models.papers.grant_agreement import GrantAgreement
from models.papers.monitoring.monitoring import AgreedOutput
from models.papers.monitoring.monitoring_plan import planned_returns
from models.papers.order import PaperOrder
from models.queries.awards.agreements import grant_agreement, with_agreements
from models.queries.awards.award_checks import MinimalTotal, given_as_minimal, given_awards, minimal_total
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.monitoring import monitored_award
from models.queries.awards.variation_letters import award_letters
from models.queries.set_up.funds import fund_list
from models.record import Record
from models.reference.defaults import ReturnBand
from models.schema.applications import application_table
from models.session import Session
from models.values.awards import (
    MINIMAL,
    NONE,
    NOT_SENT,
    AgreementDetails,
    PlannedReturn,
    Subsidy,
    Successor,
    Terms,
    WithheldName,
)
from scoring.written.days import full_day
from scoring.written.text import Refused
from tests.models.both_signed import both_sign, sign_as
from tests.models.conftest import TickingClock
from tests.models.operations.awards.varied_awards import sign_both, vary, varying
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.rounds import OFFICER, refused, refuses, undo

SENT, SIGNED = date(2026, 11, 2), DAY
DETAILS = AgreementDetails(SENT, "Cabinet 3", "Olu Example", "Chief Executive", "Pat Example", "Treasurer")
CONFIRMED = Subsidy(MINIMAL, "", 20_000_00, SENT, SENT, SENT, "Pat Example")


def the(record: Record, of: str = "ACF-001") -> AwardRow:
    return next(row for row in record.ask(partial(awards, round_id=1)) if row.application == of)


def sign(record: Record, on: date | None = SIGNED, **more: AgreementDetails) -> Outcome:
    before = the(record).agreed_on
    change = SignAgreement(1, "ACF-001", on, before, **more) if more else sign_as(the(record), on)
    return record.perform(change, OFFICER)


def subsidy(record: Record, value: Subsidy | None, of: str = "ACF-001") -> Outcome:
    return record.perform(SetSubsidy(1, of, value, the(record, of).subsidy), FINANCE)


def ordered(on: date | None = None, kind: str = "agreement") -> PaperOrder:
    drawn = utc_now() if on is None else datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return PaperOrder(kind, drawn, 1, award="A-031-01")


def paper(record: Record, on: date | None = None) -> GrantAgreement:
    return record.ask(partial(grant_agreement, order=ordered(on)))


def issue(record: Record, on: date | None = None) -> GrantAgreement:
    """Issue the agreement, and return what it says."""
    drawn = paper(record, on)
    issued = record.ask(partial(next_issue, order=ordered(on), value=drawn))
    assert issued is not None
    record.perform(issued.operation, OFFICER)
    return drawn


def agree_outputs(record: Record) -> None:
    record.perform(SetAgreedOutputs(1, "ACF-001", (AgreedOutput(1, "Sessions", 12),), ()), OFFICER)


def signing(record: Record, on: date | None, was: date | None = None) -> SignAgreement:
    change = replace(sign_as(the(record), on), replacing=was)
    return record.ask(partial(with_returns, signing=change))


def planned(record: Record) -> tuple[PlannedReturn, ...]:
    return record.ask(partial(monitored_award, round_id=1, application="ACF-001")).planned


def test_a_signature_plans_the_returns_that_the_agreement_names(decided: Record) -> None:
    named = asked(paper(decided, SIGNED))
    first = decided.perform(signing(decided, SIGNED), OFFICER)
    again = signing(decided, SIGNED, SIGNED)
    signed = [(one.due_on, one.words, one.covers_to) for one in planned(decided)]
    undo(decided, first)

    assert signed == named != [], "what the recipient signed is what is waited for"
    assert first.words.startswith("The agreement of A-031-01 is signed. Its return is planned, due by ")
    assert again.returns is None, "what is planned stays as it is"
    assert signing(decided, None, SIGNED).returns is None
    assert planned(decided) == (), "undone with its signature"
    one = signing(decided, SIGNED)
    (last,) = one.returns or ()
    early = replace(last, number=last.number + 1, due_on=last.due_on - timedelta(30), covers_to=None)
    both = decided.perform(replace(one, returns=(early, last)), OFFICER)
    assert both.words.endswith(f" The first of its 2 returns is due by {full_day(early.due_on)}.")
    undo(decided, both)
    sign(decided)
    assert planned(decided) == (), "journals of before plan nothing with a signature"


def began_long_ago(record: Record) -> None:
    """Have the award report by quarters, on a project whose first three quarters' reports are over."""
    record.perform(SetReturnBands(1, (ReturnBand(None, "quarterly"),), ()), OFFICER)
    dated = Terms(start_on=date(2026, 1, 1), end_on=date(2027, 3, 31))
    record.perform(VaryAward(1, "ACF-001", 1, dated, "They began in January.", DAY), OFFICER)


def asked(agreement: GrantAgreement) -> list[tuple[date, str, date | None]]:
    return [(one.due_on, one.words, one.covers_to) for one in agreement.returns]


def test_signing_plans_what_the_version_names_that_was_issued(decided: Record) -> None:
    began_long_ago(decided)
    named = asked(issue(decided, DAY))

    later = signing(decided, date(2027, 2, 1))

    assert [(one.due_on, one.words, one.covers_to) for one in later.returns or ()] == named
    # changed since it was issued, the version holds no more: what would be asked on the day is
    changed = Terms(end_on=date(2027, 9, 30))
    decided.perform(VaryAward(1, "ACF-001", 2, changed, "They go on longer.", DAY), OFFICER)
    anew = signing(decided, date(2027, 2, 1)).returns or ()
    assert [one.words for one in anew] == ["quarters 1 to 5", "quarter 6", "the end"]


def test_a_version_that_says_not_for_signature_yet_is_not_recorded_as_signed(decided: Record) -> None:
    signature = both_sign("ACF-001", DAY)
    assert issue(decided, DAY).awaits_answer
    refuses(decided, "Version 1 of the agreement for A-031-01 says NOT FOR SIGNATURE YET", signature, OFFICER)

    agree_outputs(decided)
    refuses(decided, "issue the agreement again", signature, OFFICER)
    assert not issue(decided, DAY).awaits_answer

    decided.perform(signature, OFFICER)


def test_a_version_that_is_made_out_to_who_had_the_award_before_is_not_recorded_as_signed(
    decided: Record,
) -> None:
    agree_outputs(decided)
    issue(decided, DAY)
    heirs = Successor("Youth Heirs CIO", "1122334", "", DAY, "It became a CIO")
    decided.perform(SetSuccessor(1, "ACF-001", heirs, None), OFFICER)
    signature = both_sign("ACF-001", DAY)

    refuses(
        decided,
        "Version 1 of the agreement for A-031-01 is made out to Allotment Friends 1. "
        "The award is with Youth Heirs CIO. Issue the agreement again",
        signature,
        OFFICER,
    )
    issue(decided, DAY)
    decided.perform(signature, OFFICER)


def test_returns_planned_before_anybody_signed_lose_those_whose_days_are_over(decided: Record) -> None:
    began_long_ago(decided)
    every = planned_returns(100_000, date(2026, 1, 1), date(2027, 3, 31), (), None)
    decided.perform(PlanReturns(1, (AwardPlan("ACF-001", every, ()),)), OFFICER)

    done = decided.perform(signing(decided, DAY), OFFICER)

    assert [each.words for each in planned(decided)] == ["quarters 1 to 4", "the end"]
    undo(decided, done)
    assert planned(decided) == every
    # issued as planned so, and planned otherwise since: what was planned last stays
    issue(decided, DAY)
    own = (replace(every[-1], due_on=date(2027, 4, 9)),)
    decided.perform(PlanReturns(1, (AwardPlan("ACF-001", own, every),)), OFFICER)
    assert signing(decided, DAY).returns is None


def test_it_is_not_signed_before_it_was_sent_nor_over_another_change(decided: Record) -> None:
    refused("Correct one of the days", sign, decided, date(2026, 11, 1), details=DETAILS)
    refused("changed in the meantime", sign, decided, details=DETAILS, replacing_details=DETAILS)
    refuses(decided, "changed in the meantime", RecordAgreement(1, "ACF-001", DETAILS, DETAILS))

    # Sent and signed with who for each side and undone.
    first = decided.perform(RecordAgreement(1, "ACF-001", AgreementDetails(SENT), NOT_SENT), OFFICER)
    sent = the(decided).agreement
    second = sign(decided, details=DETAILS, replacing_details=sent)
    signed = the(decided)
    undo(decided, second)
    back = the(decided)
    undo(decided, first)
    assert (signed.agreed_on, signed.agreement) == (SIGNED, DETAILS)
    assert signed.agreement.signers == ("Olu Example, Chief Executive", "Pat Example, Treasurer")
    assert (back.agreed_on, back.agreement) == (None, sent)
    assert the(decided).agreement == NOT_SENT
    # Nor is it signed before the award was decided.
    with pytest.raises(Refused, match="A-031-01 was decided on 2 December 2026, after 1 December 2026"):
        sign(decided, date(2026, 12, 1), details=DETAILS, replacing_details=NOT_SENT)

    assert (the(decided).agreed_on, the(decided).agreement) == (None, NOT_SENT)


def test_minimal_assistance_is_declared_notified_and_confirmed_before_the_signature(
    decided: Record, clock: TickingClock
) -> None:
    subsidy(decided, Subsidy(MINIMAL))
    waits = []
    for step in (
        replace(CONFIRMED, notified_on=None, confirmed_on=None, confirmed_by=""),
        replace(CONFIRMED, confirmed_on=None, confirmed_by=""),
        CONFIRMED,
    ):
        with pytest.raises(Refused, match="Nothing is signed before that") as no:
            sign(decided)
        waits.append(str(no.value).partition(": ")[2].partition(" the ")[0])
        subsidy(decided, step)
    refused("not signed before that day", sign, decided, date(2026, 11, 1))
    said = paper(decided).subsidy
    sign(decided)
    refused("is signed, and the recipient has not declared", subsidy, decided, Subsidy(MINIMAL))
    subsidy(decided, None)
    clock.now = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="before the recipient confirmed on"):
        subsidy(decided, replace(CONFIRMED, confirmed_on=date(2026, 12, 3)))
    subsidy(decided, CONFIRMED)

    assert len(waits) == 3
    assert the(decided).agreed_on == SIGNED
    assert "£21,000.00" in said, "£1,000.00 of this award and £20,000.00 declared"
    assert "Pat Example confirmed" in said
    order = PaperOrder("award-letters", utc_now(), 1)
    (notice,) = decided.ask(partial(award_letters, order=order)).letters
    assert notice.asks_nothing, "it is confirmed"


def test_other_minimal_awards_count_and_the_limit_holds(decided: Record) -> None:
    subsidy(decided, Subsidy(MINIMAL, "", 0, SENT))

    refused(r"£314,999\.00|above the limit", subsidy, decided, Subsidy(MINIMAL, "", 314_001_00, SENT))
    words = subsidy(decided, Subsidy(MINIMAL, "", 314_000_00, SENT)).words

    assert "minimal financial assistance" in words
    # Of two awards of one recipient, one is raised by a variation that both have not signed.
    number = decided.ask(lambda s: given_awards(s)[0]).organisation_id

    def told() -> MinimalTotal:
        return decided.ask(of_one_recipient)

    def of_one_recipient(session: Session) -> MinimalTotal:
        session.execute(update(application_table).values(organisation_id=number))
        return minimal_total(session, 2)

    for of in ("ACF-001", "ACF-002"):
        subsidy(decided, Subsidy(MINIMAL, "", 0, SENT), of)
    assert (told().ours_pence, told().half) == (100_000, ())
    vary(decided, amount_pence=110_000)

    said = " Counted as proposed, not signed by both yet: A-031-01, £1,100 (agreed £1,000)."
    assert (told().ours_pence, told().words[-len(said) :]) == (110_000, said)
    assert decided.ask(partial(given_as_minimal, organisation_id=number, day=SIGNED)) == 100_000
    decided.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="They gave up."), OFFICER)
    assert (told().ours_pence, told().half) == (0, ())


def test_steps_that_cannot_be_are_refused(decided: Record) -> None:
    for value, fault in (
        (Subsidy("gift", "x"), "not “gift”"),
        (Subsidy(NONE), "Say why it is no subsidy"),
        (Subsidy(NONE, "x" * 2001), "longer than 2,000"),
        (Subsidy(MINIMAL, "", -1, SENT), "must be £0.00 or more"),
        (Subsidy(MINIMAL, "", 1), "needs the day of its declaration"),
        (replace(CONFIRMED, confirmed_by=""), "needs its day and the name"),
        (replace(CONFIRMED, notified_on=None), "after its declaration and our notice"),
        (replace(CONFIRMED, notified_on=date(2026, 11, 3)), "confirmed before our notice"),
        (replace(CONFIRMED, declared_on=date(2190, 1, 1)), "is still to come"),
    ):
        refused(fault, subsidy, decided, value)
    refuses(decided, "changed in the meantime", SetSubsidy(1, "ACF-001", None, CONFIRMED), FINANCE)

    # A template of the fund is kept and used.
    content = base64.b64encode(b"PK made up").decode()
    first = decided.perform(SetAgreementTemplate("ACF", content, ""), OFFICER)
    used = paper(decided).template
    for wrong in ("not base64", base64.b64encode(b"text").decode()):
        refuses(decided, "not a Word document", SetAgreementTemplate("ACF", wrong, content))
    refuses(decided, "changed in the meantime", SetAgreementTemplate("ACF", "", ""))

    assert used == content
    assert "own" in first.words


def test_an_award_varied_since_its_agreement_wants_the_next_version(
    half_paid: Record, clock: TickingClock
) -> None:
    def wanted() -> list[str]:
        return [row.reference for row in half_paid.ask(partial(awards, round_id=1)) if row.wants_agreement]

    assert wanted() == []
    same_day = half_paid.perform(varying(conditions=("Reports in June.",)), OFFICER)
    assert wanted() == ["A-031-01"], "varied on the day on which it was signed: nobody knows what came first"
    undo(half_paid, same_day)
    before = replace(varying(conditions=("Reports in June.",)), on=DAY - timedelta(days=1))
    with pytest.MonkeyPatch.context() as older:  # records of before may have it dated before the decision
        older.setattr(VaryAward, "check_at_entry", lambda *asked: None)
        half_paid.perform(before, OFFICER)
    assert wanted() == [], "signed after it was varied"
    after = replace(varying(2, conditions=("Reports in July.",)), on=date(2026, 12, 3))
    done = half_paid.perform(after, OFFICER)
    assert wanted() == ["A-031-01"], "varied after the agreement was signed on other paper"
    undo(half_paid, done)
    assert wanted() == []
    half_paid.perform(after, OFFICER)
    issue(half_paid)
    assert wanted() == []
    vary(half_paid, 3, amount_pence=120_000)
    assert wanted() == [], "it waits for its signatures"
    sign_both(half_paid, 3)
    assert wanted() == ["A-031-01"]
    told = half_paid.ask(partial(award_letters, order=PaperOrder("award-letters", utc_now(), 1)))
    assert not told.enclosed
    assert "no version with the change is issued: A-031-01" in told.to_do_words
    issue(half_paid)
    assert wanted() == []

    def signed_as(version: int | None) -> tuple[bool, date | None]:
        """Record which version was signed: whether the newest waits for it, and what its letter says."""
        before = the(half_paid).agreement
        half_paid.perform(RecordAgreement(1, "ACF-001", before.signed_as(version), before), OFFICER)
        row = next(iter(half_paid.ask(lambda s: with_agreements(s, 1))))
        written = half_paid.ask(partial(award_letters, order=ordered(kind="award-letters")))
        letter, sent = written.letters[-1], [one.status.version for one in written.enclosed]
        unsigned = [one for one in written.letters if one.signed_on is None]
        assert sent == [2] * bool(unsigned), "the newest comes with the letters"
        assert (row.agree_by is not None) == row.wants_signature
        return row.wants_signature, letter.signed_on

    assert signed_as(1) == (True, None), "version 2 was issued since"
    assert signed_as(2) == (False, DAY), "on the day on which the first was signed, too"
    assert signed_as(None) == (True, None), "its day tells where nobody says which, and is that of a change"
    before, clock.now = the(half_paid).agreement, datetime(2026, 12, 20, 12, tzinfo=UTC)
    later = DAY + timedelta(days=1)
    wrong = {date(2190, 1, 1): "is still to come", DAY - timedelta(days=1): "after the version before it"}
    for day, fault in wrong.items():
        refuses(half_paid, fault, RecordAgreement(1, "ACF-001", before.signed_as(2, day), before))
    anew = half_paid.perform(RecordAgreement(1, "ACF-001", before.signed_as(2, later), before), OFFICER)
    row = the(half_paid)
    assert (row.agreed_on, row.agreement.signed_anew_on) == (DAY, later), "what was paid since stays in order"
    written = half_paid.ask(partial(award_letters, order=ordered(kind="award-letters")))
    assert written.letters[-1].signed_on == later
    last = replace(row.varied[-1], proposed_on=DAY)
    other = replace(row, issued=())
    told = {day: other.signed_as(replace(last, effective_on=day)) for day in (DAY, later)}
    assert told == {DAY: later, later: None}, "nothing is signed of a change before that is decided"
    undo(half_paid, anew)
    refused(r"Version 3 of the agreement of A-031-01 is not issued", signed_as, 3)
    never = before.signed_as(9)
    refused("Version 9 of the agreement", sign, half_paid, details=never, replacing_details=before)
    assert signed_as(2) == (False, DAY)
    assert paper(half_paid).signed_on == DAY
    subsidy(half_paid, Subsidy(NONE, "It is no enterprise."))
    assert paper(half_paid).signed_on == DAY, "with something new that binds nobody, it asks for no signature"
    issue(half_paid)
    assert signed_as(2) == (False, DAY), "what is issued after that only copies it"


def test_an_agreement_sent_or_issued_is_to_come_back_within_the_days_of_its_fund(
    decided: Record, clock: TickingClock
) -> None:
    def back_by(reference: str = "ACF-001") -> date | None:
        made = decided.ask(lambda s: with_agreements(s, 1))
        return next(row for row in made if row.application == reference).agree_by

    assert back_by() is None, "neither issued nor sent"
    decided.perform(RecordAgreement(1, "ACF-001", AgreementDetails(SENT), NOT_SENT), OFFICER)
    assert back_by() == date(2026, 11, 30)  # 2 November and 28 days
    fund = next(one for one in decided.ask(fund_list) if one.rounds)
    decided.perform(SetFund(fund.code, replace(fund.rules, agreement_days=7), fund.rules), OFFICER)
    assert back_by() == date(2026, 11, 9)
    assert (back_by("ACF-002"), the(decided).issued) == (None, ())
    clock.now = datetime(2026, 12, 18, 12, tzinfo=UTC)
    agree_outputs(decided)
    # a week from Fri 18 December 2026 is Christmas Day, and the next working day is Tue 29
    said = issue(decided, clock.now.date()).sign_by
    assert said == back_by() == date(2026, 12, 29), "as it says, whenever it was sent"
    assert [one.version for one in the(decided).issued] == [1]
    for days, before in ((60, 7), (90, 60)):
        rules = replace(fund.rules, agreement_days=before)
        decided.perform(SetFund(fund.code, replace(rules, agreement_days=days), rules), OFFICER)
    assert back_by() == said, "what is issued says what it said"
    sign(decided)
    assert back_by() is None, "signed"


REFUGE = WithheldName("safety", "A refuge.", "Olu Example", "Chief Executive", "Willow House\nMill Lane")


def withheld(record: Record) -> WithheldName | None:
    return record.ask(partial(awards, round_id=1))[0].withheld


def withhold(record: Record, value: WithheldName | None) -> Outcome:
    return record.perform(SetWithheldName(1, "ACF-001", value, withheld(record)), OFFICER)


def test_a_name_with_too_little_or_too_much_said_is_not_withheld(decided: Record) -> None:
    refused("Say why the name is withheld", withhold, decided, replace(REFUGE, reason=" "))

    assert withheld(decided) is None

    # One changed in the meantime is refused.
    withhold(decided, REFUGE)
    refuses(decided, "changed in the meantime", SetWithheldName(1, "ACF-001", None, None), FINANCE)

    for wrong, said in (
        ({"ground": "shy"}, "one of personal, safety, policing, commercial and barred, not “shy”"),
        ({"reason": " "}, "Say why the name is withheld"),
        ({"decided_by": ""}, "Name who decided"),
        ({"decided_post": " "}, "Name who decided"),
        ({"reason": "x" * 2001}, "longer than 2,000"),
        ({"decided_by": "Olu\tExample"}, "one line of up to 300"),
        ({"words": "x" * 301}, "cannot be removed from texts"),
        ({"words": "Mill\n" * 21}, "Give 20 other words at most"),
        ({"words": "of"}, "“of” cannot be removed"),
    ):
        assert any(said in fault for _, fault in replace(REFUGE, **wrong).faults())
    assert not list(REFUGE.faults())
