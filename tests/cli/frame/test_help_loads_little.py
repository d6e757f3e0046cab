"""A help loads no more than it says, and what the manual names is there to be carried out."""

import subprocess
import sys

import pytest

from cli.frame.parser import loaded, manual, parser

HELP_OF_ALL = """
import contextlib, io, sys
from cli.command import main
from cli.frame.parser import manual

for path, one in manual().items():
    with contextlib.redirect_stdout(io.StringIO()):
        assert main([*path, "--help"]) == 0, path
heavy = {"sqlalchemy", "models.record", "PySide6", "openpyxl", "reportlab", "jinja2"}
print(*sorted(heavy & sys.modules.keys()))
"""


def test_no_help_loads_the_record_or_what_makes_papers() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP_OF_ALL], capture_output=True, text=True, check=False, timeout=120
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("place", sorted({one.function for one in manual().values() if one.function}))
def test_each_subcommand_is_carried_out_by_what_the_manual_names(place: str) -> None:
    assert callable(loaded(place))


def test_a_typed_value_is_read_as_its_subcommand_reads_it() -> None:
    options = parser().parse_args(["sensitivity", "round.xlsx", "--draws", "50"])

    assert options.draws == 50


def test_the_help_lists_each_subcommand_once_under_the_work_that_it_is_for() -> None:
    listed = parser([]).format_help().splitlines()
    every = [one for path, one in manual().items() if len(path) == 1]

    for one in every:
        assert sum(line.startswith(f"  {one.path[0]} ") for line in listed) == 1
        assert f"{one.work}:" in listed
    assert len({one.work for one in every}) < len(every) / 3
