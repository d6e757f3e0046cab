"""Putting applications in, with their choices and gates, and recognising the organisations that apply."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, count
from operator import attrgetter
from typing import Any

from msgspec import Struct, field
from sqlalchemy import bindparam, update

from models.operations.rows.write_funds import area_ids
from models.queries.applications.applications import (
    PLAIN_FIELDS,
    GateResult,
    application_heads,
    corrections_everywhere,
    gates,
)
from models.queries.applications.merges import (
    OrganisationAlias,
    decided_days,
    kept_apart,
    merged_from,
    merged_into,
    organisation_aliases,
    organisation_then,
    read_kept,
    told_apart,
)
from models.queries.awards.variations import successors
from models.queries.set_up.funds import round_rules
from models.schema.applications import (
    application_table,
    area_spelling_table,
    choice_table,
    correction_table,
    gate_result_table,
    matching_table,
    organisation_alias_table,
    organisation_table,
)
from models.schema.forms import LARGEST
from models.session import (
    Session,
    moment,
    next_id,
    pairs_of,
    put,
    put_new,
    record_uid,
    remove,
    replace_row,
    replace_rows,
    round_uid,
    row_of,
    selection,
    stamp,
    uid,
)
from models.values import canonical
from models.values.applications import (
    AS_READ,
    OWN_ROW,
    ChoicesOf,
    Correction,
    suggested,
    text_of,
    value_as_typed,
)
from models.values.awards import Successor
from models.values.importing import IF_TWO, Matching, headings_key, is_like_name, registered
from models.values.rows import (
    Answer,
    ApplicationRow,
    AsSubmitted,
    SubmittedCell,
    by_application,
    by_reference,
)
from scoring.allocating.organisations import alias_of, group, identified
from scoring.round import Eligibility
from scoring.written.names import text_key
from scoring.written.text import Refused, listed

_FIELDS = ("organisation", "charity_number", "company_number")
Alias = tuple[str, str, str]
"""A name without case and extra spaces, a charity number and a company number; "" for none."""
Named = tuple[int, int, Alias]
"""An application, the organisation that it is of, and what that goes by there."""


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
        known, apart = cls(next_id(session, organisation_table.c.id)), kept_apart(session)
        for one in organisation_aliases(session):
            if one.organisation_id in apart:
                known.by_alias[one.key] = one.organisation_id
            else:
                known.add(one.organisation_id, one.key)
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
        alias = alias_of(row.organisation, row.charity_number, row.company_number)
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
        rows = (
            {
                "organisation_id": number,
                "name": name,
                **dict(zip(("name_key", "charity_number", "company_number"), alias, strict=True)),
            }
            for number, name, alias in self.new_aliases
        )
        put_new(session, organisation_alias_table, rows)


def settle_organisations(session: Session) -> None:
    """Let every application be of the organisation to which its name and numbers, and the office, link it.

    What links them is in `scoring.allocating.organisations`, over all rounds of the record. Where one
    organisation turns out to be two, the one with numbers stays what it was.
    """
    applications = named_applications(session)
    together = _together(session, applications)
    aliases = [one for members in together.values() for one in members]
    words = told_apart(session)
    taken: set[int] = set()
    in_use = {one.organisation_id for one in aliases}
    owners: dict[Alias, int] = {}
    for members in sorted(
        together.values(), key=lambda members: not any(any(one.key[1:]) for one in members)
    ):
        owner = _owner(members, words, taken) or _put_organisation(session, members[0], in_use)
        taken.add(owner)
        in_use.add(owner)
        owners |= {one.key: one.organisation_id if one.organisation_id in words else owner for one in members}
        _move_aliases(
            session,
            [one for one in members if one.organisation_id not in words and one.organisation_id != owner],
            owner,
        )
    counts = _counts_as(session, applications, owners)
    moved = [(number, counts[number]) for number, of, _ in applications if counts[number] != of]
    if moved:
        change = update(application_table).where(application_table.c.id == bindparam("of"))
        session.execute(
            change.values(organisation_id=bindparam("owner")), [{"of": of, "owner": to} for of, to in moved]
        )


def _counts_as(
    session: Session, applications: Iterable[tuple[int, int, Alias]], owners: Mapping[Alias, int]
) -> dict[int, int]:
    """Return the organisation of each application by its number, as merges have it that then were."""
    now, since, days = merged_into(session), merged_from(session), decided_days(session)
    found = {}
    for number, of, alias in applications:
        owner = owners.get(alias, of)
        if since and owner in now:
            found[number] = organisation_then(session, owner, days.get(number))
        else:
            found[number] = now.get(owner, owner)
    return found


def _together(session: Session, applications: Iterable[Named]) -> dict[int, list[OrganisationAlias]]:
    """Return the aliases in use of each organisation, as numbers, names and the office link them."""
    used, words = {alias for _, _, alias in applications}, told_apart(session)
    aliases = [one for one in organisation_aliases(session) if one.key in used]
    identities = (identified(str(words.get(one.organisation_id, "")), *one.key) for one in aliases)
    together: dict[int, list[OrganisationAlias]] = {}
    for one, first in zip(aliases, group(tuple(identities)).first, strict=True):
        together.setdefault(first, []).append(one)
    return together


def joined_by_words(session: Session) -> Iterator[str]:
    """Yield the organisations of an earlier program that are one by a text that is no number, "Pending"."""
    named: dict[int, list[str]] = {}
    for members in _together(session, named_applications(session)).values():
        for of in {one.organisation_id: one for one in members}.values():
            named.setdefault(of.organisation_id, []).append(of.name)
    for names in named.values():
        if len(names) > 1:
            yield (
                f"{listed(names)} are recorded as one organisation, but no name or registered number links "
                "them: a text such as “Pending” was read as a number. Separate them: select the organisation "
                "on Organisations and choose Keep apart…, or use “organisations apart”."
            )


def joined_by_number(session: Session) -> Iterator[str]:
    """Yield the organisations with unlike names that are one by a registered number alone."""
    used, spoken = {alias for _, _, alias in named_applications(session)}, told_apart(session)
    names: dict[tuple[int, str, str], list[str]] = {}
    for one in organisation_aliases(session):
        if one.key in used and one.organisation_id not in spoken:
            for number in registered(one.charity_number, one.company_number):
                names.setdefault((one.organisation_id, *number), []).append(one.name)
    for (_, column, given), (first, *others) in names.items():
        if unlike := [name for name in dict.fromkeys(others) if not is_like_name(first, name)]:
            what = f"{column.replace('_', ' ')} {given}"
            yield f"{listed([first, *unlike])} count as one organisation by their {what} alone. {IF_TWO}"
    for holders, successor in _successions(session):
        numbers = successor.charity_number, successor.company_number
        if words := number_shared_words(session, successor.name, *numbers, holders):
            yield f"{successor.name} took over an award of {holders[0]}.{words}"


def _successions(session: Session) -> Iterator[tuple[list[str], Successor]]:
    """Yield each successor with the names of those who had its award before, the first first."""
    taken = successors(session)
    applied = {one.number: one.organisation for one in application_heads(session)} if taken else {}
    for number, each in taken.items():
        names = [applied[number]]
        for one in each:
            yield names, one
            names = [*names, one.name]


def number_shared_words(
    session: Session, organisation: str, charity: str, company: str, known: Collection[str] = ()
) -> str:
    """Say under which other names the record has a number of an organisation, " " before it; "" for none.

    Names that are `known` to be of its own are left out.
    """
    own, used = {*registered(charity, company)}, {alias for _, _, alias in named_applications(session)}
    names = dict.fromkeys(
        one.name
        for one in organisation_aliases(session)
        if one.key in used
        and not own.isdisjoint(registered(one.charity_number, one.company_number))
        and not is_like_name(organisation, one.name)
        and one.name not in known
    )
    if not names:
        return ""
    return f" It counts as one organisation with {listed(list(names))} by its registered number. {IF_TWO}"


def part_organisation(session: Session, whole: int, names: Collection[str]) -> int | None:
    """Let names of an organisation be of one of their own; None where none or all of its names are among."""
    every = organisation_aliases(session)
    mine = [one for one in every if one.organisation_id == whole]
    parted = [one for one in mine if one.key[0] in names]
    if len(parted) in (0, len(mine)):
        return None
    owner = _put_organisation(session, parted[0], {one.organisation_id for one in every})
    _move_aliases(session, parted, owner)
    return owner


def named_applications(session: Session) -> list[Named]:
    """Return every application of the record with its organisation, name and numbers as corrected."""
    now, found = corrections_everywhere(session, _FIELDS), []
    for one in application_heads(session):
        corrected = now.get(one.number, {})
        words = [corrected.get(name, getattr(one, name)) for name in _FIELDS]
        found.append((one.number, one.organisation_id, alias_of(*words)))
    return found


def _owner(members: list[OrganisationAlias], words: Mapping[int, int], taken: set[int]) -> int | None:
    """Return the organisation that these are of: one of the office's word, else the first that is free."""
    known = {one.organisation_id for one in members}
    said = [of for of in known if of in words]
    return min(said or known - taken, default=None)


