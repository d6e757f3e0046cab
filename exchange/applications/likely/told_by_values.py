"""Columns whose heading alone would not tell their field: what stands in them told it, so a person checks."""

from exchange.applications.heading_rows import asked_fields, options_of
from exchange.applications.name_halves import name_half
from exchange.applications.table import Heading

_SETTLED_BESIDE = frozenset({"address", "received_at"})
"""Lines of an address belong to the line before; when a tool sent a form its other columns tell."""


def is_told_by_values(heading: Heading, field: str) -> bool:
    """Say whether neither a rule nor examples know a heading as what it is taken for."""
    if field in _SETTLED_BESIDE or (field == "contact_name" and name_half(heading.parts.text)):
        return False
    return field not in asked_fields(heading.parts, options_of(heading.parts, {}))
