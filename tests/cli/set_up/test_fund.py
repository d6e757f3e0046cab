"""The fund command: funds shown, added, changed, renamed, closed, and taken to another office."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run
from tests.exchange.reading.test_word_templates import HOSTILE


class FundCommand:
    """The fund command on an empty record."""

    def __init__(self, run: Run, record: Path) -> None:
        self.run, self.record = run, record

    def __call__(self, *arguments: str | Path) -> Ran:
        return self.run("fund", self.record, *arguments)

    def done(self, *arguments: str | Path) -> str:
        ran = self(*arguments)
        assert (ran.status, ran.err) == (0, "")
        return ran.out

    def json(self, *arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.done(*arguments, "--json"))
        return found


@pytest.fixture
def fund(made_once: Path, run: Run, tmp_path: Path) -> FundCommand:
    """The fund command on an empty record."""
    return FundCommand(run, Path(shutil.copy(made_once / "empty.panel", tmp_path)))


def test_the_list_says_who_signs(fund: FundCommand) -> None:
    fund.done("add", "Ambassador Fund", "--code", "LPA", "--template", "community")

    found = fund.json("list")["funds"]

    assert [one["name"] for one in found][:2] == ["Active Citizens Fund", "Victims Fund"]
    assert found[-1]["chain"][0]["posts"] == ["Local policing area commander", "Community Ambassador"]
    assert found[-1]["chain"][0]["per_area"] is True
    assert "ACF: Active Citizens Fund. Signed by Commander; then Chief" in fund.done("list")
    assert "CSF: Community Safety Fund. It has no sign-off chain." in fund.done("list")


def test_a_fund_is_set_in_one_change(fund: FundCommand) -> None:
    lines = ("--line", "crime_type:rural=Crime in the country", "--retire", "crime_type:fraud")
    more = ("--require", "crime_type", "--step", "Ann + Bo; per area", "--standard", "condition:receipts")
    said = fund.done("set", "ACF", "cap_per_award=2500", "--set", "money=precept", *lines, *more)

    assert said.startswith("Changed the fund Active Citizens Fund: cap_per_award, money, crime_type")
    found = fund.json("show", "ACF")
    assert (found["facts"]["cap_per_award"], found["facts"]["money"]) == ("2500.00", "precept")
    crimes = {one["code"]: one for one in found["lists"]["crime_type"]}
    assert crimes["fraud"]["retired"]
    assert crimes["rural"]["words"] == "Crime in the country"
    assert found["required_lists"] == ["crime_type"]
    assert [step["posts"] for step in found["chain"]] == [["Ann", "Bo"]]
    fund.done("set", "ACF", "--restore", "crime_type:fraud", "--optional", "crime_type")
    fund.done("set", "ACF", "--remove-line", "crime_type:rural", "--line", "crime_type:asb=Nuisance")
    again = fund.json("show", "ACF")
    assert again["required_lists"] == []
    assert [one["words"] for one in again["lists"]["crime_type"] if one["code"] in ("rural", "asb")] == [
        "Nuisance"
    ]


def test_facts_may_stand_on_either_side_of_an_option(fund: FundCommand) -> None:
    fund.done(
        "set", "ACF", "--as", "Grace Okoro", "cap_per_award=2500", "--require", "crime_type", "money=tax"
    )
    fund.done("set", "--optional", "crime_type", "ACF", "cap_per_organisation=9000")

    facts = fund.json("show", "ACF")["facts"]
    assert (facts["cap_per_award"], facts["money"], facts["cap_per_organisation"]) == (
        "2500.00",
        "tax",
        "9000.00",
    )


def test_parts_rules_and_returns_are_set_and_shown(fund: FundCommand) -> None:
    said = ("panel=1 of office; 1 of Clerk", "returns=up to 1000 end; any halves", "needs=Work; Home")

    done = fund.done("set", "ACF", *said, "--parts", "halves=70 agreement signed; 30 last receipt")

    assert "Changed the fund Active Citizens Fund: panel, returns, needs, payment." in done
    found = fund.json("show", "ACF")
    facts = {key: found["facts"][key] for key in ("panel", "returns", "needs")}
    assert facts == {
        "panel": "1 of office; 1 of Clerk",
        "returns": "up to 1000.00 end; any halves",
        "needs": "Work; Home",
    }
    parts = {one["code"]: one["parts"] for one in found["lists"]["payment"]}
    assert parts["halves"] == "70 agreement signed; 30 last receipt"
    assert "(70 agreement signed; 30 last receipt)" in fund.done("show", "ACF")


def test_a_year_has_an_amount_and_its_sources(fund: FundCommand) -> None:
    grant = "ministry-of-justice=£20,000; grant 7; until 31/03/2027"

    assert "has £30,000.00 for 2026/27" in fund.done(
        "year", "VF", "2026/27", "30000", "--source", grant, "--source", "precept=10000"
    )

    (year,) = [one for one in fund.json("show", "VF")["years"] if one["year"] == "2026/27"]
    assert year["amount"] == "30000.00"
    assert year["sources"][0] == {
        "kind": "ministry-of-justice",
        "words": "grant 7",
        "amount": "20000.00",
        "ends_on": "2027-03-31",
    }
    assert "2026/27: £30,000.00 (Ministry of Justice, grant 7 £20,000.00; Precept £10,000.00)" in fund.done(
        "show", "VF"
    )
    assert "no longer has an amount for 2026/27" in fund.done("year", "VF", "2026/27", "")


def test_a_fund_is_renamed_closed_opened_and_removed(fund: FundCommand) -> None:
    fund.done("rename", "ACF", "Helping Areas Fund", "--from", "01/04/2026")
    assert "Called Active Citizens Fund before 1 April 2026." in fund.done("show", "Active Citizens Fund")
    assert (
        "Closed from 1 April 2026."
        in (fund.done("close", "ACF", "--from", "01/04/2026"), fund.done("show", "ACF"))[1]
    )
    assert "open again" in fund.done("reopen", "ACF")
    assert "was removed" in fund.done("remove", "CSF")
    assert "CSF" not in {one["code"] for one in fund.json("list")["funds"]}


def test_a_fund_goes_to_another_office_as_a_file(
    fund: FundCommand, made_once: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "fund.toml"
    fund.done("add", "Ambassador Fund", "--code", "LPA", "--template", "community")
    fund.done("year", "LPA", "2026/27", "150000", "--source", "precept=150000")
    fund.done("export", "LPA", file)
    (tmp_path / "other").mkdir()
    other = FundCommand(run, Path(shutil.copy(made_once / "empty.panel", tmp_path / "other")))

    assert "The fund Ambassador Fund was added." in other.done("import", file)

    assert other.json("show", "LPA") == fund.json("show", "LPA")
    assert "is there already" in other("import", file).err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("set", "ACF"), "Say what to set"),
        (("set", "ACF", "colour"), "is not KEY=VALUE"),
        (("set", "ACF", "colour=red"), "not a fact of a fund"),
        (("set", "ACF", "--retire", "asb"), "does not name a line"),
        (("set", "ACF", "--require", "gates"), "not a list that can be required"),
        (("set", "ACF", "--standard", "condition:none"), "neither a condition nor a gate"),
        (("set", "NONE", "money=x"), "There is no fund NONE in this record"),
        (("year", "ACF", "2026/28", "5000"), "not a financial year"),
        (("year", "ACF", "2026/27", "lots"), "lots"),
        (("year", "ACF", "2026/27", "50000", "--source", "luck=1"), "not a kind of source"),
        (("year", "ACF", "2026/27", "50000", "--source", "other=1"), "less than its amount"),
        (("rename", "ACF", "Victims Fund"), "name or code of another fund"),
        (("rename", "ACF", "New", "--from", "soon"), "soon"),
        (("add", "New", "--code", "ACF"), "is there already"),
        (("add", "New", "--code", "A B"), "is not a code"),
        (("reopen", "ACF"), "is open already"),
        (("import", "none.toml"), "none.toml cannot be read"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    fund: FundCommand, arguments: tuple[str, ...], words: str
) -> None:
    ran = fund(*arguments)

    assert ran.status == 1
    assert words in ran.err


def test_an_empty_record_says_how_to_add_a_fund(fund: FundCommand) -> None:
    for code in ("ACF", "VF", "CSF", "EXC", "EYI", "VRU"):
        fund.done("remove", code)

    assert "has no fund yet" in fund.done("list")


def test_the_template_of_agreements_is_written_used_and_let_go(fund: FundCommand, tmp_path: Path) -> None:
    path = tmp_path / "agreement.docx"

    written = fund.done("template", "ACF", "--write", path)
    used = fund.done("template", "ACF", "--use", path)
    again = fund.done("template", "ACF", "--use", path)
    back = fund.done("template", "ACF", "--shipped")
    no_word = fund("template", "ACF", "--write", tmp_path / "agreement.txt")
    path.write_text("no document", encoding="utf-8")
    not_one = fund("template", "ACF", "--use", path)
    path.write_bytes(HOSTILE["DDEAUTO in runs"][0])
    hostile = fund("template", "ACF", "--use", path)

    assert "agreement.docx" in written
    assert "own" in used
    assert "already" in again
    assert "ships" in back
    assert (no_word.status, not_one.status) == (1, 1)
    assert "does not end in .docx" in no_word.err
    assert "is not a Word document" in not_one.err
    assert (hostile.status, len(hostile.err.splitlines())) == (1, 1)
    assert hostile.err.startswith(
        "agreement.docx has a field that is not for a letter (DDEAUTO) in its text, "
    )
