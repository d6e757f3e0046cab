"""The finance workbook and the payment file: codes as text, sums that agree, no account unasked."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from exchange.papers.finance import payment_file
from exchange.papers.finance.finance import write_finance_xlsx
from exchange.papers.finance.payment_file import control_of, file_lines, write_payment_file
from exchange.papers.paper_writing import write_paper
from models.papers.finance import (
    AccountLine,
    Accounts,
    AskedBack,
    Codes,
    DecidedAgain,
    EarlierPayee,
    FinanceAward,
    FinanceSchedule,
)
from models.trouble import Trouble
from models.values.awards import Amendment
from models.values.payments import STANDARD, LayoutColumn, PaymentLayout
from scoring.written.text import Refused
from tests.exchange.schedule_rounds import HOSTILE, STATUS, award, payment, schedule, three_awards

Table = list[dict[str, object]]
ACCOUNT = AccountLine(
    reference="A-031-01",
    account_name="=Allotment & Friends",
    sort_code="08-99-99",
    account_number="06374958",
    entered_by="Grace Okoro",
    entered_on=date(2026, 12, 6),
    verified_by="",
    verified_on=None,
    flag="Changed after it was verified, not verified since",
)
ASKED = Accounts(1, "Finn Pays", "=the payment run", 412, (ACCOUNT,))


def written(value: FinanceSchedule, folder: Path) -> Path:
    return write_paper("finance", value, STATUS, folder / "f.xlsx")


def table(path: Path, name: str) -> Table:
    """Return a sheet's rows by their headings, totals last, as a program that does no sums reads them."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [dict(zip(map(str, rows[3]), row, strict=True)) for row in rows[4:]]


