"""Whole account numbers are in no kept file: not in the record, its copy, or on a server."""

import io
import sqlite3
from contextlib import closing
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile, is_zipfile
from zlib import decompress

from exchange.papers.paper_reading import read_paper
from models.copies.office_server import load
from models.record import Opener, Record
from models.schema.awards import bank_details_table
from models.store.places import server_address
from tests.cli.conftest import Run
from tests.cli.papers.test_verify_papers import issued
from tests.server import cluster

KINDS = (("finance", "xlsx"), ("notice", "pdf"), ("decision-report", "docx"), ("monitoring", "xlsx"))
PIECES = "SELECT sha256, piece FROM file_pieces ORDER BY sha256, number"


def contents(rows: list[tuple[str, bytes]]) -> list[bytes]:
    """Return the bytes of every kept file."""
    return [
        decompress(b"".join(bytes(piece) for _, piece in of)) for _, of in groupby(rows, lambda row: row[0])
    ]


def said(content: bytes, folder: Path) -> str:
    """Return all that a file holds: its bytes, those of its parts, and its words."""
    ending = ".pdf" if content.startswith(b"%PDF") else ".csv"
    found = [content]
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
            ending = ".docx" if "word/document.xml" in archive.namelist() else ".xlsx"
    path = folder / f"kept{ending}"
    path.write_bytes(content)
    words = "".join(text for _, text in read_paper(path).places)
    return "".join(part.decode("latin-1") for part in found) + words.replace(" ", "")


def test_no_kept_file_holds_an_account(sample: Path, run: Run, tmp_path: Path) -> None:
    with Record.open(sample, Opener("Grace Okoro", "tests")) as record:
        numbers = record.ask(
            lambda s: list(
                s.scalars(bank_details_table.select().with_only_columns(bank_details_table.c.account_number))
            )
        )
    assert numbers, "an account is planted"
    for kind, ending in KINDS:
        issued(run, sample, kind, ending, tmp_path)
    for kind in ("letters", "agreement"):
        asked = ("export", sample, kind, "--round", "Round 2", "--issue", "--reasons-read", "--out")
        assert run(*asked, tmp_path / kind).status == 0
    copy = tmp_path / "copy.panel"
    assert run("backup", sample, copy).status == 0
    database = cluster().new_database()
    with Record.open(sample, Opener("Grace Okoro", "tests")) as record:
        load(record, server_address(cluster().address(database)))

    kept = []
    for path in (sample, copy):
        with closing(sqlite3.connect(path)) as raw:
            kept.append(contents(raw.execute(PIECES).fetchall()))
    with cluster().connect(database) as connection:
        kept.append(contents(connection.execute(PIECES).fetchall()))

    assert kept[0] == kept[1] == kept[2]
    assert len(kept[0]) >= 12
    for content in kept[0]:
        words = said(content, tmp_path)
        assert not [number for number in numbers if number in words]
