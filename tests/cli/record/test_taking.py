"""An area's work out with a laptop and back: nothing overwritten, nothing silently dropped, nothing twice."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from cli.command import main
from models.operation import Actor, Operation
from models.operations.panel.meetings import SetAttendance, SetAttendances
from models.operations.panel.members import Declare
from models.operations.panel.sheets import SetMark
from models.operations.retention import SetRetention
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.load import LoadRound
from models.queries.packs.pack_lines import areas_out
from models.queries.panel.panel import interests
from models.queries.retention.retention import Years
from models.record import Opener, Record
from models.store.places import ServerAddress
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.models.server_records import server_record
from tests.models.store.locks.an_office import template
from tests.server import cluster

pytestmark = pytest.mark.usefixtures("unlocked")
OFFICER, NAIR, HALE = Actor("Grace Okoro"), Actor("Priya Nair", "chair"), Actor("Tom Hale", "member")
KEY = "correct horse battery staple nine"


def mark(member: str, reference: str, value: int | None, before: int | None = None) -> SetMark:
    return SetMark(1, member, reference, "A7", value, before)


def declared(member: str, reference: str) -> Declare:
    return Declare(1, member, (InterestRow(member, reference, InterestKind.PECUNIARY, "a trustee"),))


@pytest.fixture
def office() -> ServerAddress:
    """A record on the tests' server whose one area is being scored."""
    found = server_record()
    with Record.open(found, Opener(OFFICER.name, "tests")) as record:
        declared = tuple(InterestRow(code, None, InterestKind.NONE) for code in ("NAIR", "HALE"))
        rows = replace(wolverhampton_round(), interests=declared, sheets=(), agreed=())
        record.perform(LoadRound(rows), OFFICER)
        record.perform(MoveArea(1, WOLVERHAMPTON, "scoring"), NAIR)
    return found


def on_server(office: ServerAddress, operation: Operation, actor: Actor) -> None:
    with Record.open(office, Opener(actor.name, "tests")) as record:
        record.perform(operation, actor)


