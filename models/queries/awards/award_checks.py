"""What people recorded of the checks of awards, which each fund asks for, and who shares an account."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.queries.applications.applications import (
    ApplicationHead,
    awarded,
    corrections_everywhere,
    entered,
    in_round,
)
from models.queries.applications.merges import Succeeded, succeeded_to
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.direct_awards import AWARD, subsidies
from models.queries.awards.registers import LoadedRegister, Recipient, loaded_registers, register_findings
from models.queries.awards.variations import award_money, successors
from models.queries.awards.year_end_figures import paid_by_award, returned_by_award, round_years
from models.queries.deciding.awaiting import correction_fault
from models.queries.rows import by_application, rows_by
from models.queries.set_up.funds import fund_rules_of, fund_value
from models.reference.clauses import SubsidyLimit, limit_on
from models.reference.defaults import (
    BANK,
    CHECKS,
    PAYEE,
    PUBLIC_MONEY,
    RETURNS,
    SANCTIONS,
    SOURCE_CONDITIONS,
    SourceCondition,
)
from models.reference.reporting import year_of
from models.schema.awards import bank_details_table
from models.schema.deciding import decision_table, sign_off_table
from models.schema.monitoring import award_check_table, award_return_table
from models.session import Session, fields_of
from models.store.parts import part
from models.values.awards import MINIMAL, NONE
from models.values.diligence import (
    BANKS,
    CLEAR,
    CONCERN,
    NOT_CHECKED,
    PASSED,
    PUBLIC,
    SUBSTITUTES,
    WEIGHTS,
    CheckDone,
    CheckResult,
    Finding,
    RegisterEntry,
)
from models.values.diligence import SANCTIONS_LIST as LIST
from models.values.payments import NO_TABLES, BankDetails, BankTables, WeightRow
from scoring.budget.figures import AwardMoney
from scoring.written.days import full_day
from scoring.written.identities import address_of
from scoring.written.names import text_key
from scoring.written.text import first_few, listed, with_capital

_SHOWN = 3
_CALLED = ("organisation", "postcode", "address")


class _Payee(NamedTuple):
    """Whose an award is: under its name of today, with place and account."""

    on: ApplicationHead
    named: str
    postcode: str
    address: str
    account: BankDetails | None

    def finding(self, payees: Iterable["_Payee"]) -> Finding:
        """Say who else with an award has the account or the address; a postcode alone is shared."""
        others = [one for one in payees if one.on.organisation_id != self.on.organisation_id]
        account = [one.named for one in others if self.account and one.account == self.account]
        address = [one.named for one in others if self.place and one.place == self.place]
        words = [
            f"The same {what} is recorded for {first_few(found, _SHOWN, 'other', 'others')}."
            for what, found in (("account", account), ("address", address))
            if found
        ]
        if words:
            return Finding(CONCERN, " ".join(words))
        if not self.account:
            return Finding(NOT_CHECKED, "No other payee has this address; no account is recorded yet.")
        return Finding(CLEAR, "No other payee has this account or address.")

    @property
    def place(self) -> str:
        """Return the whole address as addresses are compared, "" where it is not known."""
        return address_of(self.address, self.postcode).key


def _payees(session: Session) -> Mapping[int, _Payee]:
    """Return who has each award, in order of the awards' references, by its application's number."""
    accounts = by_application(session, BankDetails, bank_details_table)
    now, found = corrections_everywhere(session, _CALLED), {}
    taken, moved, new = successors(session), succeeded_to(session), dict[str, int]()
    for one in awarded(session):
        said = {**fields_of(one, *_CALLED), **now.get(one.number, {})}
        for own, to in zip(taken.get(one.number, ()), moved.get(one.number, ()), strict=True):
            said |= own.own
            unknown = new.setdefault(text_key(own.name), -len(new) - 1)
            one = replace(one, organisation_id=to.organisation_id or unknown)
        called, postcode, address = (said[name] for name in _CALLED)
        found[one.number] = _Payee(
            one, f"{called} ({one.award})", postcode, address, accounts.get(one.number)
        )
    return found


_BY_SOURCE = {one.check: one for one in SOURCE_CONDITIONS}

BEFORE_AGREEMENT = (
    "which its fund requires before an agreement. Record on Awards & payments, or with the command register "
    "check, that each is passed, or is not needed and why."
)
NO_ACCOUNT = Finding(NOT_CHECKED, "No account is recorded yet.")
FITS = {CLEAR: "Fits", CONCERN: "Does not fit", NOT_CHECKED: "Not checked"}
"""The same in a word or two, beside the account itself."""
_SAID = {
    True: (CLEAR, "The account number fits its sort code, by the banks' tables of {}."),
    False: (
        CONCERN,
        "The account number does not fit its sort code, by the banks' tables of {}. Ask the payee for both "
        "again, on a number you already had.",
    ),
    None: (NOT_CHECKED, "The banks' tables of {} do not cover this account: not checked."),
}


def accounts_of(session: Session, round_id: int) -> Mapping[str, BankDetails]:
    """Return the accounts of a round's awards, by application."""
    return in_round(session, round_id, by_application(session, BankDetails, bank_details_table))


