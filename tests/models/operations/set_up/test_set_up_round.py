"""Setting a round up."""

import pytest

from models.operations.set_up.load import RemoveRound
from models.queries.applications.applications import gates
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.values.rounds import RoundKey
from scoring.written.text import Refused
from tests.models.rounds import KEY, OFFICER, SCHEME, assert_replays, set_up_office, set_up_round, undo


def test_a_round_starts_with_the_funds_scheme_gates_and_empty_pots(record: Record) -> None:
    set_up_office(record)

    record.perform(set_up_round(KEY, ("Coventry", "Dudley")), OFFICER)

    (line,) = record.ask(rounds)
    rows = record.ask(lambda s: round_rows(s, line.round_id))
    assert (line.stage, line.fund, line.year, line.name) == (
        "set up",
        "Active Citizens Fund",
        "2026/27",
        "Autumn",
    )
    assert [(area.name, area.pot_pence) for area in rows.areas] == [("Coventry", 0), ("Dudley", 0)]
    assert rows.scheme == SCHEME
    assert [gate.code for gate in record.ask(lambda s: gates(s, line.round_id))] == [
        "constituted",
        "cap",
        "team",
    ]


@pytest.mark.parametrize("fund", ["ACF", "acf", "active citizens fund", "My Community Fund"])
def test_a_fund_is_known_by_name_code_and_earlier_names(record: Record, fund: str) -> None:
    set_up_office(record)

    record.perform(set_up_round(RoundKey(fund, "2026/27", "Autumn"), ("Coventry",)), OFFICER)

    assert record.ask(rounds)[0].fund_code == "ACF"


def test_setting_up_is_undone_and_done_again(record: Record) -> None:
    set_up_office(record)

    undone = undo(record, record.perform(set_up_round(KEY, ("Coventry",)), OFFICER))
    assert record.ask(rounds) == ()

    undo(record, undone)
    assert [line.stage for line in record.ask(rounds)] == ["set up"]
    assert_replays(record)


@pytest.mark.parametrize(
    ("key", "areas", "words"),
    [
        (RoundKey("Moon Fund", "2026/27", "Autumn"), ("Coventry",), "no fund Moon Fund"),
        (RoundKey("CSF", "2026/27", "Autumn"), ("Coventry",), "has no panel"),
        (KEY, ("Coventry", "Coventry"), "has an area Coventry already"),
    ],
)
def test_a_round_that_cannot_be_set_up_is_refused(
    record: Record, key: RoundKey, areas: tuple[str, ...], words: str
) -> None:
    set_up_office(record)

    with pytest.raises(Refused, match=words):
        record.perform(set_up_round(key, areas), OFFICER)


def test_a_round_is_set_up_once(record: Record) -> None:
    set_up_office(record)
    record.perform(set_up_round(KEY, ("Coventry",)), OFFICER)

    with pytest.raises(Refused, match="there already"):
        record.perform(set_up_round(KEY, ("Coventry",)), OFFICER)


def test_a_round_that_is_gone_cannot_be_removed(record: Record) -> None:
    with pytest.raises(Refused, match="no longer in the record"):
        record.perform(RemoveRound(1, ""), OFFICER)
