"""`grant-panel award recover`: money asked back, in one step or two, and what is refused."""

import shutil
from pathlib import Path

import pytest
from docx import Document

from exchange.written_text import NO_BREAK
from models.operation import Actor
from models.operations.awards.paying import PayInstalment
from models.operations.set_up.people import GiveRole
from models.queries.awards.awards_page import every_award
from models.record import Record
from tests.cli.conftest import Run
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import DAY
from tests.models.ready_to_pay import ready_to_pay

FINANCE = Actor("Finn Pays", "finance")


@pytest.fixture(scope="module")
def made(decided_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the first part of ACF-001 paid."""
    path = Path(shutil.copy(decided_once, tmp_path_factory.mktemp("paid")))
    with Record.open(path, OPENER) as record:
        ready_to_pay(record, "ACF-001", DAY, FINANCE)
        number = record.ask(every_award)[0].round_id
        record.perform(PayInstalment(number, "ACF-001", 1, DAY, None), FINANCE)
    return path


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


NOT_SPENT = ("--amount", "200", "--reason", "not spent", "--asked-on", "2027-04-01")


def test_money_is_asked_back_and_comes_in_two_parts(office: Path, run: Run) -> None:
    asked = run("award", office, "recover", "A-031-01", *NOT_SPENT, "--json")
    assert (asked.json["stands_at"], asked.json["recovered"]) == ("4500.55", "0.00")

    run("award", office, "recover", "ACF-001", "--received", "50", "--received-on", "2027-05-01")
    found = run("award", office, "recover", "ACF-001", "--received-on", "2027-06-01", "--json").json

    assert (found["stands_at"], found["recovered"]) == ("4300.55", "200.00")
    shown = run("award", office, "show", "ACF-001").out
    assert "Recovered: £200.00, so that it stands at £4,300.55" in shown
    (one,) = found["recoveries"]
    assert one["received"] == [
        {"amount": "50.00", "on": "2027-05-01"},
        {"amount": "150.00", "on": "2027-06-01"},
    ]
    assert one["outstanding"] == "0.00"
    assert run("verify", office).status == 0


def test_money_that_came_at_once_is_one_command(office: Path, run: Run) -> None:
    given = ("--amount", "10", "--reason", "x", "--received-on", "2026-12-05")

    late = run("award", office, "recover", "ACF-001", *given[:-1], "2028-04-01")
    turned = run("award", office, "recover", "ACF-001", *given, "--asked-on", "2026-12-06")
    unpaid = run("award", office, "recover", "ACF-001", *given[:-1], "2026-12-01")
    ran = run("award", office, "recover", "ACF-001", *given)

    assert "1 April 2028 is still to come. Money is dated the day it was received." in late.err
    assert "It was asked for on 6 December 2026 and received before." in turned.err
    assert "By 1 December 2026 £0.00 of A-031-01 had been paid" in unpaid.err
    assert "£10.00 of A-031-01 is asked back." in ran.out
    assert "£10.00 of A-031-01 came back in all." in ran.out
    out = office.parent / "letters"
    assert run("export", office, "award-letters", "--round", "Autumn", "--out", out).status == 0
    (letter,) = (path for path in out.glob("*.docx") if path.name != "All letters.docx")
    text = "\n".join(one.text.replace(NO_BREAK, " ") for one in Document(str(letter)).paragraphs)
    assert "This letter is about your grant of £4,500.55 from" in text
    assert "we asked you on 5 December 2026 to pay £10.00 of it back." in text
    assert "All of that came, thank you." in text
    assert "Please pay" not in text


def test_with_two_requests_the_command_says_for_which_money_came(office: Path, run: Run) -> None:
    for amount in ("10", "20"):
        run("award", office, "recover", "ACF-001", "--amount", amount, "--reason", "x")
    assert (
        "Requests 1, 2 of A-031-01 are open"
        in run("award", office, "recover", "ACF-001", "--received", "5").err
    )

    found = run("award", office, "recover", "ACF-001", "--received", "5", "--request", "2", "--json").json

    assert [one["outstanding"] for one in found["recoveries"]] == ["10.00", "15.00"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((), "Say how much to ask for back"),
        (("--amount", "10"), "Say why"),
        (("--amount", "99999", "--reason", "x"), "cannot be asked back"),
        (("--received", "5"), "No money was asked back from A-031-01"),
        (("--received", "5", "--request", "3"), "has no request 3"),
    ],
)
def test_what_is_wrong_is_a_sentence(office: Path, run: Run, given: tuple[str, ...], words: str) -> None:
    ran = run("award", office, "recover", "ACF-001", *given)

    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err


LEDGER = (
    "Cost centre,Award reference,Instalment no.,Date paid,Amount\n"
    "0042,A-031-01,1,05/12/2026,{amount}\n"
    "0042,INV-77,,06/12/2026,12.00\n"
    "0042,A-031-02,1,,900.00\n"
)


def test_the_days_on_which_finance_paid_are_read_back(office: Path, run: Run, tmp_path: Path) -> None:
    asked = run("vary", office, "ACF-001", "--json").json
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER.format(amount=asked["instalments"][0]["amount"]))
    tried = run("award", office, "ledger", ledger, "--dry-run").out
    assert "Due diligence on A-031-01: 9 of 9 checks are not settled." in tried
    assert "the record had 2 Dec 2026, which the file's 5 Dec 2026 would replace." in tried
    seen = run("award", office, "ledger", ledger, "--dry-run", "--json").json
    assert [(one["award"], one["paid_on"]) for one in seen["payments"]] == [("A-031-01", "2026-12-05")]
    assert (seen["unchanged"], seen["other_rows"], seen["not_in_file"]) == (0, 1, [])
    assert "authorises payments" in run("award", office, "ledger", ledger).err

    with Record.open(office, OPENER) as record:
        number = record.ask(every_award)[0].round_id
        record.perform(GiveRole(number, "Finn Pays", "finance"), Actor("Olive", "officer"))
    ran = run("award", office, "ledger", ledger, "--as", "Finn Pays")

    assert "1 payment of ledger.csv recorded, in place of the day that it had." in ran.out
    assert "the record had 2 Dec 2026, which the file's 5 Dec 2026 replaces." in ran.out
    assert run("vary", office, "ACF-001", "--json").json["instalments"][0]["paid_on"] == "2026-12-05"
    again = run("award", office, "ledger", ledger, "--as", "Finn Pays")
    assert "Everything in it was recorded before." in again.out
    assert run("verify", office).status == 0


def test_what_fits_of_a_ledger_is_recorded_and_what_differs_is_told_with_both_sides(
    office: Path, run: Run, tmp_path: Path
) -> None:
    with Record.open(office, OPENER) as record:
        number = record.ask(every_award)[0].round_id
        record.perform(GiveRole(number, "Finn Pays", "finance"), Actor("Olive", "officer"))
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(
        'Our ref;Date paid;Amount\n="A-031-01/1";05/12/2026;\nA-031-02/1;06/12/2026;\n'
        "A-031-01/1;07/12/2026;\n"
    )

    refused = run("award", office, "ledger", ledger, "--as", "Finn Pays")
    before = run("award", office, "ledger", ledger, "--dry-run", "--json").json
    taken = run("award", office, "ledger", ledger, "--as", "Finn Pays", "--fitting")

    assert (refused.status, refused.out) == (1, "")
    assert refused.err.rstrip().endswith("Nothing was recorded. --fitting records the 1 payment that fits.")
    assert [(one["award"], one["paid_on"]) for one in before["payments"]] == [("A-031-01", "2026-12-05")]
    assert "B3: instalment 1 of A-031-02/1" in before["differing"][0]
    assert "the record does not allow: the agreement is not signed" in before["differing"][0]
    assert "A4: instalment 1 of A-031-01/1 is above already" in before["differing"][1]
    assert "1 payment of ledger.csv recorded, in place of" in taken.out
    assert "the agreement is not signed" in taken.out
    assert run("vary", office, "ACF-001", "--json").json["instalments"][0]["paid_on"] == "2026-12-05"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LEDGER.format(amount="1.00"), "E2: £1.00 was paid, and instalment 1 of A-031-01 is"),
        (LEDGER.format(amount="x"), "E2:"),
        ("Reference,Paid on\nA-031-01,2026-12-05,\nA-031-01,2026-12-05,\n", "is above already"),
        ("Reference,Part,Paid on\nA-031-01,9,2026-12-05\n", "has no instalment “9”"),
        ("Reference,Amount,Paid on\nA-031-01/1,0.07,2026-12-05\n", "£0.07 was paid, and instalment 1 of"),
        ("Reference,Paid on\nA-031-01/9,2026-12-05\n", "names no payment of an award"),
        ("Reference,Paid on\nA-031-01,2028-04-01\n", "1 April 2028 is still to come"),
        (
            "Reference,Paid on\nA-031-01,2026-11-05\n",
            "does not allow: the agreement was signed after that, on 2",
        ),
        ("Reference,Paid on\nB-1,2026-12-05\n", "names no payment of an award"),
        ("Reference,Amount,Paid on\nA-031-01/1,-450.00,2026-12-05\n", "“The bank sent it back…”"),
        ("Payee,Sum\nx,1\n", "has no table of payments"),
    ],
)
def test_a_faulty_ledger_is_told_by_cell(
    office: Path, run: Run, tmp_path: Path, text: str, words: str
) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(text)

    ran = run("award", office, "ledger", ledger)

    assert ran.status == 1
    assert words in ran.err


def test_a_payment_that_came_back_is_taken_back_and_what_the_next_one_waits_for_is_set(
    office: Path, run: Run
) -> None:
    def award(action: str, *words: str) -> str:
        ran = run("award", office, action, "ACF-001", *words)
        return ran.out if ran.status == 0 else ran.err

    finance = ("--as", FINANCE.name)
    run("signatories", office, "--round", "Autumn", "--finance", FINANCE.name)
    assert "A payment that is taken back has no day." in award("pay", "--take-back", "--on", "2026-12-05")
    assert "has no instalment 9." in award("pay", "--take-back", "--instalment", "9")
    assert "Only finance authorises payments" in award("pay", "--take-back", "--as", "Nobody Known")

    assert "put the award on hold until the payee's account is corrected" in award(
        "pay", "--take-back", *finance
    )
    assert "has no payment." in award("pay", "--take-back", *finance)
    assert "Instalment 1 of A-031-01 is not paid." in award("pay", "--take-back", "--instalment", "1")
    assert "is due on 1 Feb 2027" in award("due", "--on", "1 February 2027", *finance)
    assert "Say what came in" in award("proof", "--on", "2026-12-05", *finance)
    assert "is still to come" in award("proof", "--words", "receipts", "--on", "2031-01-01", *finance)
    award("proof", "--words", "receipts 1 to 4", "--on", "2026-12-05", *finance)
    assert "Say why nothing more is paid" in award("hold")
    assert "receipts 1 to 4 in on 5 Dec 2026, late, since 1 Feb 2027" in award("show")
    award("hold", "--reason", "No return yet", *finance)
    shown = award("show")
    assert "receipts 1 to 4 in on 5 Dec 2026, on hold\n" in shown
    assert run("award", office, "list", "--late").out == "No payment is late.\n", (
        "what is on hold is not late"
    )
    assert "On hold, so that nothing more is paid: No return yet" in shown
    award("hold", "--lift", *finance)
    award("proof", "--remove", *finance)
    award("due", "--on", "", *finance)
    assert not any(words in award("show") for words in ("On hold", "receipts", "1 Feb 2027"))
    asked = award("pay", "--on", "2026-12-05", *finance)
    assert "9 of 9 checks are not settled" in asked
    assert "--although-unsettled" in asked
    assert "is paid" in award("pay", "--on", "2026-12-05", *finance, "--although-unsettled")
    assert run("verify", office).status == 0


def test_a_payment_that_the_bank_sent_back_stays_off_what_may_be_paid(office: Path, run: Run) -> None:
    run("signatories", office, "--round", "Autumn", "--finance", FINANCE.name)
    finance = ("--as", FINANCE.name)
    back = ("award", office, "pay", "ACF-001", *finance, "--returned", "account closed", "--on")

    assert "sends nothing back before that" in run(*back, "2026-12-01").err
    assert "is still to come" in run(*back, "2031-01-01").err
    ran = run(*back, "2026-12-05")

    assert "is on hold; nothing more is paid" in ran.out
    shown = run("award", office, "show", "ACF-001").out
    assert (
        "On hold, so that nothing more is paid: on 5 December 2026 the bank sent back instalment 1" in shown
    )
    assert "is on hold" in run("award", office, "pay", "ACF-001", *finance).err
    run("award", office, "hold", "ACF-001", "--lift")
    assert run("award", office, "pay", "ACF-001", *finance, "--although-unsettled").status == 0