def bank_findings(session: Session, round_id: int) -> Mapping[str, Finding]:
    """Return what the banks' tables say of each account of a round, by application."""
    accounts = accounts_of(session, round_id)
    if not accounts:
        return {}
    loaded = loaded_registers(session, BANKS)
    if WEIGHTS not in loaded:
        return dict.fromkeys(accounts, Finding(NOT_CHECKED, NO_TABLES))
    tables = _bank_tables(loaded)
    day = full_day(loaded[WEIGHTS].extract.extract_on)
    found = {}
    for reference, one in accounts.items():
        state, words = _SAID[tables.fits(one.sort_code.replace("-", ""), one.account_number)]
        found[reference] = Finding(state, words.format(day))
    return found


def _bank_tables(loaded: Mapping[str, LoadedRegister]) -> BankTables:
    """Return the tables as values, in the order of their files."""
    rows = sorted(loaded[WEIGHTS].extract.entries, key=lambda entry: entry.place)
    others = loaded[SUBSTITUTES].extract.entries if SUBSTITUTES in loaded else ()
    return BankTables(tuple(map(_row, rows)), {one.key: one.what for one in others})


def _row(entry: RegisterEntry) -> WeightRow:
    first, _, last = entry.key.partition("-")
    weights = tuple(map(int, entry.what.split()))
    return WeightRow(first, last, entry.status, weights, int(entry.listed or 0))


class AwardChecks(Struct, frozen=True):
    """The checks that a fund asks for and those that the agreement waits for, in their order, of one award.

    `done` is what was recorded of it, by check.
    """

    asked: tuple[str, ...]
    required: tuple[str, ...]
    done: Mapping[str, CheckDone]

    @property
    def unsettled(self) -> tuple[str, ...]:
        """Return the checks that are not settled."""
        done = self.done
        return tuple(code for code in self.asked if code not in done or not done[code].result.is_settled)

    @property
    def barring(self) -> str:
        """Return which checks bar agreement and payments, in words; "" where none does."""
        return _not_settled([CHECKS[code].lower() for code in self.unsettled if code in self.required])


def _not_settled(names: Sequence[str]) -> str:
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} not settled" if names else ""


@part
def source_conditions(session: Session, round_id: int) -> tuple[SourceCondition, ...]:
    """Return what the law asks of a round's awards for the sources of its fund's money of the year."""
    fund_id, year = round_years(session)[round_id]
    money = fund_value(session, fund_id).year(year)
    kinds = {one.kind for one in money.sources} if money is not None else ()
    return tuple(one for one in SOURCE_CONDITIONS if one.source in kinds)


def bound_by_source(session: Session, round_id: int, application: str) -> tuple[str, ...]:
    """Return what an agreement says of the answers that the sources of its money ask for."""
    done = checks_of_round(session, round_id)[application].done
    return tuple(
        one.binding(done[one.check].result.note)
        for one in source_conditions(session, round_id)
        if one.check in done and done[one.check].result.result == PASSED
    )


@part
def checks_of_round(session: Session, round_id: int) -> Mapping[str, AwardChecks]:
    """Return where the checks of a round's applications stand, by reference, as its fund asks today."""
    rules, done = fund_rules_of(session, round_id), checks_done(session)
    by_source = [one.check for one in source_conditions(session, round_id)]
    due = (*rules.required_checks, *by_source)
    required = tuple(code for code in CHECKS if code in due)
    usual = rules.checks or tuple(code for code in CHECKS if code not in _BY_SOURCE)
    asked = tuple(code for code in CHECKS if code in (*usual, *required))
    rows = entered(session, round_id).items()
    return {reference: AwardChecks(asked, required, done.get(of.number, {})) for reference, of in rows}


