"""What loaded registers and the record itself say of each check, and what they do not know."""

from datetime import date
from functools import partial

import pytest
from msgspec.structs import replace

from models.clock import utc_now
from models.operations.awards.agreements import RecordAgreement
from models.operations.awards.bank_details import SetBankDetails, put_bank_details
from models.operations.awards.checks import SetSubsidy
from models.operations.awards.paying import PayInstalment, look_words
from models.queries.awards.awards_page import awards_page
from models.queries.awards.registers import LoadedRegister, Recipient, register_findings, wanted
from models.record import Record
from models.values.awards import MINIMAL, NONE, NOT_SENT, AgreementDetails, Subsidy
from models.values.diligence import (
    CHARITY,
    COMPANY,
    SANCTIONS_LIST,
    SUBSTITUTES,
    WEIGHTS,
    Extract,
    Finding,
    RegisterEntry,
    is_in_latin,
    listed_key,
    person_key,
)
from models.values.payments import BankDetails
from tests.models.operations.awards.checked_awards import EXTRACT, LANTERN, SEAGULLS, awarded, diligence, load
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER
from tests.models.spellings import EVERY

GULLS = RegisterEntry(
    SEAGULLS, 1, SEAGULLS, "THE WESTMARCH SEAGULLS", "Registered", accounts="Submission Received"
)
YARD = RegisterEntry(LANTERN, 1, LANTERN, "LANTERN YARD LIMITED", "Active", accounts_due_on=date(2027, 3, 31))


def said(entry: RegisterEntry, register: str = CHARITY, **who: object) -> dict[str, Finding]:
    """Return what is found of a body, by check, when a register says this of it."""
    loaded = LoadedRegister(Extract(EXTRACT, "x", 5, 0, (entry,)), "A", utc_now())
    number = {CHARITY: "charity_number", COMPANY: "company_number"}.get(register)
    values: dict[str, object] = {"names": ("Westmarch Seagulls",)}
    values |= {number: entry.key} if number else {}
    return dict(register_findings(Recipient(**{**values, **who}), {register: loaded}))  # type: ignore[arg-type]


def test_everything_that_names_and_numbers_is_looked_for(record: Record) -> None:
    awarded(record)

    found = record.ask(wanted)

    assert (found.charities, found.companies) == ((SEAGULLS,), (LANTERN,))
    assert found.names == ("allotment friends 3", "lantern yard", "westmarch seagulls")
    assert [found.keys(one) for one in (CHARITY, COMPANY, SANCTIONS_LIST)] == [
        found.charities,
        found.companies,
        found.names,
    ]

    # The contact and the signer for a recipient are looked for.
    details = AgreementDetails(recipient_signer="Sue Signer", recipient_post="Chair")
    record.perform(RecordAgreement(1, "ACF-001", details, NOT_SENT), OFFICER)
    found = record.ask(wanted)
    assert found.people == ("sue signer",)
    assert found.keys(SANCTIONS_LIST)[-1] == person_key("Sue Signer")
    assert found.keys(WEIGHTS) == ()

    # Public money over three years follows subsidy control.
    steps = (
        (None, "not checked", "Subsidy control is not recorded yet."),
        (Subsidy(NONE, "a charity's own service"), "clear", "Recorded as no subsidy."),
        (Subsidy(MINIMAL), "not checked", "this award £1,000.00"),
        (Subsidy(MINIMAL, "", 20_000_00, EXTRACT), "clear", "declared from others £20,000.00"),
    )
    before = None
    for subsidy, state, words in steps:
        if subsidy is not None:
            record.perform(SetSubsidy(1, "ACF-001", subsidy, before), FINANCE)
        before = subsidy
        found = finding(record, "public_money")
        assert (found.state, words in found.words) == (state, True)


def test_a_former_name_is_told_as_such_and_is_no_other_body() -> None:
    moved = RegisterEntry(
        LANTERN, 1, LANTERN, "NEW LANTERN CIC", "Active", what="OLD MILL LTD; LANTERN YARD LTD"
    )

    by_the_register = said(moved, COMPANY, names=("Lantern Yard",))["number"]
    by_the_record = said(moved, COMPANY, names=("New Lantern", "Brass Lamp"))["number"]
    neither = said(moved, COMPANY, names=("Somebody",))["number"]

    told = f"Company {LANTERN} is NEW LANTERN CIC, Active, in the extract of 1 November 2026."
    assert by_the_register == Finding(
        "clear", f"{told} It was formerly LANTERN YARD LTD, the name that the recipient gives."
    )
    assert by_the_record == Finding(
        "clear", f"{told} That is a former name of the recipient, which is Brass Lamp now."
    )
    assert neither.state == "concern"


