"""Checks of awards, and the registers that they are looked up in."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import NextIssue, next_issue
from models.operations.awards.checks import LoadRegister, SetCheck, SetSubsidy
from models.operations.awards.finance import RecordPayments
from models.operations.awards.paying import PayInstalment, look_words
from models.papers.grant_agreement import GrantAgreement, unsettled_words
from models.papers.kinds import AGREEMENT
from models.papers.order import PaperOrder
from models.queries.awards.agreements import grant_agreement, with_agreements
from models.queries.awards.award_checks import CheckLine, DueDiligence
from models.queries.awards.finance import finance
from models.queries.awards.registers import loaded_registers
from models.queries.panel.to_do import ask_after
from models.record import Record
from models.session import Session
from models.values.awards import Subsidy
from models.values.diligence import (
    CONCERN,
    FAILED,
    NOT_CHECKED,
    NOT_NEEDED,
    SANCTIONS_LIST,
    CheckDone,
    CheckResult,
    Extract,
    Finding,
    RegisterEntry,
    listed_key,
)
from tests.models.both_signed import both_sign
from tests.models.conftest import brought_to
from tests.models.operations.awards.checked_awards import (
    EXTRACT,
    LOOKED,
    PASS,
    SEAGULLS,
    awarded,
    check,
    diligence,
    load,
    require,
)
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, refused, refuses, undo

SCHEDULE = PaperOrder("finance", datetime(2026, 12, 5, 12, tzinfo=UTC), round_id=1)
MATCHED = CheckResult(FAILED, LOOKED, "the same body, by its address")


granted = brought_to(awarded)  # the awards that are to be looked into


def sign(record: Record) -> None:
    record.perform(both_sign("ACF-001", DAY), OFFICER)


def test_what_no_check_can_be_is_refused(granted: Record) -> None:
    for operation, fault in (
        (SetCheck(1, "ACF-003", "bank", PASS, None), "has no award"),
        (SetCheck(1, "ACF-001", "colour", PASS, None), "“colour” is not a check"),
        (SetCheck(1, "ACF-001", "bank", PASS, MATCHED), "changed in the meantime"),
        (SetCheck(1, "ACF-001", "bank", None, None), "Nothing is recorded of this check"),
        (SetCheck(1, "ACF-001", "bank", replace(PASS, result="fine"), None), "not “fine”"),
        (SetCheck(1, "ACF-001", "bank", CheckResult("passed", date(2027, 1, 9)), None), "still to come"),
        (SetCheck(1, "ACF-001", "bank", CheckResult(NOT_NEEDED, LOOKED, " "), None), "Say in the note why"),
        (SetCheck(1, "ACF-001", "bank", replace(PASS, note="x" * 2_001), None), "longer than 2,000"),
    ):
        refuses(granted, fault, operation, FINANCE)
    assert diligence(granted).settled == 0

    refused("“weather” is not a check", require, granted, "number, weather")

    # Without a requirement the open checks are a warning.
    assert diligence(granted).barring == ""
    assert diligence(granted).settled == 0
    sign(granted)
    for line in diligence(granted).lines:
        check(granted, line.code)
    assert diligence(granted).settled == 9
    assert SetCheck(1, "ACF-001", "bank", None, PASS).label.startswith("Take back the check “Account number")


def test_the_agreement_waits_for_what_its_fund_requires_and_for_nothing_else(granted: Record) -> None:
    require(granted, "public_money")
    check(granted, "public_money")
    signed = both_sign("ACF-001", DAY)
    refuses(granted, "subsidy control is not recorded, which its fund requires", signed, FINANCE)
    granted.perform(SetSubsidy(1, "ACF-001", Subsidy("none", "a charity's own service"), None), FINANCE)
    undo(granted, granted.perform(signed, FINANCE))

    require(granted, "number, sanctions", "accounts")
    assert [line.code for line in diligence(granted).lines] == ["number", "accounts", "sanctions"]
    refused("valid and active and sanctions list are not settled", sign, granted)
    assert "ACF-001" in granted.ask(partial(ask_after, round_id=1)).barred
    check(granted, "number")
    check(granted, "sanctions", MATCHED)
    refused("sanctions list is not settled", sign, granted)

    check(granted, "sanctions", CheckResult(NOT_NEEDED, LOOKED, "a public body"))
    assert (diligence(granted).barring, diligence(granted).settled) == ("", 2)
    assert "ACF-001" not in granted.ask(partial(ask_after, round_id=1)).barred
    sign(granted)

    refused("is signed, and its fund requires this check", check, granted, "number", None)
    check(granted, "accounts", MATCHED)
    check(granted, "accounts", None)
    check(granted, "accounts")
    check(granted, "accounts", None)  # nothing rests on it


def test_due_diligence_that_its_fund_requires_is_asked_for_before_an_agreement_is_written(
    granted: Record,
) -> None:
    order = PaperOrder(AGREEMENT, datetime(2026, 12, 9, tzinfo=UTC), 1, award=diligence(granted).award)

    def written(session: Session) -> tuple[GrantAgreement, NextIssue | None]:
        value = grant_agreement(session, order)
        return value, next_issue(session, order, value)

    value, ready = granted.ask(written)
    assert value.unchecked == ""
    assert ready is not None
    require(granted, "number, sanctions")

    words = (
        f"{value.award}: registered number valid and active and sanctions list are not settled, which its "
        "fund requires before an agreement. Record on Awards & payments"
    )
    refused(words, granted.ask, written)
    refuses(granted, words, ready.operation)
    draft = granted.ask(lambda s: grant_agreement(s, order))
    assert unsettled_words([draft]).endswith("is not needed and why.")
    assert draft.awaits_answer

    check(granted, "number")
    check(granted, "sanctions", CheckResult(NOT_NEEDED, LOOKED, "a public body"))
    granted.perform(ready.operation, OFFICER)


def test_what_is_open_is_named_check_by_check_with_what_was_found_first() -> None:
    same, late = "The same account is recorded for Moor Trust", "The accounts are overdue"

    def line(code: str, state: str = NOT_CHECKED, done: CheckDone | None = None) -> CheckLine:
        return CheckLine(code, False, Finding(state, f"{same if code == 'payee' else late}."), done)

    passed = line("number", done=CheckDone(PASS, "Ann"))

    def left(*lines: CheckLine) -> str:
        return DueDiligence("A-1", "ACF-001", "Trust", lines, "").left

    assert left(passed) == ""
    assert left(line("number"), line("bank")) == "none of the 2 checks is settled"
    assert left(passed, line("payee", CONCERN), line("bank"), line("sanctions")) == (
        f"{same}. Account number right for its sort code and sanctions list are not settled"
    )
    assert left(line("accounts", CONCERN), line("payee", CONCERN)) == f"{same}. {late}"
    assert left(passed, line("bank")) == "account number right for its sort code is not settled"


def test_a_name_on_the_sanctions_list_is_not_passed_without_a_word(granted: Record) -> None:
    check(granted, "sanctions")
    check(granted, "sanctions", None)
    key = listed_key("Westmarch Seagulls")
    load(granted, RegisterEntry(key, 1, "GHO0001", "SEAGULLS"), register=SANCTIONS_LIST)

    refused("why it is another body", check, granted, "sanctions")
    check(granted, "sanctions", replace(PASS, note="Another body: ours is in Westmarch."))
    gone = RegisterEntry(SEAGULLS, 1, SEAGULLS, "SEAGULLS", "Removed", date(2026, 6, 30))
    load(granted, gone)
    refused("Something was found", check, granted, "standing")
    check(granted, "standing", replace(PASS, note="Registered anew under another number."))

    assert diligence(granted).settled == 2


def test_nothing_is_signed_or_paid_while_a_match_on_the_sanctions_list_waits_for_a_person(
    granted: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(granted, RegisterEntry(listed_key("Westmarch Seagulls"), 0), register=SANCTIONS_LIST)
    undo(granted, granted.perform(both_sign("ACF-001", DAY), OFFICER))
    match = RegisterEntry(listed_key("Westmarch Seagulls"), 1, "GHO0001", "SEAGULLS")
    load(granted, match, register=SANCTIONS_LIST)
    refused(r"a name like Westmarch Seagulls is on the .* nothing is signed", sign, granted)
    shown = granted.ask(lambda s: with_agreements(s, 1))
    assert [row.application for row in shown if "a name like Westmarch Seagulls is" in row.match] == [
        "ACF-001"
    ]
    granted.perform(both_sign("ACF-002", DAY), OFFICER)  # another recipient
    check(granted, "sanctions", MATCHED)
    refused("nobody has recorded that it is somebody else", sign, granted)
    check(granted, "sanctions", replace(PASS, note="Another body: ours is in Westmarch."))
    assert not any(row.match for row in granted.ask(lambda s: with_agreements(s, 1)))
    ready_to_pay(granted, "ACF-001", DAY, FINANCE)
    check(granted, "sanctions", None)

    refuses(granted, "nothing is paid before", PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)
    ledger = RecordPayments("ledger.csv", (PayInstalment(1, "ACF-001", 1, DAY, None),))
    refuses(granted, "nothing is paid before", ledger, FINANCE)

    require(granted, "", "bank")
    paid = granted.perform(ledger, FINANCE)
    assert undo(granted, paid).words.endswith("taken back."), "the fund asks for no such check"
    require(granted, "")
    with monkeypatch.context() as before_it_was_asked:
        before_it_was_asked.setattr(PayInstalment, "check_at_entry", lambda *_: None)
        granted.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)


def test_nothing_is_paid_while_a_check_that_the_fund_requires_is_open(granted: Record) -> None:
    ready_to_pay(granted, "ACF-001", DAY, FINANCE)
    require(granted, "number", "accounts")
    paying = PayInstalment(1, "ACF-001", 1, DAY, None)

    for operation in (paying, RecordPayments("ledger.csv", (paying,))):
        refuses(granted, "valid and active is not settled for ACF-001", operation, FINANCE)
    (first, *_) = granted.ask(lambda s: finance(s, SCHEDULE)).awards
    assert "registered number valid and active is not settled" in first.held_for
    check(granted, "number", PASS)
    asked = granted.ask(lambda s: look_words(s, (paying,)))
    outcome = granted.perform(paying, FINANCE)

    assert asked == "Due diligence on ACF-001: accounts not overdue is not settled."
    undo(granted, outcome)
    assert granted.ask(lambda s: look_words(s, (replace(paying, on=None, replacing=DAY),))) == ""
    check(granted, "accounts")
    assert "Due diligence" not in granted.perform(paying, FINANCE).words


FOUND = RegisterEntry(SEAGULLS, 1, SEAGULLS, "WESTMARCH SEAGULLS", "Registered")
LONG = replace(FOUND, what="x" * 2_001)
FIRST = Extract(EXTRACT, "charity.zip", 400_000, 2, (FOUND, RegisterEntry("7645231")))


def test_an_extract_replaces_the_one_before_and_undo_brings_that_back(record: Record) -> None:
    for register, extract, before, fault in (
        ("land", FIRST, None, "is not a register"),
        ("charity", FIRST, FIRST, "loaded in the meantime"),
        ("charity", replace(FIRST, extract_on=date(2027, 1, 1)), None, "still to come"),
        ("charity", replace(FIRST, file="x" * 2_001), None, "longer than 2,000"),
        ("charity", replace(FIRST, entries=(LONG,)), None, "longer than 2,000"),
        ("charity", replace(FIRST, entries=(FOUND, FOUND)), None, "two entries for one place"),
    ):
        refuses(record, fault, LoadRegister(register, extract, before))
    second = replace(FIRST, extract_on=date(2026, 11, 2), rows=1)
    words = record.perform(LoadRegister("charity", FIRST, None), OFFICER)
    later = record.perform(LoadRegister("charity", second, FIRST), OFFICER)

    assert words.words == (
        "The charity register of England and Wales is loaded: the extract of 1 November 2026, 400,000 rows; "
        "it has 1 of the 2 looked for."
    )
    held = record.ask(loaded_registers)["charity"]
    assert (held.extract, held.loaded_by, held.said_of(SEAGULLS)) == (second, OFFICER.name, (FOUND,))
    undo(record, later)
    assert undo(record, words).words == "The charity register of England and Wales is no longer loaded."


def test_a_check_put_back_is_whoevers_it_was(granted: Record) -> None:
    def stands() -> object:
        return next(line.done for line in diligence(granted).lines if line.code == "bank")

    check(granted, "bank")
    before = stands()
    changed = granted.perform(SetCheck(1, "ACF-001", "bank", MATCHED, PASS), OFFICER)
    assert (getattr(before, "checked_by", ""), stands() == before) == (FINANCE.name, False)
    undo(granted, changed)

    assert stands() == before
