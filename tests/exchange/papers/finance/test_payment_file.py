"""The payment file beside the finance workbook: the office's columns, and the sum to the penny."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from exchange.papers.finance import payment_file
from exchange.papers.finance.finance import write_finance_xlsx
from exchange.papers.finance.payment_file import control_of, file_lines, write_payment_file
from models.papers.finance import AccountLine, Accounts, FinanceSchedule
from models.trouble import Trouble
from models.values.payments import STANDARD, LayoutColumn, PaymentLayout
from scoring.written.text import Refused
from tests.exchange.finance_schedules import STATUS, award, payment, schedule

OWN = PaymentLayout(
    "Ledger load",
    (
        LayoutColumn("Type", "words", "GRANT"),
        LayoutColumn("Ref", "reference"),
        LayoutColumn("Net", "amount"),
        LayoutColumn("Pay by", "due"),
        LayoutColumn("CC", "cost_centre"),
        LayoutColumn("Spare", "words"),
    ),
    separator="semicolon",
    dates="yyyymmdd",
    has_mark=False,
)
ACCOUNTS = Accounts(
    1,
    "Ann Sample",
    "the run",
    7,
    (
        AccountLine(
            *("A-031-01", "Canal Scouts", "08-99-99", "00374958"),
            *("Bo", date(2026, 12, 1), "Cy", date(2026, 12, 2), ""),
        ),
    ),
)


@pytest.fixture
def made() -> FinanceSchedule:
    """A schedule of £1,900: £400 of it paid, £500 that waits for its proof, £1,000 on hold."""
    first = replace(payment(1, 40_000, paid=date(2026, 12, 9)), trigger="signature", needs_proof=False)
    return schedule(
        (
            award(1, first, payment(2, 50_000, due=date(2027, 3, 1)), look_first="£6.00 has still to come"),
            award(
                2, payment(1, 100_000), held_for="the agreement is not signed", payee="Ångström & Söhne; CIC"
            ),
        )
    )


def test_a_file_of_what_is_outstanding_is_as_the_workbook(made: FinanceSchedule, tmp_path: Path) -> None:
    outstanding = replace(STANDARD, covers="outstanding")

    path = write_payment_file(made, outstanding, tmp_path / "pay.csv")

    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [(row["Reference"], row["Amount"], row["Due"]) for row in rows] == [
        ("A-031-01/2", "500.00", "01/03/2027"),
        ("A-031-02/1", "1000.00", ""),
    ]
    assert rows[0]["Payee"].startswith("'=HYPERLINK")
    assert rows[0]["Cost centre"] == "0042"
    assert rows[0]["On hold"] == "Waits for proof of purchase"
    assert rows[1]["On hold"] == "The agreement is not signed"
    assert (rows[0]["Look at first"], rows[1]["Look at first"]) == ("£6.00 has still to come", "")
    assert made.whole.outstanding_pence == 150_000  # 500 + 1,000
    assert control_of(made, outstanding) == (
        "2 payments, £1,500.00, as the workbook's Outstanding; £1,500.00 of it may not be paid yet"
    )


def test_an_own_layout_has_its_columns_separator_and_dates(made: FinanceSchedule, tmp_path: Path) -> None:
    path = write_payment_file(made, replace(OWN, covers="all"), tmp_path / "pay.csv")

    assert path.read_text("utf-8").splitlines() == [
        "Type;Ref;Net;Pay by;CC;Spare",
        "GRANT;A-031-01/1;400.00;;0042;",
        "GRANT;A-031-01/2;500.00;20270301;0042;",
        "GRANT;A-031-02/1;1000.00;;0042;",
    ]
    assert control_of(made, replace(OWN, covers="all")) == (
        "3 payments, £1,900.00, as the workbook's Amount; £400.00 of it is paid already; "
        "£1,500.00 of it may not be paid yet"
    )
    paid = tuple(LayoutColumn(holds, holds) for holds in ("amount", "paid", "paid_on"))
    assert file_lines(made, replace(OWN, columns=paid, covers="all", has_headings=False))[:2] == (
        ("400.00", "400.00", "20261209"),
        ("500.00", "0.00", ""),
    )


def test_only_what_may_be_paid_now_leaves_out_what_waits(made: FinanceSchedule, tmp_path: Path) -> None:
    path = write_payment_file(made, STANDARD, tmp_path / "pay.csv")
    book = write_finance_xlsx(made, STATUS, tmp_path / "finance.xlsx")

    assert len(path.read_text("utf-8-sig").splitlines()) == 1, "nothing but the headings"
    assert control_of(made, STANDARD) == "0 payments, £0.00; left out: 2 payments, £1,500.00, on hold"
    later = replace(payment(1, 70_000), not_yet="not due before 31 March 2027")
    both = schedule((award(1, later), made.awards[1]))
    assert control_of(both, STANDARD) == (
        "0 payments, £0.00; left out: 1 payment, £700.00, not due yet; 1 payment, £1,000.00, on hold"
    )
    outstanding = file_lines(made, replace(STANDARD, covers="outstanding"))[1:]
    held = [
        row[15] or "" for row in openpyxl.load_workbook(book)["Payments"].iter_rows(5, 7, values_only=True)
    ]
    assert held == ["", *(line[-2] for line in outstanding)], "the workbook says why in the file's words"


def test_accounts_stand_in_it_only_when_asked_for(made: FinanceSchedule, tmp_path: Path) -> None:
    layout = PaymentLayout(
        "BACS",
        tuple(
            LayoutColumn(key, key)
            for key in ("award", "sort_code", "account_number", "account_name", "amount")
        ),
    )
    asked: list[tuple[int, int]] = []

    with pytest.raises(Refused, match="The layout BACS holds accounts"):
        write_payment_file(made, layout, tmp_path / "pay.csv")
    path = write_payment_file(made, layout, tmp_path / "pay.csv", ACCOUNTS, lambda *part: asked.append(part))

    assert file_lines(made, layout, ACCOUNTS)[1:] == (
        ("A-031-01", "08-99-99", "00374958", "Canal Scouts", "500.00"),
        ("A-031-02", "", "", "", "1000.00"),
    )
    assert path.stat().st_mode & 0o077 == 0
    assert asked[-1] == (3, 3)


def test_a_file_that_does_not_add_up_is_not_left(
    made: FinanceSchedule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payment_file, "plain_pounds", lambda pence: "1.00")

    with pytest.raises(Trouble, match=r"adds up to £2\.00, and the schedule to £1,500\.00"):
        write_payment_file(made, replace(STANDARD, covers="outstanding"), tmp_path / "pay.csv")

    assert list(tmp_path.iterdir()) == []
