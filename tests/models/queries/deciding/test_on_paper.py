"""Which lines a paper decided, by the post that it names."""

import pytest
from msgspec.structs import replace

from models.operations.deciding.signing import SignRecommendations
from models.queries.deciding.on_paper import OnPaper, earlier_on_paper, on_paper
from models.record import Record
from models.reference.sign_off import SignOff
from scoring.written.text import Refused
from tests.models.operations.deciding.test_chain import (
    AMBASSADOR,
    BOTH,
    COMMANDER,
    CORA,
    OVERSEEN,
    sign,
    signed_round,
    signing,
    with_people,
)
from tests.models.operations.deciding_rounds import CHAIR, DAY, recommended
from tests.models.rounds import OFFICER

ALL = ("ACF-001", "ACF-002", "ACF-003")
FIRST = " What is signed on paper before the decision is recorded first, with that post."


def ask(record: Record, post: str) -> OnPaper:
    return record.ask(lambda session: on_paper(session, 1, post, ALL))


def ask_earlier(record: Record, post: str) -> OnPaper | None:
    return record.ask(lambda session: earlier_on_paper(session, 1, post, ALL))


def test_one_post_may_be_named_otherwise_than_the_chain_does(record: Record) -> None:
    signed_round(record, (SignOff("decider", "Chief Executive"),))

    assert ask(record, "Acting Chief Executive") == OnPaper(0, ALL)


def test_a_post_that_signs_earlier_is_not_the_last_one(record: Record) -> None:
    signed_round(record, (SignOff("commander", "NPU commander"), SignOff("decider", "Chief Executive")))

    passed_over = "No signature of the NPU commander is recorded on 3 lines." + FIRST
    assert ask(record, "Acting Chief Executive") == OnPaper(1, ALL, "", passed_over)
    assert ask_earlier(record, "Acting Chief Executive") is ask_earlier(record, "Chief Executive") is None
    assert ask_earlier(record, "npu commander") == OnPaper(0, ALL, is_earlier=True)
    record.perform(replace(signing(CORA, "NPU commander", *BOTH), from_paper=True), OFFICER)
    left = OnPaper(0, ("ACF-003",), is_earlier=True)
    assert ask_earlier(record, "NPU commander") == left
    third = signing(CORA, "NPU commander", replace(BOTH[0], application="ACF-003"))
    record.perform(replace(third, from_paper=True), OFFICER)
    with pytest.raises(Refused, match=r"The NPU commander signed everything there already\."):
        ask_earlier(record, "NPU commander")
    assert ask(record, "Chief Executive").passed_over == ""
    with pytest.raises(
        Refused, match=r"NPU commander signs step 1 of the chain; this is decided by the Chief Executive\."
    ):
        ask(record, "npu  Commander")


def test_what_the_panels_chair_has_not_signed_is_said_of_each_paper(record: Record) -> None:
    recommended(record)

    chair = "No signature of the chair of the panel is recorded on 3 lines"
    assert ask(record, "Chief Executive").passed_over == (
        f"{chair} and no signature of the NPU commander is recorded on 3 lines.{FIRST}"
    )
    earlier = ask_earlier(record, "NPU commander")
    assert earlier is not None
    assert earlier.passed_over == f"{chair}.{FIRST}"
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    assert "chair" not in ask(record, "Chief Executive").passed_over


def test_a_paper_of_one_of_several_last_steps_leaves_the_others(record: Record) -> None:
    signed_round(record, OVERSEEN)

    assert ask(record, "commissioner") == OnPaper(
        1,
        ("ACF-002", "ACF-003"),
        "1 line is decided by the NPU commander.",
        "No signature of the NPU commander is recorded on 2 lines." + FIRST,
    )
    assert ask_earlier(record, "NPU commander") is None, "it decides the small ones"
    with pytest.raises(Refused, match=r"It is decided by the NPU commander and Commissioner: name one\."):
        ask(record, "Chief Executive")


def test_of_a_joint_step_what_is_signed_is_left_out(record: Record) -> None:
    sign(with_people(record), CORA, COMMANDER, *BOTH)

    assert ask(record, COMMANDER).references == ("ACF-003",)
    assert ask(record, AMBASSADOR).references == ALL
    with pytest.raises(Refused, match="does not say whose signature it is"):
        ask(record, "Chief Executive")
    sign(record, CORA, COMMANDER, BOTH[0].__class__("ACF-003"))
    with pytest.raises(
        Refused, match=f"The {COMMANDER} signed everything there already. It waits for the {AMBASSADOR}"
    ):
        ask(record, COMMANDER)


def test_a_post_that_decides_small_amounts_is_told_what_it_signs_before_others(record: Record) -> None:
    signed_round(record, OVERSEEN)

    found = ask(record, "NPU commander")

    assert found.references == ("ACF-001",)
    assert found.left == (
        "2 lines are decided by the Commissioner, from £1,500.00. The NPU commander signs 2 of them before "
        "that; record it next, without --notice."
    )
    record.perform(replace(signing(CORA, "NPU commander", BOTH[1]), from_paper=True), OFFICER)
    assert "signs 1 of them" in ask(record, "NPU commander").left
