"""What people recorded of the checks of awards, and which of them each fund asks for."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from sqlalchemy import select

from models.queries.set_up.funds import fund_rules_of
from models.schema.applications import application_table
from models.schema.monitoring import award_check_table
from models.session import Session
from models.store.parts import part
from models.values.diligence.checks import CHECKS, CheckDone, CheckResult
from scoring.counted import counted, listed


class CheckRules(Struct, frozen=True):
    """Which checks a fund asks for, and which of them the agreement waits for, in their order."""

    asked: tuple[str, ...]
    required: tuple[str, ...]

    def unsettled(self, done: Mapping[str, CheckDone]) -> tuple[str, ...]:
        """Return the checks that are not settled."""
        return tuple(code for code in self.asked if code not in done or not done[code].result.is_settled)

    def barring(self, done: Mapping[str, CheckDone]) -> str:
        """Return which checks the agreement waits for, in words; "" where it waits for none."""
        missing = [CHECKS[code].lower() for code in self.unsettled(done) if code in self.required]
        return "" if not missing else f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} not settled"

    def warning(self, done: Mapping[str, CheckDone]) -> str:
        """Return how many checks are open, in a sentence; "" where none is."""
        many = len(self.unsettled(done))
        return f"{counted(many, 'check')} of due diligence not settled." if many else ""

    def left(self, done: Mapping[str, CheckDone]) -> str:
        """Return how many of how many checks are open: "3 of 9 checks are not settled"; "" where none is."""
        many = len(self.unsettled(done))
        verb = "is" if many == 1 else "are"
        return f"{many} of {counted(len(self.asked), 'check')} {verb} not settled" if many else ""


class AwardChecks(Struct, frozen=True):
    """What the fund asks for, and what was recorded of one award."""

    rules: CheckRules
    done: Mapping[str, CheckDone]

    @property
    def left(self) -> str:
        """Return how many of how many checks are open; "" where none is."""
        return self.rules.left(self.done)

    @property
    def barring(self) -> str:
        """Return which checks that the fund requires bar agreement and payments; "" where none does."""
        return self.rules.barring(self.done)


@part
def checks_of_round(session: Session, round_id: int) -> Mapping[str, AwardChecks]:
    """Return where the checks of a round's applications stand, by reference."""
    table, rules, done = application_table, rules_of_checks(session, round_id), checks_done(session)
    rows = session.execute(select(table.c.reference, table.c.id).where(table.c.round_id == round_id))
    return {reference: AwardChecks(rules, done.get(number, {})) for reference, number in rows}


def left_before_paying(session: Session, applications: Iterable[tuple[int, str]]) -> Mapping[str, str]:
    """Return of which awards that are paid how many checks are open, by application; by round and reference.

    What the fund requires bars a payment; the others are asked about.
    """
    chosen = sorted(set(applications))
    of = {number: checks_of_round(session, number) for number in dict(chosen)}
    words = ((reference, of[number][reference].left) for number, reference in chosen)
    return {reference: left for reference, left in words if left}


@part
def barred_by_checks(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of a round whose agreement waits for checks that the fund requires."""
    of_round = checks_of_round(session, round_id)
    return frozenset(reference for reference, one in of_round.items() if one.rules.barring(one.done))


def rules_of_checks(session: Session, round_id: int) -> CheckRules:
    """Return what the fund of a round asks for as it is today."""
    rules = fund_rules_of(session, round_id)
    required = tuple(code for code in CHECKS if code in rules.required_checks)
    asked = tuple(code for code in CHECKS if not rules.checks or code in (*rules.checks, *required))
    return CheckRules(asked, required)


def checks_of(session: Session, application_id: int) -> Mapping[str, CheckDone]:
    """Return what was recorded of one award, by check; the award by its application's number."""
    return checks_done(session).get(application_id, {})


def checks_done(session: Session) -> Mapping[int, Mapping[str, CheckDone]]:
    """Return what was recorded of every award, by its application's number, then by check."""
    table, found = award_check_table, dict[int, dict[str, CheckDone]]()
    rows = session.execute(
        select(
            table.c.application_id,
            table.c.code,
            table.c.result,
            table.c.checked_on,
            table.c.note,
            table.c.checked_by,
        ).order_by(table.c.application_id, table.c.code)
    )
    for number, code, result, on, note, by in rows:
        found.setdefault(number, {})[code] = CheckDone(CheckResult(result, on, note), by)
    return found
