"""The Criteria sheet: the questions of the scheme, their weights and their formulas."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from exchange.reading.sheets import Cell
from exchange.round_workbook.layout import (
    AGREED,
    COLUMNS,
    CRITERIA,
    FORMAT,
    MARKS,
    OF_SCHEME,
    ROUND,
    ROUND_FIELDS,
    comment_heading,
    folded,
    for_panel_heading,
    reason_heading,
)
from exchange.round_workbook.table import (
    MOST_WHOLE,
    READERS,
    Row,
    Source,
    figure,
    number,
    number_up_to,
    one_of,
    shown,
    text,
    weight,
    whole_within,
)
from scoring.scheme import (
    CRITERION_RULE,
    MOST_MARK,
    PLAIN_RULES,
    WHOLE_1E4,
    Band,
    Basis,
    Criterion,
    Method,
    Scheme,
    Side,
)
from scoring.written.text import Unreadable

HIGHEST_SCORE = 100


class Line(Struct, frozen=True):
    """What decides how the rest of a criterion's row is read; None where it could not be read."""

    row: Row
    side: Side | None
    weight_1e4: int | None
    method: Method | None


class ReadCriteria(Struct, frozen=True):
    """The criteria as read; `criteria` is whole only when no fault was noted, `lines` are all rows.

    `codes` gives the scheme's spelling of each folded code.
    """

    criteria: tuple[Criterion, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @property
    def judged(self) -> tuple[str, ...]:
        return tuple(c.code for c in self.criteria if c.is_judged)

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the codes that must have a column of marks: those judged beyond doubt."""
        unsure = {text(line.row.cell("Code")) for line in self.lines if line.method is None}
        return tuple(code for code in self.judged if code not in unsure)

    @property
    def total_1e4(self) -> int | None:
        """Return the sum of all weights, None when one of them could not be read."""
        return _sum([line.weight_1e4 for line in self.lines])

    @property
    def quality_1e4(self) -> int | None:
        """Return the sum of the quality weights, None when a side or weight could not be read."""
        if any(line.side is None for line in self.lines):
            return None
        return _sum([line.weight_1e4 for line in self.lines if line.side is Side.QUALITY])


def read_criteria(source: Source, scale_maximum: int) -> ReadCriteria:
    """Return the criteria; repeated codes, bad weights and broken formulas are faults."""
    table = source.open_table(CRITERIA)
    if table is None or not table.has("Code"):
        return ReadCriteria()
    if not table.rows:
        source.faults.add_sheet(CRITERIA, "no criterion is listed.")
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
    return ReadCriteria(tuple(criteria.values()), codes, lines)


def _read_line(row: Row) -> Line:
    unread = Method.JUDGED if row.cell("Method") is None else None
    method = row.take("Method", one_of(Method), unread)
    side = row.need("Side", one_of(Side), None)
    if method not in (Method.JUDGED, None) and side is Side.QUALITY:
        row.fault("Method", f"{method} is a formula, and formulas belong on the cost side only.")
    return Line(row, side, row.need("Weight", weight, None), method)


def _criterion(line: Line, scale_maximum: int, warnings: list[str]) -> Criterion:
    row, method = line.row, line.method or Method.JUDGED
    top = scale_maximum if line.method is Method.JUDGED else HIGHEST_SCORE
    return Criterion(
        code=row.need("Code", text, ""),
        title=row.need("Title", text, ""),
        side=line.side or Side.COST,
        weight_1e4=line.weight_1e4 or 0,
        method=method,
        basis=row.take("Basis", one_of(Basis), Basis.REQUESTED),
        **_formula(row, method, warnings),
        floor=row.take("Minimum mark", number_up_to(top), None),
        guidance=row.take("Guidance", text, ""),
    )


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
    return Band(bound=figure(bound.strip()), score=number_up_to(HIGHEST_SCORE)(score.strip()))


_FORMULAS: Mapping[str, tuple[Method, Callable[[Cell], Any], object, str]] = {
    "Low": (Method.LINEAR, figure, None, ""),
    "High": (Method.LINEAR, figure, None, ""),
    "Bands": (Method.BANDS, _bands, (), ", such as 1000=100; 2500=60"),
}
"""The columns of formulas: of which each is, how it is read, what a blank one is, and an example."""


def _formula(row: Row, method: Method, warnings: list[str]) -> dict[str, Any]:
    """Return what stands in these columns by their fields; what lacks, and what is of another, is noted."""
    said: dict[str, Any] = {}
    for column, (of, read, absent, example) in _FORMULAS.items():
        is_there = row.cell(column) is not None
        if method is of and not is_there:
            at = column if folded(column) in row.columns else "Code"
            row.fault(at, f"{column} is needed for {of}{example}.")
        elif method is not of and is_there:
            warnings.append(f"{CRITERIA}: ignored {column} in row {row.number}; only {of} uses it.")
        said[column.lower()] = row.take(column, read, absent) if method is of else absent
    if said["low"] is not None and said["high"] is not None and said["low"] >= said["high"]:
        row.fault("High", f"High must be above Low, which is {shown(row.cell('Low'))}.")
    return said


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


REQUIRED_FIELDS = ("Format", "Fund", "Round")


class Fields(Row, frozen=True):
    """The fields of the Round sheet, as one row whose columns are the fields."""

    places: tuple[tuple[int, int], ...]

    def place(self, index: int) -> tuple[str, int, int]:
        return self.sheet, *self.places[index]


def read_fields(source: Source) -> Fields:
    """Return the fields of the Round sheet; unknown ones give a warning, repeated ones a fault."""
    table = source.open_table(ROUND)
    known = {folded(name) for name in ROUND_FIELDS}
    rows: dict[str, Row] = {}
    usable = table is not None and table.has("Field") and table.has("Value")
    for row in table.rows if table is not None and usable else ():
        name = row.need("Field", text, "")
        if folded(name) in rows:
            row.fault("Field", f"the field {name} is there twice.")
        elif folded(name) in known:
            rows[folded(name)] = row
        elif name:
            source.warnings.append(f"{ROUND}: ignored the field {name}.")
    columns = {name: at for at, name in enumerate(rows)}
    cells = tuple(row.cell("Value") for row in rows.values())
    places = tuple((row.number, row.columns[folded("Value")] + 1) for row in rows.values())
    fields = Fields(ROUND, 0, cells, columns, source.faults, places)
    for name in REQUIRED_FIELDS if usable else ():
        if folded(name) not in columns:
            source.faults.add_sheet(ROUND, f"the field {name} is missing.")
        elif fields.cell(name) is None:
            fields.fault(name, f"{name} is blank.")
    fields.take("Format", _format, FORMAT)
    return fields


def _format(cell: Cell) -> int:
    if number(cell) != FORMAT:
        raise Unreadable(
            f"format {shown(cell)} is not known here, only {FORMAT}; "
            "the workbook was made by a newer version of Grant Panel."
        )
    return FORMAT


def read_scheme(fields: Fields, criteria: ReadCriteria, scale_maximum: int) -> Scheme:
    """Return the scheme; sums that do not come to 100, and settings at odds, are faults."""
    is_said = fields.cell("Not applicable allowed") is not None
    are_allowed = is_said or not fields.cells  # at fault: no row is blamed for it
    otherwise = Scheme(criteria.criteria, scale_maximum, not_applicable_allowed=are_allowed)
    readers: dict[str, Callable[[Cell], Any]] = {**READERS, "ladder": partial(_tie_breaks, criteria)}
    found: dict[str, Any] = {
        one.field: fields.take(one.heading, readers[one.kind], getattr(otherwise, one.field))
        for one in OF_SCHEME
        if one.kind in readers
    }
    scheme = replace(otherwise, **found)
    _check_sums(fields, criteria)
    if scheme.is_by_price:
        _check_price(fields, criteria, scheme.minimum_quality)
    return scheme


def read_scale_maximum(fields: Fields) -> int:
    """Return the highest mark; one at fault is taken as endless, so that no mark is blamed for it."""
    absent = MOST_WHOLE if fields.cell("Scale maximum") is not None else Scheme(criteria=()).scale_maximum
    return fields.take("Scale maximum", whole_within(1, MOST_MARK), absent)


def _check_sums(fields: Fields, criteria: ReadCriteria) -> None:
    total, of_quality = criteria.total_1e4, criteria.quality_1e4
    if criteria.lines and total is not None and total != WHOLE_1E4:
        first, last = criteria.lines[0].row, criteria.lines[-1].row
        words = f"the weights add up to {_percent(total)}, not 100."
        at = (first.number, last.number), first.columns[folded("Weight")] + 1
        fields.faults.add_cells(CRITERIA, *at, words)
    quality = fields.take("Quality", number, None)
    if not criteria.lines or quality is None or of_quality is None:
        return
    if quality.scaleb(4) != of_quality:
        words = f"the split says {quality:f}, but the quality weights add up to {_percent(of_quality)}."
        fields.fault("Quality", words)


def _check_price(fields: Fields, criteria: ReadCriteria, minimum_quality: Decimal | None) -> None:
    is_unread = minimum_quality is None and fields.cell("Minimum quality") is not None
    if not minimum_quality and not is_unread:
        fields.fault("Ranking", "price_per_quality_point needs a Minimum quality above 0.")
    if criteria.lines and criteria.quality_1e4 == 0:
        fields.fault("Ranking", "price_per_quality_point needs a criterion on the quality side.")


def _percent(weight_1e4: int) -> str:
    return format(Decimal(weight_1e4).scaleb(-4).normalize(), "f")


def _tie_breaks(criteria: ReadCriteria, cell: Cell) -> tuple[str, ...]:
    rules: list[str] = []
    for part in filter(None, map(str.strip, text(cell).split(","))):
        rule = _tie_break(criteria, part)
        if rule in rules:
            raise Unreadable(f"the tie-break rule {rule} is there twice.")
        rules.append(rule)
    return tuple(rules)


def _tie_break(criteria: ReadCriteria, rule: str) -> str:
    if rule in PLAIN_RULES:
        return rule
    kind, colon, code = rule.partition(":")
    if f"{kind.strip()}{colon}" != CRITERION_RULE:
        known = ", ".join((f"{CRITERION_RULE}CODE", *PLAIN_RULES))
        raise Unreadable(f'"{rule}" is not a tie-break rule: {known}.')
    if criteria.lines and folded(code) not in criteria.codes:
        raise Unreadable(f'the tie-break rules name the criterion "{code.strip()}", which is not listed.')
    return CRITERION_RULE + criteria.codes.get(folded(code), code.strip())
