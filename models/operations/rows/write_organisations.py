"""Recognising the organisations that apply, and putting new ones in."""

from collections.abc import Iterable

from msgspec import Struct, field
from sqlalchemy import select

from models.operations.rows.writing import next_id, put, record_uid, uid
from models.queries.applications.organisations.merges import merged_into
from models.schema.applications.organisation import organisation_alias_table, organisation_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.written.names import text_key

Alias = tuple[str, str, str]
"""A name without case and extra spaces, a charity number and a company number; "" for none."""


def organisations_of(session: Session, rows: Iterable[ApplicationRow]) -> list[int]:
    """Return the organisation of each application, put in where it was not known.

    The same organisation is the one with the same charity or company number where both have one, else
    the one with the same name without case and extra spaces; of one that was merged it is the one into
    which it was.
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
        known = cls(next_id(session, organisation_table.c.id))
        for number, *alias in session.execute(columns.order_by(table.c.id)):
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
