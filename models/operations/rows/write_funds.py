"""Putting in funds and years, a round's areas and their money, and who serves and signs for them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace
from sqlalchemy import Table, select

from models.queries.panel.panel import Served
from models.queries.set_up.funds import FIRST_DAY, fund_list, fund_names, fund_rules, fund_written
from models.reference.defaults import ONE_GATE, FundDefaults, Source
from models.role import BESIDE
from models.schema.applications import application_table, area_spelling_table
from models.schema.deciding import area_allowance_table
from models.schema.panel import (
    member_area_table,
    member_table,
    person_table,
    round_role_table,
    signing_area_table,
)
from models.schema.set_up import (
    area_table,
    financial_year_table,
    fund_name_table,
    fund_source_table,
    fund_table,
    fund_year_table,
    round_table,
)
from models.session import (
    Session,
    Values,
    numbered,
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
    set_values,
    uid,
)
from models.values import canonical
from models.values.rounds import Carried
from scoring.round import Area
from scoring.written.names import text_key
from scoring.written.text import Refused


def find_fund(session: Session, name: str) -> int | None:
    """Return the fund of that name, or else of that code, or else once called so, whatever the case."""
    fund = fund_written(session, name)
    return None if fund is None else fund.fund_id


def refuse_near_fund(session: Session, fund_id: int | None, names: Iterable[str]) -> None:
    """Refuse a name that another fund than this (None for a new one) has in other letters."""
    others = [fund for fund in fund_list(session) if fund.fund_id != fund_id]
    for name in names:
        near = next((fund for fund in others if fund.is_typed(name)), None)
        if near is not None:
            raise Refused(
                f"“{name}” is a name or the code of the fund {near.name} ({near.code}), or the same in other "
                "letters. Write it as it stands there if that fund is meant, or choose another name."
            )


def put_fund(session: Session, fund: FundDefaults) -> int:
    """Put a fund in and return its number."""
    row = {
        "uid": uid(record_uid(session), "fund", fund.name),
        "code": fund.code,
        "name": fund.name,
        "defaults": _rules_text(fund),
    }
    (fund_id,) = put_new(session, fund_table, [row])
    put(session, fund_name_table, [{"fund_id": fund_id, "held_from": FIRST_DAY, "name": fund.name}])
    for year, pence in fund.amounts:
        set_year(session, fund_id, year, pence, [each for each in fund.sources if each.year == year])
    return fund_id


def set_rules(session: Session, fund_id: int, fund: FundDefaults) -> None:
    """Set what the fund's new rounds start from; its names and years stay."""
    name = session.scalars(selection(fund_table.c.name, id=fund_id)).one()
    set_values(session, fund_table, {"id": fund_id}, defaults=_rules_text(replace(fund, name=name)))


def set_year(session: Session, fund_id: int, year: str, pence: int | None, sources: Iterable[Source]) -> None:
    """Set the money of a fund's year and its sources; None takes both out."""
    of_year = {"fund_id": fund_id, "year": year}
    amount = None if pence is None else {"amount_pence": pence}
    replace_row(session, fund_year_table, of_year, amount)
    rows = () if pence is None else numbered(fund_source_table, sources)
    replace_rows(session, fund_source_table, of_year, rows)


def set_name(session: Session, fund_id: int, name: str, held_from: date) -> None:
    """Give a fund a name from a day on, in the place of one from that day; "" takes that one out."""
    key = {"fund_id": fund_id, "held_from": held_from}
    replace_row(session, fund_name_table, key, {"name": name} if name else None)
    newest = fund_names(session, fund_id)[-1].name
    rules = replace(fund_rules(session, fund_id), name=newest)
    set_values(session, fund_table, {"id": fund_id}, name=newest, defaults=_rules_text(rules))


def remove_fund(session: Session, fund_id: int) -> None:
    """Take a fund out with its names, its years and the spellings of its areas."""
    for table in (area_spelling_table, fund_source_table, fund_year_table, fund_name_table):
        remove(session, table, fund_id=fund_id)
    remove(session, fund_table, id=fund_id)


def freeze_rules(session: Session, round_id: int, rules: FundDefaults | None = None) -> None:
    """Give a round its own copy of its fund's rules: those given, or as they are when it is opened."""
    of_fund = selection(fund_table.c.defaults, id=round_table.c.fund_id)
    text = of_fund.scalar_subquery() if rules is None else _rules_text(rules)
    set_values(session, round_table, {"id": round_id}, fund_rules=text)


def fund_made_for(session: Session, name: str) -> FundDefaults:
    """Return a fund of that name with a code that no other has: its initials, and a number if need be."""
    codes = set(session.scalars(select(fund_table.c.code)))
    return FundDefaults(code=_free_code(name, codes), name=name, gates=ONE_GATE)


def put_year(session: Session, label: str) -> int:
    """Return the financial year of that label, put in if it was not there."""
    year_id = session.scalar(selection(financial_year_table.c.id, label=label))
    if year_id is None:
        (year_id,) = put_new(session, financial_year_table, [{"label": label}])
    return year_id


def taken_names(session: Session, funds: Iterable[FundDefaults]) -> list[str]:
    """Return the funds in the record that have a name or code of these, or once had the name."""
    wanted = list(funds)
    codes = {text_key(fund.code) for fund in wanted}
    names = {text_key(name) for fund in wanted for name in (fund.name, *fund.also_known_as)}
    return [
        fund.name for fund in fund_list(session) if text_key(fund.code) in codes or names & fund.name_keys()
    ]


def _rules_text(fund: FundDefaults) -> str:
    return canonical.to_text(replace(fund, amounts=(), sources=()))


