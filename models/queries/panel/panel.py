"""A round's panel and all that it entered: members and the areas they serve, interests, sheets, marks."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import combinations
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, Table, func, select

from models.papers.order import Texts
from models.queries.rows import of_round, rows_of_round
from models.role import Role, panel_role
from models.schema.applications import application_table
from models.schema.panel import (
    chair_decision_table,
    interest_table,
    interest_word_table,
    member_area_table,
    member_table,
    not_applicable_table,
    person_table,
)
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.locks.signing_on import closed_references
from models.store.parts import part
from models.trouble import required
from models.values.rows import (
    ChairDecisionRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    gathered,
)
from scoring.round import ChairDecisionKind, InterestKind
from scoring.written.names import person_words
from scoring.written.text import Refused

_MEMBERS: Select[*tuple[Any, ...]] = (
    select(member_table.c.code, person_table.c.name, member_table.c.role, member_table.c.organisation)
    .add_columns(member_table.c.kind)
    .join(person_table)
    .where(member_table.c.round_id == OF_ROUND)
    .order_by(member_table.c.position, member_table.c.id)
)


def by_member(table: Table, *said: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return what reads a round's rows of a table: of whom, on which application by both names, and more."""
    named = select(member_table.c.code, application_table.c.reference, table.c.application_id, *said)
    joined = named.join(member_table, member_table.c.id == table.c.member_id).outerjoin(application_table)
    return joined.where(member_table.c.round_id == OF_ROUND)


_INTERESTS = (
    by_member(interest_table, interest_table.c.kind, func.coalesce(interest_word_table.c.detail, ""))
    .outerjoin(interest_word_table)
    .order_by(interest_table.c.id)
)
_DECLARED_ON = by_member(interest_table, interest_table.c.declared_on).where(
    interest_table.c.kind != InterestKind.NONE.value
)
not_applicable = rows_of_round(
    NotApplicableRow,
    of_round(NotApplicableRow, not_applicable_table).order_by(
        application_table.c.position,
        not_applicable_table.c.application_id,
        not_applicable_table.c.criterion,
    ),
)
chair_decisions = rows_of_round(
    lambda of, kind, *said: ChairDecisionRow(of, ChairDecisionKind(kind), *said),
    of_round(ChairDecisionRow, chair_decision_table).order_by(chair_decision_table.c.id),
)
"""What the chair decided on ties and exceptions."""
members = rows_of_round(lambda *said: MemberRow(*said[:-1]), _MEMBERS)
"""The members of a round in their order, as papers name them."""


def named_rows(
    session: Session, round_id: int, statement: Select[*tuple[Any, ...]]
) -> Iterator[Sequence[Any]]:
    """Yield rows of somebody, an application's reference and its number, without the number.

    An application that a server closes to whoever asks is named all the same.
    """
    rows = session.execute(statement, {"of_round": round_id}).all()
    is_closed = any(of is None and number is not None for _, of, number, *_ in rows)
    closed = closed_references(session, round_id) if is_closed else {}
    for who, of, number, *said in rows:
        yield who, of or closed.get(number), *said


def as_declared(
    session: Session, round_id: int, statement: Select[*tuple[Any, ...]]
) -> tuple[InterestRow, ...]:
    """Return what a statement reads of declarations: who, on which application by both names, kind, words."""
    rows = named_rows(session, round_id, statement)
    return tuple(InterestRow(who, of, InterestKind(kind), words) for who, of, kind, words in rows)


@part
def interests(session: Session, round_id: int) -> tuple[InterestRow, ...]:
    """Return what was declared, in the order in which it was recorded.

    An application that is closed to whoever asks is named all the same; words that a server keeps from them
    are "".
    """
    return as_declared(session, round_id, _INTERESTS)


@part
def declared_on(session: Session, round_id: int) -> Mapping[tuple[str, str], date]:
    """Return since when interests and abstentions stand, by member and application, closed ones as well."""
    return {(who, of or ""): on for who, of, on in named_rows(session, round_id, _DECLARED_ON)}


Served = dict[str, Texts]
"""By the member's code: the areas that the member serves, in the round's order; no entry is all areas."""


@part
def areas_served(session: Session, round_id: int) -> Served:
    """Return the areas of those members of a round who do not serve all of them."""
    rows = session.execute(
        select(member_table.c.code, area_table.c.name)
        .join(member_area_table, member_area_table.c.member_id == member_table.c.id)
        .join(area_table)
        .where(member_table.c.round_id == round_id)
        .order_by(member_table.c.position, area_table.c.position)
    )
    return gathered(rows)


@part
def expected_to_score(session: Session, round_id: int) -> Served:
    """Return what each member is expected to score; a chair who does not score serves no area."""
    aside = dict.fromkeys(sorted(stood_down(interests(session, round_id))), ())
    return {**areas_served(session, round_id), **aside}


def stood_down(declared: Iterable[InterestRow]) -> frozenset[str]:
    """Return the codes of those who abstained on the whole round: the chair who does not score."""
    return frozenset(
        row.member for row in declared if row.application is None and row.kind is InterestKind.ABSTAINED
    )


