"""`grant-panel vary` and `award recover`: what they print, change and refuse, up to the last signature."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from models.operation import Actor
from models.operations.awards.paying import PayInstalment
from models.operations.set_up.people import GiveRole
from models.queries.awards.awards_page import every_award
from models.record import Record
from tests.cli.conftest import Ran, Run, Says
from tests.cli.decided_rounds import SIGNED_BY
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import DAY
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER
from tests.paper_text import printed, word_text

BY = ("--reason", "two sessions fewer", "--json")


def test_an_award_is_varied_signed_and_told(decided: Path, run: Run) -> None:
    found = run("vary", decided, "A-031-01", "--amount", "4,000", "--conditions", "Report in May.", *BY).json

    assert (found["application"], found["decided"], found["amount"]) == ("ACF-001", "4500.55", "4500.55")
    assert "Report in May." not in found["conditions"], "both have not signed it"
    (one,) = found["variations"]
    assert one["becomes"]["conditions"] == ["Report in May."]
    assert (one["state"], one["from"], one["to"]) == ("proposed", "4500.55", "4000.00")
    assert (found["agreed"], found["proposed"], found["held"]) == ("4500.55", "4000.00", "4500.55")
    assert found["outstanding"] == "4500.55"
    parts = found["instalments"]
    assert (sum(float(part["amount"]) for part in parts), {part["is_proposed"] for part in parts}) == (
        4000,
        {True},
    )
    assert "£4,500.55, £0.00 paid, £4,500.55 outstanding." in run("vary", decided, "A-031-01").out
    ran = run("vary", decided, "ACF-001", "--amount", "4400.50", "--reason", "a second hall")
    assert "waits for the Commander to sign" in ran.out
    paper = ("vary", decided, "ACF-001", "--sign", "--from-paper", "--as", "Dee Decider", "--json")
    assert "as what it was signed. It waits for the Commander" in run(*paper).err
    signed = run(*paper, "--post", "Commander").json
    assert (signed["proposed"], signed["variations"][1]["signatures"][0]["name"]) == (
        "4400.50",
        "Dee Decider",
    )
    shown = run("vary", decided, "ACF-001").out
    assert "£4,000.00 becomes £4,400.50" in shown
    # The recipient declines it, and then the one before.
    for amount, proposed in (("4500.55", "4000.00"), ("4500.55", None)):
        said = ("--withdraw", "--reason", "the recipient declined it", "--json")
        found = run("vary", decided, "ACF-001", *said).json
        assert (found["agreed"], found["proposed"], found["held"]) == (amount, proposed, amount)
    assert [one["state"] for one in found["variations"]] == ["withdrawn", "withdrawn"]
    none = run("vary", decided, "ACF-001", "--withdraw", "--reason", "again")
    assert "has no variation 2 that can be withdrawn" in none.err
    assert run("verify", decided).status == 0


def test_a_variation_over_cap_and_budget_says_what_answers_it(decided: Path, run: Run) -> None:
    more = ("vary", decided, "A-031-01", "--amount", "46000", "--reason", "a second hall", "--json")

    capped = run(*more)
    assert (capped.status, "confirm it with --amount-is-right" in capped.err) == (1, True)
    over = run(*more, "--amount-is-right")
    assert "nobody allows" in over.err
    allowed = ("--allow", "99999", "--allowed-because", "The hall burnt down.", "--allowed-by")
    assert (
        "Give the name and the post of the person who allows it"
        in run(*more, "--amount-is-right", *allowed, "Jo Sample").err
    )
    by = ("--amount-is-right", *allowed[2:], "Jo Sample, Commissioner")
    most = re.search(r"this takes £([0-9,.]+) more", run(*more, "--allow", "99999", *by).err)
    assert most is not None
    done = run(*more, "--allow", most[1], *by).json
    assert done["proposed"] == "46000.00"
    fewer = ("--amount", "1,100", "--reason", "two sessions fewer")
    assert "allowed by Jo Sample" in run("vary", decided, "ACF-003", "--amount", "800", *fewer[2:]).out
    assert "over the pot" not in run("vary", decided, "ACF-002", *fewer).out, "another area's"


def test_dates_name_and_parts_are_varied(decided: Path, run: Run) -> None:
    parts = ("--part", "4000=the start@2090-12-01", "--part", "500.55=receipts")
    dates = ("--starts", "2027-01-04", "--ends", "31/03/2027", "--on", "2026-12-02")
    named = ("--recipient", "New Name Trust", "--outcomes", "Ten sessions")

    found = run("vary", decided, "ACF-001", *parts, *dates, *named, *BY).json

    assert [(part["amount"], part["due_on"]) for part in found["instalments"]] == [
        ("4000.00", "2090-12-01"),
        ("500.55", None),
    ]
    assert found["variations"][0]["becomes"]["ends_on"] == "2027-03-31"
    names = ("recipient", "starts_on", "ends_on", "variations")
    shown = run("award", decided, "show", "ACF-001", "--json").json
    assert [shown[name] for name in names] == ["Some organisation", None, None, 1]
    signed = ("--agreement", "--drawn-elsewhere", "--on", "2026-12-03", *SIGNED_BY)
    ran = run("award", decided, "sign", "A-031-01", *signed)
    assert ran.status == 0, ran.err
    agreed = run("award", decided, "show", "ACF-001", "--json").json
    assert [agreed[name] for name in (*names, "proposed_words")] == [
        *("New Name Trust", "2027-01-04", "2027-03-31", 1, "")
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--amount", "4000"), "Say why the award is varied"),
        (("--part", "500", "--reason", "x"), "is not a part"),
        (("--profile", "weekly", "--reason", "x"), "no payment profile"),
        (("--sign",), "Say who signs"),
        (("--sign", "--as", "Dee Decider"), "No variation of A-031-01 waits"),
        (("--from-paper", "--as", "Dee Decider"), "belong to a signature: add --sign"),
        (("--reason", "x"), "Say what is varied"),
    ],
)
def test_what_is_wrong_is_a_sentence(decided: Path, run: Run, given: tuple[str, ...], words: str) -> None:
    before = decided.read_bytes()

    ran = run("vary", decided, "ACF-001", *given)

    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err
    assert before == decided.read_bytes()


def test_an_unknown_award_is_a_sentence_and_one_that_waits_is_withdrawn(decided: Path, run: Run) -> None:
    assert "There is no award A-099-01" in run("vary", decided, "A-099-01").err
    run("vary", decided, "ACF-001", "--amount", "4500.56", "--reason", "a penny")

    ran = run("vary", decided, "ACF-001", "--withdraw", "--reason", "not worth it")

    assert "Variation 1 of A-031-01 is withdrawn." in ran.out


def test_no_letter_says_that_the_amount_stays_what_another_variation_proposes(
    decided: Path, run: Run
) -> None:
    run("vary", decided, "ACF-001", "--amount", "4000", "--reason", "two sessions fewer")
    run("vary", decided, "ACF-001", "--ends", "2027-06-30", "--reason", "a later hall")

    run("export", decided, "award-letters", "--award", "ACF-001", "--out", decided.parent / "letters")

    (second,) = (decided.parent / "letters").glob("A-031-01 2*.docx")
    assert "With the change the grant, £4,500.55 so far, is £4,000.00." in word_text(second)


def test_an_award_that_is_not_wanted_is_withdrawn_also_once_its_agreement_is_signed(
    decided: Path, run: Run
) -> None:
    why = ("--reason", "they found the money elsewhere", "--json")
    early = run("award", decided, "withdraw", "A-031-01", *why, "--on", "2031-01-01").err
    assert "1 January 2031 is still to come. A withdrawal bears the day" in early
    assert run("award", decided, "withdraw", "A-031-01", *why).json["state"] == "withdrawn"

    assert run("verify", decided).status == 0


def test_an_agreement_signed_as_issued_is_drawn_as_signed_and_its_version_is_written_again_as_it_was(
    decided: Path, run: Run
) -> None:
    run("vary", decided, "ACF-001", "--recipient", "New Name Trust", *BY)
    of = ("export", decided, "agreement", "--round", "Autumn", "--award", "ACF-001", "--out")
    issued, drawn, again = (decided.parent / f"{name}.pdf" for name in ("issued", "drawn", "again"))
    run(*of, issued, "--issue")
    run(
        "award",
        decided,
        "sign",
        "ACF-001",
        "--agreement",
        "--drawn-elsewhere",
        "--on",
        "2026-12-02",
        *SIGNED_BY,
    )

    copy, folder = run(*of, drawn), run(*of, decided.parent / "all", "--json").json["papers"][0]
    same = run(*of, again, "--issue")

    as_issued = r"As issued on \d+ \w+ \d{4} \(version 1\); signed on 2 December 2026"
    assert re.search(as_issued, copy.out)
    assert re.search(as_issued, printed(drawn))
    assert "Draft" not in copy.out + printed(drawn)
    assert "was signed on 2 December 2026, thank you." in printed(drawn)
    assert "Sign this agreement" in printed(issued)
    assert "Sign this agreement" not in printed(drawn)
    assert (folder["version"], folder["signed_version"], folder["signed_on"]) == (None, 1, "2026-12-02")
    assert all(Path(path).stem.endswith(" agreement v1 signed") for path in folder["files"])
    assert "nothing changed since version 1" in same.err
    assert [run("verify", decided, "--against", path).status for path in (issued, again)] == [0, 0]
    strange = run("verify", decided, "--against", drawn)
    assert strange.status == 1
    assert "drawn.pdf, page 1" in strange.out or "drawn.pdf, page 2" in strange.out, "it differs, and where"


FINANCE = Actor("Finn Pays", "finance")


@pytest.fixture(scope="module")
def made(decided_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the first part of ACF-001 paid."""
    path = Path(shutil.copy(decided_once, tmp_path_factory.mktemp("paid")))
    with Record.open(path, OPENER) as record:
        ready_to_pay(record, "ACF-001", DAY, FINANCE)
        number = record.ask(lambda s: every_award(s, date.today()))[0].round_id
        record.perform(PayInstalment(number, "ACF-001", 1, DAY, None), FINANCE)
    return path