_results = rows_by(CheckResult, award_check_table, "application_id code checked_by")


def checks_done(session: Session) -> Mapping[int, Mapping[str, CheckDone]]:
    """Return what was recorded of every award, by its application's number, then by check."""
    found: dict[int, dict[str, CheckDone]] = defaultdict(dict)
    for (number, code, by), (result,) in _results(session).items():
        found[number][code] = CheckDone(result, by)
    return found


class CheckLine(Struct, frozen=True):
    """One check of an award: whether the agreement waits for it, what is found, and what was recorded."""

    code: str
    is_required: bool
    finding: Finding
    done: CheckDone | None = None

    @property
    def words(self) -> str:
        return CHECKS[self.code]

    @property
    def is_settled(self) -> bool:
        """Whether a person passed it, or found that it is not needed."""
        return self.done is not None and self.done.result.is_settled

    @property
    def is_undecided(self) -> bool:
        """Whether something was found that nobody settled."""
        return self.finding.state == CONCERN and not self.is_settled


class DueDiligence(Struct, frozen=True):
    """All checks that an award's fund asks for; `barring` says what its agreement waits for.

    `organisation` is what the recipient calls itself now: as a variation says, else as it applied.
    """

    award: str
    application: str
    organisation: str
    lines: tuple[CheckLine, ...]
    barring: str

    @property
    def settled(self) -> int:
        return sum(line.is_settled for line in self.lines)

    @property
    def left(self) -> str:
        """Return what was found and nobody settled, then which other checks are open; "" where none is.

        An account or address of two payees comes first; each is a sentence, the last without its full stop.
        """
        undecided = sorted(
            (line for line in self.lines if line.is_undecided), key=lambda one: one.code != PAYEE
        )
        found = [line.finding.words.rstrip(".") for line in undecided]
        others = [line.words.lower() for line in self.lines if not (line.is_settled or line.is_undecided)]
        is_none = len(others) == len(self.lines) > 1
        words = f"none of the {len(others)} checks is settled" if is_none else _not_settled(others)
        return ". ".join(filter(None, (*found, with_capital(words) if found else words)))


def due_diligence(session: Session, round_id: int, application: str, today: date) -> DueDiligence | None:
    """Return the checks of one award, as they stand on a day; None where the application has no award."""
    award = tuple(row for row in awards(session, round_id) if row.application == application)
    return next(iter(_of_awards(session, round_id, award, today)), None)


def diligence_of(session: Session, round_id: int, today: date) -> tuple[DueDiligence, ...]:
    """Return the checks of every award of a round, as they stand on a day."""
    return tuple(_of_awards(session, round_id, awards(session, round_id), today))


def open_checks(session: Session, round_id: int, today: date) -> Mapping[str, str]:
    """Return what of due diligence is open on each award of a round on a day, in words, by application."""
    every = _of_awards(session, round_id, awards(session, round_id), today)
    return {one.application: one.left for one in every}


def agreement_fault(session: Session, round_id: int, award: str) -> str:
    """Return why an agreement on an award is not issued yet; "" where it may be.

    A correction of the award waits, or before the first agreement a required check.
    """
    row = next((one for one in awards(session, round_id) if one.reference == award), None)
    if row is None:
        return ""
    if waits := correction_fault(session, round_id, row, "its agreement is issued or signed"):
        return waits
    barring = "" if row.agreed_on else checks_of_round(session, round_id)[row.application].barring
    return f"{award}: {barring}, {BEFORE_AGREEMENT}" if barring else ""


class LatestCheck(Struct, frozen=True):
    """What was recorded last of a check of an organisation, on which of its awards."""

    code: str
    award: str
    done: CheckDone


@part
def checks_by_organisation(session: Session) -> Mapping[int, tuple[LatestCheck, ...]]:
    """Return what was recorded last of each check, over all awards of an organisation, by its number."""
    done = checks_done(session)
    latest: dict[int, dict[str, LatestCheck]] = {}
    for on in sorted(awarded(session), key=attrgetter("number")):
        for code, one in done.get(on.number, {}).items():
            own = latest.setdefault(on.organisation_id, {})
            if code not in own or own[code].done.result.checked_on <= one.result.checked_on:
                own[code] = LatestCheck(code, on.award, one)
    return {of: tuple(own[code] for code in CHECKS if code in own) for of, own in latest.items()}