GULL = RegisterEntry(SEAGULLS, 1, status="Registered")
REMOVED = replace(GULL, name="Westmarch Seagulls", status="Removed", ended_on=EXTRACT)
LATE = RegisterEntry(LANTERN, 1, accounts_due_on=date(2026, 10, 31))


@pytest.mark.parametrize(
    ("entry", "code", "state", "words"),
    [
        (RegisterEntry(SEAGULLS), "number", "concern", "not in the extract of 1 November 2026."),
        (replace(GULL, name="Other Body"), "number", "concern", "differs from the recipient's"),
        (REMOVED, "standing", "concern", "Removed, ended 1 November 2026"),
        (
            replace(GULL, insolvency="in administration"),
            "standing",
            "concern",
            "Registered, in administration",
        ),
        (LATE, "accounts", "concern", "31 October"),
        (replace(GULL, address="1 Sea Rd., Westmarch", postcode="wm11aa"), "address", "clear", "as in the"),
        (
            replace(GULL, address="2 Sea Road", postcode="WM1 1AA"),
            "address",
            "concern",
            "1 Sea Road, WM1 1AA in",
        ),
        (
            replace(GULL, address="Flat 3, 1 Sea Road", postcode="WM1 1AA"),
            "address",
            "concern",
            "Only a part is the same.",
        ),
        (replace(GULL, postcode="WM9 9ZZ"), "address", "concern", "WM9 9ZZ in the extract"),
        (
            replace(GULL, postcode="WM1 1AA"),
            "address",
            "not checked",
            "the extract of 1 November 2026 does not give the whole address",
        ),
    ],
)
def test_what_a_register_says_is_a_concern_or_clear(
    entry: RegisterEntry, code: str, state: str, words: str
) -> None:
    register = COMPANY if entry is LATE else CHARITY
    found = said(entry, register, address=("1 Sea Road", "WM1 1AA"))[code]

    assert (found.state, words in found.words) == (state, True)


def test_what_a_register_cannot_say_is_not_checked() -> None:
    whole = "the application does not give the whole address."
    assert said(GULLS)["address"].words.endswith(whole)
    nothing = register_findings(Recipient(("X",)), {})
    assert nothing["number"].words == "No charity or company number is recorded."
    assert "UK Sanctions List is not loaded" in nothing["sanctions"].words
    assert register_findings(Recipient(("X",), "SC012354", LANTERN), {})["standing"].state == "not checked"


def test_a_name_on_the_sanctions_list_is_a_probable_match_for_a_person_to_decide() -> None:
    hit = RegisterEntry(listed_key("Wéstmarch SEAGULLS!"), 1, "GHO0001", "WESTMARCH SEA-GULLS", what="alias")

    found = said(hit, SANCTIONS_LIST)["sanctions"]
    other = said(hit, SANCTIONS_LIST, names=("Westmarch Seagulls", "New Name"))["sanctions"]

    assert found == Finding(
        "concern",
        "A name like it is in the extract of 1 November 2026: “WESTMARCH SEA-GULLS” (GHO0001, alias). "
        "Probable match, for a person to decide.",
    )
    assert other.words.endswith(
        "“New Name” was not looked for when the extract of 1 November 2026 was loaded. Load it again."
    )

    # Who acts for a recipient is looked for under a sum of the name.
    key, clear = person_key("Ivan Petrov"), RegisterEntry(listed_key("Westmarch Seagulls"))
    hit = RegisterEntry(key, 1, "GHO0009", "PETROW Ivan", what="alias, individual; spelled nearly like it")
    found, missing, nobody = (
        said_of(*entries, people=("Ivan Petrov",))
        for entries in ((hit, clear), (clear,), (RegisterEntry(key), clear))
    )
    assert "petrov" not in key
    assert found.words == (
        "A name like that of Ivan Petrov, who acts for it, is in the extract of 1 November 2026: “PETROW "
        "Ivan” (GHO0009, alias, individual; spelled nearly like it). Probable match, for a person to decide."
    )
    assert (missing.state, nobody.state) == ("not checked", "clear")
    assert nobody.words.endswith("by main and good-quality names. Who acts for it is not either.")


