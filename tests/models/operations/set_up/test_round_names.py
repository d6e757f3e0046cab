"""One name, one round: a fund's rounds of a year are told apart by more than case, spaces and signs."""

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.set_up.load import LoadRound
from models.operations.set_up.rounds import StartRound
from models.queries.set_up.rounds import find_round, rounds
from models.record import Record
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    assert_replays,
    set_up_office,
    set_up_round,
    workbook_rows,
)
from tests.models.spellings import EVERY, spellings


def set_up(record: Record, name: str, year: str = KEY.year) -> None:
    record.perform(set_up_round(RoundKey(KEY.fund, year, name), ("Coventry",)), OFFICER)


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_no_round_is_made_beside_one_of_its_name(record: Record, name: str, other: str) -> None:
    set_up_office(record)
    set_up(record, name)
    key = RoundKey("ACF", KEY.year, other)
    makings: tuple[Operation, ...] = (
        set_up_round(key, ("Coventry",)),
        StartRound(key, (Area("Coventry", 100),), 3, AreaDates()),
        LoadRound(replace(workbook_rows(), name=other)),
        ImportApplications(key, (application(1),), ("Coventry",)),
    )

    for making in makings:
        with pytest.raises(Refused, match="is the same name in other letters") as refused:
            record.perform(making, OFFICER)
        assert f"“{name}” in 2026/27" in str(refused.value)

    assert [line.name for line in record.ask(rounds)] == [name]


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_a_round_is_found_however_its_name_is_typed(record: Record, name: str, other: str) -> None:
    set_up_office(record)
    set_up(record, name)
    set_up(record, f"{name} 2")

    assert record.ask(lambda s: find_round(s, other)) == 1


def test_another_year_may_have_the_name_in_other_letters(record: Record) -> None:
    set_up_office(record)
    set_up(record, "Autumn")

    set_up(record, "autumn", "2027/28")

    assert record.ask(lambda s: find_round(s, "autumn")) == 2
    assert record.ask(lambda s: find_round(s, "AUTUMN", None, "2026/27")) == 1


def test_rounds_of_older_records_with_one_name_are_each_found_and_no_third_is_taken_for_them(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_office(record)
    set_up(record, "Autumn")
    with monkeypatch.context() as before_it_was_asked:
        before_it_was_asked.setattr(StartRound, "check_at_entry", lambda *_: None)
        set_up(record, "autumn")

    assert record.ask(lambda s: (find_round(s, "Autumn"), find_round(s, "autumn"))) == (1, 2)
    with pytest.raises(Refused) as refused:
        record.ask(lambda s: find_round(s, "AUTUMN"))
    assert str(refused.value) == (
        "“AUTUMN” may be any of these rounds: “Autumn” (Active Citizens Fund 2026/27); “autumn” (Active "
        "Citizens Fund 2026/27). Write the name just as it stands there."
    )
    record.perform(
        ImportApplications(RoundKey("ACF", KEY.year, "autumn"), (application(1),), ("Dudley",)), OFFICER
    )
    assert_replays(record)


def test_a_new_round_of_no_year_is_held_against_those_of_none(record: Record) -> None:
    set_up_office(record)
    set_up(record, "Autumn", "")

    with pytest.raises(Refused, match="a round “Autumn”, and “AUTUMN” is the same name"):
        set_up(record, spellings("Autumn")[0], "")
