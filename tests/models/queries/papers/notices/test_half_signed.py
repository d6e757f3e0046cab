"""The draft for whoever signs next has what was signed before: amounts, interests, and whose line is left."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from exchange.papers.signing import notice_document
from models.operation import Actor
from models.operations.set_up.people import GiveRole
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.deciding.decisions import recommendations
from models.queries.papers.notices.notice import notice
from models.queries.papers.notices.signatures import next_notice, unlike_first_signed
from models.record import Record
from models.reference.sign_off import SignOff
from models.values.recommending import LineDecision
from tests.models.operations.deciding.test_chain import (
    ABE,
    AMBASSADOR,
    COMMANDER,
    CORA,
    CUT,
    PAT,
    signed_round,
    signing,
    with_people,
)
from tests.models.operations.deciding_rounds import declare_to_sign, every_line, recommended
from tests.models.rounds import OFFICER

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)


def draft(record: Record) -> tuple[NoticeOfDecision, str]:
    found = record.ask(partial(notice, order=PaperOrder("notice", NOON, 1)))
    return found, str(notice_document(found, PaperStatus(NOON, "")).blocks)


def test_a_draft_says_who_signed_jointly_already_and_has_a_line_for_the_other_alone(record: Record) -> None:
    declare_to_sign(with_people(record), ABE, stating="I garden there.")
    record.perform(signing(ABE, AMBASSADOR, *every_line()), ABE)

    found, paper = draft(record)

    assert found.to_sign == ("Cora Command, Area commander",)
    assert "We approve the 3 allocations" in paper
    assert "Interests disclosed by Abe Envoy, Community Ambassador: I garden there." in paper
    assert "Abe Envoy, Community Ambassador, 2 December 2026" in paper
    assert paper.count("Signature(") == 1


def test_a_draft_bears_the_number_that_the_first_of_two_signed_under(record: Record) -> None:
    with_people(record)
    on_paper = replace(signing(ABE, AMBASSADOR, *every_line(), notice="041/2026"), from_paper=True)
    record.perform(on_paper, OFFICER)

    found, paper = draft(record)

    assert found.number == "041/2026"
    assert "Notice number" not in paper, "there is no number left to write by hand"
    assert record.ask(lambda s: next_notice(s, 2026)) == "042/2026", "the number stands on a paper"
    other = PaperOrder("notice", NOON, 1, notice="043/2026")
    assert record.ask(partial(notice, order=other)).number == "043/2026"
    second = signing(CORA, COMMANDER, *every_line(), notice="041/2026")
    record.perform(replace(second, from_paper=True), OFFICER)
    assert draft(record)[0].is_decided


def test_a_second_signature_under_another_number_is_pointed_at(record: Record) -> None:
    with_people(record)
    first = signing(ABE, AMBASSADOR, *every_line(), notice="041/2026")
    record.perform(replace(first, from_paper=True), OFFICER)
    advised = record.ask(partial(recommendations, round_id=1))

    def said(number: str) -> tuple[str, ...]:
        return record.ask(lambda s: tuple(unlike_first_signed(s, 1, advised, number)))

    assert said("041/2026") == said("") == ()
    (words,) = said("042/2026")
    assert "Abe Envoy signed this as notice 041/2026, not 042/2026." in words


def test_a_number_signed_for_some_lines_alone_is_not_that_of_a_draft_of_all(record: Record) -> None:
    with_people(record)
    some = signing(ABE, AMBASSADOR, LineDecision("ACF-001"), notice="041/2026")
    record.perform(replace(some, from_paper=True), OFFICER)

    assert draft(record)[0].number == ""


def test_what_one_of_two_signed_for_some_lines_alone_is_signed_by_both_as_it_was_changed(
    record: Record,
) -> None:
    with_people(record).perform(signing(ABE, AMBASSADOR, LineDecision("ACF-001"), CUT), ABE)

    found, paper = draft(record)

    assert paper.count("Signature(") == 2
    assert [one.amount_pence for one in found.allocations] == [100_000, 150_000, 300_000]
    assert found.background[0] == (
        "ACF-002 is awarded £1,500, where the panel recommended £2,000. Reason: One session fewer."
    )


def test_a_draft_names_a_deputy_with_their_own_post_and_for_whom_they_sign(record: Record) -> None:
    recommended(record)
    who = (("Dee Puty", "commander", "NPU commander"), ("Al Terno", "decider", "Chief Executive"))
    for name, role, post in who:
        record.perform(GiveRole(1, name, role, f"Superintendent for the {post}"), OFFICER)

    found, _ = draft(record)

    assert found.to_sign_first == ("Dee Puty, Superintendent for the NPU commander",)
    assert found.to_sign == ("Al Terno, Superintendent for the Chief Executive",)


@pytest.mark.parametrize("first", [CORA, ABE])
def test_all_who_signed_an_earlier_step_jointly_are_named_before_the_decision(
    record: Record, first: Actor
) -> None:
    chain = (
        SignOff("commander", COMMANDER, (AMBASSADOR,)),
        SignOff("decider", "Commissioner"),
    )
    signed_round(record, chain)
    posts = {CORA: COMMANDER, ABE: AMBASSADOR}
    (second,) = posts.keys() - {first}
    order = PaperOrder("notice", NOON, 1)
    record.perform(replace(signing(first, posts[first], *every_line()), from_paper=True), OFFICER)
    half = record.ask(partial(notice, order=order))
    record.perform(replace(signing(second, posts[second], *every_line()), from_paper=True), OFFICER)
    whole = record.ask(partial(notice, order=order))
    last = signing(PAT, "Commissioner", *every_line(), step=1, notice="031/2026")
    record.perform(replace(last, from_paper=True), OFFICER)
    done = record.ask(partial(notice, order=order))

    assert half.to_sign_first == (posts[second],)
    (said,) = whole.signed_before
    assert all(f"{who.name}, {post}, for" in said for who, post in posts.items()), said
    assert whole.to_sign_first == ()
    assert done.signed_before == whole.signed_before