def _put_organisation(session: Session, first: OrganisationAlias, others: Set[int]) -> int:
    """Put in the organisation that is first known by a name and numbers, or find it again."""
    table, within = organisation_table, record_uid(session)
    numbers = pairs_of(session, table.c.uid, table.c.id)
    tails = chain([()], ((str(number),) for number in count(2)))
    names = (uid(within, "organisation", *first.key, *tail) for tail in tails)
    name = next(name for name in names if numbers.get(name) not in others)
    if name not in numbers:
        (numbers[name],) = put_new(session, table, [{"uid": name, "name": first.name}])
    return numbers[name]


def _move_aliases(session: Session, aliases: list[OrganisationAlias], owner: int) -> None:
    if aliases:
        these = organisation_alias_table.c.id.in_([one.id for one in aliases])
        session.execute(update(organisation_alias_table).where(these).values(organisation_id=owner))


_PLAIN = attrgetter(*PLAIN_FIELDS)
_FIRST = frozenset(PLAIN_FIELDS) - OWN_ROW
_NEEDED = frozenset({"organisation", "requested_pence"})
Standing = tuple[Eligibility, str, str]
"""What stands for all of an application's gates: the word, the reason, and who said so."""
NOT_CHECKED: Standing = (Eligibility.TO_CHECK, "", "")


