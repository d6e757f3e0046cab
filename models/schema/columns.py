"""Rules that columns of several tables share."""

from sqlalchemy import CheckConstraint
from sqlalchemy.schema import SchemaItem


def at_least(column: str, least: int) -> CheckConstraint:
    """Return the rule that a figure is no less than another, or absent."""
    return CheckConstraint(f"{column} >= {least}", name=f"{column}_at_least_{least}")


def one_of(column: str, *words: str) -> CheckConstraint:
    """Return the rule that a word is one of a few."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def shaped(name: str, as_glob: str, as_pattern: str) -> tuple[SchemaItem, SchemaItem]:
    """Return the rule that a text has a shape, once as SQLite's patterns say it and once as PostgreSQL's."""
    said = CheckConstraint(as_glob, name=name).ddl_if(dialect="sqlite")
    return said, CheckConstraint(as_pattern, name=name).ddl_if(dialect="postgresql")
