"""Loading a new round as a workbook holds it, copying one for the next, and taking a round out again."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Table, select

from models.operation import Outcome
from models.operations.applications.attachments import remove_with, set_removed
from models.operations.applications.gates import ensure_time_gate
from models.operations.operation_base import InRound, RegisteredOperation, has_recommendations
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
    area_ids,
    find_fund,
    freeze_rules,
    fund_made_for,
    put_areas_served,
    put_fund,
    refuse_near_fund,
    remove_fund,
    set_signing_areas,
)
from models.operations.rows.write_panel import put_panel, refuse_other_letters
from models.operations.rows.write_round import NewRound, put_round, refuse_near_name, remove_round
from models.operations.set_up.people import NameSignatories, refuse_on_panel
from models.queries.applications.applications import GateResult, as_submitted, entered, gate_results, gates
from models.queries.applications.choices import choices
from models.queries.deciding.allowances import allowances
from models.queries.deciding.challenges import challenged_in
from models.queries.deciding.decisions import chain_of
from models.queries.deciding.signatories import people_in, seat_rows, signers_in
from models.queries.panel.area_panels import areas_kept
from models.queries.panel.panel import MemberDetails, areas_served, members_of
from models.queries.papers.issues import has_issues
from models.queries.retention.retention import Years, usual_years, years
from models.queries.set_up.funds import fund_rules, require_open_fund, round_rules
from models.queries.set_up.office import areas_of_roles, parts
from models.queries.set_up.round_facts import stored_rows
from models.queries.set_up.rounds import find_round_id, round_line, scheme
from models.reference.defaults import FundDefaults, Gate
from models.role import role_words
from models.schema.applications import application_table, retention_table
from models.schema.monitoring import return_band_table
from models.schema.panel import member_table, round_role_table
from models.schema.papers import paper_text_table
from models.schema.set_up import reason_rule_table, round_table
from models.session import (
    Session,
    actor_name,
    count,
    put,
    put_new,
    remove,
    replace_row,
    round_uid,
    row_at,
    selection,
    today,
    uid,
)
from models.trouble import required
from models.values.applications import ChoicesOf
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, AsSubmitted, RoundRows
from scoring.publishing import check_scheme
from scoring.round import Eligibility
from scoring.written.text import Refused, counted

STANDING_WORDS = ("committee", "author", "contact_name", "contact_phone", "contact_email")
"""The words of a round's papers that are about the office; all others are about what was decided."""
WORDS_OF_CALL = ("who_may", "how", "contact_post", "most_words", "questions")
"""Beside them what a call and its form say in every round: who may apply, how, and what else is asked."""
_BY_ROUND: tuple[Table, ...] = (reason_rule_table, retention_table, return_band_table)


def like_round(session: Session, source: int, fund: str) -> FundDefaults:
    """Return what a round of a fund starts from that is like another: its rules, checks, chain and marking.

    Raise `Refused` where the other round is gone or of another fund.
    """
    row = required(
        row_at(session, round_table, source),
        "The round to copy is no longer in the record. Choose another, or none.",
    )
    if find_fund(session, fund) != row.fund_id:
        raise Refused(f"“{row.name}” is a round of {row.fund_name}. Copy a round of {fund}, or none.")
    asked = tuple(
        Gate(gate.code, gate.question, "", gate.is_advisory, gate.is_cap, is_start=gate.is_start)
        for gate in gates(session, source)
        if not gate.is_time
    )
    copied = replace(scheme(session, source), tolerance_percent=Decimal(0), tolerance_authority="")
    return replace(
        fund_rules(session, row.fund_id),
        scheme=copied,  # who answers for a tolerance is said for each round
        chain=chain_of(session, source),
        marking=row.marking,
        gates=asked,
    )


def copy_into(session: Session, source: int, round_id: int) -> tuple[str, ...]:
    """Copy panel, people and standing words; return who is left out, as the round has none of their areas."""
    there = area_ids(session, round_id).keys()
    people = [one for one in parts(session, source) if areas_kept(one.areas, there) is None]
    _copy_members(session, source, round_id, {one.member for one in people if one.member})
    put_areas_served(session, round_id, areas_served(session, source))
    copy_people_and_words(session, source, round_id, (*STANDING_WORDS, *WORDS_OF_CALL))
    return tuple(f"{one.name} ({role_words(one.role)})" for one in people)


