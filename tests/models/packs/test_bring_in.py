"""What another record would bring in: told before anything is changed, and nothing of the record itself."""

from pathlib import Path

import pytest

from models.packs.consolidation import Consolidation, plan_bring_in
from models.record import Opener, Record
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, load, set_up_office


def test_rounds_of_another_record_are_looked_at_and_put_in(record: Record, tmp_path: Path) -> None:
    other = tmp_path / "coventry.panel"
    with Record.create(other, Opener("Grace Okoro", "tests")) as there:
        set_up_office(there)
        load(there)
    found = plan_bring_in(record, other)

    assert isinstance(found, Consolidation)
    assert found.lines[0].startswith("coventry.panel: 1 round with ")
    record.perform_beside(found.operation, found.put_beside, OFFICER)
    again = plan_bring_in(record, other)
    assert (again.is_new, again.lines[0]) == (
        False,
        "coventry.panel: nothing new. Its rounds are in the record already.",
    )


def test_the_record_itself_brings_nothing(record: Record, record_path: Path) -> None:
    with pytest.raises(Refused, match="That is the record that is open"):
        plan_bring_in(record, record_path)