@pytest.fixture
def paid(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


Award = Callable[..., Ran]


@pytest.fixture
def award(paid: Path, run: Run) -> Award:
    """Give a command about the award that is paid in part."""

    def give(action: str, *words: str) -> Ran:
        return run("award", paid, action, "ACF-001", *words)

    return give


NOT_SPENT = ("--amount", "200", "--reason", "not spent", "--asked-on", "2027-04-01")


def test_money_is_asked_back_and_comes_in_parts_for_a_request_that_is_named(
    paid: Path, run: Run, award: Award
) -> None:
    asked = award("recover", *NOT_SPENT, "--json")
    assert (asked.json["stands_at"], asked.json["recovered"]) == ("4500.55", "0.00")

    award("recover", "--received", "50", "--received-on", "2027-05-01")
    found = award("recover", "--received-on", "2027-06-01", "--json").json

    assert (found["stands_at"], found["recovered"]) == ("4300.55", "200.00")
    shown = award("show").out
    assert "Recovered: £200.00, so that it stands at £4,300.55" in shown
    (one,) = found["recoveries"]
    assert one["received"] == [
        {"amount": "50.00", "on": "2027-05-01"},
        {"amount": "150.00", "on": "2027-06-01"},
    ]
    assert one["outstanding"] == "0.00"
    assert (
        "No money that was asked back from A-031-01 is still to come."
        in award("recover", "--received", "5").err
    )
    assert run("verify", paid).status == 0

    for amount in ("10", "20"):
        award("recover", "--amount", amount, "--reason", "x")

    assert "Requests 2, 3 of A-031-01 are open" in award("recover", "--received", "5").err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((), "Say how much to ask for back"),
        (("--amount", "99999", "--reason", "x"), "cannot be asked back"),
        (("--amount", "10", "--reason", "x", "--received", "20"), "and £20.00 is more than that"),
        (("--received", "5"), "No money that was asked back from A-031-01 is still to come"),
    ],
)
def test_what_is_wrong_with_money_asked_back_is_a_sentence(
    paid: Path, award: Award, given: tuple[str, ...], words: str
) -> None:
    before = paid.read_bytes()

    ran = award("recover", *given)

    assert (ran.status, ran.out, paid.read_bytes()) == (1, "", before)
    assert words in ran.err