def copy_people_and_words(
    session: Session, source: int, round_id: int, words: tuple[str, ...] = STANDING_WORDS
) -> None:
    """Copy who works on a round beside its panel, how it is reported on and kept, and its standing words."""
    _copy_roles(session, source, round_id)
    for table in _BY_ROUND:
        _copy_rows(session, table, source, round_id)
    _copy_rows(session, paper_text_table, source, round_id, {"subject": ("",), "field": words})


def remove_copied(session: Session, round_id: int) -> None:
    """Take out what was copied into a round beside its panel and its rules."""
    for table in (return_band_table, paper_text_table):
        remove(session, table, round_id=round_id)


def _copy_members(session: Session, source: int, round_id: int, but: Collection[str]) -> None:
    table, within = member_table, round_uid(session, round_id)
    held = session.execute(
        select(table)
        .where(table.c.round_id == source, table.c.code.not_in(but))
        .order_by(table.c.position, table.c.id)
    )
    rows = (
        dict(row._mapping) | {"uid": uid(within, "member", row.code), "round_id": round_id, "position": n}
        for n, row in enumerate(held)
    )
    put_new(session, table, rows)


def _copy_roles(session: Session, source: int, round_id: int) -> None:
    table, there = round_role_table, area_ids(session, round_id)
    found = session.execute(select(table).where(table.c.round_id == source).order_by(table.c.id))
    of_roles = areas_of_roles(session, source)
    kept = ((row, areas_kept(of_roles.get(row.id, ()), there)) for row in found)
    held = [(row, areas) for row, areas in kept if areas is not None]
    numbers = put_new(session, table, (dict(row._mapping) | {"round_id": round_id} for row, _ in held))
    for number, (_, areas) in zip(numbers, held, strict=True):
        set_signing_areas(session, round_id, number, areas)


