"""The seal of an issued file, by which somebody without the office's record tells that nobody changed it.

Open data bears the sum of all else in its file. A workbook of year tables holds the data that its printed
SHA-256 is of on a sheet of its own, from which every other cell can be written again and compared.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from exchange.xlsx.table_book import FIRST, SECOND, TableColumn, TableSheet
from models.journal import canonical
from models.papers.status import PaperStatus

SEAL = "seal"
"""The name of the seal in open data."""
DATA = "Data as issued"
"""The sheet of a workbook that holds what its SHA-256 is of."""
_ABOUT = (
    "What the SHA-256 is of, for a program that compares this workbook with it. A regional book does not "
    "accept a workbook in which this or any other cell was changed. These data are not printed."
)
_IN_A_CELL = 20_000

Json = dict[str, Any]


def sealed_package(package: Json, status: PaperStatus) -> Json:
    """Return issued open data with its seal; a draft has none."""
    if status.version is None:
        return package
    seal: Json = {"version": status.version, "data": status.sha256}
    return {**package, SEAL: {**seal, "sha256": sum_of({**package, SEAL: seal})}}


def sum_of(package: Mapping[str, Any]) -> str:
    """Return the sum of sealed open data, in which the sum itself is left out."""
    seal = {name: value for name, value in package[SEAL].items() if name != "sha256"}
    return hashlib.sha256(
        canonical.dumps({**package, SEAL: seal}).encode("utf-8", "surrogatepass")
    ).hexdigest()


def data_sheet(value: object, status: PaperStatus) -> tuple[TableSheet, ...]:
    """Return the sheet that seals an issued workbook; none for a draft."""
    if status.version is None:
        return ()
    seal = {
        "version": status.version,
        "row": status.journal_row,
        "head": status.journal_hash,
        "data": canonical.to_text(value),
    }
    text = json.dumps(seal, sort_keys=True)
    parts = [text[start : start + _IN_A_CELL] for start in range(0, len(text), _IN_A_CELL)]
    columns = (TableColumn("Part", 8, "count", FIRST), TableColumn("Data", 120, "text", SECOND))
    return (TableSheet(DATA, DATA, _ABOUT, columns, list(enumerate(parts, 1)), is_on_paper=False),)