LEDGER = (
    "Cost centre,Award reference,Instalment no.,Date paid,Amount\n"
    "0042,A-031-01,1,05/12/2026,{amount}\n"
    "0042,INV-77,,06/12/2026,12.00\n"
    "0042,A-031-02,1,,900.00\n"
)


def test_the_days_on_which_finance_paid_are_read_back(paid: Path, run: Run, tmp_path: Path) -> None:
    asked = run("vary", paid, "ACF-001", "--json").json
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER.format(amount=asked["instalments"][0]["amount"]))
    tried = run("award", paid, "ledger", ledger, "--dry-run").out
    assert "Due diligence on A-031-01: none of the 9 checks is settled." in tried
    assert "the record had 2 Dec 2026, which the file's 5 Dec 2026 would replace." in tried
    seen = run("award", paid, "ledger", ledger, "--dry-run", "--json").json
    assert [(one["award"], one["paid_on"]) for one in seen["payments"]] == [("A-031-01", "2026-12-05")]
    assert (seen["unchanged"], seen["other_rows"], seen["not_in_file"]) == (0, 1, [])
    assert "authorises payments" in run("award", paid, "ledger", ledger).err

    with Record.open(paid, OPENER) as record:
        number = record.ask(lambda s: every_award(s, date.today()))[0].round_id
        record.perform(GiveRole(number, "Finn Pays", "finance"), Actor("Olive", "officer"))
    ran = run("award", paid, "ledger", ledger, "--as", "Finn Pays")

    assert "1 payment of ledger.csv recorded." in ran.out
    assert "the record had 2 Dec 2026, which the file's 5 Dec 2026 replaces." in ran.out
    assert run("vary", paid, "ACF-001", "--json").json["instalments"][0]["paid_on"] == "2026-12-05"
    again = run("award", paid, "ledger", ledger, "--as", "Finn Pays")
    assert "Everything in it was recorded before." in again.out
    assert run("verify", paid).status == 0


