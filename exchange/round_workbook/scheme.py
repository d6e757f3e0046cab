"""The scheme of a round workbook: the settings of the Round sheet over the criteria."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from exchange.reading.sheets import Cell
from exchange.round_workbook.criteria import ReadCriteria
from exchange.round_workbook.layout import CRITERIA, folded
from exchange.round_workbook.round_sheet import Fields
from exchange.round_workbook.values import (
    MOST_WHOLE,
    money_above_nought,
    number,
    number_within,
    one_of,
    text,
    whole_within,
    yes_no,
)
from scoring.scheme import CRITERION_RULE, PLAIN_RULES, Allocation, Combine, RankedBy, Scheme
from scoring.written.text import Unreadable

DEFAULTS = Scheme(criteria=())
WHOLE_1E4 = 1_000_000


def read_scheme(fields: Fields, criteria: ReadCriteria, scale_maximum: int) -> Scheme:
    """Return the scheme; sums that do not come to 100, and settings at odds, are faults."""
    scheme = Scheme(
        criteria=criteria.criteria,
        scale_maximum=scale_maximum,
        combine=fields.take("Combine", one_of(Combine), DEFAULTS.combine),
        quorum=fields.take("Quorum", whole_within(0), DEFAULTS.quorum),
        ranked_by=fields.take("Ranking", one_of(RankedBy), DEFAULTS.ranked_by),
        ladder=fields.take("Tie ladder", _TieBreaks(criteria.codes, is_known=criteria.is_there).read, ()),
        allocation=fields.take("Allocation", one_of(Allocation), DEFAULTS.allocation),
        tolerance_percent=fields.take("Tolerance percent", number_within(0), DEFAULTS.tolerance_percent),
        tolerance_authority=fields.take("Tolerance authority", text, ""),
        cap_per_award_pence=fields.take("Cap per award", money_above_nought, None),
        cap_per_organisation_pence=fields.take("Cap per organisation", money_above_nought, None),
        minimum_total=fields.take("Minimum total", number_within(0, 100), None),
        minimum_quality=fields.take("Minimum quality", number_within(0, 100), None),
        not_applicable_allowed=_may_be_set_aside(fields),
    )
    _check_sums(fields, criteria)
    if scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT:
        _check_price(fields, criteria, scheme.minimum_quality)
    return scheme


def read_scale_maximum(fields: Fields) -> int:
    """Return the highest mark; one at fault is taken as endless, so that no mark is blamed for it."""
    absent = MOST_WHOLE if fields.has("Scale maximum") else DEFAULTS.scale_maximum
    return fields.take("Scale maximum", whole_within(1), absent)


def _may_be_set_aside(fields: Fields) -> bool:
    """Return whether not-applicable rows are allowed; where that is at fault, no row is blamed for it."""
    absent = fields.has("Not applicable allowed") or not fields.rows
    return fields.take("Not applicable allowed", yes_no, absent)


def _check_sums(fields: Fields, criteria: ReadCriteria) -> None:
    total, of_quality = criteria.total_1e4, criteria.quality_1e4
    if criteria.is_there and total is not None and total != WHOLE_1E4:
        words = f"the weights add up to {_percent(total)}, not 100."
        fields.faults.add_cells(CRITERIA, criteria.lines, criteria.weight_column, words)
    quality = fields.take("Quality", number, None)
    if not criteria.is_there or quality is None or of_quality is None:
        return
    if quality.scaleb(4) != of_quality:
        words = f"the split says {quality:f}, but the quality weights add up to {_percent(of_quality)}."
        fields.fault("Quality", words)


def _check_price(fields: Fields, criteria: ReadCriteria, minimum_quality: Decimal | None) -> None:
    is_unread = minimum_quality is None and fields.has("Minimum quality")
    if not minimum_quality and not is_unread:
        fields.fault("Ranking", "price_per_quality_point needs a Minimum quality above 0.")
    if criteria.is_there and criteria.quality_1e4 == 0:
        fields.fault("Ranking", "price_per_quality_point needs a criterion on the quality side.")


def _percent(weight_1e4: int) -> str:
    return format(Decimal(weight_1e4).scaleb(-4).normalize(), "f")


class _TieBreaks(Struct, frozen=True):
    codes: Mapping[str, str]
    is_known: bool

    def read(self, cell: Cell) -> tuple[str, ...]:
        rules: list[str] = []
        for part in text(cell).split(","):
            rule = self._rule(part.strip()) if part.strip() else ""
            if rule in rules:
                raise Unreadable(f"the tie-break rule {rule} is there twice.")
            rules += [rule] if rule else []
        return tuple(rules)

    def _rule(self, rule: str) -> str:
        if rule in PLAIN_RULES:
            return rule
        kind, colon, code = rule.partition(":")
        if f"{kind.strip()}{colon}" != CRITERION_RULE:
            known = ", ".join((f"{CRITERION_RULE}CODE", *PLAIN_RULES))
            raise Unreadable(f'"{rule}" is not a tie-break rule: {known}.')
        if self.is_known and folded(code) not in self.codes:
            raise Unreadable(f'the tie-break rules name the criterion "{code.strip()}", which is not listed.')
        return CRITERION_RULE + self.codes.get(folded(code), code.strip())
