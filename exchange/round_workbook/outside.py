"""Agreed marks that lie outside every member's mark and say no reason, as a warning."""

from collections import defaultdict
from collections.abc import Iterator

from models.values.rows import RoundRows, SheetRow
from scoring.counted import first_of
from scoring.round import InterestKind
from scoring.scheme import Combine


def outside_warning(rows: RoundRows) -> tuple[str, ...]:
    """Return one warning that names the first few, nothing where there is none or marks are not agreed."""
    found = list(_outside(rows)) if rows.scheme.combine is Combine.CONSENSUS else []
    if not found:
        return ()
    return (f"Agreed marks outside every member's mark need a reason, and have none: {first_of(found)}.",)


def _outside(rows: RoundRows) -> Iterator[str]:
    """Yield "A1 of ACF-001 (5; members gave 2 to 4)"; a criterion that nobody marked has no range."""
    sheets = _counting(rows)
    not_applicable = {(row.application, row.criterion) for row in rows.not_applicable}
    codes = [criterion.code for criterion in rows.scheme.judged]
    for row in rows.agreed:
        reasons = row.reasons or ("",) * len(codes)
        for number, (code, mark, reason) in enumerate(zip(codes, row.marks, reasons, strict=True)):
            given = [m for sheet in sheets[row.application] if (m := sheet.marks[number]) is not None]
            is_read = mark is not None and bool(given) and (row.application, code) not in not_applicable
            if mark is None or not is_read or reason.strip() or min(given) <= mark <= max(given):
                continue
            yield f"{code} of {row.application} ({mark}; members gave {_range(min(given), max(given))})"


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _counting(rows: RoundRows) -> dict[str, list[SheetRow]]:
    """Return the sheets that are handed in and of members without an interest, by application."""
    barred = {(i.member, i.application) for i in rows.interests if i.kind is not InterestKind.NONE}
    found: dict[str, list[SheetRow]] = defaultdict(list)
    for sheet in rows.sheets:
        if sheet.submitted and (sheet.member, sheet.application) not in barred:
            found[sheet.application].append(sheet)
    return found