def put_choices(session: Session, round_id: int, of: Iterable[ChoicesOf]) -> None:
    """Set the lines that applications of a round have, in the place of those that they had."""
    numbers, table = application_ids(session, round_id), choice_table
    for one in of:
        key = {"application_id": numbers[one.application]}
        replace_rows(session, table, key, (row_of(table, choice) for choice in one.choices))


def suggest_choices(session: Session, round_id: int, rows: Iterable[ApplicationRow]) -> None:
    """Give applications the lines that their own words name."""
    rules = round_rules(session, round_id)
    found = (ChoicesOf(row.reference, suggested(row, rules)) for row in rows) if rules.lists else ()
    put_choices(session, round_id, (one for one in found if one.choices))


def put_gate_results(session: Session, round_id: int, results: Sequence[GateResult]) -> None:
    """Put results of single gates in; the gates and applications are those of the round."""
    if not results:
        return
    of, at = application_ids(session, round_id), moment(session)
    numbers = {gate.code: gate.gate_id for gate in gates(session, round_id)}
    rows = [
        {
            "application_id": of[one.application],
            "gate_id": numbers[one.gate],
            "result": one.result,
            "reason": one.reason,
            "set_by": one.set_by,
            "set_at": at,
        }
        for one in results
    ]
    put(session, gate_result_table, rows)


def put_matching(session: Session, fund_id: int, matching: Matching) -> None:
    """Remember a matching in place of what was known of the same headings and spellings."""
    key = headings_key(matching.headings)
    before = session.scalar(selection(matching_table.c.fields, headings_key=key))
    old = read_kept(before)[1] if before is not None else ()
    corrections = {cell[:2]: cell for cell in (*old, *matching.corrections)}
    fields = canonical.dumps([[*kept] for kept in (*matching.fields, *corrections.values())])
    replace_row(session, matching_table, {"headings_key": key}, {"fields": fields})
    spelt = {text_key(written): area for written, area in matching.spellings}
    remove(session, area_spelling_table, fund_id=fund_id, spelling=list(spelt))
    rows = [{"fund_id": fund_id, "spelling": spelling, "area": area} for spelling, area in spelt.items()]
    put(session, area_spelling_table, rows)


def application_ids(session: Session, round_id: int) -> dict[str, int]:
    return pairs_of(session, application_table.c.reference, application_table.c.id, round_id=round_id)


