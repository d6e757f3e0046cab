"""Recognising the organisations that apply, and putting new ones in."""

import json
from collections.abc import Collection, Iterable, Mapping, Set
from itertools import chain, count
from typing import NamedTuple

from msgspec import Struct, field
from sqlalchemy import bindparam, select, update

from models.queries.applications.merges import kept_apart, merged_into, told_apart
from models.schema.applications import (
    application_table,
    correction_table,
    organisation_alias_table,
    organisation_table,
)
from models.session import Session, next_id, put, record_uid, uid
from models.values.rows import ApplicationRow
from scoring.allocating.organisations import Identity, group
from scoring.written.names import text_key

_FIELDS = ("organisation", "charity_number", "company_number")
Alias = tuple[str, str, str]
"""A name without case and extra spaces, a charity number and a company number; "" for none."""


def organisations_of(session: Session, rows: Iterable[ApplicationRow]) -> list[int]:
    """Return the organisation of each application, put in where it was not known.

    It is the first known one with the same charity or company number, else with the same name, but none that
    is kept apart from another; of one that was merged it is the one into which it was. Whoever writes the
    rows lets `settle_organisations` follow, which looks at all of them together.
    """
    known = _Known.load(session)
    found = [known.organisation(row) for row in rows]
    known.put_new(session)
    now = merged_into(session)
    return [now.get(number, number) for number in found]


def known_organisation(session: Session, row: ApplicationRow) -> int | None:
    """Return the organisation of an application without putting anything in; None for one that is new."""
    known = _Known.load(session)
    number = known.organisation(row)
    return None if known.new else merged_into(session).get(number, number)


class _Known(Struct):
    """Which organisation goes by which name and numbers, and what is to be put in."""

    next_number: int
    by_alias: dict[Alias, int] = field(default_factory=dict)
    by_charity: dict[str, int] = field(default_factory=dict)
    by_company: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    with_charity: set[int] = field(default_factory=set)
    with_company: set[int] = field(default_factory=set)
    new: list[tuple[int, str, Alias]] = field(default_factory=list)
    new_aliases: list[tuple[int, str, Alias]] = field(default_factory=list)

    @classmethod
    def load(cls, session: Session) -> "_Known":
        """Return what the record knows already."""
        table = organisation_alias_table
        columns = select(
            table.c.organisation_id, table.c.name_key, table.c.charity_number, table.c.company_number
        )
        known, apart = cls(next_id(session, organisation_table.c.id)), kept_apart(session)
        for number, *alias in session.execute(columns.order_by(table.c.id)):
            if number in apart:
                known.by_alias[alias[0], alias[1], alias[2]] = number
            else:
                known.add(number, (alias[0], alias[1], alias[2]))
        return known

    def add(self, number: int, alias: Alias) -> None:
        """Note that an organisation goes by a name and numbers; the first to do so keeps them."""
        name, charity, company = alias
        self.by_alias[alias] = number
        self.by_name.setdefault(name, []).append(number)
        if charity:
            self.by_charity.setdefault(charity, number)
            self.with_charity.add(number)
        if company:
            self.by_company.setdefault(company, number)
            self.with_company.add(number)

    def organisation(self, row: ApplicationRow) -> int:
        """Return the organisation that applies."""
        alias = (text_key(row.organisation), row.charity_number, row.company_number)
        number = self.by_alias.get(alias)
        if number is None:
            number = self._same(alias)
            if number is None:
                number = self.next_number
                self.next_number += 1
                self.new.append((number, row.organisation, alias))
            self.new_aliases.append((number, row.organisation, alias))
            self.add(number, alias)
        return number

    def _same(self, alias: Alias) -> int | None:
        name, charity, company = alias
        if charity in self.by_charity:
            return self.by_charity[charity]
        if company in self.by_company:
            return self.by_company[company]
        for number in self.by_name.get(name, ()):
            has_another = (charity and number in self.with_charity) or (
                company and number in self.with_company
            )
            if not has_another:
                return number
        return None

    def put_new(self, session: Session) -> None:
        """Put in what was not known."""
        within = record_uid(session)
        put(
            session,
            organisation_table,
            [
                {"id": n, "uid": uid(within, "organisation", *alias), "name": name}
                for n, name, alias in self.new
            ],
        )
        start = next_id(session, organisation_alias_table.c.id)
        put(
            session,
            organisation_alias_table,
            [
                {
                    "id": start + index,
                    "organisation_id": number,
                    "name": name,
                    "name_key": alias[0],
                    "charity_number": alias[1],
                    "company_number": alias[2],
                }
                for index, (number, name, alias) in enumerate(self.new_aliases)
            ],
        )


