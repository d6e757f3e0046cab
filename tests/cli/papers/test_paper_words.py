"""What an office says in its papers itself, by command."""

from pathlib import Path

import pytest

from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.record import Opener, Record
from tests.cli.conftest import Run

ROUND = ("--round", "Autumn")


def test_words_are_written_printed_and_taken_out(run: Run, record: Path) -> None:
    texts = ("--set", "wanted=Two quotes\\nThe policy", "--set", "answer_by=20 January 2027")
    letters = ("words", record, "letters", *ROUND, "--of", "ACF-001")

    written = run(*letters, *texts).out.splitlines()
    kept = run(*letters, "--set", "answer_by=", "--json").json
    notice = run(
        "words", record, "notice", *ROUND, "--of", "031/2026", "--set", "confidential=It names a refuge."
    )

    assert written[:2] == ["The words were saved.", "wanted: Two quotes The policy"]
    assert "answer_by: 20 January 2027" in written
    assert kept == {"words": {"wanted": "Two quotes\nThe policy"}}
    assert "confidential: It names a refuge." in notice.out
    assert "summary: –" in run("words", record, "notice", *ROUND).out
    asked = "Where the chair took no part or was away, such as: Sam Example took the chair for ACF-010"
    told = run("words", record, "minutes", *ROUND).out
    assert f"chaired: – (Who else took the chair: {asked})" in " ".join(told.split())

    with Record.open(record, Opener("tests", "tests")) as opened:
        opened.perform(SetWithdrawn(1, "ACF-001", True, "Money elsewhere."), Actor("Grace Okoro"))
    unprinted = run(*letters, *texts).err
    assert "does not print wanted and answer_by. It prints no words of this kind." in unprinted
    assert run(*letters, "--set", "wanted=").out.startswith("The words were saved.")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("letters",), "Say of what: --of with the application's reference."),
        (("call", "--of", "x"), "The words of the call are of the round. Leave --of out."),
        (("letters", "--of", "ACF-001", "--set", "price=1"), "The letters has no field"),
        (("letters", "--of", "ACF-999", "--set", "wanted=x"), "ACF-999"),
    ],
)
def test_what_no_paper_has_is_refused(run: Run, record: Path, more: tuple[str, ...], words: str) -> None:
    refused = run("words", record, more[0], *ROUND, *more[1:])

    assert (refused.status, words in refused.err) == (1, True)


def test_what_is_no_field_and_text_is_wrong_usage(run: Run, record: Path) -> None:
    assert run("words", record, "notice", *ROUND, "--set", "summary").status == 2
