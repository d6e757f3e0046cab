"""A whole round as values, and what papers say of it beside its lines."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.queries.applications.applications import applications, submitted_applications
from models.queries.applications.choices import is_priority, printed_choices
from models.queries.applications.merges import merged_applications
from models.queries.deciding.as_decided import decided_standings
from models.queries.deciding.decisions import chain_of
from models.queries.panel import panel
from models.queries.panel.sheets import agreed, every_sheet, sheets
from models.queries.rows import columns_of, named_of_round, row_of_round, rows_of_round
from models.queries.set_up.funds import fund_name_on, round_rules
from models.queries.set_up.rounds import SHARED_POT, area_dates, round_line, scheme
from models.reference.defaults import FundDefaults
from models.reference.sign_off import Chain
from models.schema.set_up import area_table, financial_year_table, round_table
from models.session import OF_ROUND, Session
from models.store.locks.signing_on import refuse_without_applications
from models.store.parts import part
from models.values.rounds import CARRIED_WORDS, LEFT, RoundLine
from models.values.rows import RoundRows
from models.values.stored import read
from scoring.round import Area
from scoring.written.text import listed


class RoundFacts(Struct, frozen=True):
    """What papers say of a round: who, under what marking, signed by whom.

    `priorities` are (reference, text) where held.
    """

    line: RoundLine
    chain: Chain
    defaults: FundDefaults
    priorities: tuple[tuple[str, str], ...]


@part
def round_facts(session: Session, round_id: int, on: date | None = None) -> RoundFacts:
    """Return what papers say of a round beside its lines; of a day they have the fund's name of then."""
    line = round_line(session, round_id)
    if on is not None:
        line = replace(line, fund=fund_name_on(session, round_id, on))
    return RoundFacts(
        line=line,
        chain=chain_of(session, round_id),
        defaults=round_rules(session, round_id),
        priorities=tuple(_priorities(session, round_id)),
    )


def _priorities(session: Session, round_id: int) -> Iterator[tuple[str, str]]:
    chosen = printed_choices(session, round_id)
    for row in submitted_applications(session, round_id):
        found = [text for heading, text in row.answers if is_priority(heading)]
        if row.reference in chosen or found:
            yield row.reference, chosen.get(row.reference, "; ".join(found))


_NAMES = (
    select(round_table.c.fund_name, round_table.c.name, financial_year_table.c.label)
    .join(financial_year_table)
    .where(round_table.c.id == OF_ROUND)
)
areas = rows_of_round(
    Area,
    select(*columns_of(Area, area_table, shared_pot=SHARED_POT))
    .where(area_table.c.round_id == OF_ROUND)
    .order_by(area_table.c.position),
)
"""A round's areas with their money, in their order."""


def round_rows(session: Session, round_id: int) -> RoundRows:
    """Return a round with everything in the order in which the office entered it.

    Refused where a server closes a part of it to whoever is signed on.
    """
    refuse_without_applications(session, round_id)
    rest = _without_marks(session, round_id)
    judged = rest.scheme.judged_codes
    return replace(
        rest,
        sheets=sheets(session, round_id, judged),
        agreed=agreed(session, round_id, judged),
        decided=decided_standings(session, round_id),
    )


def stored_rows(session: Session, round_id: int) -> RoundRows:
    """Return the same with the sheets that do not count, as they stand in the record."""
    rows = round_rows(session, round_id)
    return replace(rows, sheets=every_sheet(session, round_id, rows.scheme.judged_codes))


@part
def _without_marks(session: Session, round_id: int) -> RoundRows:
    """Return all that is read of a round but its sheets and agreed marks."""
    fund, name, year = row_of_round(session.execute(_NAMES, {"of_round": round_id}))
    return RoundRows(
        fund=fund,
        name=name,
        year=year,
        scheme=scheme(session, round_id),
        areas=areas(session, round_id),
        applications=applications(session, round_id),
        members=panel.members(session, round_id),
        interests=panel.interests(session, round_id),
        not_applicable=panel.not_applicable(session, round_id),
        chair_decisions=panel.chair_decisions(session, round_id),
        merged=merged_applications(session, round_id),
    )


noted_carried = named_of_round(
    lambda text: read("areas.carried", text),
    select(area_table.c.name, area_table.c.carried)
    .where(area_table.c.round_id == OF_ROUND, area_table.c.carried != "")
    .order_by(area_table.c.position),
)
"""What areas got from another round and nobody confirmed, by name, whether it stands or not."""


CarriedMoney = Mapping[str, tuple[str, tuple[str, ...]]]
"""Of each area from which round what is still to be checked comes, and its money and dates, by name."""


@part
def carried(session: Session, round_id: int) -> CarriedMoney:
    """Return what of each area is still to be checked, by name: from which round, and its money and dates.

    Nothing is, once its recommendations are signed: its money is decided on.
    """
    noted = noted_carried(session, round_id)
    if not noted:
        return {}
    open_ = {one.name for one in round_line(session, round_id).areas if one.stage not in ("deciding", "done")}
    held, dates = {one.name: one for one in areas(session, round_id)}, area_dates(session, round_id)
    found = ((of, one.source, one.to_check(held[of], dates[of])) for of, one in noted.items() if of in open_)
    return {of: (source, fields) for of, source, fields in found if fields}


def carried_words(area: str, source: str, fields: tuple[str, ...]) -> str:
    """Say what is to be checked: "Dudley: pot and close of marks, copied from “Spring” 2025/26"."""
    copied = listed([CARRIED_WORDS[one] for one in fields if one != LEFT])
    proposed = "pot, proposed from what was left of the year" if LEFT in fields else ""
    return f"{area}: {'; '.join(filter(None, (proposed, copied and f'{copied}, copied from {source}')))}"
