"""What is decided is erased once its letter is written, or where somebody says that none will be."""

from pathlib import Path

from tests.cli.conftest import Run, Says

ERASE = ("--ground", "asked for by the applicant", "--as", "Ida Protect")


def test_erasing_before_the_letter_on_the_decision_asks(decided: Path, run: Run, refused: Says) -> None:
    one = refused("retention", decided, "erase", "ACF-001", *ERASE)
    several = refused("retention", decided, "erase", "ACF-001", "ACF-002", *ERASE)

    assert one.startswith("The decision letter for ACF-001 is not issued yet. Issue it first:")
    assert several.startswith(
        "The decision letters for ACF-001, ACF-002 are not issued yet. Issue them first:"
    )
    assert one.rstrip().endswith("Or give --without-letter.")
    nothing = run("retention", decided, "erase", "ACF-001", *ERASE, "--without-letter", "--json")
    assert (nothing.status, nothing.json["erased"]) == (0, ["ACF-001"])
    assert run("verify", decided).status == 0


def test_erasing_after_the_letter_on_the_decision_asks_nothing(
    decided: Path, run: Run, done: Says, tmp_path: Path
) -> None:
    said = ("--round", "Autumn", "--issue", "--leave-empty", "--reasons-read")
    done("export", decided, "letters", *said, "--out", tmp_path / "letters")

    assert run("retention", decided, "erase", "ACF-001", *ERASE, "--json").json["erased"] == ["ACF-001"]
