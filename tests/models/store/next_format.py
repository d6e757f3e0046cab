"""One more migration upon today's, as the next change of the tables will bring it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.store import definition, record_file

NEXT = record_file.newest_format() + 1
BEGINS = f'''
import sqlalchemy as sa
from alembic import op
revision = "{NEXT:04}"
down_revision = "{NEXT - 1:04}"
def upgrade():
'''
MORE = """    op.create_table("colour", sa.Column("name", sa.Text(), primary_key=True))
    op.add_column("holds", sa.Column("until", sa.Text(), nullable=True))
"""
"""It makes a table, and adds a column to one that is there."""


@contextmanager
def next_program(folder: Path, does: str = MORE) -> Iterator[Path]:
    """Have this process be a program of the next format: its migrations, in a folder, are today's and one."""
    stands, skipped = record_file._VERSIONS.parent, shutil.ignore_patterns("__pycache__")
    scripts = folder / "migrations"
    shutil.copytree(stands, scripts, ignore=skipped)
    write_next(scripts, does=does)
    use(scripts)
    try:
        yield scripts
    finally:
        use(stands)


def write_next(scripts: Path, more: str = "", *, does: str = MORE) -> None:
    """Write the next migration: what it does, and something more at its end."""
    (scripts / "versions" / f"{NEXT:04}_next.py").write_text(BEGINS + does + more, encoding="utf-8")


def use(scripts: Path) -> None:
    """Have this process take a folder's migrations for the program's own."""
    definition.SCRIPTS, record_file._VERSIONS = str(scripts), scripts / "versions"
    record_file.newest_format.cache_clear()
    definition.of_format.cache_clear()
