"""Checks of awards: due diligence, public registers, subsidy control, and names kept off public lists."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import asdict, replace

from models.operation import Outcome
from models.operations.operation_base import AWARD, TOLD, OnApplication, RegisteredOperation, in_known_round
from models.queries.awards.award_checks import (
    checks_of_round,
    due_diligence,
    minimal_total,
    undecided_matches,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, withheld_names
from models.queries.awards.registers import loaded_registers
from models.reference.defaults import CHECKS, SOURCE_CONDITIONS
from models.schema.awards import award_subsidy_table, withheld_name_table
from models.schema.monitoring import award_check_table, register_entry_table, register_extract_table
from models.session import Session, actor_name, put, remove, replace_row, row_of, stamp, today
from models.trouble import refuse
from models.values.awards import KINDS, MINIMAL, Subsidy, WithheldName
from models.values.diligence import (
    BANKS,
    CONCERN,
    REGISTERS,
    RESULTS,
    CheckResult,
    Extract,
    concern_words,
)
from scoring.written.text import Refused

LONGEST = 2_000


def refuse_matches(session: Session, awards_of: Iterable[tuple[int, str]], today: date, done: str) -> None:
    """Refuse while a match on the sanctions list waits for a person; each is a round and a reference."""
    of: dict[int, set[str]] = {}
    for number, application in awards_of:
        of.setdefault(number, set()).add(application)
    for round_id, applications in of.items():
        for words in undecided_matches(session, round_id, applications, today).values():
            raise Refused(f"{words}. Record the result of that check; nothing is {done} before.")


def refuse_before_decision(award: AwardRow, on: date, what: str) -> None:
    """Refuse a day on which something is said to be done to an award before it was decided."""
    refuse(AWARD.before_decision(award, on, what))


class LoadRegister(RegisteredOperation, frozen=True):
    """Keep what an extract says, in the place of the one before; None takes it out of the record."""

    kind = "load register"
    titled = "{0.extract:Load|Remove} the {0._called}"
    register: str
    extract: Extract | None
    replacing: Extract | None

    @property
    def _called(self) -> str:
        return REGISTERS.get(self.register, "register")

    def apply(self, session: Session) -> Outcome:
        """Keep it; refused where it is dated after today, or where another stands."""
        if self.register not in REGISTERS:
            raise Refused(f"“{self.register[:40]}” is not a register. The registers: {', '.join(REGISTERS)}.")
        held = loaded_registers(session).get(self.register)
        stands = None if held is None else held.extract
        self.refuse_stale(stands, f"The {self._called}", "was loaded")
        if self.extract is not None:
            _check_extract(self.extract, today(session))
        for table in (register_entry_table, register_extract_table):
            remove(session, table, register=self.register)
        if self.extract is not None:
            self._put(session, self.extract)
        return Outcome(self.exchanged("extract"), self._words())

    def _put(self, session: Session, extract: Extract) -> None:
        loaded = {"register": self.register, **stamp(session, "loaded")}
        put(session, register_extract_table, [row_of(register_extract_table, extract, **loaded)])
        rows = [{"register": self.register, **asdict(entry)} for entry in extract.entries]
        put(session, register_entry_table, rows)

    def _words(self) -> str:
        entries = () if self.extract is None else self.extract.entries
        found = {entry.key for entry in entries if entry.is_found}, {entry.key for entry in entries}
        return TOLD.loaded(self.extract, self._called, () if self.register in BANKS else [*map(len, found)])


def _check_extract(extract: Extract, today: date) -> None:
    said = (value for one in extract.entries for value in asdict(one).values())
    is_long = any(isinstance(text, str) and len(text) > LONGEST for text in (extract.file, *said))
    is_twice = len({(one.key, one.place) for one in extract.entries}) < len(extract.entries)
    refuse(AWARD.extract(extract, today, is_long, is_twice, LONGEST))


class SetCheck(OnApplication, frozen=True):
    """Record what came of one check of an award; None takes it back.

    `checked_by` is of a result that is put back; else it is whoever records it.
    """

    kind = "set check"
    titled = "{0.result:Record|Take back} the check “{0._called}” of {0.application}"
    told = "{1.reference}, {2}: {3}."
    code: str
    result: CheckResult | None
    replacing: CheckResult | None
    checked_by: str = ""

    @property
    def _called(self) -> str:
        return CHECKS.get(self.code, self.code)

    def check_at_entry(self, session: Session) -> None:
        """Refuse to pass over what the record found without a word."""
        if self.result is None or self.result.note.strip():
            return
        found = due_diligence(session, self.round_id, self.application, today(session))
        lines = () if found is None else found.lines
        if any(line.code == self.code and line.finding.state == CONCERN for line in lines):
            raise Refused(concern_words(self.code))

    def apply(self, session: Session) -> Outcome:
        """Record it; refused without a reason where one is due, and where a signed agreement rests on it."""
        award = self.its_award(session)
        if self.code not in CHECKS:
            raise Refused(f"“{self.code[:40]}” is not a check. The checks: {', '.join(CHECKS)}.")
        held = checks_of_round(session, self.round_id)[self.application].done.get(self.code)
        self.refuse_stale(None if held is None else held.result, f"This check of {self.application}")
        if self.result is None and self.replacing is None:
            raise Refused(f"Nothing is recorded of this check of {self.application}.")
        if self.result is not None:
            of = self.result
            refuse(AWARD.check(of, of.result[:40], tuple(RESULTS), LONGEST, today(session), _asks(self.code)))
        self._check_agreement(session, award)
        by = self.checked_by or actor_name(session)
        row = None if self.result is None else {"checked_by": by, **asdict(self.result)}
        key = {"application_id": award.number, "code": self.code}
        replace_row(session, award_check_table, key, row)
        came = "not recorded" if self.result is None else RESULTS[self.result.result].lower()
        return self.done_exchanging(
            *("result", award, self._called.lower(), came),
            checked_by="" if held is None else held.checked_by,
        )

    def _check_agreement(self, session: Session, award: AwardRow) -> None:
        """Refuse to unsettle what a signed agreement rests on."""
        is_settled = self.result is not None and self.result.is_settled
        was_settled = self.replacing is not None and self.replacing.is_settled
        if award.agreed_on is None or is_settled or not was_settled:
            return
        if self.code in checks_of_round(session, self.round_id)[self.application].required:
            raise Refused(
                f"The agreement of {award.reference} is signed, and its fund requires this check before. "
                "Remove the date of the agreement first."
            )


def _asks(code: str) -> str:
    """Return what the note of a check must answer, "" where it need not."""
    return next((one.asked for one in SOURCE_CONDITIONS if one.check == code), "")


MOST_PENCE = 10**12


def require_minimal(session: Session, award: AwardRow, amount_pence: int) -> None:
    """Refuse an amount of an award that takes its recipient past the limit.

    An award that is no minimal assistance is not asked about, nor one that is lowered.
    """
    if award.subsidy is None or award.subsidy.kind != MINIMAL or amount_pence < award.amount_pence:
        return
    total = minimal_total(session, award.number, award.subsidy.declared_pence or 0)
    total = replace(total, award_pence=amount_pence)
    refuse(AWARD.above_limit(award, total.total_pence, total.over_pence))


class SetSubsidy(OnApplication, frozen=True):
    """Record whether an award is a subsidy, and of minimal assistance its steps; None takes it all back."""

    kind = "set subsidy"
    titled = "Record subsidy control of {0.application}"
    told = "Subsidy control of {1.reference}: {2}."
    subsidy: Subsidy | None
    replacing: Subsidy | None

    def apply(self, session: Session) -> Outcome:
        """Record it; refused above the limit, and where a step stands before the one that it needs."""
        award = self.its_award(session)
        self.refuse_stale(award.subsidy, f"Subsidy control of {self.application}")
        if self.subsidy is not None:
            _check_subsidy(session, award, self.subsidy, today(session))
        replace_row(session, award_subsidy_table, {"application_id": award.number}, self.subsidy)
        what = "not recorded" if self.subsidy is None else KINDS[self.subsidy.kind].lower()
        return self.done_exchanging("subsidy", award, what)


def _check_subsidy(session: Session, award: AwardRow, subsidy: Subsidy, today: date) -> None:
    is_early = bool(replace(subsidy, kind=MINIMAL).waits_for)
    days = (subsidy.declared_on, subsidy.notified_on, subsidy.confirmed_on)
    to_come = tuple(day for day in days if day is not None and day > today)
    wrong = AWARD.subsidy(subsidy, tuple(KINDS), LONGEST, MOST_PENCE, is_early, to_come)
    refuse(wrong, AWARD.assisted(award, subsidy))
    require_minimal(session, replace(award, subsidy=subsidy), award.amount_pence)


class SetWithheldName(OnApplication, frozen=True):
    """Withhold from the public who has an award, or is to have it; None lets the name be given again.

    It may be withheld before the decision, so that the notice that is signed names nobody.
    """

    kind = "set withheld name"
    titled = "{0.withheld:Withhold|Name} the recipient of {0.application} on public lists"
    told = (
        "On public lists the recipient of {1} {0.withheld:is not named: {0.withheld.printed}|may be named "
        "again}."
    )
    withheld: WithheldName | None
    replacing: WithheldName | None

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused without a ground, a reason and whoever decided it."""
        number = self.its_number(session)
        held = {one.application: one.reference for one in awards(session, self.round_id)}
        named = held.get(self.application, self.application)
        self.refuse_stale(withheld_names(session).get(number), f"The name of {named}")
        for _, fault in () if self.withheld is None else self.withheld.faults():
            raise Refused(fault)
        replace_row(session, withheld_name_table, {"application_id": number}, self.withheld)
        return self.done_exchanging("withheld", named)