def test_what_fits_of_a_ledger_is_recorded_and_what_differs_is_told_with_both_sides(
    paid: Path, run: Run, tmp_path: Path
) -> None:
    with Record.open(paid, OPENER) as record:
        number = record.ask(lambda s: every_award(s, date.today()))[0].round_id
        record.perform(GiveRole(number, "Finn Pays", "finance"), Actor("Olive", "officer"))
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(
        'Our ref;Date paid;Amount\n="A-031-01/1";05/12/2026;\nA-031-02/1;06/12/2026;\n'
        "A-031-01/1;07/12/2026;\n"
    )

    refused = run("award", paid, "ledger", ledger, "--as", "Finn Pays")
    before = run("award", paid, "ledger", ledger, "--dry-run", "--json").json
    taken = run("award", paid, "ledger", ledger, "--as", "Finn Pays", "--fitting")

    assert (refused.status, refused.out) == (1, "")
    assert refused.err.rstrip().endswith("Nothing was recorded. --fitting records the 1 payment that fits.")
    assert [(one["award"], one["paid_on"]) for one in before["payments"]] == [("A-031-01", "2026-12-05")]
    assert "B3: instalment 1 of A-031-02/1" in before["differing"][0]
    assert "the record does not allow: the agreement is not signed" in before["differing"][0]
    assert "A4: instalment 1 of A-031-01/1 is above already" in before["differing"][1]
    assert "1 payment of ledger.csv recorded." in taken.out
    assert "the agreement is not signed" in taken.out
    assert run("vary", paid, "ACF-001", "--json").json["instalments"][0]["paid_on"] == "2026-12-05"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Reference,Part,Paid on\nA-031-01,9,2026-12-05\n", "has no instalment “9”"),
        (
            "Reference,Paid on\nA-031-01,2026-11-05\n",
            "does not allow: the agreement was signed after that, on 2",
        ),
        ("Reference,Paid on\nA-031-01,2028-04-01\n", "1 April 2028 is still to come"),
        ("Reference,Paid on\nB-1,2026-12-05\n", "names no payment of an award"),
        ("Reference,Amount,Paid on\nA-031-01/1,-450.00,2026-12-05\n", "“The bank sent it back…”"),
        ("Payee,Sum\nx,1\n", "has no table of payments"),
    ],
)
def test_a_faulty_ledger_is_told_by_cell(
    paid: Path, refused: Says, tmp_path: Path, text: str, words: str
) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(text)

    assert words in refused("award", paid, "ledger", ledger)


