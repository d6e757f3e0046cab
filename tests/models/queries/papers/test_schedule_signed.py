"""An award schedule once it is decided: the result first, who signed when, and the awards by reference."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pypdfium2
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.papers.paper_writing import write_paper
from exchange.papers.schedule.schedule_reading import differences, read_issued
from exchange.papers.schedule.schedule_words import result, sign_off_rows
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.papers.award_schedule import schedule
from models.record import Record
from scoring.schedule.canonical import canonical_text, sha256
from scoring.schedule.values import AwardSchedule
from tests.models.operations.deciding.challenges.challenged import ANEW, anew, upheld
from tests.models.operations.deciding_rounds import DECIDER, decided, recommended, signed

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
    assert rows[0][2:] == ("Signed, as recorded", DAY)
    assert rows[1][1:] == ("", "", "")


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
    assert "Requested £1,000; £3,500 was available." in text
    assert f"Dan Decides Signed, as recorded {DAY}" in text
    assert rows["Reference"] == ("Award", "How it was allocated")
    assert rows["ACF-001"] == ("A-031-01", "requested £1,000.00; £3,500.00 was available")
    for path in (pdf, book):
        assert differences(read_issued(path), canonical_text(found)) == ()