def put_applications(
    session: Session,
    round_id: int,
    rows: Sequence[ApplicationRow],
    standings: Iterable[Standing],
    positions: Iterable[int],
    submitted: Iterable[AsSubmitted] = (),
    numbers: Sequence[int] = (),
) -> None:
    """Put applications in; each with what stands for its gates and its position in the round.

    The rows are as they stand in force; `submitted` says what of them was submitted otherwise. Without
    `numbers` they get the next ones.
    """
    check_figures(rows)
    told = by_application(submitted)
    areas = area_ids(session, round_id)
    within = round_uid(session, round_id)
    organisations = organisations_of(session, rows)
    known = numbers or count(next_id(session, application_table.c.id))
    numbered = zip(known, zip(rows, organisations, standings, positions, strict=True), strict=False)
    put(
        session,
        application_table,
        [
            {
                **dict(zip(PLAIN_FIELDS, _PLAIN(row), strict=True)),
                "id": number,
                "uid": uid(within, "application", row.reference),
                "round_id": round_id,
                "area_id": None if row.area is None else areas[row.area],
                "organisation_id": organisation_id,
                "position": position,
                "all_gates": word.value,
                "all_gates_reason": reason,
                "all_gates_by": by,
                "answers": _answers_text(row.answers),
                **_as_submitted(told.get(row.reference)),
            }
            for number, (row, organisation_id, (word, reason, by), position) in numbered
        ],
    )
    settle_organisations(session)


def put_corrections(
    session: Session, round_id: int, rows: Iterable[ApplicationRow], submitted: Sequence[AsSubmitted]
) -> None:
    """Put in what was corrected on the way in: the values of the rows, beside what was submitted."""
    if not any(one.corrected for one in submitted):
        return
    numbers, stands = application_ids(session, round_id), by_reference(rows)
    corrections = [
        row_of(correction_table, of, application_id=numbers[one.application], **stamp(session, "corrected"))
        | {"value": text_of(getattr(stands[one.application], of.field))}
        for one in submitted
        for of in one.corrected
    ]
    put(session, correction_table, corrections)


def set_correction(session: Session, number: int, one: Correction) -> None:
    """Put a correction of an application in the place of what stood of its field.

    One back to what was submitted leaves none, but where the value was only read and is right.
    """
    is_kept = one.value != one.submitted or one.reason == AS_READ
    row = row_of(correction_table, one, corrected_at=moment(session)) if is_kept else None
    replace_row(session, correction_table, {"application_id": number, "field": one.field}, row)


def set_standings(session: Session, standings: Mapping[int, Standing]) -> None:
    """Set all gates of these applications at once; results of single gates give way."""
    if not standings:
        return
    remove(session, gate_result_table, application_id=[*standings])
    session.execute(
        update(application_table)
        .where(application_table.c.id == bindparam("of"))
        .values(
            all_gates=bindparam("word"), all_gates_reason=bindparam("reason"), all_gates_by=bindparam("by")
        ),
        [
            {"of": of, "word": word.value, "reason": reason, "by": by}
            for of, (word, reason, by) in standings.items()
        ],
    )


def check_figures(rows: Iterable[ApplicationRow]) -> None:
    for row in rows:
        figures = (row.requested_pence, row.minimum_pence, row.total_cost_pence, row.match_funding_pence)
        if any(figure is not None and figure > LARGEST for figure in (*figures, row.beneficiaries)):
            raise Refused(
                f"{row.reference} has a figure that is too large to be saved. Correct it in the file."
            )


def _as_submitted(told: AsSubmitted | None) -> dict[str, Any]:
    """Return the columns that hold what was submitted; what an application cannot be without stays."""
    if told is None:
        return {"cells": _cells_text(())}
    values = {
        one.field: value_as_typed(one.field, one.submitted) for one in told.corrected if one.field in _FIRST
    }
    first = {name: value for name, value in values.items() if value or name not in _NEEDED}
    return {**first, "cells": _cells_text(told.cells)}


def _answers_text(answers: Sequence[Answer]) -> str:
    """Return the answers as canonical JSON."""
    return canonical.exact_text(answers)


def _cells_text(cells: Sequence[SubmittedCell]) -> str:
    """Return the cells as canonical JSON."""
    return canonical.exact_text([(one.field, one.heading, one.text) for one in cells])