def texts(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def by(path: Path, sheet: str) -> dict[object, dict[str, object]]:
    """Return a sheet's rows by their first cell."""
    return {next(iter(row.values())): row for row in table(path, sheet)}


def signing(path: Path) -> dict[object, str]:
    """Return what stands before the signature, by what it is."""
    return {what: str(row["By whom, and how much"]) for what, row in by(path, "To authorise").items()}


def test_every_payment_has_its_award_its_codes_and_its_money(tmp_path: Path) -> None:
    rows = table(written(three_awards(), tmp_path), "Payments")

    first, second = rows[0], rows[1]
    assert (first["Award"], first["Instalment"], first["Amount"]) == ("A-031-01", 1, 500)
    assert first["Supplier no."] == "000123"
    assert (first["Cost centre"], first["Nominal code"], first["Project code"]) == ("0042", "003100", "P-007")
    assert first["VAT"] == "Outside scope"
    assert (first["Paid"], first["Outstanding"]) == (500, 0)
    assert (first["Payment authorised by"], first["Post"]) == ("Finn Pays", "Accountant")
    assert first["Authorised and paid on"] == date(2026, 12, 9)
    assert (first["Notice"], first["Decided by"], first["Decider's post"]) == (
        "031/2026",
        "Dan Decides",
        "Chief Executive",
    )
    assert (first["Budget year"], second["Budget year"]) == ("2026/27", "2026/27")
    assert second["Due in"] == "2026/27"
    assert (second["Due"], second["Proof"]) == (date(2027, 2, 1), "Required, not in yet")
    assert (second["Paid"], second["Outstanding"], second["Authorised and paid on"]) == (0, 500, "")
    assert rows[3]["Account changed"] == "Changed after a payment was made, not verified since"
    assert rows[-1]["Amount"] == 3000.05  # £500.00 twice, £0.05 and £2,000.00


def test_codes_and_texts_are_text_no_formula_and_the_sums_are_live(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(three_awards(), tmp_path))

    heads = {cell.value: cell.column for cell in book["Payments"][4]}
    for heading in ("Payee", "Cost centre", "Nominal code", "Supplier no."):
        assert book["Payments"].cell(5, heads[heading]).data_type == "s"
    assert book["Payments"].cell(5, heads["Payee"]).value == HOSTILE
    assert book["Changes"]["G5"].value == "-1+1 session fewer"
    assert book["Changes"]["G5"].data_type == "s"
    assert book["By code"]["A5"].data_type == "s"

    assert book["Payments"]["I9"].value == "=SUM(I5:I8)"
    assert book["Payments"]["AF5"].value == "=ROUND(I5-M5-O5,2)"
    assert book["Awards"]["H5"].value == "=SUMIF(Payments!$A$5:$A$8,A5,Payments!$I$5:$I$8)"
    assert book["By area"]["F6"].value == "=SUMPRODUCT(EXACT(Payments!$D$5:$D$8,$A6)*Payments!$I$5:$I$8)"


def test_a_quarter_is_the_projects_and_one_over_before_anybody_signed_is_due_after_the_signature(
    tmp_path: Path,
) -> None:
    quarter = replace(payment(1, 700), trigger="end of quarter 1")
    over = replace(award(1, quarter), agreed_on=None)

    unsigned = write_paper("finance", schedule([over]), STATUS, tmp_path / "unsigned.xlsx")
    signed = write_paper("finance", schedule([award(1, quarter)]), STATUS, tmp_path / "signed.xlsx")

    row = table(unsigned, "Payments")[0]
    assert (row["Due"], row["Due once"]) == ("", "End of quarter 1 of the project")
    assert table(unsigned, "By month")[0]["Month"] == "No date yet"
    says = "A payment whose day is over before anybody signed is due within 30 days of the last signature."
    assert (says in texts(unsigned), says in texts(signed)) == (True, False)


def controls(path: Path, *names: str) -> list[tuple[object, ...]]:
    """Return lines and sum of controls, which the record and the workbook say alike."""
    rows = [by(path, "Control")[name] for name in names]
    for row in rows:
        assert row["Lines in the record"] == row["Lines in this workbook"]
        assert row["Sum in the record"] == row["Sum in this workbook"]
    return [(row["Lines in the record"], row["Sum in the record"]) for row in rows]


def test_the_controls_differ_in_nothing_and_an_account_shows_its_last_digits_alone(tmp_path: Path) -> None:
    path = written(three_awards(), tmp_path)

    found = controls(path, "Payments", "Paid to date", "Money returned", "On hold, not to be paid")
    # 500.00 and 0.05 wait for their proof
    assert found == [(4, 3000.05), (2, 2500), (1, 10.01), (2, 500.05)]
    assert "What is not paid yet may not be paid now: each of its rows says why." in texts(path)
    none = by(path, "Control")["Differences in all"]
    assert (none["Difference in lines"], none["Difference"]) == (0, 0)

    assert openpyxl.load_workbook(path).sheetnames == [
        *("Payments", "Awards", "Changes", "By area", "By code", "By month", "Control", "To authorise")
    ]
    assert table(path, "Payments")[0]["Account"] == "••••4958"


def test_a_variation_that_both_have_not_signed_is_told_as_what_it_would_make(tmp_path: Path) -> None:
    varied = Amendment(1, date(2027, 2, 1), 460_000, 400_000, "less", "fewer sessions", is_proposed=True)
    waits = award(1, payment(1, 400_000), decided_pence=460_000, amendments=(varied,))

    path = written(schedule([waits]), tmp_path)

    assert signing(path)["Decided, notice 031/2026"].endswith(
        "£600.00 less by variation since, not all of it signed by both: it would be £4,000.00"
    )
    said = "1 payment, £4,000.00 with what is proposed and not signed by both; £4,600.00 is agreed."
    book = openpyxl.load_workbook(path)
    assert [said in str(book[sheet]["A2"].value) for sheet in ("Payments", "Awards")] == [True, True]
    one, _ = table(path, "Awards")
    sums = ("Awarded", "Proposed change", "Instalments", "Difference", "Stands at")
    assert [one[name] for name in sums] == [4600, -600, 4000, 0, 4600]
    assert controls(path, "Awards") == [(1, 4600)]


def test_what_was_decided_what_is_owed_back_and_what_is_to_be_renewed_stand_before_the_signature(
    tmp_path: Path,
) -> None:
    asked = AskedBack(30_000, 20_000, date(2027, 3, 1), "two sessions were not held")
    varied = Amendment(1, date(2027, 2, 1), 460_000, 400_000, "less", "fewer sessions")
    first = award(1, payment(1, 400_000, paid=date(2026, 12, 9)), decided_pence=460_000, amendments=(varied,))
    first = replace(first, asked=(asked,), agreement_waits="varied since it was agreed")
    second = replace(award(2, payment(1, 5)), agreed_on=None, agreement_waits="£0.06 is proposed")
    path = written(schedule([first, second]), tmp_path)

    told = signing(path)
    assert told["Decided, notice 031/2026"] == (  # 4,600.00 + 0.05, and 600.00 less
        "Dan Decides, Chief Executive, 2 Dec 2026: 2 awards, £4,600.05; £600.00 less by variation since, "
        "now £4,000.05"
    )
    assert told["To come back"] == (
        "A-031-01: asked back 1 Mar 2027, £300.00, £200.00 still to come: two sessions were not held"
    )
    assert told["Agreement to renew"] == "A-031-01: Varied since it was agreed"
    assert told["Change not fully signed"] == "A-031-02: £0.06 is proposed"
    heads = {cell.value: cell.column_letter for cell in openpyxl.load_workbook(path)["Payments"][4]}
    looks = openpyxl.load_workbook(path)["Payments"].column_dimensions[heads["Look at first"]]
    assert looks.hidden, "where nothing is to be looked at the column is not shown"
    owed, other, whole = table(path, "Awards")
    for one, back in ((owed, 200), (other, 0), (whole, 200)):
        assert (one["Stands at"], one["Still to come back"]) == (one["Awarded"] - one["Returned"], back)
    changes = [(row["What"], row["Amount"], row["Still to come"]) for row in table(path, "Changes")]
    assert changes == [("Varied", -600, 0), ("Asked back", 300, 200)]
    assert controls(path, "Asked back, still to come") == [(1, 200)]
    assert "Changes" not in openpyxl.load_workbook(written(schedule([award(2, payment(1, 5))]), tmp_path))


def test_what_waits_for_its_day_alone_is_not_said_to_be_on_hold(tmp_path: Path) -> None:
    later = replace(payment(1, 700), not_yet="not due before 31 March 2027")
    second, now = replace(later, number=2), replace(payment(1, 5), not_yet="")
    waiting, mixed = award(1, later, second), award(2, now, second)
    held = award(3, replace(later, amount_pence=90), held_for="the agreement is not signed")
    path = written(schedule([waiting, mixed, held]), tmp_path)

    told = signing(path)
    whys = [row["On hold, or to be renewed"] for row in table(path, "Awards")]

    assert told["May be paid now"] == "1 payment, £0.05"
    assert told["Not due yet, not to be paid now"] == "3 payments, £21.00"
    assert told["On hold, not to be paid"] == "1 payment, £0.90"
    assert whys[:3] == ["Not due before 31 March 2027", "", "The agreement is not signed"], "a day holds"
    assert table(path, "Payments")[0]["On hold"] == whys[0]
    found = controls(path, "Not due yet, not to be paid now", "On hold, not to be paid")
    assert found == [(3, 21), (1, 0.9)]


def test_a_new_decision_stands_among_the_changes_with_its_sum_and_is_told_before_the_signature(
    tmp_path: Path,
) -> None:
    who = "Dan Decides, Chief Executive"
    lost = DecidedAgain("ACF-002", "Gone", "031/2026", 320_000, "044/2026", 0, date(2027, 1, 4), who)
    won = DecidedAgain("A-045-01", "Drums", "031/2026", 0, "045/2026", 39_000, date(2027, 1, 5), who)
    first = replace(award(1, payment(1, 5)), look_first="varied since it was agreed", decided_anew="told")
    path = written(replace(schedule([first]), again=(lost, won)), tmp_path)

    told = [
        (row["Award"], row["What"], row["On"], row["Amount"], row["What was changed, and why"])
        for row in table(path, "Changes")
    ]
    assert told == [
        (
            *("ACF-002", "Taken back", date(2027, 1, 4), -3200),
            "Notice 031/2026 gave £3,200.00; decided again by Dan Decides, Chief Executive, notice 044/2026: "
            "no money.",
        ),
        (
            *("A-045-01", "Decided anew", date(2027, 1, 5), 390),
            "Notice 031/2026 gave no money; decided again by Dan Decides, Chief Executive, notice 045/2026: "
            "£390.00.",
        ),
    ]
    signed = signing(path)
    assert signed["Decided, notice 031/2026"].endswith(
        "1 award, £0.05; 1 more award, £3,200.00, decided again under notice 044/2026"
    )
    assert signed["Taken back, notice 044/2026"] == (
        "Dan Decides, Chief Executive, 4 Jan 2027: ACF-002, £3,200.00 of notice 031/2026"
    )
    assert table(path, "Payments")[0]["Look at first"] == "Varied since it was agreed"


def test_accounts_stand_on_a_restricted_sheet_when_asked_for_and_nowhere_else(
    tmp_path: Path,
) -> None:
    path = write_paper("finance", three_awards(), STATUS, tmp_path / "f.xlsx", accounts=ASKED)

    book = openpyxl.load_workbook(path)
    sheet = book["Accounts"]
    assert "OFFICIAL-SENSITIVE. Asked for by Finn Pays: =the payment run. Row 412" in sheet["A2"].value
    assert sheet.oddHeader.center.text == book["Payments"].oddHeader.center.text == "OFFICIAL-SENSITIVE"
    rows = table(path, "Accounts")
    assert (rows[0]["Account name"], rows[0]["Sort code"]) == ("=Allotment & Friends", "08-99-99")
    assert rows[0]["Account number"] == "06374958"
    assert sheet["E5"].data_type == sheet["G5"].data_type == "s"
    assert rows[0]["Account changed"] == "Changed after it was verified, not verified since"
    assert rows[1]["Account name"] == "No account yet"

    assert "06374958" not in texts(written(three_awards(), tmp_path))
    path = write_paper("finance", three_awards(), STATUS, tmp_path / "g.xlsx", accounts=ASKED)
    with zipfile.ZipFile(path) as archive:
        holding = [name for name in archive.namelist() if b"06374958" in archive.read(name)]
    # cells of text hold their words themselves, or in the one list of strings that all sheets share
    assert holding in (["xl/worksheets/sheet9.xml"], ["xl/sharedStrings.xml"])


@st.composite
def many_awards(draw: st.DrawFn) -> list[FinanceAward]:
    """Return awards of any areas, codes, parts and payments, down to the penny."""
    days = st.none() | st.dates(date(2026, 1, 1), date(2029, 12, 31))

    def parts() -> Iterator[object]:
        for number in range(1, draw(st.integers(1, 4)) + 1):
            yield payment(number, draw(st.integers(1, 10**10)), paid=draw(days), due=draw(days))

    areas = st.sampled_from(["", "Coventry", "coventry", ">5", "*", "=1+1", "O'Neill"])
    return [
        award(number, *parts(), area=draw(areas))  # type: ignore[arg-type]
        for number in range(1, draw(st.integers(1, 6)) + 1)
    ]


@given(many_awards())
@settings(max_examples=25, deadline=None)
def test_no_penny_is_lost_between_the_sheets(awards: list[FinanceAward]) -> None:
    value = schedule(awards)
    with TemporaryDirectory() as folder:
        path = written(value, Path(folder))
        payments, areas, codes, months = (
            table(path, name) for name in ("Payments", "By area", "By code", "By month")
        )

    pence = sum(line.amount_pence for each in awards for line in each.payments)
    for rows, heading in ((payments, "Amount"), (areas, "Amount"), (codes, "Amount"), (months, "In all")):
        assert in_pence(rows[-1][heading]) == pence
        assert sum(in_pence(row[heading]) for row in rows[:-1]) == pence
    assert all(in_pence(row["Check"]) == 0 for row in payments)
    split = [(in_pence(row["Paid"]), in_pence(row["Outstanding"])) for row in payments[:-1]]
    assert sum(map(sum, split)) == pence


def in_pence(cell: object) -> int:
    assert isinstance(cell, int | float)
    return round(cell * 100)


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
SCOUTS = AccountLine(
    *("A-031-01", "Canal Scouts", "08-99-99", "00374958"),
    *("Bo", date(2026, 12, 1), "Cy", date(2026, 12, 2), ""),
)
ACCOUNTS = Accounts(1, "Ann Sample", "the run", 7, (SCOUTS,))


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
    keys = ("award", "sort_code", "account_number", "account_name", "amount")
    layout = PaymentLayout("BACS", tuple(LayoutColumn(key, key) for key in keys))
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


def test_the_sums_by_area_code_and_month_are_the_payments(tmp_path: Path) -> None:
    path = written(three_awards(), tmp_path)

    areas = {row["Area"]: row for row in table(path, "By area")}
    assert (areas["Coventry"]["Awards"], areas["Coventry"]["Payments"]) == (2, 3)
    assert areas["Coventry"]["Amount"] == 3000  # £1,000.00 + £2,000.00
    assert (areas["Dudley"]["Amount"], areas["Dudley"]["Returned"]) == (0.05, 0)
    assert areas["Total"]["Returned"] == 10.01
    assert areas["Coventry"]["Year"] == "2026/27"
    codes = {(row["Cost centre"], row["Nominal code"]): row["Amount"] for row in table(path, "By code")}
    assert codes == {("0042", "003100"): 3000, ("42", ""): 0.05, ("Total", ""): 3000.05}
    none = award(1, payment(1, 700), codes=Codes("", "", ""))
    bare = write_paper("finance", schedule([none]), STATUS, tmp_path / "bare.xlsx")
    assert table(bare, "By code")[0]["Cost centre"] == "No code entered"
    assert '""' in openpyxl.load_workbook(bare)["By code"]["D5"].value, (
        "its sum looks for no code, not for the words"
    )
    months = [(row["Month"], row["Paid"], row["Still due"]) for row in table(path, "By month")]
    assert months == [
        (date(2026, 12, 1), 500, 0),
        (date(2027, 2, 1), 2000, 500),
        ("No date yet", 0, 0.05),
        ("Total", 2500, 500.05),
    ]


def test_a_payment_before_a_succession_is_the_first_payees_in_file_and_workbook(tmp_path: Path) -> None:
    """A payment of £500.00 on 5 January 2027 to the first, one of £500.00 to come to its successor."""
    first = EarlierPayee(date(2027, 2, 1), "Friends", "charity 1010101", "000123", "It converted")
    now = {"payee": "Friends CIO", "numbers": "charity 1122334", "supplier_number": "000999"}
    paid = payment(1, 500_00, paid=date(2027, 1, 5))
    value = schedule([award(1, paid, payment(2, 500_00), before=(first,), **now)])
    held = ("payee", "supplier", "numbers", "account_number", "amount")
    columns = tuple(LayoutColumn(one, one) for one in held)
    layout = replace(OWN, columns=columns, covers="all", has_headings=False)

    assert file_lines(value, layout, ASKED) == (
        ("Friends", "000123", "charity 1010101", "", "500.00"),
        ("Friends CIO", "000999", "charity 1122334", "06374958", "500.00"),
    )
    rows = table(written(value, tmp_path), "Payments")
    assert [row["Payee"] for row in rows[:2]] == ["Friends", "Friends CIO"]
    (change,) = (row for row in table(tmp_path / "f.xlsx", "Changes") if row["What"] == "Taken over")
    assert (
        change["What was changed, and why"] == "Friends CIO took the award over from Friends. It converted."
    )
