"""The records of several areas made one by the command: into a new file, again, and only looked at."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from models.packs import consolidation
from tests.cli.conftest import Ran, Run
from tests.models.packs.areas_records import COVENTRY, DUDLEY, area_record
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


def test_a_fault_in_one_record_leaves_nothing_half_done(run: Run, parts: list[Path], tmp_path: Path) -> None:
    (tmp_path / "spoilt.panel").write_text("no record")

    done = run("consolidate", *parts, tmp_path / "spoilt.panel", tmp_path / "whole.panel")

    assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert not (tmp_path / "whole.panel").exists()


def test_a_whole_is_there_once_all_came_in_and_nothing_is_left_of_one_that_was_killed(
    run: Run, parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    whole, seen = folder / "Whole.panel", []
    for name in ("Whole.panel.part-1", "Whole.panel.part-1-journal", "Whole.panel.part-1.panel.lock"):
        (folder / name).write_text("killed")
    consolidate = consolidation.consolidate

    def looked_at(*asked: Any) -> None:
        seen.append(whole.exists())
        consolidate(*asked)

    monkeypatch.setattr("cli.record.packs.consolidate", looked_at)
    run("consolidate", *parts, whole)

    assert seen == [False, False]
    assert sorted(path.name for path in folder.iterdir()) == ["Whole.panel"]


def test_a_record_that_is_named_as_an_area_and_as_the_whole_is_told_so(run: Run, parts: list[Path]) -> None:
    done = run("consolidate", *parts, parts[0])

    assert done.status == 1
    assert "is given both as the record of an area and as the one to make" in done.err


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


def test_a_copy_of_the_whole_is_refused(run: Run, parts: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy.panel"
    run("backup", parts[0], copy)

    done = run("consolidate", copy, parts[0])

    assert (done.status, done.err.split(".")[0]) == (1, "copy")
    assert "is a copy of the record that it would come into" in done.err


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


def test_each_area_may_have_a_passphrase_of_its_own(run: Run, parts: list[Path], tmp_path: Path) -> None:
    words = {
        "whole": "orbit kettle maple signal ridge canoe",
        "dudley": "harbour violin pencil thunder olive mast",
    }
    files = {name: tmp_path / f"{name}.txt" for name in words}
    for name, file in files.items():
        file.write_text(words[name])
    sealed = tmp_path / "sealed.panel"
    run("consolidate", parts[1], sealed, "--passphrase-file", files["dudley"])
    given = [f"--passphrase-file={files[name]}" for name in ("whole", "dudley")]

    done = run("consolidate", parts[0], sealed, tmp_path / "office.panel", *given)
    without = run("consolidate", parts[0], sealed, tmp_path / "other.panel", given[0])

    assert (done.status, without.status) == (0, 1)
    assert run("verify", tmp_path / "office.panel", given[0]).status == 0
    assert not (tmp_path / "other.panel").exists()
