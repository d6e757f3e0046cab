"""`grant-panel register`: a register is loaded, shown, and a check recorded that the agreement waits for."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.exchange.reading.register_files import LIST_HEADINGS, comma_text, listed
from tests.models.values.test_payments import SUBSTITUTES, WEIGHTS


@pytest.fixture
def office(decided_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(decided_once, tmp_path))


def test_a_list_is_loaded_shown_and_decided_upon_by_a_person(office: Path, run: Run, tmp_path: Path) -> None:
    name = run("register", office, "show", "ACF-001", "--json").json["organisation"]
    rows = [listed("GHO0001", f"{name.upper()}.")]
    path = tmp_path / "UK-Sanctions-List.csv"
    path.write_bytes(comma_text(LIST_HEADINGS, rows, "Report Date: 01-Nov-2024\r\n"))

    loaded = run("register", office, "load", path)
    shown = run("register", office, "show", "ACF-001", "--json").json
    sanctions = next(one for one in shown["checks"] if one["check"] == "sanctions")

    assert loaded.out.startswith("The UK Sanctions List is loaded: the extract of 1 November 2024, 1 row;")
    assert (sanctions["finding"]["state"], sanctions["result"]) == ("concern", None)
    assert "Probable match, for a person to decide" in sanctions["finding"]["words"]
    of, on = ("register", office, "check", "ACF-001", "sanctions"), ("--on", "2024-11-02")
    refused = run(*of, "--result", "failed", *on)
    assert (refused.status, "Say in the note why" in refused.err) == (1, True)
    note = ("--result", "not needed", "--note", "Another body: ours is in Westmarch.")
    done = run(*of, *note, *on, "--json").json
    recorded = next(one for one in done["checks"] if one["check"] == "sanctions")
    assert (recorded["result"], recorded["checked_on"]) == ("not needed", "2024-11-02")
    every = run("register", office, "show", "--json").json
    by_code = {one["register"]: one["extract_on"] for one in every["registers"]}
    others = dict.fromkeys(("charity", "company", "weights", "substitutes"))
    assert by_code == {**others, "sanctions": "2024-11-01"}
    assert [one["award"] for one in every["awards"]] == [f"A-031-0{number}" for number in range(1, 5)]
    words = run("register", office, "show").out
    assert "Charity register of England and Wales: not loaded." in words
    assert "1 of 9 checks settled." in words
    lines = run("register", office, "show", "A-031-01").out
    assert "Not needed here" in lines
    taken = run(*of, "--take-back")
    assert taken.out.rstrip().endswith("sanctions list: not recorded.")
    assert run("verify", office).status == 0


def test_the_banks_tables_are_loaded_whole_on_a_day_that_is_given(
    office: Path, run: Run, tmp_path: Path
) -> None:
    weights, others = tmp_path / "valacdos.txt", tmp_path / "scsubtab.txt"
    weights.write_text(WEIGHTS, encoding="ascii")
    others.write_text(SUBSTITUTES, encoding="ascii")

    undated = run("register", office, "load", weights)
    loaded = run("register", office, "load", weights, "--on", "2024-11-01")
    both = run("register", office, "load", others, "--on", "2024-11-01", "--json").json

    assert "does not say which day it is from" in undated.err
    words = "The banks' table of account numbers is loaded: the extract of 1 November 2024, 25 rows.\n"
    assert loaded.out == words
    assert [one.get("rows") for one in both["registers"]] == [None, None, None, 25, 2]
    bank = run("register", office, "show", "ACF-001", "--json").json["checks"][5]["finding"]
    assert bank == {"state": "not checked", "words": "No account is recorded yet."}
    assert run("verify", office).status == 0


def test_the_agreement_waits_for_what_the_fund_requires(office: Path, run: Run) -> None:
    assert run("fund", office, "set", "ACF", "required_checks=bank").status == 0
    signing = ("award", office, "sign", "ACF-001", "--agreement", "--drawn-elsewhere", "--on", "2026-12-02")

    waits = run(*signing)
    shown = run("register", office, "show", "ACF-001").out
    assert run("register", office, "check", "ACF-001", "bank", "--on", "2024-11-02").status == 0
    both = run("register", office, "check", "ACF-001", "bank", "--take-back", "--note", "x")

    assert "which its fund requires before an agreement" in waits.err
    assert "The agreement waits: account number right for its sort code is not settled." in shown
    assert (both.status, "not both" in both.err) == (1, True)
    assert "is signed" in run(*signing).out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("show", "ZZ-1"), "There is no award ZZ-1"),
        (("check", "ZZ-1", "bank"), "There is no award ZZ-1"),
        (("load", "nothing.zip"), "nothing.zip is not there"),
        (("check", "ACF-001", "bank", "--on", "2030-01-01"), "still to come"),
    ],
)
def test_what_is_asked_wrongly_is_a_sentence(
    office: Path, run: Run, given: tuple[str, ...], words: str
) -> None:
    ran = run("register", office, *given)

    assert (ran.status, words in ran.err) == (1, True), ran.err
    assert json.dumps(run("register", office, "show", "--json").json["registers"]).count("null") == 5
