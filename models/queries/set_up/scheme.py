"""The scheme of a round, as a value."""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import Row, bindparam, select

from models.queries.packs.own_record import is_members_own
from models.queries.set_up.office import office_on
from models.queries.set_up.rounds import row_of_round
from models.schema.set_up import criterion_table, reason_rule_table, scheme_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.rounds import ReasonRule
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side
from scoring.written.area_label import AREA, AreaLabel

_NEWEST = (
    select(scheme_table)
    .where(scheme_table.c.round_id == OF_ROUND)
    .order_by(scheme_table.c.version.desc())
    .limit(1)
)
_CRITERIA = (
    select(criterion_table)
    .where(criterion_table.c.scheme_id == bindparam("scheme_id"))
    .order_by(criterion_table.c.position)
)


@part
def scheme(session: Session, round_id: int) -> Scheme:
    """Return the newest version of the round's scheme, draft or published."""
    row = row_of_round(session.execute(_NEWEST, {"of_round": round_id}))
    return Scheme(
        criteria=_criteria(session, row.id),
        scale_maximum=row.scale_maximum,
        combine=Combine(row.combine),
        quorum=row.quorum,
        ranked_by=RankedBy(row.ranked_by),
        ladder=_ladder(row.ladder),
        allocation=Allocation(row.allocation),
        tolerance_percent=row.tolerance_percent,
        tolerance_authority=row.tolerance_authority,
        cap_per_award_pence=row.cap_per_award_pence,
        cap_per_organisation_pence=row.cap_per_organisation_pence,
        minimum_total=row.minimum_total,
        minimum_quality=row.minimum_quality,
        not_applicable_allowed=row.not_applicable_allowed,
        descriptors=_descriptors(row.descriptors),
    )


@lru_cache(maxsize=200)
def _ladder(written: str) -> tuple[str, ...]:
    """Return the rules of a ladder; read once, since each mark that is given asks for the whole scheme."""
    return tuple(json.loads(written))


@lru_cache(maxsize=200)
def _descriptors(written: str) -> tuple[tuple[int, str, str], ...]:
    return tuple((mark, word, meaning) for mark, word, meaning in json.loads(written))


def _criteria(session: Session, scheme_id: int) -> tuple[Criterion, ...]:
    return tuple(_criterion(row) for row in session.execute(_CRITERIA, {"scheme_id": scheme_id}))


def _criterion(row: Row[tuple[object, ...]]) -> Criterion:
    return Criterion(
        code=row.code,
        title=row.title,
        side=Side(row.side),
        weight_1e4=row.weight_1e4,
        method=Method(row.method),
        basis=Basis(row.basis),
        low=row.low,
        high=row.high,
        bands=_bands(row.bands),
        floor=row.floor,
        guidance=row.guidance,
    )


@lru_cache(maxsize=200)
def _bands(written: str) -> tuple[Band, ...]:
    return tuple(Band(Decimal(bound), Decimal(score)) for bound, score in json.loads(written))


@part
def reason_rule(session: Session, round_id: int) -> ReasonRule:
    """Return a round's rule; a reason is asked for, and may be left out, where nothing was said."""
    found = session.scalar(select(reason_rule_table.c.rule).where(reason_rule_table.c.round_id == round_id))
    return ReasonRule.ASKED if found is None else ReasonRule(found)


def area_word(session: Session, day: date) -> AreaLabel:
    """Return the word for an area on a day; "Area" where there is none of the office's own."""
    label = office_on(session, day).area_label
    if label != AREA or not is_members_own(session):
        return label
    from models.queries.packs.member_record import (
        opened_pack,  # an office opens no pack, and need not load it
    )

    told = opened_pack(session).round
    return AreaLabel(told.area_label or AREA.one, told.area_label_plural)