def test_what_fits_comes_back_and_what_does_not_is_listed_with_both_sides(
    office: ServerAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop, key = tmp_path / "laptop.panel", tmp_path / "key"
    key.write_text(f"{KEY}\n")
    sealed = ["--passphrase-file", str(key)]
    take = ["server", "take", str(office), str(laptop), "--area", WOLVERHAMPTON, "--with", "Priya Nair"]
    bring = ["server", "bring", str(laptop), str(office), *sealed]

    assert main(take) == 1
    assert "A record that leaves the office must be encrypted" in capsys.readouterr().err
    assert main([*take, *sealed, "--as", OFFICER.name]) == 0
    assert main([*take, *sealed]) == 1
    assert "There is a file laptop.panel already" in capsys.readouterr().err
    with Record.open(laptop, Opener("Priya Nair", "tests"), key=KEY) as away:
        away.perform(mark("NAIR", "W-005", 4), NAIR)
        away.perform(mark("HALE", "W-005", 3), HALE)
        away.perform(mark("NAIR", "W-002", 2), NAIR)
        away.perform(SetRetention(1, Years(8, 2), Years()), OFFICER)
    on_server(office, replace(mark("NAIR", "W-002", 5), from_paper=True), OFFICER)
    capsys.readouterr()

    assert main([*bring, "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 changes would be made. Nothing was changed."
    assert main([*bring, "--as", OFFICER.name]) == 0
    said = capsys.readouterr().out
    assert "W-002 was marked in the meantime" in said
    assert "  here: row 5, by Grace Okoro: Marked A7 of W-002" in said
    assert "It is not part of an area's work" in said
    assert f"{WOLVERHAMPTON} is back: 2 changes made." in said
    assert main(bring) == 0
    assert "There is nothing new to bring back" in capsys.readouterr().out
    assert main(["verify", str(office)]) == 0
    with Record.open(office, Opener(OFFICER.name, "tests")) as record:
        assert record.ask(areas_out) == ()


def test_what_the_office_changed_meanwhile_stands_also_where_a_change_does_not_say_what_it_replaces(
    office: ServerAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop, key = tmp_path / "laptop.panel", tmp_path / "key"
    key.write_text(f"{KEY}\n")
    sealed = ["--passphrase-file", str(key)]
    bring = ["server", "bring", str(laptop), str(office), *sealed]
    assert main(["server", "take", str(office), str(laptop), "--area", WOLVERHAMPTON, *sealed]) == 0
    with Record.open(laptop, Opener(OFFICER.name, "tests"), key=KEY) as away:
        away.perform(declared("HALE", "W-009"), OFFICER)
        away.perform(declared("NAIR", "W-002"), OFFICER)
    on_server(office, declared("HALE", "W-003"), OFFICER)

    assert main(bring) == 0
    said = capsys.readouterr().out
    with Record.open(laptop, Opener(OFFICER.name, "tests"), key=KEY) as away:
        gone = InterestRow("NAIR", "W-002", InterestKind.NONE, "no trustee any more")
        now = declared("NAIR", "W-003")
        away.perform(replace(now, interests=(*now.interests, gone)), OFFICER)
    assert main(bring) == 0
    then = capsys.readouterr().out

    assert "The office changed the same thing in the meantime, and that was kept." in said
    assert f"{WOLVERHAMPTON} is back: 1 change made." in said
    assert f"{WOLVERHAMPTON} is back: 1 change made." in then
    with Record.open(office, Opener(OFFICER.name, "tests")) as record:
        found = record.ask(lambda session: interests(session, 1))
    stand = {(row.member, row.application) for row in found if row.kind.is_conflict}
    assert stand == {("HALE", "W-003"), ("NAIR", "W-003")}


def test_a_file_that_went_out_before_another_is_refused(
    office: ServerAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "key"
    key.write_text(f"{KEY}\n")
    first, second = tmp_path / "first.panel", tmp_path / "second.panel"
    take = ["server", "take", str(office), "--area", WOLVERHAMPTON, "--passphrase-file", str(key)]

    assert main([*take, str(tmp_path / "nowhere" / "first.panel")]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert main([*take, str(first)]) == 0
    assert main([*take, str(second)]) == 1
    assert "Wolverhampton is out with" in capsys.readouterr().err
    with Record.open(first, Opener("Priya Nair", "tests"), key=KEY) as away:
        away.perform(mark("NAIR", "W-005", 4), NAIR)
    assert main(["server", "bring", str(first), str(office), "--passphrase-file", str(key)]) == 0
    assert main([*take, str(second)]) == 0
    assert main(["server", "bring", str(first), str(office), "--passphrase-file", str(key)]) == 1
    assert "That file was taken out before" in capsys.readouterr().err
    assert main([*take, str(tmp_path / "x.panel"), "--round", "Nowhere"]) == 1
    assert "No round of the record has an area named Wolverhampton" in capsys.readouterr().err


def test_an_area_whose_file_was_lost_or_not_worked_in_is_not_out_for_ever(
    office: ServerAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, lost, idle = tmp_path / "key", tmp_path / "lost.panel", tmp_path / "idle.panel"
    key.write_text(f"{KEY}\n")
    sealed = ["--passphrase-file", str(key)]
    take = ["server", "take", str(office), "--area", WOLVERHAMPTON, *sealed]

    assert main([*take, str(lost)]) == 0
    assert main([*take, str(idle), "--anew"]) == 0
    assert main(["server", "bring", str(lost), str(office), *sealed]) == 1
    assert "That file was taken out before" in capsys.readouterr().err
    assert main(["server", "bring", str(idle), str(office), *sealed]) == 0
    assert "Wolverhampton is back: 0 changes made." in capsys.readouterr().out
    with Record.open(office, Opener(OFFICER.name, "tests")) as record:
        assert record.ask(areas_out) == ()


def test_an_officer_takes_an_area_out_by_their_own_login_and_a_member_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, key, laptop = cluster().new_database(template()), tmp_path / "key", tmp_path / "laptop.panel"
    key.write_text(f"{KEY}\n")
    url = {login: cluster().address(name, login) for login in ("mo", "olive")}
    given = ["--area", "Coventry", "--passphrase-file", str(key)]

    assert main(["server", "take", url["mo"], str(laptop), *given]) == 1
    assert not laptop.exists()
    assert main(["server", "take", url["olive"], str(laptop), *given]) == 0
    assert "Coventry is out with Olive Officer" in capsys.readouterr().out
    with Record.open(laptop, Opener("Mo Member", "tests"), key=KEY) as away:
        away.perform(SetMark(1, "M1", "ACF-002", "A2", 4, None), Actor("Mo Member", "member"))
    assert main(["server", "bring", str(laptop), url["mo"], *given[2:]]) == 1
    assert main(["server", "bring", str(laptop), url["olive"], *given[2:]]) == 0
    assert "Coventry is back: 1 change made." in capsys.readouterr().out
    cluster().drop(name)


def test_what_is_said_of_several_at_once_comes_back_too(
    office: ServerAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop, key = tmp_path / "laptop.panel", tmp_path / "key"
    key.write_text(f"{KEY}\n")
    sealed = ["--passphrase-file", str(key)]
    on_server(office, MoveArea(1, WOLVERHAMPTON, "meeting"), NAIR)
    assert main(["server", "take", str(office), str(laptop), "--area", WOLVERHAMPTON, *sealed]) == 0
    present = tuple(SetAttendance(1, WOLVERHAMPTON, code, "present", "") for code in ("NAIR", "HALE"))
    with Record.open(laptop, Opener("Priya Nair", "tests"), key=KEY) as away:
        away.perform(SetAttendances(WOLVERHAMPTON, present), NAIR)

    assert main(["server", "bring", str(laptop), str(office), *sealed]) == 0
    assert f"Record 2 members as present for {WOLVERHAMPTON}" in capsys.readouterr().out
