"""A preview as `import --dry-run --json` prints it beside what `import --json` prints anyway."""

from collections.abc import Iterator
from typing import Any

from exchange.applications.document import application_document
from exchange.applications.preview.changes import Changed
from exchange.applications.preview.preview import HERE, Preview, PreviewRow, State
from exchange.applications.problems import Kind


def rows_of(found: Preview) -> dict[str, Any]:
    """Return each row with what becomes of it and what is to be looked at, each point of a kind."""
    return {
        "possible_duplicates": [
            {"row": row.number, "like": row.like, "message": _why(row)} for row in found.may_be_here
        ],
        "rows": [_row(row) for row in found.rows],
    }


def _why(row: PreviewRow) -> str:
    return "; ".join(point.words for point in row.points if point.kind is Kind.DUPLICATE)


def _row(row: PreviewRow) -> dict[str, Any]:
    changed = row.changed
    before = changed.before.reference if changed is not None else None
    return {
        "row": row.number,
        "state": (State.SAME if row.state in HERE else row.state).lower(),
        "reference": before if row.application is None else row.application.reference,
        "points": [
            {
                "kind": str(point.kind),
                "cell": point.cell or None,
                "heading": point.heading or None,
                "value": point.value or None,
                "message": point.words,
                "check": point.is_check,
            }
            for point in row.points
        ],
        "changes": [] if changed is None else list(_changes(changed)),
    }


def _changes(changed: Changed) -> Iterator[dict[str, Any]]:
    here, there = application_document(changed.before), application_document(changed.after)
    for one in changed.fields:
        yield {"field": one.field, "here": here[one.field], "file": there[one.field]}
