"""Loading a new round as a workbook holds it, and taking a round out again."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.applications.in_time import ensure_time_gate
from models.operations.operation_base import RegisteredOperation
from models.operations.panel.meetings import areas_met
from models.operations.rows.write_applications import (
    Standing,
    put_applications,
    put_choices,
    put_corrections,
    put_gate_results,
    suggest_choices,
)
from models.operations.rows.write_funds import (
    find_fund,
    freeze_rules,
    fund_defaults,
    fund_made_for,
    put_fund,
    refuse_near_fund,
    remove_fund,
)
from models.operations.rows.write_panel import put_panel, refuse_other_letters
from models.operations.rows.write_round import (
    NewRound,
    find_round_id,
    put_round,
    refuse_near_name,
    remove_round,
)
from models.operations.set_up.people import NameSignatories, refuse_on_panel
from models.operations.set_up.round_state import WHOLE_ROUND, has_recommendations
from models.queries.applications.applications import GateResult, as_submitted, gate_results, gates
from models.queries.applications.choices import choices
from models.queries.deciding.allowances import allowances
from models.queries.deciding.challenges import challenged_in
from models.queries.deciding.signatories import people_in, seat_rows, signers_in
from models.queries.papers.issues import has_issues
from models.queries.set_up.funds import require_open_fund, round_rules
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.reference.defaults import FundDefaults
from models.schema.applications import application_table
from models.session import Session
from models.values.applications import ChoicesOf
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, AsSubmitted, RoundRows
from scoring.counted import counted
from scoring.publishing.proof import check_scheme
from scoring.refused import Refused
from scoring.round import Eligibility


class LoadRound(RegisteredOperation, frozen=True):
    """Make a new round of everything in a workbook, and open it: its scheme is published as it stands.

    A fund that the record does not have is made. Eligible stands for all gates of an application. What
    the panel decided elsewhere is recorded as it is: stage, role and declaration do not bar it. A round
    that is brought back after its removal has what stood for all gates of each application (word, reason,
    by whom) in `standings`, the results of single ones in `gates`, its fund's rules in
    `fund_rules`, what its applications are for in `choices`, else that is read from their words, and what
    was submitted of them in `submitted`.
    """

    kind: ClassVar[str] = "load round"
    rows: RoundRows
    opens: bool = True
    source: str = ""
    standings: tuple[tuple[str, str, str], ...] = ()
    gates: tuple[GateResult, ...] = ()
    fund_rules: FundDefaults | None = None
    choices: tuple[ChoicesOf, ...] | None = None
    submitted: tuple[AsSubmitted, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Load the round {_key(self.rows).words}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that another round of the fund and year, or a person, has in other letters."""
        refuse_near_name(session, find_fund(session, self.rows.fund), self.rows.year, self.rows.name)
        refuse_other_letters(session, people_in(self.rows))
        refuse_on_panel([one.name for one in self.rows.members], signers_in(self.rows))
        if find_fund(session, self.rows.fund) is None:
            made = fund_made_for(session, self.rows.fund)
            refuse_near_fund(session, None, (made.name, made.code))

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the round in; refused where it is there, or its scheme may not be published."""
        rows = self.rows
        fund_id = find_fund(session, rows.fund)
        if find_round_id(session, fund_id, rows.year, rows.name) is not None:
            raise Refused(
                f"The round {_key(rows).words} is in the record already. To bring it up to date from the "
                "workbook, load it with --replace."
            )
        if self.opens:
            check_scheme(rows.scheme)
        made_fund = ""
        if fund_id is None:
            fund_id, made_fund = put_fund(session, fund_made_for(session, rows.fund)), rows.fund
        require_open_fund(session, fund_id, at.date())
        round_id = self._put(session, fund_id, actor, at)
        return Outcome(WHOLE_ROUND | {Topic.FUNDS}, RemoveRound(round_id, made_fund), _words(rows, made_fund))

    def _put(self, session: Session, fund_id: int, actor: Actor, at: datetime) -> int:
        rows = self.rows
        defaults = fund_defaults(session, fund_id)
        new = NewRound(
            fund_id, rows.fund, rows.year, rows.name, rows.scheme, rows.areas, defaults, opens=self.opens
        )
        round_id = put_round(session, new, at)
        if self.opens and self.fund_rules is not None:
            freeze_rules(session, round_id, self.fund_rules)
        applications = rows.applications
        check_areas({area.name for area in rows.areas}, applications)
        positions = range(len(applications))
        put_applications(session, round_id, applications, self._standings(actor), positions, self.submitted)
        put_corrections(session, round_id, applications, self.submitted, (actor.name, at))
        if {one.gate for one in self.gates} - {gate.code for gate in gates(session, round_id)}:
            ensure_time_gate(session, round_id)
        put_gate_results(session, round_id, self.gates, at)
        if self.choices is None:
            suggest_choices(session, round_id, applications)
        else:
            put_choices(session, round_id, self.choices)
        put_panel(session, round_id, rows, {}, {}, at.date())
        if rows.seats:
            NameSignatories.of_seats(session, round_id, rows.seats).apply(session, actor, at)
        return round_id

    def _standings(self, actor: Actor) -> list[Standing]:
        if self.standings:
            return [(Eligibility(word), reason, by) for word, reason, by in self.standings]
        return [(a.eligibility, a.eligibility_reason, actor.name) for a in self.rows.applications]


class RemoveRound(RegisteredOperation, frozen=True):
    """Take a round out with everything in it, and the fund that came with it (`made_fund`, "" for none)."""

    kind: ClassVar[str] = "remove round"
    round_id: int
    made_fund: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Remove the round"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it out; refused once anything is recommended or issued."""
        line = round_line(session, self.round_id)
        if has_recommendations(session, self.round_id) or has_issues(session, self.round_id):
            raise Refused(
                f"The round {line.words} has recommendations or issued papers, and these are kept. "
                "Nothing was removed."
            )
        self._refuse_allowed(session, line.words)
        self._refuse_kept(session, line.words)
        inverse = _bring_back(session, self.round_id, opens=line.stage != "set up")
        remove_round(session, self.round_id)
        if self.made_fund:
            fund_id = find_fund(session, self.made_fund)
            assert fund_id is not None, "a fund goes by every name that it had"
            remove_fund(session, fund_id)
        return Outcome(WHOLE_ROUND, inverse, f"The round {line.words} was removed.")

    def _refuse_allowed(self, session: Session, words: str) -> None:
        """Refuse where somebody allowed money over a pot: bringing the round back would not bring that."""
        allowed = allowances(session, self.round_id)
        if allowed:
            raise Refused(
                f"Money is allowed over the pot of {allowed[0].area} in the round {words}. "
                "Take that back first. Nothing was removed."
            )

    def _refuse_kept(self, session: Session, words: str) -> None:
        """Refuse where a challenge or a meeting is recorded, which bringing it back would not bring."""
        challenged = challenged_in(session, self.round_id)
        if challenged:
            raise Refused(
                f"A challenge on {challenged[0]} in the round {words} is recorded. Remove it first. "
                "Nothing was removed."
            )
        met = areas_met(session, self.round_id)
        if met:
            raise Refused(
                f"The minutes of {met[0]} in the round {words} say of its meeting. Take that back first. "
                "Nothing was removed."
            )