def said_of(*entries: RegisterEntry, people: tuple[str, ...]) -> Finding:
    """Return what is found of a body with these people when the sanctions list says this."""
    loaded = LoadedRegister(Extract(EXTRACT, "x", 5, 0, entries), "A", utc_now())
    who = Recipient(("Westmarch Seagulls",), people=people)
    return register_findings(who, {SANCTIONS_LIST: loaded})[SANCTIONS_LIST]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (
            ("Ольга Иванова",),
            "“Ольга Иванова” is not written in Latin letters alone, as the list is. Look it up",
        ),
        (
            ("Кафе Ltd", "中文"),
            "“Кафе Ltd” and “中文” are not written in Latin letters alone, as the list is.",
        ),
    ],
)
def test_a_name_in_other_letters_is_never_clear_of_the_list(people: tuple[str, ...], words: str) -> None:
    clear = RegisterEntry(listed_key("Westmarch Seagulls"))
    looked_for = [RegisterEntry(person_key(name)) for name in people]

    found = said_of(clear, *looked_for, people=people)

    assert (found.state, found.words.startswith(words)) == ("not checked", True)
    match = RegisterEntry(listed_key("Westmarch Seagulls"), 1, "GHO0001", "WESTMARCH SEAGULLS", what="main")
    both = said_of(match, *looked_for, people=people)
    assert (both.state, words in both.words) == ("concern", True)


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_a_name_is_looked_for_alike_however_it_is_typed(name: str, other: str) -> None:
    assert listed_key(name) == listed_key(other)
    assert is_in_latin(other)


WEIGHT = RegisterEntry(
    "089000-089999", 1, status="MOD10", what="0 0 0 0 0 0 7 1 3 7 1 3 7 1"
)  # fits 66374958, as the banks' document works out


def test_an_account_is_checked_by_the_banks_tables_once_they_are_loaded_and_against_other_payees(
    record: Record,
) -> None:
    awarded(record)
    assert finding(record, "bank").words == "No account is recorded yet."
    assert finding(record, "payee").words == "No other payee has this address; no account is recorded yet."
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    fits = "The account number fits its sort code, by the banks' tables of 1 November 2026."
    for entry, state, words in (
        (None, "not checked", "they are not loaded."),
        (WEIGHT, "clear", fits),
        (replace(WEIGHT, status="MOD11"), "concern", "does not fit its sort code"),
        (replace(WEIGHT, key="100000-100001"), "not checked", "do not cover this account"),
    ):
        if entry is not None:
            load(record, entry, register=WEIGHTS)
            load(record, RegisterEntry("938600", 1, what="938611"), register=SUBSTITUTES)
        found = finding(record, "bank")
        assert (found.state, words in found.words) == (state, True)
        assert record.ask(partial(awards_page, round_id=1)).accounts["ACF-001"] == found

    # An account of two payees is a concern that tells no number.
    assert finding(record, "payee").words == "No other payee has this account or address."
    ready_to_pay(record, "ACF-002", DAY, FINANCE)
    found = finding(record, "payee")
    assert found.state == "concern"
    assert "The same account is recorded for Lantern Yard Ltd (" in found.words
    assert "66374958" not in found.words

    account = BankDetails("Another name", "08-99-99", "66374958")
    setting = SetBankDetails.of(1, "ACF-002", account, "4958")
    record.perform_beside(
        setting, partial(put_bank_details, round_id=1, application="ACF-002", details=account), FINANCE
    )
    words = "The same account is recorded for Lantern Yard Ltd ("
    assert words in finding(record, "payee").words
    asked = record.ask(partial(look_words, parts=(PayInstalment(1, "ACF-001", 1, DAY, None),)))
    assert asked.startswith(f"Due diligence on ACF-001: {words}"), "the concern itself comes first"


def finding(record: Record, code: str) -> Finding:
    return next(line.finding for line in diligence(record).lines if line.code == code)


def test_an_address_of_two_payees_is_a_concern_however_it_is_written(record: Record) -> None:
    awarded(record, near=True)

    assert finding(record, "payee").words.startswith("The same address is recorded for Lantern Yard Ltd (")
