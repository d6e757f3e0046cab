"""The manual makes the command: what is loaded, what was perhaps meant, and what a shell is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.frame.parser import Argument, loaded, manual, parser
from tests.cli.conftest import Run

PROJECT = Path(__file__).parents[3]
COMMAND = "import sys; from cli.command import main; sys.exit(main())"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("award", "due"), Argument("--on", "DAY", "~!", "", None, "", 'the day; "" for none yet')),
        (("rank",), Argument("--area", "NAME", "", "", None, "", "")),
        (
            ("declare",),
            Argument("--none-for-all-the-rest", "", "", "rest", None, "", "no interest in any other"),
        ),
        (("sensitivity",), Argument("--seed", "N", "", "", "1", "", "the seed for drawing them")),
        (("new",), Argument("--office", "NAME", "", "", "", "", "the office's legal name")),
        (("server", "closing"), Argument("--over", "", "", "", None, "|!", "open it again")),
    ],
)
def test_an_argument_is_read_from_the_manual(path: tuple[str, ...], said: Argument) -> None:
    assert said in manual()[path].arguments


def test_every_paragraph_without_actions_names_a_function_that_is_there() -> None:
    above = {path[:-1] for path in manual()}

    for path, said in manual().items():
        assert (path in above) is not bool(said.function), path
        assert path in above or callable(loaded(said.function)), path


def test_only_the_module_of_what_is_typed_is_loaded() -> None:
    code = (
        "import sys; from cli.command import main; main(['award', 'x.panel', 'due', '--help']); "
        "print([name for name in ('cli.awards.terms', 'cli.awards.paying', 'cli.papers.export') "
        "if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "['cli.awards.terms']"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["rnak", "round.xlsx"], "there is no 'rnak'. Did you mean rank?"),
        (["award", "office.panel", "lst"], "there is no 'lst'. Did you mean list?"),
        (["rank", "round.xlsx", "--rond", "Autumn"], "arguments: --rond Autumn. Did you mean --round?"),
        (["export", "x.panel", "minuts", "--out", "x.pdf"], "there is no 'minuts'. Did you mean minutes?"),
    ],
)
def test_wrong_usage_says_what_was_perhaps_meant(run: Run, typed: list[str], meant: str) -> None:
    ran = run(*typed)

    assert ran.status == 2
    assert meant in ran.err.splitlines()[0]


def test_what_is_like_nothing_is_not_guessed_at(run: Run) -> None:
    assert run("rank", "round.xlsx", "--zzzz").err.splitlines()[0].endswith("unrecognized arguments: --zzzz.")


def test_a_reference_that_is_not_there_may_be_like_one_that_is(run: Run, record: Path) -> None:
    ran = run("explain", record, "--application", "ACF-01", "--history")

    assert (ran.status, "Did you mean" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("grant-panel aw", "award "),
        ("grant-panel award x.panel l", "list ledger"),
        ("grant-panel award x.panel list --la", "--late "),
    ],
)
def test_a_shell_is_told_what_may_come_next(line: str, offered: str, tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    environment = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": " ",
        "_ARGCOMPLETE_SHELL": "bash",
        "COMP_TYPE": "9",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(told),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }

    subprocess.run(
        [sys.executable, "-c", COMMAND], cwd=PROJECT, env=environment, capture_output=True, check=True
    )

    assert told.read_text() == offered


def test_the_parser_of_one_subcommand_knows_the_others_by_name_alone() -> None:
    whole = parser(["rank"])

    assert whole.below.keys() == {path[0] for path in manual()}
    assert not whole.below["award"].below