def check_areas(areas: set[str], rows: tuple[ApplicationRow, ...]) -> None:
    """Refuse an application of an area without a pot."""
    for row in rows:
        if row.area is not None and row.area not in areas:
            raise Refused(f"{row.reference} is of the area {row.area}, which has no pot. Add it to Pots.")


def _bring_back(session: Session, round_id: int, *, opens: bool) -> LoadRound:
    """Return what puts a round in again with what its gates came to one by one."""
    table = application_table
    columns = select(table.c.all_gates, table.c.all_gates_reason, table.c.all_gates_by)
    found = session.execute(columns.where(table.c.round_id == round_id).order_by(table.c.position))
    standings = tuple((word, reason, by) for word, reason, by in found)
    return LoadRound(
        replace(round_rows(session, round_id), seats=seat_rows(session, round_id)),
        opens,
        standings=standings,
        gates=gate_results(session, round_id),
        fund_rules=round_rules(session, round_id) if opens else None,
        choices=tuple(ChoicesOf(of, held) for of, held in sorted(choices(session, round_id).items())),
        submitted=as_submitted(session, round_id),
    )


def _key(rows: RoundRows) -> RoundKey:
    return RoundKey(rows.fund, rows.year, rows.name)


def _words(rows: RoundRows, made_fund: str) -> str:
    fund = f" The fund {made_fund} was not in the record and was made." if made_fund else ""
    return (
        f"The round {_key(rows).words} is loaded and open: "
        f"{counted(len(rows.applications), 'application')} in "
        f"{counted(len(rows.areas), 'area')}, {counted(len(rows.sheets), 'sheet')}.{fund}"
    )
