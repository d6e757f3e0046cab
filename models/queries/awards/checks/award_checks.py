"""What people recorded of the checks of awards, and which of them each fund asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select

from models.queries.applications.applications import applications, entered
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.checks.payees import NO_ACCOUNT, bank_findings, payee_finding
from models.queries.awards.checks.registers import Recipient, loaded_registers, register_findings
from models.queries.awards.subsidies import award_total
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.rounds import rounds
from models.reference.defaults import BANK, CHECKS, PAYEE, PUBLIC_MONEY, RETURNS, SANCTIONS
from models.schema.applications import application_table, organisation_table
from models.schema.awards import award_table
from models.schema.monitoring import award_check_table, award_return_table
from models.session import Session
from models.store.parts import part
from models.values.awards import MINIMAL, NONE
from models.values.diligence import CLEAR, CONCERN, NOT_CHECKED, PUBLIC, CheckDone, CheckResult, Finding
from models.values.diligence import SANCTIONS_LIST as LIST
from models.values.rows import ApplicationRow
from scoring.counted import counted, listed
from scoring.written.days import full_day


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
        missing = [CHECKS[code].lower() for code in self.unsettled if code in self.required]
        return "" if not missing else f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} not settled"

    @property
    def left(self) -> str:
        """Return how many of how many checks are open: "3 of 9 checks are not settled"; "" where none is."""
        many = len(self.unsettled)
        verb = "is" if many == 1 else "are"
        return f"{many} of {counted(len(self.asked), 'check')} {verb} not settled" if many else ""


@part
def checks_of_round(session: Session, round_id: int) -> Mapping[str, AwardChecks]:
    """Return where the checks of a round's applications stand, by reference, as its fund asks today."""
    rules, done = fund_rules_of(session, round_id), checks_done(session)
    required = tuple(code for code in CHECKS if code in rules.required_checks)
    asked = tuple(code for code in CHECKS if not rules.checks or code in (*rules.checks, *required))
    rows = entered(session, round_id).items()
    return {reference: AwardChecks(asked, required, done.get(of.number, {})) for reference, of in rows}


def left_before_paying(session: Session, applications: Iterable[tuple[int, str]]) -> Mapping[str, str]:
    """Return of which awards that are paid how many checks are open, by application; by round and reference.

    What the fund requires bars a payment; the others are asked about.
    """
    chosen = sorted(set(applications))
    words = ((of, checks_of_round(session, round_id)[of].left) for round_id, of in chosen)
    return {reference: left for reference, left in words if left}


