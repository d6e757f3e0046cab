"""What goes into the transparency database is what is above its threshold and is a subsidy."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.public_lists import NO_SUBSIDY as NONE_THERE
from exchange.papers.public_lists import NOT_HELD, list_document, write_list_csv
from models.clock import utc_now
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.papers.transparency import lists as published
from models.queries.papers.transparency.lists import published_subsidies, subsidy_list
from models.record import Record
from models.reference.clauses import SubsidyLimit, limit_on
from models.values.awards import NONE, SUBSIDY, Subsidy, WithheldName
from tests.models.operations.deciding_rounds import DAY, FINANCE, decided
from tests.models.rounds import OFFICER


def test_subsidies_above_the_threshold_of_their_day_are_listed(
    record: Record, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    decided(record)
    for of, kind in (("ACF-001", SUBSIDY), ("ACF-002", SUBSIDY)):
        record.perform(SetSubsidy(1, of, Subsidy(kind, "Assessed."), None), FINANCE)
    none = record.ask(published_subsidies)
    monkeypatch.setattr(published, "limit_on", lambda day: SubsidyLimit(day, 31_500_000, 100_000))

    # £1,000.00 is not above £1,000.00, £2,000.00 is
    found = record.ask(published_subsidies)
    name = WithheldName("safety", "It is a refuge.", "Olu Example", "Chief Executive")
    record.perform(SetWithheldName(1, "ACF-002", name, None), OFFICER)
    withheld = record.ask(published_subsidies)
    listed, other = (
        record.ask(partial(subsidy_list, order=PaperOrder("subsidies", utc_now(), period=name)))
        for name in ("2026/27", "2026/27-Q4")
    )
    record.perform(SetSubsidy(1, "ACF-002", Subsidy(NONE, "x"), Subsidy(SUBSIDY, "Assessed.")), FINANCE)

    assert none == ()
    assert [(row.award, row.amount_pence, row.decided_on) for row in found] == [("A-031-02", 200_000, DAY)]
    assert [row.recipient for row in found + withheld] == [
        "Allotment Friends 2",
        "Withheld: the safety of people",
    ]
    assert record.ask(published_subsidies) == ()
    assert (listed.subsidies, other.subsidies) == (withheld, ())
    assert listed.control == "1 subsidy, £2,000.00"
    assert listed.title.startswith("Subsidies over £1,000 for the transparency database, decided in 2026/27,")
    status = PaperStatus(utc_now(), "0" * 64)
    lines = write_list_csv(listed, status, tmp_path / "subsidies.csv").read_text("utf-8-sig").splitlines()
    assert "Withheld: the safety of people" in lines[1]
    assert "Direct grant" in lines[1]
    assert NONE_THERE.removesuffix(".") in str(list_document(other, status))
    assert "which the record" not in NOT_HELD
    named = replace(listed.subsidies[0], legal_power="section 9 of the Example Act 2011")
    assert "Section 9 of" in str(list_document(replace(listed, subsidies=(named,)), status))
    assert NOT_HELD in str(list_document(listed, status))
    assert NOT_HELD not in str(list_document(other, status))


def test_the_limits_are_those_of_the_law_today() -> None:
    today = limit_on(DAY)

    assert (today.minimal_pence, today.published_above_pence) == (31_500_000, 10_000_000)
    assert limit_on(today.from_on.replace(year=2000)) == today