def _of_awards(
    session: Session, round_id: int, chosen: Sequence[AwardRow], today: date
) -> Iterator[DueDiligence]:
    if not chosen:
        return
    checks = checks_of_round(session, round_id)
    registers, accounts = loaded_registers(session, PUBLIC), bank_findings(session, round_id)
    payees, late = _payees(session), late_returns(session, today)
    for award in chosen:
        own = payees[award.number]
        found = {
            **register_findings(_recipient(award, own.on.recipient), registers),
            PAYEE: own.finding(payees.values()),
            BANK: accounts.get(award.application, NO_ACCOUNT),
            RETURNS: _returns(late, own),
            PUBLIC_MONEY: _public_money(session, award),
            **{code: Finding(NOT_CHECKED, one.asked) for code, one in _BY_SOURCE.items()},
        }
        of = checks[award.application]
        lines = (CheckLine(one, one in of.required, found[one], of.done.get(one)) for one in of.asked)
        yield DueDiligence(award.reference, award.application, award.organisation, tuple(lines), of.barring)


def undecided_matches(
    session: Session, round_id: int, applications: Set[str], today: date
) -> Mapping[str, str]:
    """Return which awards have a name like one on the sanctions list that nobody cleared, by application."""
    listed = loaded_registers(session, (LIST,)).values()
    if not any(entry.is_found for one in listed for entry in one.extract.entries):
        return {}
    chosen = tuple(row for row in awards(session, round_id) if row.application in applications)
    return {
        one.application: (
            f"{one.award}: a name like {one.organisation} is on the sanctions list, and nobody has recorded "
            "that it is somebody else"
        )
        for one in _of_awards(session, round_id, chosen, today)
        if any(line.code == SANCTIONS and line.is_undecided for line in one.lines)
    }


def _recipient(award: AwardRow, organisation: str) -> Recipient:
    """Return who is looked for: of an award that was taken over its successor alone."""
    row = award.recipient_on(date.max)
    before = (award.applied.organisation, organisation) if award.successor is None else ()
    names = tuple(dict.fromkeys((*before, award.organisation)))
    people = tuple(dict.fromkeys(filter(None, (row.contact_name, award.agreement.recipient_signer))))
    return Recipient(names, row.charity, row.company, (row.address, row.postcode), people)


def late_returns(session: Session, today: date) -> Sequence[tuple[date, ApplicationHead]]:
    """Return what returns on awards are missing on a day: when they were due, the longest first, on which."""
    made, of = {one.number: one for one in awarded(session)}, award_return_table.c
    late = select(of.application_id, of.due_on).where(of.received_on.is_(None), of.due_on < today)
    found = ((due_on, made[number]) for number, due_on in session.execute(late) if number in made)
    return sorted(found, key=lambda one: (one[0], one[1].award))


def _returns(late: Sequence[tuple[date, ApplicationHead]], payee: _Payee) -> Finding:
    """Say which returns on other awards of the organisation are missing."""
    own = [
        f"{on.award}, due {full_day(due_on)}"
        for due_on, on in late
        if on.organisation_id == payee.on.organisation_id and on != payee.on
    ]
    if not own:
        return Finding(CLEAR, "No return on another award is missing.")
    named = "; ".join(own)
    return Finding(CONCERN, f"A return on another award is missing: {named}.")


def _public_money(session: Session, award: AwardRow) -> Finding:
    """Say what the recipient has had of minimal financial assistance, and whether it may have it."""
    subsidy = award.subsidy
    if subsidy is None:
        return Finding(NOT_CHECKED, "Subsidy control is not recorded yet.")
    if subsidy.kind == NONE:
        return Finding(CLEAR, "Recorded as no subsidy.")
    total = minimal_total(session, award.number, subsidy.declared_pence or 0)
    if subsidy.kind == MINIMAL and total.over_pence:
        return Finding(CONCERN, total.words)
    is_open = subsidy.kind == MINIMAL and subsidy.declared_pence is None
    return Finding(NOT_CHECKED if is_open else CLEAR, total.words)


