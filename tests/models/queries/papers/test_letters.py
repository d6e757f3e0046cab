"""The letters that decisions call for."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import hypothesis
import pytest
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts
from models.papers.letters.letter import KINDS, GrantNow, Letter, Missed, Placed, Replaced
from models.papers.letters.letters import Letters
from models.papers.office import FROM_THE_START
from models.papers.order import PaperOrder
from models.papers.texts import counted_by_kind
from models.queries.awards.agreements import grant_agreement
from models.queries.deciding.decisions import recommendations
from models.queries.papers.letter_parts.what_next import gaps
from models.queries.papers.letters import letters, reference_order
from models.queries.papers.transparency.lists import publication
from models.record import Record
from models.reference.clauses import Ending
from models.reference.defaults import ListItem
from models.values.canonical import from_text, to_text
from models.values.direct_award import BREAK_WORDS, Route
from models.values.recommending import LineDecision
from models.values.rounds import AreaDates
from scoring.allocating.causes import Held, HeldCause
from scoring.money import pounds
from scoring.schedule.lines import PanelOutcome
from scoring.written.text import Refused
from tests.models.operations import deciding_rounds
from tests.models.operations.awards.proposals import (
    BOXING,
    MANAGER,
    award,
    direct,
    from_paper,
    propose,
)
from tests.models.operations.awards.varied_awards import half_paid, vary
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    REASON,
    decided,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.rounds import FUND, OFFICER, load, set_up_office, undo

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
UNPAID = (None, None, None)
HALF = GrantNow(has_account=True, is_account_checked=True, paid_on=(DAY, None, None), proof_on=UNPAID)
"""How the award that is `half_paid` stands."""


def ordered(record: Record, area: str | None = None) -> Letters:
    return record.ask(partial(letters, order=PaperOrder("letters", NOW, 1, area)))


def test_each_decided_application_gets_the_letter_of_its_outcome(record: Record) -> None:
    decided(record)

    found = ordered(record)

    assert [(letter.reference, letter.kind, letter.offered_pence) for letter in found.letters] == [
        ("ACF-001", "offer", 100_000),
        ("ACF-002", "offer", 200_000),
        ("ACF-003", "reserve", None),
    ]
    assert found.control == "3 letters (2 offers, 1 in reserve), £3,000.00 offered"
    assert sum(amount for amount, _ in found.letters[0].payments) == 100_000


def test_letters_stand_in_the_order_of_references_whose_figures_are_numbers(record: Record) -> None:
    decided(record)
    names = dict(zip(("ACF-001", "ACF-002", "ACF-003"), ("G 10", "G 9", "F 2"), strict=True))
    named = [replace(one, reference=names[one.reference]) for one in ordered(record).letters]

    assert [one.reference for one in sorted(named, key=reference_order)] == ["F 2", "G 9", "G 10"]


@pytest.mark.parametrize("reasons", [(), ("Costed", "Known to the estate", "Counted")])
def test_a_floor_is_named_in_place_of_the_code_that_says_less(
    record: Record, monkeypatch: pytest.MonkeyPatch, reasons: tuple[str, ...]
) -> None:
    codes = (ListItem("below-threshold", "It did not reach the lowest score."),)
    monkeypatch.setattr(deciding_rounds, "FUND", replace(FUND, decline_codes=codes))
    rows = deciding_rows()
    floor = replace(rows.scheme, minimum_total=Decimal(70))  # the third has 60
    agreed = tuple(replace(one, reasons=reasons) for one in rows.agreed)
    recommended(record, replace(rows, scheme=floor, agreed=agreed)).perform(
        SignRecommendations(1, "Coventry", NOW.date()), CHAIR
    )
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    last = ordered(record).letters[-1]

    missed = (Missed("", "70", 100),)
    assert (last.kind, last.decline_words, last.reason, last.missed) == ("decline", "", "", missed)


def test_a_referral_says_once_that_it_goes_elsewhere(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        deciding_rounds, "FUND", replace(FUND, decline_codes=(ListItem("referred", "Passed on."),))
    )
    recommended(record)
    third = record.ask(partial(recommendations, round_id=1))[-1]
    reason = "The arts fund takes it."
    passed_on = replace(third, outcome="refer", amount_pence=None, reason=reason, code="referred")
    record.perform(RecordRecommendations(1, (passed_on,)), OFFICER)
    record.perform(SignRecommendations(1, "Coventry", NOW.date()), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    last = ordered(record).letters[-1]

    assert (last.kind, last.decline_words, last.reason) == ("refer", "", reason)
    gap = "1 letter refers an application and names no day by which the applicant hears: ACF-003 "
    assert ordered(record).to_do_words.startswith(gap)
    assert "1 letter names “another fund” and not which: ACF-003 " in ordered(record).to_do_words
    said = (("referred_to", "Arts Fund"), ("answer_by", "20 Jan 2027"))
    record.perform(SetPaperTexts(1, "letters", "ACF-003", said), OFFICER)
    found = ordered(record)
    assert (found.letters[-1].referred_to, found.letters[-1].answer_by) == ("Arts Fund", date(2027, 1, 20))
    assert found.to_do_words == ""


@pytest.mark.parametrize("taken_off", [1, 50_000])
def test_the_offer_of_a_grant_that_changed_since_says_how_and_is_paid_as_it_now_is(
    record: Record, taken_off: int
) -> None:
    half_paid(record)
    before = ordered(record)
    done = vary(record, conditions=("Tell us.",))
    same = ordered(record).letters[0]
    undo(record, done)
    vary(record, amount_pence=100_000 - taken_off, end_on=date(2027, 9, 30), conditions=("Tell us.",))

    found = ordered(record)
    first, *others = found.letters
    was = before.letters[0]

    assert (was.signed_on, was.asks_nothing) == (DAY, False), "signed and paid, no outcome said"
    assert was.now == replace(HALF, lacks_outcomes=True)
    assert replace(was, now=HALF).asks_nothing
    bare = GrantNow(paid_on=UNPAID, proof_on=UNPAID, lacks_outcomes=True, asks_days=True)
    assert (others[0].signed_on, others[0].now) == (None, bare), "an offer asks what its agreement will ask"
    as_it_is = replace(HALF, paid_on=first.now.paid_on, proof_on=first.now.proof_on)
    assert first.now == replace(as_it_is, lacks_outcomes=True), "its new version asks for the outcomes too"
    assert first.now.paid_on.count(DAY) == 1
    assert (before.letters[0].since, found.to_do_words.partition(". What")[0]) == (
        "",
        f"1 letter offers what was decided, which has changed since: {first.named}",
    )
    assert before.to_do_words == "", "nothing is said of a grant that is as it was decided"
    assert tuple(others) == before.letters[1:], "and nothing changes in another letter"
    assert first.offered_pence == 100_000, "what was decided stays"
    assert first.since.startswith(f"£1,000.00 becomes {pounds(100_000 - taken_off)}; the end date")
    assert sum(amount for amount, _ in first.payments) == 100_000 - taken_off
    assert (first.end_on, first.conditions) == (date(2027, 9, 30), ("Tell us.",))
    assert (first.is_agreed, first.signed_on) == (True, None), "the version before was signed, and paid from"
    assert (was.keeps_days, same.keeps_days, first.keeps_days) == (False, True, False)


def test_less_than_was_asked_is_a_part_offer_and_says_why(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    less = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="One session fewer.")
    record.perform(last_step(LineDecision("ACF-001"), less, LineDecision("ACF-003")), DECIDER)

    second = ordered(record).letters[1]

    assert (second.kind, second.offered_pence) == ("part-offer", 150_000)
    assert second.reason == "The patrols that the neighbours run keep the estate quiet."
    assert second.why_less == "One session fewer."
    said = (("why_less", "One session fewer is paid for."),)
    record.perform(SetPaperTexts(1, "letters", "ACF-002", said), OFFICER)
    found = ordered(record)
    assert (found.letters[1].why_less, found.to_do_words) == ("One session fewer is paid for.", "")
    was = Replaced(DAY, "031/2026", PanelOutcome.RESERVE)
    bare = replace(second, replaced=was, why_less="")
    (gap,) = gaps((bare, replace(found.letters[1], replaced=was)))
    assert gap.startswith(
        "1 letter of a new decision offers less than was asked without saying why: ACF-002 "
    )


def test_where_nobody_wrote_a_reason_the_outcome_says_why_and_no_score_is_told(record: Record) -> None:
    decided(record)

    first, _, third = ordered(record).letters

    assert first.reason == REASON
    # £3,500 less £3,000 awarded leaves £500
    assert third.reason == ""
    assert third.held == HeldCause(Held.SHORT, "", 50_000, 300_000, 150_000, is_half=True)
    assert third.placed is None


def test_place_and_points_are_told_in_words_where_the_office_tells_them(record: Record) -> None:
    decided(record)
    record.perform(SetOfficeFacts((FactChange("scores_told", "Yes", FROM_THE_START),)), OFFICER)

    first, _, third = ordered(record).letters

    assert third.placed == Placed((3, 3, False), ("Coventry",), 6_000)
    assert first.decided_by.endswith(", Chief Executive")


def test_where_a_letter_may_be_sent_goes_along_and_no_issue_keeps_it(record: Record) -> None:
    decided(record)
    first, *others = ordered(record).letters

    found = replace(ordered(record), letters=(replace(first, email="pat@club.example"), *others))

    assert found.without_address == ("ACF-002", "ACF-003")
    kept = to_text(found)
    assert "pat@" not in kept
    assert from_text(Letters, kept) == found


def test_letters_without_a_reason_wait_by_name_and_hold_no_other_back(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(record)
    silent = {"ACF-003"}
    monkeypatch.setattr(Letter, "has_a_reason", property(lambda letter: letter.reference not in silent))

    found = ordered(record)

    assert [letter.reference for letter in found.letters] == ["ACF-001", "ACF-002"]
    assert found.waiting_words.startswith("1 letter waits for a reason: ACF-003 ")
    silent |= {"ACF-001", "ACF-002"}
    with pytest.raises(Refused, match="3 letters wait for a reason: ACF-001 "):
        ordered(record)


def test_the_next_round_of_the_fund_is_the_one_that_opens_first_after_today(record: Record) -> None:
    decided(record)
    opens = {"Spring": date(2027, 1, 4), "Gone": NOW.date(), "Summer": date(2027, 5, 1)}
    for number, (name, day) in enumerate(opens.items(), 2):
        load(record, replace(deciding_rows(), name=name))
        record.perform(SetAreaDates(number, "Coventry", AreaDates(opens_on=day), AreaDates()), OFFICER)

    assert ordered(record).next_round == ("Spring", date(2027, 1, 4))


def test_another_area_has_no_letters(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match="Nothing is decided there yet"):
        ordered(record, "Dudley")


def test_an_award_without_a_competition_has_its_own_letter_and_one_that_is_not_made_has_none(
    record: Record,
) -> None:
    set_up_office(record)
    made = award(record, BOXING)
    propose(record, MANAGER)
    refused = from_paper(
        record, "ACF-D26-002", "041/2026", verdict="change", outcome="decline", change_reason="no"
    )
    record.perform(refused, OFFICER)

    found = record.ask(partial(letters, order=PaperOrder("letters", NOW, direct(record))))

    assert [(letter.reference, letter.kind, letter.offered_pence) for letter in found.letters] == [
        (made, "direct-offer", 1_200_000)
    ]
    terms = (
        "We may extend the contract by up to 2 years after its end.",
        f"The contract has a break on 1 May 2027: {BREAK_WORDS[Ending.USUAL]}.",
    )
    assert found.letters[0].conditions[-2:] == terms
    assert found.letters[0].no_competition == BOXING.route_reason.strip()
    order = PaperOrder("agreement", NOW, direct(record), award=made)
    agreed = record.ask(partial(grant_agreement, order=order))
    assert (agreed.conditions[-2:], agreed.is_direct) == (terms, True)
    on_break = "with 28 days’ notice in writing, to end on its break, 1 May 2027. We may"
    assert on_break in dict(agreed.clauses)["Ending this agreement"]
    listed = record.ask(partial(publication, order=PaperOrder("publication", NOW, None, period="2026/27")))
    assert [one.conditions for one in listed.awards] == [agreed.conditions]


def test_what_a_third_party_manager_passes_on_stands_in_its_letter(record: Record) -> None:
    set_up_office(record)
    first = award(record, replace(BOXING, option_years=0, break_on=None))
    award(record, replace(MANAGER, option_years=0, break_on=None), notice="041/2026")
    more = replace(BOXING, route=Route.EXTENSION, extends="A-040-01", option_years=0, break_on=None)
    award(record, more, notice="042/2026")

    found = record.ask(partial(letters, order=PaperOrder("letters", NOW, direct(record)))).letters

    assert found[0].reference == first
    kept = len(found[0].conditions)
    assert [letter.conditions[kept:] for letter in found[1:]] == [
        (
            "Pass on £3,000.00 to Allotment Friends: tools.",
            "Pass on £2,000.00 to Chess on the Green: tables.",
        ),
        ("This extends our award A-040-01.",),
    ]


@hypothesis.given(st.lists(st.sampled_from(KINDS), min_size=1))
def test_letters_are_counted_by_kind_and_none_is_left_out(kinds: list[str]) -> None:
    told = counted_by_kind(kinds).split(", ")

    assert sum(int(one.split(" ", 1)[0]) for one in told) == len(kinds)
    assert len({one.split(" ", 1)[1] for one in told}) == len(told) == len(set(kinds))


def test_a_title_of_lines_stands_on_one_in_a_letter(record: Record) -> None:
    rows = deciding_rows()
    first, *others = rows.applications
    named = replace(rows, applications=(replace(first, project="Safe Streets\nPhase\t2"), *others))
    recommended(record, named).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    (letter,) = (one for one in ordered(record).letters if one.reference == "ACF-001")
    assert letter.project == "Safe Streets Phase 2"
