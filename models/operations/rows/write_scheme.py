"""Putting a round's scheme in, draft or frozen."""

from datetime import datetime
from decimal import Decimal

from msgspec.structs import asdict
from sqlalchemy import func, select

from models.journal import canonical
from models.operations.rows.writing import next_id, put, remove
from models.schema.set_up.scheme import amendment_table, criterion_table, scheme_table
from models.session import Session
from scoring.scheme import Criterion, Scheme

_AS_THEY_ARE = (
    "scale_maximum",
    "quorum",
    "tolerance_percent",
    "tolerance_authority",
    "cap_per_award_pence",
    "cap_per_organisation_pence",
    "minimum_total",
    "minimum_quality",
    "not_applicable_allowed",
)


def put_scheme(
    session: Session, round_id: int, scheme: Scheme, *, frozen_at: datetime | None, version: int = 1
) -> int:
    """Put a version of a round's scheme in and return its number; `frozen_at` is None for a draft."""
    scheme_id = next_id(session, scheme_table.c.id)
    row = {name: _plain(getattr(scheme, name)) for name in _AS_THEY_ARE} | {
        "id": scheme_id,
        "round_id": round_id,
        "version": version,
        "frozen_at": frozen_at,
        "combine": scheme.combine.value,
        "ranked_by": scheme.ranked_by.value,
        "allocation": scheme.allocation.value,
        "ladder": canonical.dumps(list(scheme.ladder)),
        "descriptors": canonical.dumps([list(descriptor) for descriptor in scheme.descriptors]),
    }
    put(session, scheme_table, [row])
    start = next_id(session, criterion_table.c.id)
    criteria = [
        {"id": start + index, "scheme_id": scheme_id, "position": index, **_criterion(criterion)}
        for index, criterion in enumerate(scheme.criteria)
    ]
    put(session, criterion_table, criteria)
    return scheme_id


def remove_scheme(session: Session, round_id: int) -> None:
    """Take a round's scheme out, every version of it."""
    versions = select(scheme_table.c.id).where(scheme_table.c.round_id == round_id)
    remove(session, criterion_table, criterion_table.c.scheme_id.in_(versions))
    remove(session, amendment_table, amendment_table.c.scheme_id.in_(versions))
    remove(session, scheme_table, scheme_table.c.round_id == round_id)


def is_amended(session: Session, round_id: int) -> bool:
    """Whether a round's published scheme has a later version."""
    counted = select(func.count()).select_from(scheme_table)
    return bool(
        session.scalar(counted.where(scheme_table.c.round_id == round_id, scheme_table.c.version > 1))
    )


def _criterion(criterion: Criterion) -> dict[str, object]:
    return {name: _plain(value) for name, value in asdict(criterion).items()} | {
        "side": criterion.side.value,
        "method": criterion.method.value,
        "basis": criterion.basis.value,
        "bands": canonical.dumps(
            [[canonical.encode(b.bound), canonical.encode(b.score)] for b in criterion.bands]
        ),
    }


def _plain(value: object) -> object:
    """Return a decimal as the journal writes it, so that doing it over again gives the same text."""
    return Decimal(canonical.encode(value)) if isinstance(value, Decimal) else value
