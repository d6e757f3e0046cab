"""An award schedule once it is decided: the result first, who signed when, and the awards by reference."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.papers.paper_writing import write_paper
from exchange.papers.schedule.schedule_sheets import sign_off_sheet
from exchange.papers.schedule.schedule_words import result, sign_off_rows, unsigned_words
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.papers.to_sign import schedule
from models.record import Record
from models.reference.sign_off import SignOff
from scoring.schedule.canonical import sha256
from scoring.schedule.values import AwardSchedule
from tests.models.operations.deciding.challenged import ANEW, anew, upheld
from tests.models.operations.deciding.test_chain import signed_round
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DECIDER,
    decided,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.rounds import OFFICER

NOW = datetime(2026, 12, 3, 14, 5, tzinfo=UTC)
DAY = "2 December 2026"


def of_record(record: Record) -> AwardSchedule:
    return record.ask(partial(schedule, order=PaperOrder("schedule", NOW, 1)))


def test_page_one_says_the_result_in_three_lines(record: Record) -> None:
    decided(record)

    assert result(of_record(record)) == (
        "2 of 3 ranked applications: £3,000 awarded, of £6,000 requested.",
        f"Decided by Dan Decides, Chief Executive, on {DAY}, notice 031/2026.",
        "£500 of the pots of £3,500 is left.",
    )


def test_decisions_stand_by_their_day_also_where_they_were_recorded_otherwise(record: Record) -> None:
    upheld(record)
    record.perform(anew(50_000), DECIDER)
    record.perform(replace(anew(None, "041/2026", of="ACF-002"), on=ANEW - timedelta(days=3)), DECIDER)

    assert [one.notice for one in of_record(record).deciders] == ["031/2026", "041/2026", "040/2026"]


def test_before_the_decision_it_says_what_is_recommended(record: Record) -> None:
    recommended(record)

    first, second, _ = result(of_record(record))

    assert first == "2 of 3 ranked applications: £3,000 recommended, of £6,000 requested."
    assert second == "Nothing is decided yet."


def test_the_sign_off_is_filled_with_who_signed_when(record: Record) -> None:
    signed(record)

    rows = sign_off_rows(of_record(record))

    assert [row[0] for row in rows] == ["Chair of the panel", "NPU commander", "Chief Executive"]
    assert rows[0][2:] == ("Signed, as recorded", DAY, "")
    assert rows[1][1:] == ("", "", "", "")


@pytest.mark.parametrize(
    ("post", "as_signed"),
    [
        ("Chief Executive", "Dan Decides"),
        ("Deputy for the Chief Executive", "Dan Decides, Deputy for the Chief Executive"),
        ("Acting chief executive", "Dan Decides, Acting chief executive"),
        ("chief  executive", "Dan Decides"),
    ],
)
def test_whoever_signed_in_a_post_that_the_chain_calls_otherwise_fills_its_row(
    record: Record, post: str, as_signed: str
) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    record.perform(
        replace(last_step(*every_line()), post=post, from_paper=True, unsigned_because="They are away."),
        OFFICER,
    )

    found = of_record(record)

    row = sign_off_rows(found)[-1]
    assert row == ("Chief Executive", as_signed, "Signed, as recorded", DAY, "none")
    assert unsigned_words(found) == ""
    *_, last = sign_off_sheet(found).cells()
    assert last[:3] == ("Chief Executive", as_signed, "none")


@pytest.mark.parametrize(("from_pence", "signs"), [(150_000, True), (300_000, True), (300_001, False)])
def test_a_post_that_signs_from_an_amount_is_wanted_where_something_reaches_it(
    record: Record, from_pence: int, *, signs: bool
) -> None:
    chain = (SignOff("commander", "NPU commander"), SignOff("decider", "Commissioner", from_pence=from_pence))
    signed_round(record, chain)

    found = of_record(record)

    posts = [post for post, *_ in sign_off_rows(found)]
    assert any(post.startswith("Commissioner, from") for post in posts) is signs
    assert posts[:2] == ["Chair of the panel", "NPU commander"]


def test_both_forms_have_awards_and_how_each_was_allocated_and_agree_with_the_record(
    record: Record, tmp_path: Path
) -> None:
    decided(record)
    found = of_record(record)
    status = PaperStatus(NOW, sha256(found), 1, 3, "00" * 32, NOW)
    pdf = write_paper("schedule", found, status, tmp_path / "s.pdf")
    book = write_paper("schedule", found, status, tmp_path / "s.xlsx")

    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    rows = {row[0]: row[-2:] for row in load_workbook(book)["Schedule"].iter_rows(values_only=True)}

    assert "A-031-01" in text
    assert f"Dan Decides none Signed, as recorded {DAY}" in text
    assert rows["Reference"] == ("Award", "How it was allocated")
    assert rows["ACF-001"] == ("A-031-01", "requested £1,000; £3,500 was available")
