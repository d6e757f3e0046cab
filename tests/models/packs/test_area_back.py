"""What a laptop's file comes to against the office's record, without a server."""

from pathlib import Path

from msgspec.structs import replace

from models.operation import Actor
from models.operations.packs.consolidated import TakeAreaOut
from models.operations.set_up.load import LoadRound
from models.packs.area_back import plan_area_back
from models.record import Record
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round

OFFICER = Actor("Grace Okoro")


def test_an_area_of_the_same_name_in_another_round_does_not_keep_a_file_out(
    record: Record, tmp_path: Path
) -> None:
    rows = replace(wolverhampton_round(), sheets=(), agreed=())
    for number in (1, 2):
        record.perform(LoadRound(replace(rows, name=f"Round {number}")), OFFICER)
    record.perform(TakeAreaOut(1, WOLVERHAMPTON, "Ann", "laptop-7"), OFFICER)
    copy = record.backup(tmp_path / "laptop.panel")
    record.perform(TakeAreaOut(2, WOLVERHAMPTON, "Ben", "laptop-8"), OFFICER)

    with record.open_copy(copy) as laptop:
        found = plan_area_back(record, laptop)

    assert found.operation.round_id == 1
    assert found.is_out
