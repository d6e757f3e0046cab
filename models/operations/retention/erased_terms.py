"""What an erasure takes from the variations of awards: the outcomes, which are the applicant's own words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace
from sqlalchemy import select, update

from models.queries.awards.variations.variations import IN_EFFECT
from models.salvage.recovered_rows import FoundTable
from models.schema.awards import variation_table
from models.schema.base import ERASED
from models.session import Session
from models.values import canonical
from models.values.awards import Terms

Row = tuple[int, int, str, str, str]
"""Application, number, state, and what the variation changes from and to, as they are stored."""
_COLUMNS = ("application_id", "number", "state", "was", "becomes")


def erase_terms(session: Session, numbers: Sequence[int]) -> None:
    """Take the outcomes out of the variations of some applications, as the journal then makes them."""
    table = variation_table
    columns = select(*(table.c[name] for name in _COLUMNS)).where(table.c.application_id.in_(numbers))
    rows = session.execute(columns.order_by(table.c.application_id, table.c.number)).all()
    for number, variation, _, was, becomes in _emptied(tuple(row) for row in rows):
        chosen = (table.c.application_id == number) & (table.c.number == variation)
        session.execute(update(table).where(chosen).values(was=was, becomes=becomes))


def found_without(tables: tuple[FoundTable, ...], numbers: Collection[int]) -> tuple[FoundTable, ...]:
    """Return the rows that a salvage took in without the outcomes of the same."""
    return tuple(_found(one, numbers) if one.name == variation_table.name else one for one in tables)


def without_outcomes(terms: Terms) -> Terms:
    """Return terms that say that outcomes were agreed, and not which."""
    return terms if terms.outcomes is None else replace(terms, outcomes=ERASED)


def _found(table: FoundTable, numbers: Collection[int]) -> FoundTable:
    at = [table.columns.index(name) for name in _COLUMNS]
    chosen = sorted(tuple(row[index] for index in at) for row in table.put if row[at[0]] in numbers)
    emptied = {row[:2]: row for row in _emptied(chosen)}  # type: ignore[arg-type]
    rows: list[tuple[str | int | None, ...]] = []
    for row in table.put:
        now = emptied.get((row[at[0]], row[at[1]]))  # type: ignore[arg-type]
        told: tuple[str | int, ...] = now or ()
        cells = dict(zip(at, told, strict=False))
        rows.append(tuple(cells.get(index, cell) for index, cell in enumerate(row)))
    return replace(table, put=tuple(rows))


def _emptied(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows without outcomes, in their order: what was before the first is empty in the application."""
    for _, own in groupby(rows, key=lambda row: row[0]):
        stood = ""
        for number, variation, state, was, becomes in own:
            before, after = (canonical.from_text(Terms, text) for text in (was, becomes))
            if after.outcomes is not None:
                before, after = replace(before, outcomes=stood), without_outcomes(after)
                stood = ERASED if state == IN_EFFECT else stood
            yield number, variation, state, canonical.to_text(before), canonical.to_text(after)