def barred_by_checks(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of a round whose agreement waits for checks that the fund requires."""
    return frozenset(of for of, checks in checks_of_round(session, round_id).items() if checks.barring)


def checks_done(session: Session) -> Mapping[int, Mapping[str, CheckDone]]:
    """Return what was recorded of every award, by its application's number, then by check."""
    table, found = award_check_table, dict[int, dict[str, CheckDone]]()
    for row in session.execute(select(table).order_by(table.c.application_id, table.c.code)):
        result = CheckResult(row.result, row.checked_on, row.note)
        found.setdefault(row.application_id, {})[row.code] = CheckDone(result, row.checked_by)
    return found


class CheckLine(Struct, frozen=True):
    """One check of an award: whether the agreement waits for it, what is found, and what was recorded."""

    code: str
    is_required: bool
    finding: Finding
    done: CheckDone | None = None

    @property
    def words(self) -> str:
        """Return what the check is called."""
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
        """Return how many checks are settled."""
        return sum(line.is_settled for line in self.lines)


def due_diligence(session: Session, round_id: int, application: str, today: date) -> DueDiligence | None:
    """Return the checks of one award, as they stand on a day; None where the application has no award."""
    award = tuple(row for row in awards(session, round_id) if row.application == application)
    return next(iter(_of_awards(session, round_id, award, today)), None)


def due_diligences(session: Session, round_id: int, today: date) -> tuple[DueDiligence, ...]:
    """Return the checks of every award of a round, in the order of their references."""
    return tuple(_of_awards(session, round_id, awards(session, round_id), today))


def every_due_diligence(session: Session, today: date) -> tuple[DueDiligence, ...]:
    """Return the checks of every award of the record, in the order of its rounds."""
    return tuple(one for of in rounds(session) for one in due_diligences(session, of.round_id, today))


class LatestCheck(Struct, frozen=True):
    """What was recorded last of a check of an organisation, on which of its awards."""

    code: str
    award: str
    done: CheckDone


@part
def checks_by_organisation(session: Session) -> Mapping[int, tuple[LatestCheck, ...]]:
    """Return what was recorded last of each check, over all awards of an organisation, by its number."""
    table = application_table
    rows = session.execute(
        select(table.c.id, table.c.organisation_id, award_table.c.reference)
        .join(award_table, award_table.c.application_id == table.c.id)
        .order_by(table.c.id)
    )
    done = checks_done(session)
    latest: dict[int, dict[str, LatestCheck]] = {}
    for number, of, award in rows:
        for code, one in done.get(number, {}).items():
            own = latest.setdefault(of, {})
            if code not in own or own[code].done.result.checked_on <= one.result.checked_on:
                own[code] = LatestCheck(code, award, one)
    return {of: tuple(own[code] for code in CHECKS if code in own) for of, own in latest.items()}


def _of_awards(
    session: Session, round_id: int, chosen: Sequence[AwardRow], today: date
) -> Iterator[DueDiligence]:
    if not chosen:
        return
    checks = checks_of_round(session, round_id)
    registers, accounts = loaded_registers(session, PUBLIC), bank_findings(session, round_id)
    rows = {row.reference: row for row in applications(session, round_id)}
    numbers = _numbers(session, round_id)
    late = _late_returns(session, today)
    for award in chosen:
        row, own = rows[award.application], numbers[award.application]
        who = _recipient(award, row, own.name)
        found = {
            **register_findings(who, registers),
            PAYEE: payee_finding(session, own.id, own.organisation_id, row),
            BANK: accounts.get(award.application, NO_ACCOUNT),
            RETURNS: _returns(late, own.organisation_id, own.id),
            PUBLIC_MONEY: _public_money(session, round_id, award),
        }
        yield DueDiligence(
            award.reference,
            award.application,
            award.terms.recipient or row.organisation,
            tuple(_lines(checks[award.application], found)),
            checks[award.application].barring,
        )


def _lines(checks: AwardChecks, found: Mapping[str, Finding]) -> Iterator[CheckLine]:
    for code in checks.asked:
        yield CheckLine(code, code in checks.required, found[code], checks.done.get(code))


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


def _recipient(award: AwardRow, row: ApplicationRow, organisation: str) -> Recipient:
    names = tuple(dict.fromkeys((row.organisation, organisation, award.organisation)))
    people = tuple(dict.fromkeys(filter(None, (row.contact_name, award.agreement.recipient_signer))))
    return Recipient(names, row.charity_number, row.company_number, row.postcode, people)


def _numbers(session: Session, round_id: int) -> Mapping[str, Row[*tuple[Any, ...]]]:
    table, of = application_table, organisation_table
    columns = select(table.c.reference, table.c.id, table.c.organisation_id, of.c.name)
    rows = session.execute(
        columns.join(of, of.c.id == table.c.organisation_id).where(table.c.round_id == round_id)
    )
    return {row.reference: row for row in rows}


def _late_returns(session: Session, today: date) -> Sequence[Row[*tuple[Any, ...]]]:
    table, of = award_return_table, application_table
    return session.execute(
        select(of.c.organisation_id, of.c.id, award_table.c.reference, table.c.due_on)
        .join(of, of.c.id == table.c.application_id)
        .join(award_table, award_table.c.application_id == table.c.application_id)
        .where(table.c.received_on.is_(None), table.c.due_on < today)
        .order_by(table.c.due_on, award_table.c.reference)
    ).all()


def _returns(late: Sequence[Row[*tuple[Any, ...]]], organisation_id: int, application_id: int) -> Finding:
    """Say which returns on other awards of the organisation are missing."""
    own = [row for row in late if row.organisation_id == organisation_id and row.id != application_id]
    if not own:
        return Finding(CLEAR, "No return on another award is missing.")
    named = "; ".join(f"{row.reference}, due {full_day(row.due_on)}" for row in own)
    return Finding(CONCERN, f"A return on another award is missing: {named}.")


def _public_money(session: Session, round_id: int, award: AwardRow) -> Finding:
    """Say what the recipient has had of minimal financial assistance, and whether it may have it."""
    subsidy = award.subsidy
    if subsidy is None:
        return Finding(NOT_CHECKED, "Subsidy control is not recorded yet.")
    if subsidy.kind == NONE:
        return Finding(CLEAR, "Recorded as no subsidy.")
    total = award_total(session, round_id, award.application, subsidy.declared_pence or 0)
    if subsidy.kind == MINIMAL and total.over_pence:
        return Finding(CONCERN, total.words)
    is_open = subsidy.kind == MINIMAL and subsidy.declared_pence is None
    return Finding(NOT_CHECKED if is_open else CLEAR, total.words)