def _free_code(name: str, taken: set[str]) -> str:
    initials = "".join(word[0] for word in name.split() if word[0].isalnum()).upper() or "FUND"
    candidates = itertools.chain([initials], (f"{initials}{number}" for number in itertools.count(2)))
    return next(code for code in candidates if code not in taken)


def area_ids(session: Session, round_id: int) -> dict[str, int]:
    """Return a round's areas by name."""
    return pairs_of(session, area_table.c.name, area_table.c.id, round_id=round_id)


def put_areas(session: Session, round_id: int, areas: Mapping[int, Area]) -> None:
    """Put new areas in, each at its position."""
    within = round_uid(session, round_id)
    rows = (
        row_of(area_table, area, uid=uid(within, "area", area.name), round_id=round_id)
        | {"position": position, "stage": "intake", "shared_pot": area.shared_pot or None}
        for position, area in areas.items()
    )
    put_new(session, area_table, rows)


def set_areas(session: Session, round_id: int, areas: Sequence[Area]) -> None:
    """Make the round's areas these, in this order; one that applications are of stays."""
    there = area_ids(session, round_id)
    _remove_areas(session, round_id, sorted(there.keys() - {area.name for area in areas}))
    put_areas(session, round_id, {i: area for i, area in enumerate(areas) if area.name not in there})
    for position, area in enumerate(areas):
        if area.name in there:
            set_area(session, there[area.name], area, position=position)


def set_area(session: Session, number: int, area: Area, **others: object) -> None:
    """Give an area the money that it is to have, and the pot that it shares."""
    values = row_of(area_table, area, shared_pot=area.shared_pot or None, **others)
    set_values(session, area_table, {"id": number}, **values)


def set_carried(session: Session, round_id: int, area: str, carried: Carried | None) -> None:
    """Note what an area got from another round, None for nothing that is to be confirmed."""
    text = None if carried is None else canonical.to_text(carried)
    set_values(session, area_table, {"round_id": round_id, "name": area}, carried=text)


def _remove_areas(session: Session, round_id: int, names: Sequence[str]) -> None:
    area = area_table.c
    of_round = selection(area.name, round_id=round_id, name=names)
    bars = {
        "The area {} has applications. Put it back into Pots.": of_round.join(
            application_table, application_table.c.area_id == area.id
        ).order_by(area.position),
        "The area {} has moved on from intake. Put it back into Pots.": of_round.where(
            area.stage != "intake"
        ),
        "Money is allowed over the pot of {}. Put the area back into Pots.": of_round.join(
            area_allowance_table, area_allowance_table.c.area_id == area.id
        ),
        "Members serve the area {}. Change their areas on the panel first.": of_round.join(
            member_area_table, member_area_table.c.area_id == area.id
        ),
        "Somebody signs or takes notes for the area {}. Change their areas on the panel first.": (
            of_round.join(signing_area_table, signing_area_table.c.area_id == area.id)
        ),
    }
    for words, barred in bars.items():
        name = session.scalars(barred.limit(1)).first()
        if name is not None:
            raise Refused(words.format(name))
    remove(session, area_table, round_id=round_id, name=names)


def set_areas_served(session: Session, round_id: int, member_id: int, areas: Sequence[str]) -> None:
    """Make a member's areas these, none for all of them; refused for an area that is not there."""
    _set_own_areas(session, round_id, member_area_table, {"member_id": member_id}, areas)


def _set_own_areas(
    session: Session, round_id: int, table: Table, owner: Values, areas: Sequence[str]
) -> None:
    """Set an owner's areas; a row that stays is not written again: a server lets a chair write their own."""
    there = area_ids(session, round_id)
    missing = [name for name in areas if name not in there]
    if missing:
        raise Refused(f"There is no area {missing[0]} in the round. Correct the name.")
    wanted = {there[name] for name in areas}
    held = {*session.scalars(selection(table.c.area_id, **owner))}
    if gone := held - wanted:
        remove(session, table, **owner, area_id=sorted(gone))
    put(session, table, [{**owner, "area_id": area} for area in sorted(wanted - held)])


def remove_areas_served(session: Session, round_id: int) -> None:
    """Take out which areas the members of a round serve."""
    members = selection(member_table.c.id, round_id=round_id)
    remove(session, member_area_table, member_id=members)


def put_areas_served(session: Session, round_id: int, served: Served) -> None:
    """Put them in again, for the members and the areas that the round still has."""
    there = area_ids(session, round_id)
    members = pairs_of(session, member_table.c.code, member_table.c.id, round_id=round_id)
    rows = [
        {"member_id": members[code], "area_id": there[name]}
        for code, names in served.items()
        for name in names
        if code in members and name in there
    ]
    put(session, member_area_table, rows)


def set_signing_areas(session: Session, round_id: int, role_id: int, areas: Sequence[str]) -> None:
    """Make the areas for which a role signs these, none for all; refused for one that is not there."""
    _set_own_areas(session, round_id, signing_area_table, {"role_id": role_id}, areas)


def remove_signing_areas(session: Session, round_id: int, roles: Sequence[str] = BESIDE) -> None:
    """Take out in which areas people of a round have their roles beside the panel."""
    numbers = selection(round_role_table.c.id, round_id=round_id, role=roles)
    remove(session, signing_area_table, role_id=numbers)


def post_of(session: Session, person_id: int) -> str:
    """Return a person's post, "" until it is said."""
    return session.scalars(selection(person_table.c.post, id=person_id)).one()


def set_post(session: Session, person_id: int, post: str) -> None:
    set_values(session, person_table, {"id": person_id}, post=post)
