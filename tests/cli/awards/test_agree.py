"""`grant-panel award RECORD agree`: what a grant is to bring about, agreed by command."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def office(decided_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(decided_once, tmp_path))


def test_what_is_agreed_is_set_as_a_whole_printed_and_keeps_its_numbers(office: Path, run: Run) -> None:
    agree = ("award", office, "agree", "A-031-01")
    assert run(*agree).out == "Nothing is agreed on A-031-01 yet.\n"

    first = run(*agree, "--outcome", "Fewer calls about the park", "--output", "Sessions held=1,040")
    again = run(*agree, "--output", "Volunteers trained=6", "--output", "Sessions held=48")

    assert first.out == "2 outputs and outcomes are agreed on A-031-01.\n"
    assert again.status == 0
    assert run(*agree).out.splitlines() == [
        "Agreed on A-031-01:",
        "Sessions held: 48",
        "Volunteers trained: 6",
    ], "what stood before comes first, with the number by which returns tell of it"
    assert run("verify", office).status == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("A-031-01", "--output", "Sessions=some"), "some is no figure to reach, such as 40"),
        (("A-031-01", "--output", "Sessions="), "nothing is no figure to reach, such as 40"),
        (("A-031-01", "--output", "Sessions=1,0"), "1,0 is no figure to reach, such as 40"),
        (("A-031-01", "--output", "Sessions=-4"), "-4 is no figure to reach, such as 40"),
        (("A-031-01", "--outcome", " "), "Say in each line what is agreed."),
        (("A-099-01", "--outcome", "Quiet nights"), "There is no award A-099-01 in this record."),
    ],
)
def test_what_cannot_be_agreed_is_refused_in_a_sentence(
    office: Path, run: Run, given: tuple[str, ...], said: str
) -> None:
    found = run("award", office, "agree", *given)

    assert (found.status != 0, said in found.err) == (True, True), found.err
    assert run("award", office, "agree", "A-031-01").out == "Nothing is agreed on A-031-01 yet.\n"