def serves(served: Served, member: str, area: str) -> bool:
    return member not in served or area in served[member]


def barred_pairs(declared: Iterable[InterestRow]) -> frozenset[tuple[str, str | None]]:
    """Return who has an interest in what, an abstention with it: member and application."""
    return frozenset((row.member, row.application) for row in declared if row.kind is not InterestKind.NONE)


class Expected(Struct, frozen=True):
    """Whose sheets are expected: a member's on what is of the areas they serve, or on what they have begun.

    None is of who declared an interest in it. The ranking asks nothing of it: it counts what is handed in.
    """

    served: Served
    barred: frozenset[tuple[str, str | None]]
    begun: AbstractSet[tuple[str, str]]

    def has(self, member: str, application: str, area: str) -> bool:
        """Whether a member's sheet on an application of an area is expected."""
        return bool(self.among(member, {area: (application,)}))

    def among(self, member: str, by_area: Mapping[str, Collection[str]]) -> frozenset[tuple[str, str]]:
        """Return which of a member's sheets on applications, given by their area, are expected."""
        found = set[tuple[str, str]]()
        for area, applications in by_area.items():
            sheets = {(member, application) for application in applications}
            found |= sheets if serves(self.served, member, area) else sheets & self.begun
        return frozenset(found - self.barred)


def kinds_declared(rows: Iterable[InterestRow], member: str, application: str) -> set[InterestKind]:
    return {row.kind for row in rows if row.member == member and row.application == application}


class MemberDetails(MemberRow, frozen=True):
    """What is kept of a member, with the kind: police, community, partner, office.

    `areas` are those that the member is expected to score, () for all of them.
    """

    kind: str = ""
    areas: Texts = ()

    def serves(self, area: str) -> bool:
        return not self.areas or area in self.areas


def member_details(session: Session, round_id: int, code: str) -> MemberDetails:
    """Return what is kept of one member."""
    return required(
        next((row for row in members_of(session, round_id) if row.code == code), None),
        f"There is no member {code} in the round. Correct the code.",
    )


@part
def members_of(session: Session, round_id: int) -> tuple[MemberDetails, ...]:
    """Return the members of a round in their order."""
    served, rows = areas_served(session, round_id), session.execute(_MEMBERS, {"of_round": round_id})
    return tuple(
        MemberDetails(code, name, role, organisation, kind, served.get(code, ()))
        for code, name, role, organisation, kind in rows
    )


def refuse_one_person(members: Sequence[MemberRow], known: Sequence[MemberRow] = ()) -> None:
    """Refuse members who look like one person, whose sheets would count as two; not those `known` as two."""
    there = set(_pairs(known))
    pairs = [pair for pair in _pairs(members) if pair not in there]
    if pairs:
        raise Refused(
            f"{one_person_words(members, pairs)} If they are two people, say so with --same-person no; if it "
            "is one, take one of the two off Members and Marks. Nothing was changed."
        )


def one_person_words(members: Sequence[MemberRow], pairs: Sequence[tuple[str, str]] = ()) -> str:
    """Say which members look like one person, "" for none; `pairs` are those to name, by code."""
    names = {member.code: member.name for member in members}
    named = [_pair_words(names, *pair) for pair in pairs or _pairs(members)]
    return f"{'; '.join(named)}: their sheets count as those of two members." if named else ""


def _pair_words(names: Mapping[str, str], one: str, other: str) -> str:
    if names[one] == names[other]:
        return f"The members {one} and {other} may be one person, {names[one]}"
    return f"The members {one} {names[one]} and {other} {names[other]} may be one person"


def _pairs(members: Sequence[MemberRow]) -> tuple[tuple[str, str], ...]:
    """Return the codes of each two members who look like one person, in the order of the panel."""
    named = [(member.code, person_words(member.name)) for member in members]
    return tuple(
        (one, other) for (one, name), (other, again) in combinations(named, 2) if name and name == again
    )


def rules_in_place(
    panel: Sequence[MemberRow],
    declared: Sequence[InterestRow],
    references: Collection[str],
    beside: Collection[str] = (),
) -> tuple[MemberRow, ...]:
    """Return who may be named to rule on applications in the chair's place, nobody where the chair rules.

    An interest in one `beside` them keeps the chair from ruling too, and no other member.
    """
    conflicts = [row for row in declared if row.kind.is_conflict]
    barred = {row.member for row in conflicts if row.application in references}
    chairs = {row.code for row in panel if panel_role(row.role) == Role.CHAIR}
    kept_from = barred | {row.member for row in conflicts if row.application in beside}
    if not chairs or not chairs <= kept_from:
        return ()
    return tuple(row for row in panel if row.code not in chairs | barred)


def named_in_place(
    panel: Sequence[MemberRow],
    declared: Sequence[InterestRow],
    references: Collection[str],
    role: str,
    beside: Collection[str] = (),
) -> tuple[tuple[str, str], ...]:
    """Return names and codes of these for an officer to choose from; nobody for whoever has another role."""
    may = rules_in_place(panel, declared, references, beside) if role == Role.OFFICER else ()
    return tuple((row.name or row.code, row.code) for row in may)
