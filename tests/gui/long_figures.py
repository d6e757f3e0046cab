"""A copy of a record whose references, sums and names of people are as long as they become in an office."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

SUMS = {
    "applications": ("requested_pence", "minimum_pence"),
    "areas": ("pot_pence", "committed_pence"),
    "recommendations": ("amount_pence",),
    "decisions": ("amount_pence",),
    "awards": ("amount_pence",),
    "instalments": ("amount_pence",),
}
RANK, SURNAME = "Superintendent", "Featherstone-Penhaligon"
SIGNED = {
    "recommendation_signatures": "signed_by",
    "recommendations": "recorded_by",
    "sign_offs": "signed_by",
}


def copy_with_long_figures(source: Path, target: Path) -> Path:
    """Copy a record; past its operations, which is enough for what is drawn and for nothing else.

    £4,800 becomes £48,004.80, CO-003 becomes ACF-2026-0018, and every surname a double one.
    """
    shutil.copy(source, target)
    with closing(sqlite3.connect(target)) as opened, opened as there:
        held = there.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in held:
            there.execute(f"drop trigger {name}")
        there.execute("update applications set reference = printf('ACF-2026-%04d', id)")
        for table, columns in SUMS.items():
            for column in columns:
                there.execute(f"update {table} set {column} = {column} * 10 + {column} / 1000")
        there.execute("update people set name = ? || ' ' || substr(name, 1, 4) || ' ' || ?", (RANK, SURNAME))
        for table, column in SIGNED.items():
            there.execute(f"update {table} set {column} = ? || ' Doro ' || ?", (RANK, SURNAME))
        for _, made in held:
            there.execute(made)
    return target