class Given(Struct, frozen=True):
    """An award, when it was decided and what it is under subsidy control, None where that is not recorded.

    `awarded_pence` is as it was varied, `money` what both have signed of it and what a variation proposes.
    """

    number: int
    reference: str
    organisation_id: int
    awarded_pence: int
    signed_on: date
    kind: str | None
    withdrawn: bool
    money: AwardMoney
    paid_pence: int
    returned_pence: int
    moved: tuple[Succeeded, ...] = ()

    def counts_with(self, organisation_id: int, day: date) -> bool:
        """Whether it counts with an organisation on a day: with its successor from the day of succession."""
        held = [self.organisation_id, *(one.organisation_id for one in self.moved if one.from_on <= day)]
        return organisation_id == held[-1]

    @property
    def agreed_pence(self) -> int:
        return self.money.agreed_pence

    @property
    def stands_pence(self) -> int:
        return self.agreed_pence - self.returned_pence

    @property
    def year(self) -> str:
        """Return the financial year in which it was decided."""
        return year_of(self.signed_on)


class MinimalTotal(Struct, frozen=True):
    """Minimal financial assistance of a recipient in a financial year and the two before it, in pence.

    `ours_pence` is what this office gave beside the award, `declared_pence` what the recipient declared.
    `half` are the awards in it that count with a sum that both have not signed, each with that sum.
    """

    award_pence: int
    ours_pence: int
    declared_pence: int
    limit: SubsidyLimit
    half: tuple[tuple[Given, int], ...] = ()

    @property
    def total_pence(self) -> int:
        return self.award_pence + self.ours_pence + self.declared_pence

    @property
    def over_pence(self) -> int:
        return max(self.total_pence - self.limit.minimal_pence, 0)

    @property
    def words(self) -> str:
        return AWARD.had(self, as_proposed(self.half))


def minimal_total(session: Session, application_id: int, declared_pence: int = 0) -> MinimalTotal:
    """Return what an award's recipient has had with it; other awards count that are minimal assistance."""
    rows = given_awards(session)
    own = next(row for row in rows if row.number == application_id)
    others = tuple(row for row in _minimal_in(rows, own.organisation_id, own.signed_on) if row != own)
    ours = sum(row.money.held_pence for row in others)
    counted_as = ((own, own.awarded_pence), *((row, row.money.held_pence) for row in others))
    half = tuple((row, pence) for row, pence in counted_as if pence != row.agreed_pence)
    return MinimalTotal(own.awarded_pence, ours, declared_pence, limit_on(own.signed_on), half)


def given_as_minimal(session: Session, organisation_id: int, day: date) -> int:
    """Return what an organisation was given as minimal assistance in a day's three years, as agreed."""
    return sum(row.agreed_pence for row in _minimal_in(given_awards(session), organisation_id, day))


def given_awards(session: Session) -> tuple[Given, ...]:
    """Return every award of the record, in order of their references."""
    kinds = {number: subsidy.kind for number, subsidy in subsidies(session).items()}
    money, moved = award_money(session), succeeded_to(session)
    paid, back = paid_by_award(session), returned_by_award(session)
    days = select(decision_table.c.id, sign_off_table.c.signed_on).join(sign_off_table)
    signed = dict(session.execute(days).all())
    return tuple(
        Given(
            *(one.number, one.award, one.organisation_id, one.amount_pence, signed[one.decision_id]),
            kind=kinds.get(one.number),
            withdrawn=one.withdrawn,
            money=money[one.number],
            paid_pence=paid.get(one.number, 0),
            returned_pence=sum(came.amount_pence for came in back.get(one.number, ())),
            moved=moved.get(one.number, ()),
        )
        for one in awarded(session)
    )


def _minimal_in(rows: Iterable[Given], organisation_id: int, day: date) -> list[Given]:
    """Return what an organisation has as minimal assistance in a day's three years, nothing withdrawn."""
    own = (row for row in rows if row.counts_with(organisation_id, day) and not row.withdrawn)
    years = three_years(day)
    return [row for row in own if row.kind == MINIMAL and row.year in years]


def as_proposed(half: Iterable[tuple[Given, int]]) -> str:
    """Return which awards count with a sum that both have not signed, and what is agreed; "" for none."""
    words = AWARD.counted_as(tuple(half))
    return f" {words}" if words else ""


def three_years(day: date) -> frozenset[str]:
    return frozenset(year_of(date(day.year - before, day.month, min(day.day, 28))) for before in range(3))
