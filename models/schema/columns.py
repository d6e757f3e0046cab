"""Rules that columns of several tables share."""

from sqlalchemy import CheckConstraint


def whole(column: str, *, least: int | None = None) -> CheckConstraint:
    """Return the rule that a figure is a whole number, or absent, and no less than `least`."""
    rule = f"typeof({column}) = 'integer'" + ("" if least is None else f" AND {column} >= {least}")
    return CheckConstraint(f"{column} IS NULL OR ({rule})", name=f"{column}_whole")


def one_of(column: str, *words: str) -> CheckConstraint:
    """Return the rule that a word is one of a few."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
