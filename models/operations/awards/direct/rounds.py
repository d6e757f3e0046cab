"""The round of a fund's year that holds its awards without a competition: made with the first of them."""

from datetime import datetime

from sqlalchemy import func, select, update

from models.operations.rows.write_areas import area_ids, put_areas
from models.operations.rows.write_funds import find_fund, fund_defaults
from models.operations.rows.write_round import NewRound, find_round_id, put_round, remove_round
from models.operations.rows.writing import put, remove
from models.operations.set_up.copy_round import copy_people_and_words, remove_copied
from models.queries.awards.direct.direct_awards import direct_round
from models.queries.awards.year_end_figures import Key
from models.queries.set_up.funds import fund_names, name_of, require_open_fund
from models.queries.set_up.round_rows import areas
from models.schema.applications.application import application_table
from models.schema.awards.direct import direct_round_table
from models.schema.awards.finance import finance_codes_table
from models.schema.deciding.allowance import area_allowance_table
from models.schema.panel.meeting import meeting_table
from models.schema.panel.panel import member_area_table
from models.schema.panel.person import signing_area_table
from models.schema.set_up.round import area_table, round_table
from models.session import Session
from models.values.direct_award import DIRECT_ROUND
from scoring.refused import Refused
from scoring.round import Area
from scoring.scheme import Criterion, Scheme, Side

_OF_AREAS = (
    application_table,
    finance_codes_table,
    member_area_table,
    signing_area_table,
    area_allowance_table,
    meeting_table,
)
"""What may be of an area."""
UNSCORED = Scheme((Criterion("none", "Nothing is scored", Side.QUALITY, 1_000_000),))
"""What stands where a round has its scheme: no mark is ever given under it."""


def key_of(session: Session, fund: str, year: str) -> Key:
    """Return a fund's number and a year; refused where the record has no such fund."""
    fund_id = find_fund(session, fund)
    if fund_id is None:
        raise Refused(f"There is no fund {fund} in this record. Add it on Funds first.")
    return fund_id, year


def the_direct_round(session: Session, key: Key, at: datetime) -> int:
    """Return the round of a fund's year that holds awards without a competition, made if it is not there."""
    found = direct_round(session, key)
    if found is not None:
        return found
    fund_id, year = key
    require_open_fund(session, fund_id, at.date())
    if find_round_id(session, fund_id, year, DIRECT_ROUND) is not None:
        raise Refused(f"A round with a competition is called “{DIRECT_ROUND}”. Rename that round first.")
    source = _newest_round(session, fund_id)
    like = () if source is None else tuple(Area(area.name, 0) for area in areas(session, source))
    defaults = fund_defaults(session, fund_id)
    name = name_of(fund_names(session, fund_id), at.date())
    round_id = put_round(
        session, NewRound(fund_id, name, year, DIRECT_ROUND, UNSCORED, like, defaults, opens=True), at
    )
    year_id = session.scalars(select(round_table.c.year_id).where(round_table.c.id == round_id)).one()
    put(session, direct_round_table, [{"round_id": round_id, "fund_id": fund_id, "year_id": year_id}])
    if source is not None:
        copy_people_and_words(session, source, round_id)
    _to_the_chain(session, round_id)
    return round_id


def add_area(session: Session, round_id: int, name: str) -> bool:
    """Put an area or service line in, unless it is there, and say whether it did.

    It holds no pot, and its lines go to the chain.
    """
    there = area_ids(session, round_id)
    if not name or name in there:
        return False
    put_areas(session, round_id, {len(there): Area(name, 0)})
    _to_the_chain(session, round_id)
    return True


def remove_unused_area(session: Session, round_id: int, name: str) -> None:
    """Take out an area that came with an award, unless something else is of it by now."""
    number = area_ids(session, round_id).get(name)
    used = (select(func.count()).where(table.c.area_id == number) for table in _OF_AREAS)
    if number is not None and not any(session.scalar(one) for one in used):
        remove(session, area_table, area_table.c.id == number)


def remove_if_empty(session: Session, round_id: int) -> bool:
    """Take the round out once it holds no award any more, and say whether it did."""
    if session.scalar(select(func.count()).where(application_table.c.round_id == round_id)):
        return False
    remove(session, direct_round_table, direct_round_table.c.round_id == round_id)
    remove_copied(session, round_id)
    remove_round(session, round_id)
    return True


def _newest_round(session: Session, fund_id: int) -> int | None:
    return session.scalar(select(func.max(round_table.c.id)).where(round_table.c.fund_id == fund_id))


def _to_the_chain(session: Session, round_id: int) -> None:
    table = area_table
    session.execute(update(table).where(table.c.round_id == round_id).values(stage="deciding"))
