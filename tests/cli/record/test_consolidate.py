"""Records of areas made one by the command, and an area's work out with a laptop and back."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.panel.members import Declare
from models.operations.panel.sheets import SetMark
from models.operations.retention import SetRetention
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.packs import consolidation
from models.queries.packs.pack_lines import areas_out
from models.queries.panel.panel import interests
from models.queries.retention.retention import Years
from models.record import Opener, Record
from models.store.places import ServerAddress
from models.store.private_files import own_mark
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.cli.conftest import Ran, Run, Says
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.models.packs.test_consolidation import COVENTRY, DUDLEY, area_record
from tests.models.server_records import server_record
from tests.models.store.locks.an_office import template
from tests.server import cluster


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """The records of two areas."""
    return [
        area_record(tmp_path / "coventry.panel", *COVENTRY),
        area_record(tmp_path / "dudley.panel", *DUDLEY),
    ]


def test_two_areas_become_one_record_and_again_adds_nothing(
    run: Run, parts: list[Path], tmp_path: Path
) -> None:
    whole = tmp_path / "whole.panel"

    dry = run("consolidate", *parts, whole, "--dry-run")
    is_made = whole.exists()
    done = run("consolidate", *parts, whole)
    again = run("consolidate", *parts, whole, "--json")

    assert not is_made
    assert dry.out.splitlines() == [*done.out.splitlines(), "A dry run: nothing was changed."]
    assert done.out.splitlines()[1:] == [
        "dudley.panel: 1 round with 1 application, 1 award: “Autumn” of Active Citizens Fund.",
        "  Round Autumn is Autumn, Dudley here.",
        "  Notice 031/2026 is 031/2026-DUD here.",
        "  Application G-000 is G-000-DUD here.",
        "  Award A-031-01 is A-031-01-DUD here.",
    ]
    assert [one["rounds"] for one in again.json["parts"]] == [[], []]
    assert run("verify", whole).status == 0


def test_a_fault_or_a_copy_of_the_whole_leaves_nothing_half_done(
    run: Run, parts: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "spoilt.panel").write_text("no record")

    done = run("consolidate", *parts, tmp_path / "spoilt.panel", tmp_path / "whole.panel")

    assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert not (tmp_path / "whole.panel").exists()

    copy = tmp_path / "copy.panel"
    run("backup", parts[0], copy)

    done = run("consolidate", copy, parts[0])

    assert (done.status, done.err.split(".")[0]) == (1, "copy")
    assert "is a copy of the record that it would come into" in done.err


def test_a_whole_is_there_once_all_came_in_and_nothing_is_left_of_one_that_was_killed(
    run: Run, parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    whole, seen = folder / "Whole.panel", []
    for ending in ("", "-journal", ".panel.lock"):
        (folder / f"Whole.panel.part-{own_mark(1)}{ending}").write_text("killed")
    consolidate = consolidation.consolidate

    def looked_at(*asked: Any) -> None:
        seen.append(whole.exists())
        consolidate(*asked)

    monkeypatch.setattr("cli.record.packs.consolidate", looked_at)
    run("consolidate", *parts, whole)

    assert seen == [False, False]
    assert sorted(path.name for path in folder.iterdir()) == ["Whole.panel"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no descriptors to hand on")
def test_a_passphrase_of_a_pipe_opens_every_record_and_none_of_it_comes_out_unencrypted(
    run: Run, parts: list[Path], tmp_path: Path
) -> None:
    whole, plain = tmp_path / "whole.panel", tmp_path / "plain.panel"
    into = [
        _consolidate_by_pipe(run, *parts, whole),
        _consolidate_by_pipe(run, whole, tmp_path / "next.panel"),
    ]
    run("consolidate", parts[0], plain)

    done = _consolidate_by_pipe(run, whole, plain)

    assert [one.status for one in into] == [0, 0]
    assert done.err.startswith("whole.panel is encrypted, and plain.panel would hold all of it unencrypted.")


def _consolidate_by_pipe(run: Run, *records: Path) -> Ran:
    reader, writer = os.pipe()
    os.write(writer, b"orbit kettle maple signal ridge canoe")
    os.close(writer)
    try:
        return run("consolidate", *records, "--passphrase-file", f"fd:{reader}")
    finally:
        os.close(reader)


def test_areas_come_into_a_record_whose_locks_are_set_by_its_administrator_alone(
    run: Run, parts: list[Path]
) -> None:
    server = cluster()
    database = server.new_database(template())

    refused = run("consolidate", *parts, server.address(database, "olive"))
    dry = run("consolidate", *parts, server.address(database), "--dry-run")
    done = run("consolidate", *parts, server.address(database))
    again = run("consolidate", *parts, server.address(database), "--json")

    assert (refused.status, done.status) == (1, 0)
    assert dry.out.splitlines() == [*done.out.splitlines(), "A dry run: nothing was changed."]
    assert "olive is a person's" in refused.err
    assert [one["rounds"] for one in again.json["parts"]] == [[], []]
    with server.connect(database, "olive") as connection:
        assert connection.execute("SELECT count(*) FROM rounds").fetchone() == (3,)
    server.drop(database)


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
        record.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"), NAIR)
    return found


def on_server(office: ServerAddress, operation: Operation, actor: Actor) -> None:
    with Record.open(office, Opener(actor.name, "tests")) as record:
        record.perform(operation, actor)


@pytest.mark.usefixtures("unlocked")
def test_what_fits_comes_back_and_what_does_not_is_listed_with_both_sides(
    office: ServerAddress, tmp_path: Path, done: Says, refused: Says
) -> None:
    laptop, key = tmp_path / "laptop.panel", tmp_path / "key"
    key.write_text(f"{KEY}\n")
    sealed = ["--passphrase-file", key]
    take = ["server", "take", office, laptop, "--area", WOLVERHAMPTON, "--with", "Priya Nair"]
    bring = ["server", "bring", laptop, office, *sealed]

    assert "A record that leaves the office must be encrypted" in refused(*take)
    done(*take, *sealed, "--as", OFFICER.name)
    assert "There is a file laptop.panel already" in refused(*take, *sealed)
    with Record.open(laptop, Opener("Priya Nair", "tests"), key=KEY) as away:
        away.perform(mark("NAIR", "W-005", 4), NAIR)
        away.perform(mark("HALE", "W-005", 3), HALE)
        away.perform(mark("NAIR", "W-002", 2), NAIR)
        away.perform(SetRetention(1, Years(8, 2), Years()), OFFICER)
    on_server(office, replace(mark("NAIR", "W-002", 5), from_paper=True), OFFICER)

    assert done(*bring, "--dry-run").splitlines()[-2:] == [
        "2 changes would be made. Nothing was changed.",
        "A dry run: nothing was changed.",
    ]
    said = done(*bring, "--as", OFFICER.name)
    assert "W-002 was marked in the meantime" in said
    assert "  here: row 5, by Grace Okoro: Marked A7 of W-002" in said
    assert "It is not part of an area's work" in said
    assert f"{WOLVERHAMPTON} is back: 2 changes made." in said
    assert "There is nothing new to bring back" in done(*bring)
    done("verify", office)
    with Record.open(office, Opener(OFFICER.name, "tests")) as record:
        assert record.ask(areas_out) == ()


@pytest.mark.usefixtures("unlocked")
def test_what_the_office_changed_meanwhile_stands_also_where_a_change_does_not_say_what_it_replaces(
    office: ServerAddress, tmp_path: Path, done: Says
) -> None:
    laptop, key = tmp_path / "laptop.panel", tmp_path / "key"
    key.write_text(f"{KEY}\n")
    sealed = ["--passphrase-file", key]
    bring = ["server", "bring", laptop, office, *sealed]
    done("server", "take", office, laptop, "--area", WOLVERHAMPTON, *sealed)
    with Record.open(laptop, Opener(OFFICER.name, "tests"), key=KEY) as away:
        away.perform(declared("HALE", "W-009"), OFFICER)
        away.perform(declared("NAIR", "W-002"), OFFICER)
    on_server(office, declared("HALE", "W-003"), OFFICER)

    said = done(*bring)
    with Record.open(laptop, Opener(OFFICER.name, "tests"), key=KEY) as away:
        gone = InterestRow("NAIR", "W-002", InterestKind.NONE, "no trustee any more")
        now = declared("NAIR", "W-003")
        away.perform(replace(now, interests=(*now.interests, gone)), OFFICER)
    then = done(*bring)

    assert "The office changed the same thing in the meantime, and that was kept." in said
    assert f"{WOLVERHAMPTON} is back: 1 change made." in said
    assert f"{WOLVERHAMPTON} is back: 1 change made." in then
    with Record.open(office, Opener(OFFICER.name, "tests")) as record:
        found = record.ask(lambda session: interests(session, 1))
    stand = {(row.member, row.application) for row in found if row.kind.is_conflict}
    assert stand == {("HALE", "W-003"), ("NAIR", "W-003")}


@pytest.mark.usefixtures("unlocked")
def test_a_file_that_went_out_before_another_is_refused(
    office: ServerAddress, tmp_path: Path, done: Says, refused: Says
) -> None:
    key = tmp_path / "key"
    key.write_text(f"{KEY}\n")
    first, second = tmp_path / "first.panel", tmp_path / "second.panel"
    take = ["server", "take", office, "--area", WOLVERHAMPTON, "--passphrase-file", key]
    bring = ["server", "bring", first, office, "--passphrase-file", key]

    assert "Traceback" not in refused(*take, tmp_path / "nowhere" / "first.panel")
    done(*take, first)
    assert "Wolverhampton is out with" in refused(*take, second)
    with Record.open(first, Opener("Priya Nair", "tests"), key=KEY) as away:
        away.perform(mark("NAIR", "W-005", 4), NAIR)
    done(*bring)
    done(*take, second)
    assert "That file was taken out before" in refused(*bring)
    assert "No round of the record has an area named Wolverhampton" in refused(
        *take, tmp_path / "x.panel", "--round", "Nowhere"
    )


@pytest.mark.usefixtures("unlocked")
def test_an_area_whose_file_was_lost_or_not_worked_in_is_not_out_for_ever(
    office: ServerAddress, tmp_path: Path, done: Says, refused: Says
) -> None:
    key, lost, idle = tmp_path / "key", tmp_path / "lost.panel", tmp_path / "idle.panel"
    key.write_text(f"{KEY}\n")
    sealed = ["--passphrase-file", key]
    take = ["server", "take", office, "--area", WOLVERHAMPTON, *sealed]

    done(*take, lost)
    done(*take, idle, "--anew")
    assert "That file was taken out before" in refused("server", "bring", lost, office, *sealed)
    assert "Wolverhampton is back: 0 changes made." in done("server", "bring", idle, office, *sealed)
    with Record.open(office, Opener(OFFICER.name, "tests")) as record:
        assert record.ask(areas_out) == ()


@pytest.mark.usefixtures("unlocked")
def test_an_officer_takes_an_area_out_by_their_own_login_and_a_member_cannot(
    tmp_path: Path, done: Says, refused: Says
) -> None:
    name, key, laptop = cluster().new_database(template()), tmp_path / "key", tmp_path / "laptop.panel"
    key.write_text(f"{KEY}\n")
    url = {login: cluster().address(name, login) for login in ("mo", "olive")}
    given = ["--area", "Coventry", "--passphrase-file", key]

    refused("server", "take", url["mo"], laptop, *given)
    assert not laptop.exists()
    assert "Coventry is out with Olive Officer" in done("server", "take", url["olive"], laptop, *given)
    with Record.open(laptop, Opener("Mo Member", "tests"), key=KEY) as away:
        away.perform(SetMark(1, "M1", "ACF-002", "A2", 4, None), Actor("Mo Member", "member"))
    refused("server", "bring", laptop, url["mo"], *given[2:])
    assert "Coventry is back: 1 change made." in done("server", "bring", laptop, url["olive"], *given[2:])
    cluster().drop(name)
