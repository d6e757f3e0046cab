"""What a panel recommended itself, and what was recorded in its place since, from the journal."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from models.operation import operation_of, who_is_named
from models.queries.applications.applications import applications
from models.session import Session
from models.store.chain import SaidRow, said_rows
from models.values.recommending import RecommendationRow
from scoring.allocating.causes import own_reason

_RECORDS, _SETTLES = "record recommendations", ("sign recommendations", "confirm record")
"""What records recommendations, and what makes them the panel's: its chair's signature, or its minutes."""


class Recorded(Struct, frozen=True):
    """A recommendation as it was recorded, None where it was withdrawn; `by` is "" for nobody named."""

    row: RecommendationRow | None
    by: str
    at: datetime

    @property
    def on(self) -> date:
        return self.at.astimezone().date()

    @property
    def said(self) -> tuple[object, ...]:
        """Return what makes another recommendation of it."""
        return () if self.row is None else (self.row.outcome, self.row.amount_pence)


class PanelsOwn(Struct, frozen=True):
    """What the panel of an application recommended, and what was recorded in its place since, in order."""

    row: RecommendationRow
    changes: tuple[Recorded, ...] = ()


def panels_own(session: Session, round_id: int) -> Mapping[str, PanelsOwn]:
    """Return the panel's own recommendations of a round, by reference, once chair or minutes settled them."""
    areas = {row.reference: row.area or "" for row in applications(session, round_id)}
    stands, found = dict[str, Recorded](), dict[str, list[Recorded]]()
    for said in said_rows(session, (_RECORDS, *_SETTLES)):
        change = operation_of(said.kind, said.body)
        if change.round_id != round_id:
            continue
        if said.kind in _SETTLES:
            here = (of for of in stands if change.area in ("", areas.get(of)) and stands[of].row)
            found |= {of: [stands[of]] for of in here if of not in found}
            continue
        stands |= (now := dict(_recorded(said, change.items, change.withdrawing)))
        for of in now.keys() & found.keys():
            found[of] = _followed(found[of], now[of])
    return {of: _own(*told) for of, told in found.items()}


def _recorded(
    said: SaidRow, items: tuple[RecommendationRow, ...], withdrawing: tuple[str, ...]
) -> Iterator[tuple[str, Recorded]]:
    by = said.actor if who_is_named(said.actor) else ""
    yield from ((of, Recorded(None, by, said.at)) for of in withdrawing)
    for one in items:
        yield one.application, Recorded(replace(one, reason=own_reason(one.reason)), by, said.at)


def _followed(told: list[Recorded], now: Recorded) -> list[Recorded]:
    """Return what was recorded with what is now; what is as it was before, as once undone, ends it there."""
    same = next((n for n, one in enumerate(told) if one.said == now.said), None)
    return [*told, now] if same is None else told[: same + 1]


def _own(first: Recorded, *changes: Recorded) -> PanelsOwn:
    assert first.row is not None, "nothing that is withdrawn is settled"
    return PanelsOwn(first.row, changes)
