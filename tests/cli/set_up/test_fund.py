"""The fund and a round set up by the command: shown, changed and refused."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import StartRound
from models.record import Record
from models.reference.schemes import shipped_funds
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area
from scoring.written.days import short_day
from tests.cli.conftest import Ran, Run
from tests.exchange.reading.test_word_templates import HOSTILE
from tests.models.conftest import OFFICER, OPENER


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


def test_funds_are_listed_with_who_signs_renamed_closed_opened_and_removed(fund: FundCommand) -> None:
    fund.done("add", "Ambassador Fund", "--code", "LPA", "--template", "community")

    found = fund.json("list")["funds"]

    assert [one["name"] for one in found][:2] == ["Active Citizens Fund", "Victims Fund"]
    assert found[-1]["chain"][0]["posts"] == ["Local policing area commander", "Community Ambassador"]
    assert found[-1]["chain"][0]["per_area"] is True
    assert "ACF: Active Citizens Fund. Signed by Commander; then Chief" in fund.done("list")
    assert "CSF: Community Safety Fund. It has no sign-off chain." in fund.done("list")

    fund.done("rename", "ACF", "Helping Areas Fund", "--from", "01/04/2026")
    assert "Called Active Citizens Fund before 1 April 2026." in fund.done("show", "Active Citizens Fund")
    assert (
        "Closed from 1 April 2026."
        in (fund.done("close", "ACF", "--from", "01/04/2026"), fund.done("show", "ACF"))[1]
    )
    assert "open again" in fund.done("reopen", "ACF")
    assert "was removed" in fund.done("remove", "CSF")
    assert "CSF" not in {one["code"] for one in fund.json("list")["funds"]}


def test_a_fund_is_set_in_one_change_with_its_parts_rules_and_returns(fund: FundCommand) -> None:
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


def test_what_cannot_be_is_said_in_a_sentence(fund: FundCommand) -> None:
    for arguments, words in (
        (("set", "ACF"), "Say what to set"),
        (("set", "ACF", "colour"), "is not KEY=VALUE"),
        (("set", "NONE", "money=x"), "There is no fund NONE in this record"),
        (("rename", "ACF", "New", "--from", "soon"), "soon"),
        (("import", "none.toml"), "none.toml cannot be read"),
    ):
        ran = fund(*arguments)
        assert ran.status == 1
        assert words in ran.err


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
    assert "ends in .docx; agreement.txt does not" in no_word.err
    assert "is not a Word document" in not_one.err
    assert (hostile.status, len(hostile.err.splitlines())) == (1, 1)
    assert hostile.err.startswith(
        "agreement.docx has a field that is not for a letter (DDEAUTO) in its text, "
    )


def test_days_marking_and_authority_are_set_whole_or_not_at_all(record: Path, run: Run) -> None:
    def of_round(*words: str) -> str:
        ran = run("round", record, "--round", "Autumn", *words)
        return ran.out if ran.status == 0 else ran.err

    areas = [one["area"] for one in run("round", record, "--round", "Autumn", "--json").json["areas"]]
    before, (first, second) = of_round(), areas[:2]
    allow = ("--area", first, "--allow", "250.50")

    for words, why in (
        (("--area", "Mars", "--closes", "2026-11-26"), "The round has no area “Mars”"),
        (("--closes", "soon"), "“soon”"),
        (("--closes", "2026-11-26", "--closes-at", "noonish"), "“noonish” is no time of day."),
        (("--closes-at", "17:00"), f"{first}: a closing time needs a closing date."),
        (("--opens", "2026-12-01", "--closes", "2026-11-26"), "applications close before applications open"),
        (("--marking", "SECRET"), "“SECRET” is not a marking."),
        (("--marking", "OFFICIAL", "--meets", "2026-12-09"), "each with a command of its own"),
        (("--on", "2025-06-16"), "Give --on with --allow."),
        ((*allow, "--by", "Jo Ali, PCC", "--on", "2028-04-01"), "1 April 2028 is still to come."),
        (("--allow", "250"), "Say with --area over which area's pot"),
        ((*allow, "--by", "Jo Ali"), 'with --by "NAME, POST"'),
        ((*allow, "--by", "Jo Ali, PCC"), "Say why it is allowed"),
    ):
        assert why in of_round(*words), words
    assert of_round() == before, "what was refused changed nothing"

    of_round("--closes", "26 November 2026", "--closes-at", "5pm", "--marks-close", "2026-12-02")
    of_round("--area", second, "--meets", "2026-12-09", "--closes-at", "", "--allocated", "2026-11-20")
    of_round("--marks-close", "", "--area", first)
    told = of_round(*allow, "--by", "Jo Ali, PCC", "--reason", "Need", "--on", "2025-06-16")
    on = datetime.now().astimezone().date()
    assert (
        f"allows £250.50 over the pot of {first} since 16 Jun 2025, recorded on {short_day(on)}: Need" in told
    )
    of_round("--marking", "OFFICIAL-SENSITIVE")

    found = run("round", record, "--round", "Autumn", "--json").json
    assert found["marking"] == "OFFICIAL-SENSITIVE"
    days = ("opens_on", "closes_on", "closes_at", "marks_close_on", "meets_on", "allocated_on")
    at = {one["area"]: tuple(one[day] for day in days) for one in found["areas"]}
    assert at[first] == (None, "2026-11-26", "17:00", None, None, None)
    assert at[second] == (None, "2026-11-26", None, "2026-12-02", "2026-12-09", "2026-11-20")
    assert found["areas"][0]["allowed"] == [
        {
            "amount": "250.50",
            "name": "Jo Ali",
            "post": "PCC",
            "reason": "Need",
            "on": "2025-06-16",
            "recorded_on": on.isoformat(),
        }
    ]
    assert "250.50" not in of_round("--area", second)
    assert run("verify", record).status == 0


def test_a_round_is_started_before_anybody_applied_and_its_call_is_issued(run: Run, tmp_path: Path) -> None:
    office, book, call = tmp_path / "new.panel", tmp_path / "round.xlsx", tmp_path / "call.pdf"
    assert run("new", office, "--office", "Office of Westmarch").status == 0
    start = ("round", office, "--round", "Spring", "--start")
    days = ("--opens", "2026-11-02", "--closes", "2026-11-26", "--closes-at", "17:00")
    pots = ("--pot", "North, Quayside and Marsh=12,000.50", "--pot", "South=9000")

    for words, why in (
        ((), "with --fund and --year of which"),
        (("--fund", "ACF", "--year", "2026/27", "--marking", "OFFICIAL"), "Set the rest once it is there."),
        (("--fund", "ACF", "--year", "2026/27", "--pot", "South"), "“South” is not an area with an amount."),
    ):
        assert why in run(*start, *words).err
    assert "Give --pot with --start" in run("round", office, "--round", "Spring", *pots).err
    started = run(*start, "--fund", "acf", "--year", "2026/27", *days, *pots)
    assert "2 areas with £21,000.50 in their pots" in started.out
    assert run("save", office, "--round", "Spring", book).status == 0
    assert run("load", office, book, "--replace").status == 0
    assert run("export", office, "call", "--round", "Spring", "--issue", "--out", call).status == 0
    assert "is there already" in run(*start, "--fund", "ACF", "--year", "2026/27").err
    assert run("verify", office, "--against", call).status == 0


def test_what_was_copied_is_told_and_confirmed(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "copied.panel"
    key, dates = RoundKey("Active Citizens Fund", "2026/27", "Spring"), AreaDates(meets_on=date(2026, 12, 2))
    first = StartRound(key, (Area("Northmarch", 500_000), Area("Southmarch", 1)), 1, dates)
    next_key = RoundKey("Active Citizens Fund", "2027/28", "Summer")
    later = AreaDates(meets_on=date(2027, 12, 1))
    with Record.create(path, OPENER) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)
        record.perform(first, OFFICER)
        second = replace(first, round=next_key, areas=(first.areas[0], Area("Southmarch", 2)), dates=later)
        record.perform(replace(second, copied_from=1), OFFICER)

    def of_round(*words: str) -> str:
        ran = run("round", path, "--round", "Summer", *words)
        return ran.out if ran.status == 0 else ran.err

    assert (
        "To check: Northmarch: pot and meeting of the panel, copied from “Spring” 2026/27. Set it"
        in of_round()
    )
    found = run("round", path, "--round", "Summer", "--json").json["areas"]
    assert [one["to_check"] for one in found] == [["pot", "meets_on"], ["meets_on"]]
    assert "each with a command of its own" in of_round("--copied-is-right", "--marking", "OFFICIAL")
    of_round("--area", "Northmarch", "--copied-is-right")
    assert "To check: Southmarch: meeting of the panel" in of_round()
    assert "To check" not in of_round("--meets", "2027-12-08")
    assert "Nothing that was copied is to be checked" in of_round("--area", "Northmarch", "--copied-is-right")
