"""Budgets, layouts of payment files and registers by the command: shown, changed and refused."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Says
from tests.cli.decided_rounds import decided_sheets, reasons_sheet
from tests.exchange.reading.register_files import LIST_HEADINGS, comma_text, listed
from tests.exchange.round_workbook.workbooks import save

BY = ("--reason", "Dudley is short", "--by", "Cora Chief, Chief Executive")


@pytest.fixture
def office(made_once: Path, tmp_path: Path, run: Run) -> Path:
    """A record with a round in Coventry and Dudley, and £30,000 with £500 start-up money for Coventry."""
    path = tmp_path / "office.panel"
    path.write_bytes((made_once / "office.panel").read_bytes())
    ran = run("budget", path, "--allocate", "Coventry=30,000", "--start-up", "Coventry=500")
    assert (ran.status, ran.err) == (0, "")
    return path


def test_figures_are_text_with_pence_and_several_changes_are_made_together_or_not_at_all(
    office: Path, run: Run
) -> None:
    found = run("budget", office, "--json").json

    areas = {one["area"]: one for one in found["areas"]}
    keys = ("allocated", "committed", "decided", "paid", "left")
    pot = float(areas["Coventry"]["committed"])
    assert areas["Coventry"]["allocated"] == "30500.00"
    assert areas["Coventry"]["left"] == f"{30_500 - pot:.2f}"
    others = [one for name, one in areas.items() if name != "Coventry"]
    assert others
    assert all((one["allocated"], one["left"]) == (None, None) for one in others)
    assert {key: found[key] for key in keys} == {key: areas["Coventry"][key] for key in keys}

    before = office.read_bytes()

    ran = run("budget", office, "--allocate", "Dudley=1000", "--move", "Coventry", "Dudley", "40000", *BY)

    assert ran.status == 1
    assert "Move less. Nothing was moved." in ran.err
    assert run("budget", office, "--json").json["moves"] == []
    assert before == office.read_bytes()
    ran = run("budget", office, "--allocate", "Dudley=1000", "--move", "Coventry", "Dudley", "100", *BY)
    assert ran.status == 0
    assert "£1,100.00" in ran.out
    lowered = run("budget", office, "--allocate", "Coventry=1000")
    assert (lowered.status, "over its money for 2026/27: £" in lowered.out) == (0, True)
    assert run("verify", office).status == 0


def test_carry_forward_contribution_and_authority_are_lines(office: Path, run: Run, done: Says) -> None:
    changes = ("--carry", "Coventry=250", "--contribute", "Coventry=1842", "--allow", "Coventry=400")

    shown = done("budget", office, *changes, *BY, "--as", "Grace Okoro")

    assert "Coventry: £400.00 over the money for 2026/27, allowed by" in shown
    taken_off = "Coventry: £1,842.00 that the office itself gave is taken off "
    assert f"{taken_off}what is committed, decided and paid" in shown
    assert f"{taken_off}its commitment and expenditure here" in run("year-end", office).out
    found = run("budget", office, "--json").json
    (coventry,) = [one for one in found["areas"] if one["area"] == "Coventry"]
    assert coventry["carried_forward"] == "250.00"
    assert coventry["allowed_over"] == "400.00"
    (allowed,) = found["overspends"]
    assert (allowed["area"], allowed["year"], allowed["round"]) == ("Coventry", "2026/27", None)
    assert (allowed["amount"], allowed["used"], allowed["awards"]) == ("400.00", "0.00", None)
    assert f"{allowed['name']}, {allowed['post']}" == BY[3]
    assert allowed["reason"] == "Dudley is short"
    assert found["contributions"] == [{"area": "Coventry", "amount": "-1842.00", "reason": "Dudley is short"}]
    assert found["decided"] == found["paid"] == "-1842.00"


def test_bad_input_is_a_sentence_and_nothing_is_done(office: Path, run: Run) -> None:
    for arguments, words in (
        (("--fund", "No Fund"), "There is no fund No Fund in this record. Its funds: Active Citizens Fund"),
        (("--allocate", "Coventry"), "“Coventry” is not an area with an amount"),
        (("--allocate", "Dudley=5", "--allocate", "Coventry=-5"), "Coventry: “-5” is below £0; write an"),
        (("--carry", "Coventry=5", "--reason", "late"), "Say who decided the carry forward"),
        (("--allocate", "Coventry=5", "--close", "Autumn"), "with a separate command"),
        (("--plan", "Patrols"), "Name the area with --plan-of"),
        (("--plan-of", "Coventry", "--frontline", "120"), "from 0 to 100"),
        (("--plan-of", "Coventry", "--plan", "x", "--allow", "Coventry=1", *BY), "a separate command"),
    ):
        before = office.read_bytes()
        ran = run("budget", office, *arguments)
        assert (ran.status != 0, ran.out) == (True, "")
        assert words in ran.err
        assert office.read_bytes() == before


def test_without_money_or_rounds_fund_and_year_are_asked_for(made_once: Path, run: Run, done: Says) -> None:
    empty = made_once / "empty.panel"

    assert "Name the fund whose money is meant" in run("budget", empty).err
    assert "Name the year, such as 2026/27" in run("budget", empty, "--fund", "ACF").err
    shown = done("budget", empty, "--fund", "ACF", "--year", "2026/27")
    assert "There are no rounds and no allocations in this year yet." in shown


def test_a_round_is_closed_and_opened_again(office: Path, run: Run, done: Says) -> None:
    name = run("rank", office, "--json").json["round"]

    closed = done("budget", office, "--close", name)

    assert f"The round {name} is closed." in closed
    assert "No allocation is recorded for" in closed
    assert run("budget", office, "--reopen", name).out.startswith(f"The round {name} is open again.")


def test_a_councils_plan_is_recorded_option_by_option_and_checked(office: Path, run: Run) -> None:
    lines = ("--plan-line", "Wardens=20,000;15,000;10,000.50", "--plan-line", "Outreach=£5,000")
    plan = ("--plan-of", "Coventry", "--plan", "Patrols", "--frontline", "40 %")
    first = run("budget", office, *plan, *lines)
    assert "Only 40% is for frontline delivery." in first.out
    run("budget", office, "--plan-of", "coventry", "--rationale", "Prevention", "--statutory", "no")

    found = run("budget", office, "--json").json["spending_plans"]

    (plan,) = found
    assert (plan["plan"], plan["frontline_percent"], plan["pays_statutory"]) == ("Patrols", "40", False)
    assert [line["left"] for line in plan["lines"]] == ["9999.50", "5000.00"]
    assert "spending plan: as the fund asks." in run("budget", office).out


def test_expenditure_is_read_from_a_workbook_whole_or_not_at_all(office: Path, run: Run) -> None:
    ledger = office.with_name("ledger.csv")

    def of_year(*words: str | Path) -> str:
        ran = run("year-end", office, *words)
        return ran.out if ran.status == 0 else ran.err

    assert "--expenditure FILE" in of_year("--dry-run")
    ledger.write_text("Area,Expenditure\nCoventry,1200.50\nMars,3\n", encoding="utf-8")
    assert "“Mars” is not an area or a line" in of_year("--expenditure", ledger)
    ledger.write_text("Area,Expenditure\nCoventry,1200.50\n", encoding="utf-8")
    tried = of_year("--expenditure", ledger, "--dry-run")
    assert "1 figure, £1,200.50, would be recorded. Nothing was changed.\nCoventry: £1,200.50\n" in tried
    assert "£1,200.50" not in of_year()

    said = of_year("--expenditure", ledger)

    assert "£30,500.00" in said
    assert "£29,299.50" in said  # 30,500.00 less 1,200.50
    assert "is recorded already" in of_year("--expenditure", ledger)
    (line,) = [one for one in run("year-end", office, "--json").json["lines"] if one["line"] == "Coventry"]
    keys = ("money", "spent", "spent_up_to", "spent_from", "left", "carried_forward")
    assert tuple(line[key] for key in keys) == (
        *("30500.00", "1200.50", "2027-03-31", "ledger.csv"),
        *("29299.50", None),
    )
    assert run("verify", office).status == 0


def say(field: str) -> str:
    return f"Some {field}"


def test_the_second_round_is_refused_past_the_money_until_somebody_allows_it(
    tmp_path: Path, run: Run
) -> None:
    record, reasons = tmp_path / "office.panel", save(reasons_sheet(say), tmp_path / "reasons.xlsx")
    run("new", record, "--office", "Office of Westmarch")
    of = ("--fund", "ACF", "--year", "2026/27")
    run("budget", record, *of, "--allocate", "Coventry=10000", "--allocate", "Walsall=90000")
    for name in ("Autumn", "Winter"):
        sheets = decided_sheets(say)
        sheets["Round"] = [[cell if cell != "Autumn" else name for cell in row] for row in sheets["Round"]]
        loaded = run("load", record, save(sheets, tmp_path / f"{name}.xlsx"))
        assert (loaded.status, "Coventry is" in loaded.err) == (0, True)
        assert run("recommend", record, "--round", name, "--accept", "--reasons", reasons).status == 0

    def decide(name: str, notice: str) -> tuple[int, str]:
        signed = ("--on", "2026-12-02", "--as", "Dee Decider", "--post", "Chief Executive", "--accept")
        signed = (*signed, "--unsigned-because", "The commander is away.")
        ran = run("decide", record, "--round", name, "--notice", notice, *signed)
        return ran.status, ran.err

    unstated = "Warning: Not stated yet: what the part-fund of ACF-004 pays for.\n"
    assert decide("Autumn", "031/2026") == (0, unstated)
    status, words = decide("Winter", "032/2026")

    # Each round decides 5,400.55 in Coventry: 10,801.10 of 10,000.
    assert status == 1
    assert "This is £801.10 over the money of Coventry for 2026/27, and nobody allows that yet." in words
    assert "Nothing was recorded." in words
    allowed = ("--allow", "Coventry=801.10", "--reason", "one project", "--by", "Cora Chief, Chief Executive")
    assert run("budget", record, *of, *allowed).status == 0
    assert decide("Winter", "032/2026") == (0, unstated)


def test_a_layout_is_saved_shown_changed_and_removed(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "office.panel"
    assert run("new", record, "--office", "Sample office", "--no-funds").status == 0
    columns = ("--column", "Type=words:GRANT", "--column", "Net=amount", "--column", "due")
    form = ("--separator", "semicolon", "--dates", "yyyymmdd", "--mark", "no")

    saved = run("payment-layout", record, "set", "Ledger load", *columns, *form, "--json")
    run("payment-layout", record, "set", "ledger LOAD", "--covers", "all")
    shown = run("payment-layout", record, "show", "Ledger load")
    again = run("payment-layout", record, "set", "Ledger load", "--covers", "all")

    assert json.loads(saved.out)["layout"] == {
        "name": "Ledger load",
        "columns": [
            {"heading": "Type", "holds": "words", "words": "GRANT"},
            {"heading": "Net", "holds": "amount", "words": ""},
            {"heading": "Due date", "holds": "due", "words": ""},
        ],
        "separator": "semicolon",
        "dates": "yyyymmdd",
        "covers": "ready",
        "mark": False,
        "headings": True,
    }
    assert shown.out.splitlines() == [
        "Ledger load: every payment, those made too; semicolon between cells, dates as yyyymmdd, UTF-8 "
        "without a mark, a line of headings.",
        "  Type=words:GRANT",
        "  Net=amount",
        "  Due date=due",
    ]
    assert again.status == 1
    assert again.err == "The layout Ledger load has all of that already. Nothing was changed.\n"

    removed = run("payment-layout", record, "remove", "Ledger load")
    listed = json.loads(run("payment-layout", record, "list", "--json").out)
    assert removed.out == "The payment layout Ledger load was removed.\n"
    assert [one["name"] for one in listed["layouts"]] == ["Standard"]
    assert "account_number" in listed["fields"]
    assert "Standard: Payee, Supplier no." in run("payment-layout", record, "list").out


def test_a_list_is_loaded_shown_and_decided_upon_by_a_person(decided: Path, run: Run, tmp_path: Path) -> None:
    name = run("register", decided, "show", "ACF-001", "--json").json["organisation"]
    rows = [listed("GHO0001", f"{name.upper()}.")]
    path = tmp_path / "UK-Sanctions-List.csv"
    path.write_bytes(comma_text(LIST_HEADINGS, rows, "Report Date: 01-Nov-2024\r\n"))

    loaded = run("register", decided, "load", path)
    shown = run("register", decided, "show", "ACF-001", "--json").json
    sanctions = next(one for one in shown["checks"] if one["check"] == "sanctions")

    assert loaded.out.startswith("The UK Sanctions List is loaded: the extract of 1 November 2024, 1 row;")
    assert (sanctions["finding"]["state"], sanctions["result"]) == ("concern", None)
    assert "Probable match, for a person to decide" in sanctions["finding"]["words"]
    of, on = ("register", decided, "check", "ACF-001", "sanctions"), ("--on", "2024-11-02")
    refused = run(*of, "--result", "failed", *on)
    assert (refused.status, "Say in the note why" in refused.err) == (1, True)
    note = ("--result", "not needed", "--note", "Another body: ours is in Westmarch.")
    done = run(*of, *note, *on, "--json").json
    recorded = next(one for one in done["checks"] if one["check"] == "sanctions")
    assert (recorded["result"], recorded["checked_on"]) == ("not needed", "2024-11-02")
    every = run("register", decided, "show", "--json").json
    by_code = {one["register"]: one["extract_on"] for one in every["registers"]}
    others = dict.fromkeys(("charity", "company", "weights", "substitutes"))
    assert by_code == {**others, "sanctions": "2024-11-01"}
    assert [one["award"] for one in every["awards"]] == [f"A-031-0{number}" for number in range(1, 5)]
    assert run("verify", decided).status == 0