def _copy_rows(
    session: Session,
    table: Table,
    source: int,
    round_id: int,
    only: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Copy the rows of a table that has a round's number among its keys."""
    asked = select(table).where(table.c.round_id == source).order_by(*table.primary_key)
    for name, values in (only or {}).items():
        asked = asked.where(table.c[name].in_(values))
    rows: list[Mapping[str, Any]] = [
        dict(row._mapping) | {"round_id": round_id} for row in session.execute(asked)
    ]
    put(session, table, rows)


def set_years(session: Session, round_id: int, kept: Years) -> None:
    """Keep a round's applications for these years; the usual ones of its fund stand nowhere."""
    row = {"awarded_years": kept.awarded, "declined_years": kept.declined}
    own = None if kept == usual_years(session, round_id) else row
    replace_row(session, retention_table, {"round_id": round_id}, own)


class LoadRound(RegisteredOperation, frozen=True):
    """Make a new round of everything in a workbook, and open it: its scheme is published as it stands.

    A fund that the record does not have is made. Eligible stands for all gates of an application. What
    the panel decided elsewhere is recorded as it is: stage, role and declaration do not bar it. A round
    that is brought back after its removal has what stood for all gates of each application (word, reason,
    by whom) in `standings`, the results of single ones in `gates`, its fund's rules in
    `fund_rules`, what its applications are for in `choices`, else that is read from their words, what
    was submitted of them in `submitted`, how long they are kept in `kept`, the numbers of the files that
    were removed with it in `attachments`, and the kinds and areas of its members in `panel`.
    """

    kind = "load round"
    rows: RoundRows
    opens: bool = True
    source: str = ""
    standings: tuple[tuple[str, str, str], ...] = ()
    gates: tuple[GateResult, ...] = ()
    fund_rules: FundDefaults | None = None
    choices: tuple[ChoicesOf, ...] | None = None
    submitted: tuple[AsSubmitted, ...] = ()
    kept: Years | None = None
    attachments: tuple[int, ...] = ()
    panel: tuple[MemberDetails, ...] = ()

    @property
    def label(self) -> str:
        return f"Load the round {_key(self.rows).words}"

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that another round of the fund and year, or a person, has in other letters."""
        refuse_near_name(session, find_fund(session, self.rows.fund), self.rows.year, self.rows.name)
        refuse_other_letters(session, people_in(self.rows))
        refuse_on_panel([one.name for one in self.rows.members], signers_in(self.rows))
        if find_fund(session, self.rows.fund) is None:
            made = fund_made_for(session, self.rows.fund)
            refuse_near_fund(session, None, (made.name, made.code))

    def apply(self, session: Session) -> Outcome:
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
        require_open_fund(session, fund_id, today(session))
        round_id = self._put(session, fund_id)
        return Outcome(RemoveRound(round_id, made_fund), _words(rows, made_fund))

    def _put(self, session: Session, fund_id: int) -> int:
        rows = self.rows
        defaults = fund_rules(session, fund_id)
        new = NewRound(
            fund_id, rows.fund, rows.year, rows.name, rows.scheme, rows.areas, defaults, opens=self.opens
        )
        round_id = put_round(session, new)
        if self.opens and self.fund_rules is not None:
            freeze_rules(session, round_id, self.fund_rules)
        applications = rows.applications
        check_areas({area.name for area in rows.areas}, applications)
        positions = range(len(applications))
        put_applications(session, round_id, applications, self._standings(session), positions, self.submitted)
        put_corrections(session, round_id, applications, self.submitted)
        if {one.gate for one in self.gates} - {gate.code for gate in gates(session, round_id)}:
            ensure_time_gate(session, round_id)
        put_gate_results(session, round_id, self.gates)
        if self.choices is None:
            suggest_choices(session, round_id, applications)
        else:
            put_choices(session, round_id, self.choices)
        put_panel(session, round_id, rows, {one.code: one.kind for one in self.panel}, {}, today(session))
        put_areas_served(session, round_id, {one.code: one.areas for one in self.panel if one.areas})
        if rows.seats:
            NameSignatories.of_seats(session, round_id, rows.seats).apply(session)
        if self.kept is not None:
            set_years(session, round_id, self.kept)
        set_removed(session, self.attachments, is_removed=False)
        return round_id

    def _standings(self, session: Session) -> list[Standing]:
        if self.standings:
            return [(Eligibility(word), reason, by) for word, reason, by in self.standings]
        by = actor_name(session)
        return [(a.eligibility, a.eligibility_reason, by) for a in self.rows.applications]


class RemoveRound(InRound, frozen=True):
    """Take a round out with everything in it, and the fund that came with it (`made_fund`, "" for none)."""

    kind = "remove round"
    titled = "Remove the round"
    made_fund: str

    def apply(self, session: Session) -> Outcome:
        """Take it out; refused once anything is recommended or issued."""
        line = round_line(session, self.round_id)
        if has_recommendations(session, self.round_id) or has_issues(session, self.round_id):
            raise Refused(
                f"The round {line.words} has recommendations or issued papers, and these are kept. "
                "Nothing was removed."
            )
        for fault in self._not_brought_back(session, line.words):
            raise Refused(f"{fault} Nothing was removed.")
        inverse = _bring_back(session, self.round_id, opens=line.stage != "set up")
        of_it = (
            selection(application_table.c.uid, round_id=self.round_id),
            selection(round_table.c.uid, id=self.round_id),
        )
        attached = tuple(number for one in of_it for number in remove_with(session, one))
        inverse = replace(inverse, attachments=attached)
        remove_round(session, self.round_id)
        if self.made_fund:
            fund_id = find_fund(session, self.made_fund)
            assert fund_id is not None, "a fund goes by every name that it had"
            remove_fund(session, fund_id)
        return Outcome(inverse, f"The round {line.words} was removed.")

    def _not_brought_back(self, session: Session, words: str) -> Iterator[str]:
        """Yield what is recorded in the round that bringing it back would not bring."""
        for one in allowances(session, self.round_id):
            yield f"Money is allowed over the pot of {one.area} in the round {words}. Take that back first."
        for of in challenged_in(session, self.round_id):
            yield f"A challenge on {of} in the round {words} is recorded. Remove it first."
        own = {paper_text_table: "words of its own in its papers", return_band_table: "reports of its own"}
        for what in (what for table, what in own.items() if count(session, table, round_id=self.round_id)):
            yield f"The round {words} has {what}. Take them out first."
        for area in areas_met(session, self.round_id):
            yield f"The minutes of {area} in the round {words} say of its meeting. Take that back first."


def check_areas(areas: set[str], rows: tuple[ApplicationRow, ...]) -> None:
    for row in rows:
        if row.area is not None and row.area not in areas:
            raise Refused(f"{row.reference} is of the area {row.area}, which has no pot. Add it to Pots.")


def _bring_back(session: Session, round_id: int, *, opens: bool) -> LoadRound:
    """Return what puts a round in again with what its gates came to one by one."""
    return LoadRound(
        replace(stored_rows(session, round_id), seats=seat_rows(session, round_id)),
        opens,
        standings=tuple(one.word for one in entered(session, round_id).values()),
        gates=gate_results(session, round_id),
        fund_rules=round_rules(session, round_id) if opens else None,
        choices=tuple(ChoicesOf(of, held) for of, held in sorted(choices(session, round_id).items())),
        submitted=as_submitted(session, round_id),
        kept=years(session, round_id),
        panel=members_of(session, round_id),
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
