"""Joint steps, steps from an amount, and people who sign for their areas alone."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.deciding.turns import TakeBackSignature, agreeing
from models.operations.panel.members import RemoveMember
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.people import GiveRole, NameSignatories
from models.papers.notice import AlsoSigned, NoticeOfDecision
from models.papers.order import PaperOrder
from models.permissions.viewing import Viewer
from models.queries.awards.awards import awards
from models.queries.awards.finance import finance
from models.queries.deciding.decisions import decisions, final_decisions, progress_by_line
from models.queries.deciding.on_paper import on_paper, settled_lines
from models.queries.deciding.signatories import Signatory
from models.queries.papers.notices.notice import notice
from models.queries.permissions.declarations import waits_to_declare
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.reference.sign_off import Chain, SignOff
from models.values.recommending import DecisionRow, LineDecision
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.made_once import made_once
from tests.models.operations.deciding_rounds import (
    CHAIR,
    DAY,
    POWER,
    deciding_rows,
    declare_to_sign,
    every_line,
    paper,
    reasoned,
)
from tests.models.rounds import FUND, OFFICER, load, refused, refuses, sign_as

COMMANDER, AMBASSADOR = "Area commander", "Community Ambassador"
CORA, ABE = Actor("Cora Command", "decider"), Actor("Abe Envoy", "decider")
PAT = Actor("Pat Oversees", "decider")
JOINT: Chain = (SignOff("decider", COMMANDER, (AMBASSADOR,), per_area=True),)
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
OVERSEEN: Chain = (
    SignOff("commander", "NPU commander"),
    SignOff("decider", "Commissioner", from_pence=150_000),
)
CUT = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer")
BOTH = (LineDecision("ACF-001"), LineDecision("ACF-002"))


@made_once
def signed_round(record: Record, chain: Chain = JOINT, third: str = "fund") -> Record:
    """Have £1,000, £2,000 and £3,000, or a reserve, signed by the chair, before this chain."""
    record.perform(SetUpOffice("Office", (replace(FUND, chain=chain),)), OFFICER)
    load(record, replace(deciding_rows(), areas=(Area("Coventry", 900_000), Area("Dudley", 0))))
    for stage in ("scoring", "meeting", "recommending"):
        record.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)
    declare_to_sign(record, PAT, replace(CORA, role="commander"))
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    *first, last = reasoned(proposed(ranked))
    if third == "reserve":
        last = replace(last, outcome="reserve", amount_pence=None, reason="", conditions=())
    record.perform(RecordRecommendations(1, (*first, last)), OFFICER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    return record


WITH_PEOPLE = (
    Signatory(CORA.name, "decider", COMMANDER, ("Coventry",)),
    Signatory(ABE.name, "decider", AMBASSADOR, ("Coventry",)),
)


@made_once
def with_people(record: Record) -> Record:
    """Record who is commander and ambassador of Coventry."""
    signed_round(record)
    record.perform(NameSignatories(1, WITH_PEOPLE), OFFICER)
    declare_to_sign(record, CORA, ABE)
    return record


def signing(by: Actor, post: str, *lines: LineDecision, step: int = 0, notice: str = "") -> RecordDecisions:
    """Return what somebody signs as a post."""
    power = POWER if notice else ""
    return RecordDecisions(1, step, by.name, post, DAY, "none", lines, notice=notice, legal_power=power)


def sign(record: Record, by: Actor, post: str, *lines: LineDecision, notice: str = "") -> Outcome:
    """Have somebody sign as a post of the joint step, who declares first where that is to do."""
    if record.ask(lambda session: waits_to_declare(session, 1, Viewer(by.name, by.role))):
        declare_to_sign(record, by)
    return record.perform(signing(by, post, *lines, notice=notice), by)


@made_once
def jointly_decided(record: Record) -> Record:
    """Have both sign the first two lines."""
    sign(with_people(record), CORA, COMMANDER, *BOTH)
    sign(record, ABE, AMBASSADOR, *BOTH, notice="031/2026")
    return record


def correct(record: Record, by: Actor, post: str, line: LineDecision) -> Outcome:
    """Have somebody who signed begin a correction, or agree with it."""
    return record.perform(replace(signing(by, post, line), correcting=True), by)


def noticed(record: Record) -> NoticeOfDecision:
    return record.ask(lambda s: notice(s, PaperOrder("notice", NOON, 1)))


def rows(record: Record) -> tuple[DecisionRow, ...]:
    return record.ask(lambda session: decisions(session, 1))


def final(record: Record) -> dict[str, int | None]:
    return {of: row.amount_pence for of, row in final_decisions(rows(record)).items()}


@pytest.mark.parametrize("first", [COMMANDER, AMBASSADOR])
def test_a_joint_step_is_signed_in_either_order_and_decides_with_the_second(
    record: Record, first: str
) -> None:
    hands = {COMMANDER: CORA, AMBASSADOR: ABE}
    second = next(post for post in hands if post != first)

    begun = sign(with_people(record), hands[first], first, *every_line())
    half = final(record)
    done = sign(record, hands[second], second, *every_line(), notice="031/2026")

    assert begun.words == f"3 applications signed, £6,000.00 in all. The {second} has still to sign."
    assert half == {}
    assert done.words == "3 applications decided, £6,000.00 in all."
    assert final(record) == {"ACF-001": 100_000, "ACF-002": 200_000, "ACF-003": 300_000}
    assert {row.notice for row in rows(record) if row.is_last} == {"031/2026"}
    assert [award.amount_pence for award in record.ask(lambda s: awards(s, 1))] == [100_000, 200_000, 300_000]


def test_nobody_signs_twice_for_a_post_nor_for_two_posts_and_either_sends_a_line_back(record: Record) -> None:
    sign(with_people(record), CORA, COMMANDER, *BOTH)

    words = rf"The {COMMANDER} signed ACF-001 already\. It waits for the {AMBASSADOR}"
    refused(words, sign, record, CORA, COMMANDER, *BOTH)
    with pytest.raises(Refused, match=f"Cora Command signs as {COMMANDER}, not as {AMBASSADOR}"):
        sign(record, CORA, AMBASSADOR, *BOTH, notice="031/2026")
    sign(record, ABE, AMBASSADOR, LineDecision("ACF-001", "send_back", change_reason="ask for a quote"))
    assert not [row for row in rows(record) if row.application == "ACF-001" and row.is_in_force]
    refused("The chair of the panel has not signed", sign, record, CORA, COMMANDER, BOTH[0])
    sign_as(record, CORA.name, AMBASSADOR, ("Coventry",))
    with pytest.raises(Refused, match=f"Cora Command signed as {COMMANDER} on ACF-002"):
        sign(record, CORA, AMBASSADOR, BOTH[1], notice="031/2026")
    assert final(record) == {}


def test_the_last_of_a_joint_step_alone_needs_the_notice(record: Record) -> None:
    """The first of two is asked for no number, as the window asks for none."""
    with_people(record)
    of = [line.application for line in BOTH]

    def decides(post: str) -> bool:
        return record.ask(lambda session: on_paper(session, 1, post, of)).decides

    assert not decides(COMMANDER)
    sign(record, CORA, COMMANDER, *BOTH)
    assert decides(AMBASSADOR)


def test_a_joint_step_is_signed_by_its_posts_alone_for_their_areas_and_by_no_scorer(record: Record) -> None:
    with pytest.raises(Refused, match="Pat Oversees has no post recorded in this round"):
        sign(with_people(record), PAT, COMMANDER, *BOTH)
    with pytest.raises(Refused, match="“Chief” does not sign this step: it waits for the Area commander"):
        record.perform(paper(signing(CORA, "Chief", *BOTH, notice="031/2026")), OFFICER)

    with pytest.raises(Refused, match="Ann Sample gave marks in this round"):
        record.perform(GiveRole(1, "Ann Sample", "decider", f"Inspector for the {COMMANDER}"), OFFICER)
    on_sheet = signing(Actor("Ann Sample", "decider"), f"Inspector for the {COMMANDER}", *BOTH)
    refuses(record, "Ann Sample gave marks in this round", paper(on_sheet, notice="031/2026"))

    sign_as(record, CORA.name, COMMANDER, ("Dudley",))
    with pytest.raises(Refused, match=r"Cora Command signs for Dudley, not for Coventry\."):
        sign(record, CORA, COMMANDER, *BOTH)
    sign_as(record, CORA.name, COMMANDER)
    with pytest.raises(Refused, match=f"Each area has its own {COMMANDER}, and no area is recorded for Cora"):
        sign(record, CORA, COMMANDER, *BOTH)


def test_a_deputy_signs_for_one_post_of_a_joint_step_and_papers_print_for_whom(record: Record) -> None:
    deputy = "Superintendent for the Area commander"
    with_people(record)
    deputies = (*WITH_PEOPLE, Signatory(PAT.name, "decider", deputy, ("Coventry",)))
    record.perform(NameSignatories(1, deputies, reason="Cora is away"), OFFICER)
    refused(f"Pat Oversees signs as {deputy}, not as {COMMANDER}", sign, record, PAT, COMMANDER, *BOTH)
    refused(f"Cora Command signs as {COMMANDER}, not as {deputy}", sign, record, CORA, deputy, *BOTH)

    begun = sign(record, PAT, deputy, *BOTH)
    refused(f"The {COMMANDER} signed ACF-001 already", sign, record, CORA, COMMANDER, *BOTH)
    sign_as(record, PAT.name, AMBASSADOR, ("Coventry",))
    with pytest.raises(Refused, match=f"Pat Oversees signed as {deputy} on ACF-001"):
        sign(record, PAT, AMBASSADOR, *BOTH, notice="031/2026")
    sign(record, ABE, AMBASSADOR, *BOTH, notice="031/2026")
    printed = noticed(record)

    assert begun.words.endswith(f"The {AMBASSADOR} has still to sign.")
    assert printed.also_signed == (AlsoSigned(deputy, PAT.name, DAY, "none"),)
    assert final(record) == {"ACF-001": 100_000, "ACF-002": 200_000}


def test_a_commander_of_two_areas_does_not_decide_what_he_recommended(record: Record) -> None:
    signed_round(record)
    record.perform(RemoveMember(1, "M2"), OFFICER)  # who sits on the panel signs nowhere after it

    with pytest.raises(Refused, match="signed the panel's recommendations in Coventry"):
        record.perform(GiveRole(1, "Ravi Example", "decider", COMMANDER, ("Coventry", "Dudley")), OFFICER)
    record.perform(GiveRole(1, "Ravi Example", "decider", COMMANDER, ("Dudley",)), OFFICER)
    with pytest.raises(Refused, match="Ravi Example signs for Dudley, not for Coventry"):
        sign(record, Actor("Ravi Example", "decider"), COMMANDER, *BOTH)


def test_from_paper_no_step_signs_what_it_is_not_asked_for_nor_after_a_later_one(record: Record) -> None:
    chain = (OVERSEEN[0], *JOINT, replace(OVERSEEN[1], post="Mayor"))
    signed_round(record, chain)
    half = signing(CORA, COMMANDER, BOTH[0], step=1, notice="031/2026")
    record.perform(paper(half), OFFICER)

    for step, post, words in (
        (2, "Mayor", f"ACF-001 is decided by the {COMMANDER} and {AMBASSADOR}. An officer records"),
        (0, "NPU commander", "ACF-001 is signed by a later step of the chain already."),
    ):
        refuses(record, words, paper(signing(PAT, post, BOTH[0], step=step)))


def test_what_gets_less_than_a_step_s_amount_is_decided_before_it(record: Record) -> None:
    commander = replace(CORA, role="commander")
    first = signing(commander, "NPU commander", *BOTH, notice="031/2026")

    early = paper(signing(PAT, "Commissioner", BOTH[0], step=1, notice="031/2026"))
    refuses(signed_round(record, OVERSEEN), "ACF-001 is decided by the NPU commander", early)
    done = record.perform(first, commander)
    half = final(record)
    record.perform(signing(PAT, "Commissioner", BOTH[1], step=1, notice="032/2026"), PAT)

    assert done.words == "1 application decided, £1,000.00 in all, 1 application signed, £2,000.00 in all."
    assert half == {"ACF-001": 100_000}
    assert final(record) == {"ACF-001": 100_000, "ACF-002": 200_000}


def test_the_amount_as_decided_says_which_steps_a_line_needs(record: Record) -> None:
    commander = replace(CORA, role="commander")
    less = replace(CUT, amount_pence=149_999)

    signed_round(record, OVERSEEN).perform(
        signing(
            commander,
            "NPU commander",
            less,
            LineDecision("ACF-003", "change", "reserve", change_reason="wait"),
            notice="031/2026",
        ),
        commander,
    )

    assert final(record) == {"ACF-002": 149_999, "ACF-003": None}
    with pytest.raises(Refused, match="ACF-001 waits for step 1 of the chain"):
        record.perform(signing(PAT, "Commissioner", BOTH[0], step=1, notice="032/2026"), PAT)


def test_a_later_step_that_gives_more_brings_in_the_step_that_more_needs(record: Record) -> None:
    director = Actor("Cora Command", "commander")
    chain = (SignOff("commander", "Director", from_pence=150_000), SignOff("decider", "Commissioner"))
    more = LineDecision("ACF-003", "change", "fund", 300_000, "it keeps the estate quiet", "money is left")

    begun = signed_round(record, chain, "reserve").perform(signing(PAT, "Commissioner", more, step=1), PAT)
    between = final(record)
    as_changed = signing(director, "Director", LineDecision("ACF-003"), notice="031/2026")
    record.perform(as_changed, director)

    assert begun.words == "1 application signed, £3,000.00 in all, 1 changed."
    assert between == {}, "nobody signed for the Director"
    assert final(record) == {"ACF-003": 300_000}


def test_a_correction_from_paper_is_whole_once_each_post_has_signed_the_same(record: Record) -> None:
    jointly_decided(record)

    for post, by in ((COMMANDER, CORA), (AMBASSADOR, ABE)):
        lines = record.ask(lambda session: agreeing(session, 1, [CUT]))
        record.perform(paper(signing(by, post, *lines, notice="032/2026"), correcting=True), OFFICER)

    assert final(record) == {"ACF-001": 100_000, "ACF-002": 150_000}


def taking_back(by: Actor, post: str, *references: str) -> TakeBackSignature:
    """Return that somebody takes their signature at the joint step back."""
    return TakeBackSignature(1, 0, by.name, post, references)


def test_who_signed_takes_it_back_while_nobody_signed_after_and_the_other_signs_what_was_changed(
    record: Record,
) -> None:
    sign(with_people(record), CORA, COMMANDER, *BOTH)
    sign(record, ABE, AMBASSADOR, CUT)

    done = record.perform(taking_back(ABE, AMBASSADOR, "ACF-002"), ABE)

    assert done.words == "The signature of Abe Envoy on 1 application was taken back."
    standing = [(row.application, row.post) for row in rows(record) if row.is_in_force]
    assert standing == [("ACF-001", COMMANDER), ("ACF-002", COMMANDER)], (
        "what the change had ended holds again"
    )
    refuses(record, "Abe Envoy has not signed ACF-001", taking_back(ABE, AMBASSADOR, "ACF-001"), ABE)
    refuses(record, "There is no line", taking_back(ABE, AMBASSADOR), ABE)

    changed = sign(record, ABE, AMBASSADOR, LineDecision("ACF-001"), CUT, notice="031/2026")
    assert changed.words == (
        "1 application decided, £1,000.00 in all, 1 application signed, £1,500.00 in all, 1 changed. "
        f"The {COMMANDER} has still to sign."
    )
    assert final(record) == {"ACF-001": 100_000}
    refuses(record, "ACF-001 is decided", taking_back(ABE, AMBASSADOR, "ACF-001"), ABE)
    sign(record, CORA, COMMANDER, LineDecision("ACF-002"), notice="032/2026")
    assert final(record) == {"ACF-001": 100_000, "ACF-002": 150_000}


def test_a_signature_stays_under_that_of_another(record: Record) -> None:
    three = (SignOff("decider", COMMANDER, (AMBASSADOR, "Commissioner")),)
    signed_round(record, three)
    for who, post in ((CORA, COMMANDER), (ABE, AMBASSADOR)):
        record.perform(GiveRole(1, who.name, "decider", post), OFFICER)
        sign(record, who, post, BOTH[0])

    with pytest.raises(Refused, match="Abe Envoy signed ACF-001 since, so the signature stays"):
        record.perform(taking_back(CORA, COMMANDER, "ACF-001"), CORA)


def test_papers_name_whoever_signed_for_each_post(record: Record) -> None:
    sign(with_people(record), CORA, COMMANDER, *BOTH)
    declare_to_sign(record, ABE, stating="a cousin there")
    record.perform(signing(ABE, AMBASSADOR, *BOTH, notice="031/2026"), ABE)

    printed = noticed(record)
    paid = record.ask(lambda s: finance(s, PaperOrder("finance", NOON, 1)))

    assert (printed.decided_by, printed.post, printed.interests) == (ABE.name, AMBASSADOR, "a cousin there")
    assert printed.also_signed == (AlsoSigned(COMMANDER, CORA.name, DAY, "none"),)
    assert {(one.decided_by, one.decided_post) for one in paid.awards} == {
        (f"Cora Command, {COMMANDER}, and Abe Envoy, {AMBASSADOR}", "")
    }
    assert {one.posts_words for one in paid.awards} == {f"{COMMANDER} and {AMBASSADOR}"}, (
        "a column filters by it"
    )
    posts = record.ask(lambda session: settled_lines(session, 1)).sign_off
    assert posts == ("Chair of the panel", COMMANDER, AMBASSADOR)


def test_why_a_line_goes_without_a_signature_stands_beside_who_signed_it_so(record: Record) -> None:
    signed_round(record, (SignOff("commander", "NPU commander"), *JOINT))
    record.perform(NameSignatories(1, WITH_PEOPLE), OFFICER)
    record.perform(paper(signing(CORA, COMMANDER, BOTH[0], step=1)), OFFICER)
    declare_to_sign(record, ABE)
    record.perform(signing(ABE, AMBASSADOR, BOTH[0], step=1, notice="031/2026"), ABE)

    signed = record.ask(lambda session: settled_lines(session, 1)).signed
    because = {one.post: one.because for of, one in signed if of == "ACF-001"}
    assert (because[COMMANDER], because[AMBASSADOR]) == ("They are away.", "")


def test_a_correction_of_a_joint_step_waits_for_the_other_and_leaves_the_decision_if_sent_back(
    record: Record,
) -> None:
    jointly_decided(record)
    correct(record, CORA, COMMANDER, CUT)

    sign(record, ABE, AMBASSADOR, LineDecision("ACF-002", "send_back", change_reason="as agreed before"))

    assert final(record) == {"ACF-001": 100_000, "ACF-002": 200_000}
    with pytest.raises(Refused, match=r"ACF-002 is decided. A correction is a new decision"):
        sign(record, ABE, AMBASSADOR, LineDecision("ACF-002"))

    begun = correct(record, CORA, COMMANDER, CUT)
    between = final(record)
    refused(f"The {COMMANDER} signed ACF-002 already", correct, record, CORA, COMMANDER, CUT)
    assert progress_by_line(rows(record))["ACF-002"].is_correcting
    settled = record.ask(lambda s: settled_lines(s, 1))
    of_line = [(one.name, one.post) for of, one in settled.signed if of == "ACF-002"]
    assert len(of_line) == len({*of_line}) == 3, "the chair, and both who signed what is decided"
    ((of, waits),) = settled.corrections
    assert of == "ACF-002"
    assert waits.startswith(f"{CORA.name}, {COMMANDER}, signed a correction of ACF-002 to £1,500.00 on ")
    assert f"It waits for the {AMBASSADOR}, and the decision before it stands" in waits
    sign(record, ABE, AMBASSADOR, LineDecision("ACF-002"), notice="032/2026")
    assert record.ask(lambda s: settled_lines(s, 1)).corrections == ()

    assert begun.words.endswith(f"1 changed. The {AMBASSADOR} has still to sign.")
    assert between == {"ACF-001": 100_000, "ACF-002": 200_000}
    assert final(record) == {"ACF-001": 100_000, "ACF-002": 150_000}
    assert [award.amount_pence for award in record.ask(lambda s: awards(s, 1))] == [100_000, 150_000]
