"""People of one name in two records: one only where more than the name says so."""

from pathlib import Path

import pytest

from models.operations.panel.members import AddMember
from models.operations.set_up.people import GiveRole
from models.packs.consolidation import plan_consolidation
from models.queries.panel.panel import MemberDetails
from models.record import Record
from tests.models.conftest import OPENER
from tests.models.packs.areas_records import applied_record
from tests.models.rounds import OFFICER, application, import_operation, set_up_office
from tests.models.spellings import EVERY


def told(record: Record, path: Path, here: MemberDetails, there: MemberDetails) -> list[str]:
    """Return what is said of the two where the other record comes in."""
    set_up_office(record)
    record.perform(import_operation(application(1), areas=("Coventry",)), OFFICER)
    record.perform(AddMember(1, here), OFFICER)
    with Record.open(applied_record(path), OPENER) as part:
        part.perform(AddMember(1, there), OFFICER)
    with Record.read_copy(path) as part:
        return [said for said in plan_consolidation(record, part, path.name).left if there.name in said]


@pytest.mark.parametrize("there", ["", "Dudley Voices"])
def test_one_name_with_nothing_else_alike_is_told(record: Record, tmp_path: Path, there: str) -> None:
    (said,) = told(
        record,
        tmp_path / "b.panel",
        MemberDetails("M1", "Sam Sample", organisation="Coventry Voices"),
        MemberDetails("M1", "Sam Sample", organisation=there),
    )

    assert said == (
        "Sam Sample is in both records, and neither post nor organisation says that it is one person. They "
        "count as one here, in interests, marks and signatures. If they are two, correct a name in one of "
        "the records first."
    )


@pytest.mark.parametrize(("here", "there"), EVERY)
def test_an_organisation_however_written_says_that_they_are_one(
    record: Record, tmp_path: Path, here: str, there: str
) -> None:
    one = MemberDetails("M1", "Sam Sample", organisation=here)
    other = MemberDetails("M7", "Sam Sample", organisation=there)

    assert told(record, tmp_path / "b.panel", one, other) == []


@pytest.mark.parametrize(("here", "there"), EVERY)
def test_a_name_in_other_letters_is_told_whatever_else_is_alike(
    record: Record, tmp_path: Path, here: str, there: str
) -> None:
    one = MemberDetails("M1", here, organisation="Coventry Voices")
    other = MemberDetails("M1", there.strip(), organisation="Coventry Voices")

    said = told(record, tmp_path / "b.panel", one, other)

    if here == other.name:
        assert said == []
    else:
        assert said == [
            f"{other.name} comes in beside {here}. If they are one person, correct the name in one of the "
            "records first; if they are two, add to a name what tells them apart."
        ]


def test_who_has_no_part_in_a_round_that_comes_in_is_not_told(record: Record, tmp_path: Path) -> None:
    here = MemberDetails("M1", "Sam Sample")

    assert told(record, tmp_path / "b.panel", here, MemberDetails("M1", "Sam Sampleton")) == []


def test_one_post_says_that_they_are_one(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "b.panel"
    set_up_office(record)
    record.perform(import_operation(application(1), areas=("Coventry",)), OFFICER)
    record.perform(GiveRole(1, "Dee Decider", "decider", "Chief Executive"), OFFICER)
    with Record.open(applied_record(path), OPENER) as part:
        part.perform(GiveRole(1, "Dee Decider", "decider", "chief  executive"), OFFICER)

    with Record.read_copy(path) as part:
        found = plan_consolidation(record, part, path.name)

    assert [said for said in found.left if "both records" in said] == []