def settle_organisations(session: Session) -> None:
    """Let every application be of the organisation to which its name and numbers, and the office, link it.

    What links them is in `scoring.allocating.organisations`, over all rounds of the record. Where one
    organisation turns out to be two, the one with numbers stays what it was.
    """
    applications = named_applications(session)
    used = {alias for _, _, alias in applications}
    aliases = [one for one in _aliases(session) if one.alias in used]
    now, words = merged_into(session), told_apart(session)
    identities = (Identity(str(words.get(one.of, "")), *one.alias[1:], one.alias[0]) for one in aliases)
    together: dict[int, list[_Alias]] = {}
    for one, first in zip(aliases, group(tuple(identities)).first, strict=True):
        together.setdefault(first, []).append(one)
    taken: set[int] = set()
    owners: dict[Alias, int] = {}
    for members in sorted(together.values(), key=lambda members: not any(one.has_number for one in members)):
        others = taken.union(one.of for one in aliases)
        owner = _owner(members, words, taken) or _put_organisation(session, members[0], others)
        taken.add(owner)
        owners |= {one.alias: now.get(owner, owner) for one in members}
        _move_aliases(session, [one for one in members if one.of not in words and one.of != owner], owner)
    moved = [(number, owners[alias]) for number, of, alias in applications if owners.get(alias, of) != of]
    if moved:
        change = update(application_table).where(application_table.c.id == bindparam("of"))
        session.execute(
            change.values(organisation_id=bindparam("owner")), [{"of": of, "owner": to} for of, to in moved]
        )


def part_organisation(session: Session, whole: int, names: Collection[str]) -> int | None:
    """Let names of an organisation be of one of their own; None where none or all of its names are among."""
    every = _aliases(session)
    mine = [one for one in every if one.of == whole]
    parted = [one for one in mine if one.alias[0] in names]
    if len(parted) in (0, len(mine)):
        return None
    owner = _put_organisation(session, parted[0], {one.of for one in every})
    _move_aliases(session, parted, owner)
    return owner


class _Alias(NamedTuple):
    """A name with its numbers that an application has, and the organisation it was first known under."""

    id: int
    of: int
    name: str
    alias: Alias

    @property
    def has_number(self) -> bool:
        return any(self.alias[1:])


def named_applications(session: Session) -> list[tuple[int, int, Alias]]:
    """Return every application of the record with its organisation, name and numbers as corrected."""
    table, fixed = application_table, correction_table
    corrected = {
        (of, field): json.loads(value)
        for of, field, value in session.execute(
            select(fixed.c.application_id, fixed.c.field, fixed.c.value).where(fixed.c.field.in_(_FIELDS))
        )
    }
    columns = (table.c.id, table.c.organisation_id, *(table.c[name] for name in _FIELDS))
    found = []
    for of, owner, *typed in session.execute(select(*columns).order_by(table.c.id)):
        name, charity, company = (
            corrected.get((of, field), value) for field, value in zip(_FIELDS, typed, strict=True)
        )
        found.append((of, owner, (text_key(name), str(charity), str(company))))
    return found


def _aliases(session: Session) -> list[_Alias]:
    table = organisation_alias_table
    columns = (table.c.id, table.c.organisation_id, table.c.name)
    keys = (table.c.name_key, table.c.charity_number, table.c.company_number)
    rows = session.execute(select(*columns, *keys).order_by(table.c.id))
    return [_Alias(number, of, name, (key, ch, co)) for number, of, name, key, ch, co in rows]


def _owner(members: list[_Alias], words: Mapping[int, int], taken: set[int]) -> int | None:
    """Return the organisation that these are of: one of the office's word, else the first that is free."""
    known = {one.of for one in members}
    said = [of for of in known if of in words]
    return min(said or known - taken, default=None)


def _put_organisation(session: Session, first: _Alias, others: Set[int]) -> int:
    """Put in the organisation that is first known by a name and numbers, or find it again."""
    table, within = organisation_table, record_uid(session)
    numbers = dict(session.execute(select(table.c.uid, table.c.id)).all())
    tails = chain([()], ((str(number),) for number in count(2)))
    names = (uid(within, "organisation", *first.alias, *tail) for tail in tails)
    name = next(name for name in names if numbers.get(name) not in others)
    if name not in numbers:
        numbers[name] = next_id(session, table.c.id)
        put(session, table, [{"id": numbers[name], "uid": name, "name": first.name}])
    return numbers[name]


def _move_aliases(session: Session, aliases: list[_Alias], owner: int) -> None:
    if aliases:
        table = organisation_alias_table
        these = table.c.id.in_([one.id for one in aliases])
        session.execute(update(table).where(these).values(organisation_id=owner))
