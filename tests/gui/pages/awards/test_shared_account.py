"""Two payees with one account under two names, from the round's workbook to the payment in the window."""

from pathlib import Path

from cli.command import main
from gui.pages.awards.page import PAGE
from gui.pages.page import Identity
from tests.cli.decided_rounds import SIGNED_BY
from tests.cli.test_cases import CASES, SPRING, decided
from tests.gui.listed.page_user import Uses

FINANCE, OFFICER = Identity("Finn Pays", "finance"), Identity("Grace Okoro", "officer")


def done(*words: str | Path) -> str:
    assert main([*map(str, words)]) == 0, words
    return ""


def test_one_account_under_two_names_is_named_in_the_window_before_it_is_paid(
    at: Uses, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    record = decided(done, CASES / "one-account-under-two-names" / "round.xlsx", folder, *SPRING)
    done("signatories", record, *SPRING, "--finance", "Finn Pays")
    for of in ("S-1", "S-2"):
        done(
            "award", record, "sign", of, "--agreement", "--on", "2026-11-20", "--drawn-elsewhere", *SIGNED_BY
        )
    user = at(PAGE, record)
    for of, name in (("S-1", "Heron Sons"), ("S-2", "Nour")):
        user.open(of).press("Enter bank details…")
        user.fill(name=name, sort_code="08-99-99", number="66374958").agree()
    same = "The same account is recorded for جمعية النور (A-031-02)."

    user.be(FINANCE).open("S-1").press("Mark as verified…")
    user.fill(spoke_to="Pat Payee", number="0121 496 0000").agree()
    user.press("Instalment 1: mark as paid today")
    assert same in user.asked
    assert not user.row.paid_pence
    user.agree()
    assert user.row.paid_pence == user.row.amount_pence == 100_000
