"""A fund of the Victims template wants a permitted purpose of each application before it is decided."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.exchange.round_workbook.workbooks import good_sheets, save

FUND = "Safe Harbour Fund"
DECIDE = (
    *("--round", "Autumn", "--notice", "031/2026", "--on", "2026-12-02", "--accept"),
    *("--as", "Dee Decider", "--post", "Police and Crime Commissioner"),
)


def test_a_round_of_the_victims_template_is_decided_once_each_purpose_is_chosen(
    made_once: Path, tmp_path: Path, run: Run
) -> None:
    office = tmp_path / "office.panel"
    office.write_bytes((made_once / "empty.panel").read_bytes())
    run("office", office, "--set", "name=Office for Northmoor", "--set", "force=Northmoor Police")
    run("fund", office, "add", FUND, "--code", "SHF", "--template", "victims")
    sheets = good_sheets()
    sheets["Round"][2][1] = FUND
    support = "Build what voluntary, community and social enterprise bodies can do for victims"
    for row, said in zip(sheets["Applications"], ("Permitted purpose", support, None, None), strict=True):
        row.append(said)
    run("load", office, save(sheets, tmp_path / "round.xlsx"))
    reasons = tmp_path / "reasons.csv"
    reasons.write_text("Reference,Reason\nACF-001,It helps victims\n", encoding="utf-8")
    run("recommend", office, "--round", "Autumn", "--accept", "--reasons", reasons)

    suggested = run("choose", office, "--round", "Autumn", "--application", "ACF-001").out
    took_out = run(
        "choose", office, "--round", "Autumn", "--application", "ACF-001", "--set", "permitted_purpose="
    )
    early = run("decide", office, *DECIDE)
    chosen = run("choose", office, "--round", "Autumn", "--set", "permitted_purpose=capacity")
    decided = run("decide", office, *DECIDE)

    assert support in suggested
    assert took_out.status == 0
    assert early.status == 1
    assert "ACF-001 has no permitted purpose, which its fund requires before money is decided on" in early.err
    assert (chosen.status, decided.status) == (0, 0), decided.err
