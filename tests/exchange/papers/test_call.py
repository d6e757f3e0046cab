"""The call for applications as it is printed for the public."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.document.values import Heading, Para, Table
from exchange.papers.paper_words import NONE_GIVEN
from exchange.papers.prose_papers import call_document
from models.papers.call import CallArea, CallCriterion, CallForApplications
from models.papers.status import PaperStatus
from scoring.money import one_form
from tests.paper_text import HOSTILE, assert_read_back

STATUS = PaperStatus(datetime(2026, 9, 1, 9, 0, tzinfo=UTC), "a" * 64)
CLOSING = date(2026, 10, 9)


def call(*areas: CallArea) -> CallForApplications:
    return CallForApplications(
        office="Office of Westmarch",
        fund="Active Citizens Fund",
        round="Autumn",
        year="2026/27",
        marking="OFFICIAL",
        subject="Call for applications",
        about=(),
        purposes=(),
        areas=areas,
        quality="80%",
        cost="20%",
        criteria=(),
        scale=(),
        checks=(),
        rules=(),
        who_may=(),
        how=(),
        contact=(),
    )


def area(name: str, pence: int, start_up: int = 0, closes: date | None = None) -> CallArea:
    return CallArea(name, pence, start_up, None, closes, "17:00" if closes else None, None)


def printed(*areas: CallArea) -> tuple[Table, list[str]]:
    blocks = call_document(call(*areas), STATUS).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    return table, [block.text for block in blocks if isinstance(block, Para | Heading)]


def test_dates_that_no_area_has_take_no_column_and_whole_pounds_no_noughts() -> None:
    table, said = printed(area("Coventry", 350_000), area("Dudley", 100_000))

    assert [column.heading for column in table.columns] == ["Area", "Money"]
    assert table.rows == (("Coventry", "£3,500"), ("Dudley", "£1,000"), ("All areas", "£4,500"))
    assert said[:2] == ["The money", "There is £4,500 in all."]
    cap = "£5,000 for an award"
    for caps, words in (("none", ""), (cap, f" The most that is given is {cap}.")):
        capped = replace(call(area("Coventry", 350_000)), rules=(("Caps", caps),))
        assert Para(f"There is £3,500 in all.{words}") in call_document(capped, STATUS).blocks


def test_a_date_that_one_area_has_is_printed_and_pence_stand_in_both_columns_of_money() -> None:
    with one_form(has_pence=True):
        table, said = printed(area("Coventry", 350_050, 10_000, CLOSING), area("Dudley", 100_000))

    apart = "£100.00 of start-up money is separate: nobody applies for it here."
    assert f"There is £4,500.50 for projects. {apart}" in said

    assert "The money and the dates" in said
    assert [column.heading for column in table.columns] == ["Area", "Money", "Start-up money", "Closes"]
    assert table.rows == (
        ("Coventry", "£3,500.50", "£100.00", "9 Oct 2026, 17:00"),
        ("Dudley", "£1,000.00", "£0.00", "–"),
        ("All areas", "£4,500.50", "£100.00", ""),
    )


def test_criteria_say_what_they_look_for_where_one_of_them_does() -> None:
    told, bare = CallCriterion("Local need", "Who asked.", "30"), CallCriterion("Cost", "", "70")

    found = [
        call_document(replace(call(area("Coventry", 100)), criteria=criteria), STATUS).blocks
        for criteria in ((told, bare), (bare,))
    ]

    both, one = (next(b for b in blocks[::-1] if isinstance(b, Table)) for blocks in found)
    assert both.rows == (("Local need", "Who asked.", "30"), ("Cost", NONE_GIVEN, "70"))
    assert [column.heading for column in one.columns] == ["Criterion", "How it counts"]
    assert one.rows == (("Cost", "70"),)


def test_an_area_that_offers_nothing_is_named_under_the_money() -> None:
    words = "No money is offered in this round in Dudley."
    told = replace(call(area("Coventry", 350_000), area("Dudley", 0)), without=("Dudley",))

    assert Para(words) in call_document(told, STATUS).blocks


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"is_open_all_day": True}, "Applications may come until the end of the day on which they close."),
        (
            {"is_open_all_day": True, "is_timed": True},
            "Where no time is given, applications may come until the end of the day on which they close.",
        ),
        ({"hear_by": CLOSING}, "We will write to every applicant with the decision by 9 October 2026."),
        (
            {"signers": ("the Commander", "the Chief Executive")},
            "The panel recommends which applications get money, and how much. That is decided once it is "
            "signed by the Commander, and then by the Chief Executive.",
        ),
        ({"besides": ("Are you new?",)}, "We also ask this, and turn nobody down for the answer:"),
        ({"cost": ""}, "Only quality is judged."),
        ({"shared": ("Two share one.",)}, "Two share one."),
    ],
)
def test_what_a_round_has_is_said_where_it_has_it(changed: dict[str, object], words: str) -> None:
    told = replace(call(area("Coventry", 350_000)), **changed)

    assert Para(words) in call_document(told, STATUS).blocks


def test_hostile_texts_are_read_back_as_they_were_and_equal_facts_give_equal_bytes(tmp_path: Path) -> None:
    told = replace(call(area("Coventry", 100)), checks=HOSTILE, contact=(("By", HOSTILE[0]),))
    told = replace(told, criteria=tuple(CallCriterion(words, words, words) for words in HOSTILE))

    assert_read_back("call", told, tmp_path)


def test_an_area_alone_has_no_line_of_sums() -> None:
    table, _ = printed(area("Coventry", 350_000))

    assert table.rows == (("Coventry", "£3,500"),)


def test_a_call_before_any_pot_has_money_does_not_offer_none() -> None:
    table, words = printed(area("North", 0, closes=CLOSING), area("South", 0, closes=CLOSING))

    assert [column.heading for column in table.columns] == ["Area", "Closes"]
    assert [row[0] for row in table.rows] == ["North", "South"]
    assert any(one.startswith("How much money there is in each area is not settled yet.") for one in words)
    assert not any("£0" in one for one in words)
