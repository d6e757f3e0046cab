"""Each command that changes something can be tried with --dry-run, which changes nothing, and tells JSON."""

import json
import shutil
from pathlib import Path

import pytest

from cli.frame.parser import manual
from tests.cli.conftest import Ran, Run
from tests.cli.test_border import AFTER, BEFORE, OF_OFFICE, READING, SOONER, Arguments, made, tried

__all__ = ["made"]
CHANGING = {
    *BEFORE,
    *OF_OFFICE,
    *AFTER,
    *SOONER,
    "declare",
    "fund import",
    "import",
    "consolidate",
    "server bring",
}


@pytest.mark.parametrize("command", sorted(CHANGING))
def test_each_command_that_changes_something_can_be_tried_and_tells_a_script(command: str) -> None:
    flags = {one.flag for one in manual()[tuple(command.split())].arguments}

    assert {"--json", "--dry-run"} <= flags


def test_every_other_command_reads_or_makes_a_file_of_its_own() -> None:
    others = {" ".join(path) for path, one in manual().items() if one.function} - CHANGING
    of_files = {
        "new",
        "backup",
        "restore",
        "salvage",
        "demo",
        "guide",
        "screenshots",
        "open-pack",
        "make-return",
    }
    reading = {*READING, "fund list", "fund show", "challenge list", "challenge show", "held", "region add"}
    reading |= {"award list", "award show", "award subsidies", "register show", "region report"}
    reading |= {"payment-layout list", "payment-layout show"}

    assert {one for one in others if not one.startswith("server ")} == of_files | reading


OF_THEIR_OWN = {"import", "pack"}
"""Those that say in a dry run what would be: without the file, and before a change could be refused."""


def folder_of(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.rglob("*") if one.is_file() and one.suffix != ".lock"}


@pytest.mark.parametrize(
    ("name", "acts"),
    [("before", BEFORE), ("before", OF_OFFICE), ("after", AFTER)],
    ids=["before", "office", "after"],
)
def test_a_dry_run_says_what_the_run_itself_says_and_changes_nothing(
    run: Run, made: Path, name: str, acts: dict[str, tuple[Arguments, ...]], tmp_path: Path
) -> None:
    wrong, done = [], 0

    for number, ((command, *action), arguments) in enumerate(tried(acts)):
        results: list[Ran] = []
        for option in ("--dry-run", ""):
            folder = tmp_path / f"{number}{option}"
            shutil.copytree(made, folder)
            record = folder / f"{name}.panel"
            before = folder_of(folder)
            typed = [folder / one if isinstance(one, Path) else one for one in arguments]
            results.append(run(command, record, *action, *typed, "--json", *filter(None, [option])))
            if option and folder_of(folder) != before:
                wrong.append((command, action, "changed something"))
        tried_out, real = results
        done += real.status == 0
        if command in OF_THEIR_OWN:
            assert json.loads(tried_out.out)["dry_run"]
        elif tried_out.status != real.status:
            wrong.append((command, action, tried_out, real))
        elif real.status == 0:
            told, kept = json.loads(tried_out.out), json.loads(real.out)
            if not told.get("dry_run") or told.keys() - {"dry_run"} != kept.keys():
                wrong.append((command, action, told, kept))

    assert wrong == []
    assert done >= len(acts) / 2


def test_a_dry_run_in_words_says_that_it_was_one(run: Run, made: Path, tmp_path: Path) -> None:
    record = Path(shutil.copy(made / "before.panel", tmp_path))

    told = run("fund", record, "add", "New Fund", "--code", "NF", "--dry-run")

    assert told.status == 0
    assert told.out.splitlines()[-1] == "A dry run: nothing was changed."
    assert "New Fund" not in run("fund", record, "list").out
