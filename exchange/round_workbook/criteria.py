"""The Criteria sheet: the questions of the scheme, their weights and their formulas."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct, field

from exchange.reading.sheets import Cell
from exchange.round_workbook.layout import (
    AGREED,
    COLUMNS,
    CRITERIA,
    MARKS,
    comment_heading,
    folded,
    for_panel_heading,
    reason_heading,
)
from exchange.round_workbook.table import Row, Source
from exchange.round_workbook.values import figure, number_within, one_of, shown, text, weight
from scoring.scheme import Band, Basis, Criterion, Method, Side
from scoring.written.text import Unreadable

HIGHEST_SCORE = 100


class ReadCriteria(Struct, frozen=True):
    """The criteria as read; `criteria` is whole only when no fault was noted.

    `codes` gives the scheme's spelling of each folded code; `unsure` are codes whose method could not be
    read. `weights` has the side and weight of every row, None where it could not be read. `lines` are
    the first and last row.
    """

    criteria: tuple[Criterion, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    weights: tuple[tuple[Side | None, int | None], ...] = ()
    lines: tuple[int, int] = (0, 0)
    weight_column: int = 0
    is_there: bool = False

    @property
    def judged(self) -> tuple[str, ...]:
        """Return the codes that members mark, in order."""
        return tuple(c.code for c in self.criteria if c.is_judged)

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the codes that must have a column of marks: those judged beyond doubt."""
        return tuple(code for code in self.judged if code not in self.unsure)

    @property
    def total_1e4(self) -> int | None:
        """Return the sum of all weights, None when one of them could not be read."""
        return _sum([weight_1e4 for _, weight_1e4 in self.weights])

    @property
    def quality_1e4(self) -> int | None:
        """Return the sum of the quality weights, None when a side or weight could not be read."""
        if any(side is None for side, _ in self.weights):
            return None
        return _sum([weight_1e4 for side, weight_1e4 in self.weights if side is Side.QUALITY])


def read_criteria(source: Source, scale_maximum: int) -> ReadCriteria:
    """Return the criteria; repeated codes, bad weights and broken formulas are faults."""
    table = source.open_table(CRITERIA)
    if table is None or not table.has("Code"):
        return ReadCriteria()
    if not table.rows:
        source.faults.add_sheet(CRITERIA, "no criterion is listed.")
        return ReadCriteria()
    lines = tuple(map(_read_line, table.rows))
    criteria: dict[str, Criterion] = {}
    for line in lines:
        criterion = _criterion(line, scale_maximum, source.warnings)
        if folded(criterion.code) in criteria:
            line.row.fault("Code", f"the criterion {criterion.code} is there twice.")
        elif criterion.code:
            criteria[folded(criterion.code)] = criterion
    codes = {key: criterion.code for key, criterion in criteria.items()}
    _refuse_clashing_codes(table.rows, codes)
    return ReadCriteria(
        criteria=tuple(criteria.values()),
        codes=codes,
        unsure=frozenset(text(line.row.cell("Code")) for line in lines if line.method is None),
        weights=tuple((line.side, line.weight_1e4) for line in lines),
        lines=(table.rows[0].number, table.rows[-1].number),
        weight_column=table.columns.get(folded("Weight"), 0) + 1,
        is_there=True,
    )


class _Line(Struct, frozen=True):
    """What decides how the rest of a criterion's row is read; None where it could not be read."""

    row: Row
    side: Side | None
    weight_1e4: int | None
    method: Method | None


def _read_line(row: Row) -> _Line:
    unread = Method.JUDGED if row.cell("Method") is None else None
    method = row.take("Method", one_of(Method), unread)
    side = row.need("Side", one_of(Side), None)
    if method not in (Method.JUDGED, None) and side is Side.QUALITY:
        row.fault("Method", f"{method} is a formula, and formulas belong on the cost side only.")
    return _Line(row, side, row.need("Weight", weight, None), method)


def _criterion(line: _Line, scale_maximum: int, warnings: list[str]) -> Criterion:
    row, method = line.row, line.method or Method.JUDGED
    low, high = _read_range(row, method, warnings)
    top = scale_maximum if line.method is Method.JUDGED else HIGHEST_SCORE
    return Criterion(
        code=row.need("Code", text, ""),
        title=row.need("Title", text, ""),
        side=line.side or Side.COST,
        weight_1e4=line.weight_1e4 or 0,
        method=method,
        basis=row.take("Basis", one_of(Basis), Basis.REQUESTED),
        low=low,
        high=high,
        bands=_read_bands(row, method, warnings),
        floor=row.take("Minimum mark", number_within(0, top), None),
        guidance=row.take("Guidance", text, ""),
    )


def _read_range(row: Row, method: Method, warnings: list[str]) -> tuple[Decimal | None, Decimal | None]:
    if method is not Method.LINEAR:
        _warn_unused(row, ("Low", "High"), "linear", warnings)
        return None, None
    low = row.take("Low", figure, None)
    high = row.take("High", figure, None)
    for column in ("Low", "High"):
        if row.cell(column) is None:
            _fault_or_name(row, column, f"{column} is needed for linear.")
    if low is not None and high is not None and low >= high:
        row.fault("High", f"High must be above Low, which is {shown(row.cell('Low'))}.")
    return low, high


def _read_bands(row: Row, method: Method, warnings: list[str]) -> tuple[Band, ...]:
    if method is not Method.BANDS:
        _warn_unused(row, ("Bands",), "bands", warnings)
        return ()
    if row.cell("Bands") is None:
        _fault_or_name(row, "Bands", "Bands is needed for bands, such as 1000=100; 2500=60.")
    return row.take("Bands", _bands, ())


def _warn_unused(row: Row, columns: Sequence[str], method: str, warnings: list[str]) -> None:
    for column in columns:
        if row.cell(column) is not None:
            warnings.append(f"{CRITERIA}: ignored {column} in row {row.number}; only {method} uses it.")


def _fault_or_name(row: Row, column: str, words: str) -> None:
    if folded(column) in row.columns:
        row.fault(column, words)
    else:
        row.fault("Code", words)


def _bands(cell: Cell) -> tuple[Band, ...]:
    parts = [part.strip() for part in text(cell).split(";") if part.strip()]
    bands = tuple(_band(part) for part in parts)
    for earlier, later in pairwise(bands):
        if later.bound <= earlier.bound:
            raise Unreadable(f"the bounds of the bands must rise, and {later.bound} does not.")
    if not any(band.score == HIGHEST_SCORE for band in bands):
        raise Unreadable("no band scores 100; without one the criterion can never give its full weight.")
    return bands


def _band(part: str) -> Band:
    bound, equals, score = part.partition("=")
    if not equals:
        raise Unreadable(f'"{part}" is not a band such as 1000=100.')
    return Band(bound=figure(bound.strip()), score=number_within(0, HIGHEST_SCORE)(score.strip()))


def _refuse_clashing_codes(rows: Sequence[Row], codes: Mapping[str, str]) -> None:
    taken = {folded(name) for name in (*COLUMNS[MARKS], *COLUMNS[AGREED])}
    for code in codes.values():
        taken |= {folded(of(code)) for of in (comment_heading, reason_heading, for_panel_heading)}
    for row in rows:
        code = text(row.cell("Code"))
        if folded(code) in taken:
            row.fault(
                "Code", f"{code} is the heading of another column of Marks or Agreed; give another code."
            )


def _sum(weights: Sequence[int | None]) -> int | None:
    read = [weight_1e4 for weight_1e4 in weights if weight_1e4 is not None]
    return sum(read) if len(read) == len(weights) else None