def test_a_payment_that_came_back_is_taken_back_and_what_the_next_one_waits_for_is_set(
    paid: Path, run: Run, award: Award
) -> None:
    def said(action: str, *words: str) -> str:
        ran = award(action, *words)
        return ran.out if ran.status == 0 else ran.err

    finance = ("--as", FINANCE.name)
    run("signatories", paid, "--round", "Autumn", "--finance", FINANCE.name)
    assert "A payment that is taken back has no day." in said("pay", "--take-back", "--on", "2026-12-05")
    assert "has no instalment 9." in said("pay", "--take-back", "--instalment", "9")
    assert "Only finance authorises payments" in said("pay", "--take-back", "--as", "Nobody Known")

    assert "is not paid." in said("pay", "--take-back", *finance)
    assert "has no payment." in said("pay", "--take-back", *finance)
    assert "Instalment 1 of A-031-01 is not paid." in said("pay", "--take-back", "--instalment", "1")
    assert "is due on 1 Feb 2027" in said("due", "--on", "1 February 2027", *finance)
    assert "Say what came in" in said("proof", "--on", "2026-12-05", *finance)
    assert "is still to come" in said("proof", "--words", "receipts", "--on", "2031-01-01", *finance)
    said("proof", "--words", "receipts 1 to 4", "--on", "2026-12-05", *finance)
    assert "Say why nothing more is paid" in said("hold")
    assert "receipts 1 to 4 in on 5 Dec 2026, late, since 1 Feb 2027" in said("show")
    said("hold", "--reason", "No return yet", *finance)
    shown = said("show")
    assert "receipts 1 to 4 in on 5 Dec 2026, on hold\n" in shown
    assert run("award", paid, "list", "--late").out == "No payment is late.\n", "what is on hold is not late"
    assert "On hold, so that nothing more is paid: No return yet" in shown
    said("hold", "--lift", *finance)
    said("proof", "--remove", *finance)
    said("due", "--on", "", *finance)
    assert not any(words in said("show") for words in ("On hold", "receipts", "1 Feb 2027"))
    asked = said("pay", "--on", "2026-12-05", *finance)
    assert "none of the 9 checks is settled" in asked
    assert "--although-unsettled" in asked
    assert "is paid" in said("pay", "--on", "2026-12-05", *finance, "--although-unsettled")
    assert run("verify", paid).status == 0


def test_an_account_is_verified_by_a_call_of_somebody_else(paid: Path, run: Run, award: Award) -> None:
    run("signatories", paid, "--round", "Autumn", "--finance", FINANCE.name)
    finance = ("--as", FINANCE.name)
    assert "are not verified" in award("verify", "--take-back", *finance).out

    for missing in ("--called", "--number", "--on"):
        call = {"--called": "Pat Payee", "--number": "0121 496 0000", "--on": "2026-11-02"}
        del call[missing]
        refused = award("verify", *(word for pair in call.items() for word in pair), *finance)
        assert (refused.status, "Give --called NAME, --number TEXT and --on DAY." in refused.err) == (1, True)
    call = {"--called": "Pat Payee", "--number": "0121 496 0000", "--on": "2026-11-02"}
    words = [word for pair in call.items() for word in pair]
    assert "somebody else verifies them" in award("verify", *words, "--as", OFFICER.name).err
    assert "are verified" in award("verify", *words, *finance).out


def test_a_payment_that_the_bank_sent_back_stays_off_what_may_be_paid(
    paid: Path, run: Run, award: Award
) -> None:
    run("signatories", paid, "--round", "Autumn", "--finance", FINANCE.name)
    finance = ("--as", FINANCE.name)
    back = ("award", paid, "pay", "ACF-001", *finance, "--returned", "account closed", "--on")

    assert "sends nothing back before that" in run(*back, "2026-12-01").err
    assert "is still to come" in run(*back, "2031-01-01").err
    ran = run(*back, "2026-12-05")

    assert "is on hold; nothing more is paid" in ran.out
    shown = award("show").out
    assert (
        "On hold, so that nothing more is paid: on 5 December 2026 the bank sent back instalment 1" in shown
    )
    assert "is on hold" in award("pay", *finance).err
    award("hold", "--lift")
    assert award("pay", *finance, "--although-unsettled").status == 0


def test_who_signs_an_agreement_for_the_office_is_recorded_for_it(decided: Path, run: Run) -> None:
    run(
        "signatories",
        decided,
        "--round",
        "Autumn",
        "--set",
        "Chief Executive=Dan Decides",
        "--because",
        "New.",
    )
    signed = ("award", decided, "sign", "A-031-01", "--agreement", "--drawn-elsewhere", "--on", "2026-12-03")
    signed += ("--for-recipient", "Rosa Recipient, Chair")
    zed = (*signed, "--for-office", "Zed Nobody, Head of Grants")

    assert "signs for the office, not Zed Nobody. Record the person" in run(*zed).err
    assert "Name that post, or a deputy" in run(*zed, "--new-signatory", "Zed stands in.").err
    deputy = (*signed, "--for-office", "Zed Nobody, Head of Grants for the Chief Executive")
    deputy = (*deputy, "--for-recipient", "Rosa Recipient, Treasurer")
    assert "is signed" in run(*deputy, "--new-signatory", "Zed stands in.").out
    assert "Zed Nobody (Head of Grants)" in run("signatories", decided, "--round", "Autumn").out
