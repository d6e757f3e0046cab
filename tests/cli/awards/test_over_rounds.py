"""Two rounds that together pass a year's money: loading and recommending warn, deciding is refused."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.decided_rounds import decided_sheets, reasons_sheet
from tests.exchange.round_workbook.workbooks import save


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

    assert decide("Autumn", "031/2026") == (0, "")
    status, words = decide("Winter", "032/2026")

    # Each round decides 5,400.55 in Coventry: 10,801.10 of 10,000.
    assert status == 1
    assert "Coventry has £4,599.45 left of its money for 2026/27, and this takes £5,400.55." in words
    assert "Nobody allows the £801.10 above it." in words
    assert "Nothing was decided." in words
    allowed = ("--allow", "Coventry=801.10", "--reason", "one project", "--by", "Cora Chief, Chief Executive")
    assert run("budget", record, *of, *allowed).status == 0
    assert decide("Winter", "032/2026") == (0, "")
    found = run("budget", record, *of, "--json").json
    (coventry,) = [one for one in found["areas"] if one["area"] == "Coventry"]
    assert (coventry["allocated"], coventry["decided"]) == ("10000.00", "10801.10")
    closed = [run("budget", record, *of, "--close", name).status for name in ("Autumn", "Winter")]
    assert closed == [0, 0]
    found = run("budget", record, *of, "--json").json
    (coventry,) = [one for one in found["areas"] if one["area"] == "Coventry"]
    assert (coventry["committed"], coventry["left"]) == ("10801.10", "-801.10")
