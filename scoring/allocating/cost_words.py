"""What a chair reads before choosing how cost is scored: formula, worked example and warning."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

from msgspec import Struct

from scoring import money
from scoring.allocating.cost import Comparators, basis, comparators
from scoring.money import short_pounds
from scoring.places.standings import compared_with
from scoring.publishing.try_out import DUMMIES, at_70_30, totals, try_out
from scoring.round import Application, Round
from scoring.scheme import Basis, Criterion, Method

NAMES = {
    Method.JUDGED: "Judged by the panel",
    Method.LOWEST: "Lowest ÷ own",
    Method.MEAN: "Against the mean",
    Method.SPREAD: "Between lowest and highest",
    Method.LINEAR: "Along a published line",
    Method.BANDS: "By published bands",
}
_FORMULAS = {
    Method.JUDGED: "A mark like any other. Unit cost and match funding stand beside it as facts.",
    Method.LOWEST: "100 × lowest figure ÷ own figure",
    Method.MEAN: "50 − 100 × (own − mean) ÷ mean, held within 0 to 100",
    Method.SPREAD: "100 × (highest − own) ÷ (highest − lowest)",
    Method.LINEAR: "100 × (high − own) ÷ (high − low), held within 0 to 100",
    Method.BANDS: "The score of the first band whose upper bound is not below the figure; above the last, 0",
}
_DEPENDS = (
    "This score depends on who else applies: one more application, or one fewer, can change who is ahead."
)
_WARNINGS = {
    Method.JUDGED: "",
    Method.LOWEST: f"{_DEPENDS} A cheap weak one does it most.",
    Method.MEAN: f"{_DEPENDS} A dear weak one does it most.",
    Method.SPREAD: f"{_DEPENDS} With two applications, one gets 100 and the other 0 whatever the gap.",
    Method.LINEAR: "It rewards asking for less, whatever is offered for it. Publish the line beforehand.",
    Method.BANDS: "A penny over a bound costs a whole step. The bands must be published beforehand.",
}


class MethodWords(Struct, frozen=True):
    """One cost method in words; `warning` is "" where there is none."""

    name: str
    formula: str
    example: str
    warning: str


@cache
def method_words(method: Method) -> MethodWords:
    """Return a cost method in words, its example worked now by the rules that score a round."""
    example = _EXAMPLES[method](method) if method in _EXAMPLES else ""
    return MethodWords(NAMES[method], _FORMULAS[method], example, _WARNINGS[method])


def _overtaken(method: Method) -> str:
    added = {Method.LOWEST: "C", Method.MEAN: "D"}[method]
    alone, joined = _totals(method, "AB"), _totals(method, f"AB{added}")
    who = next(dummy for dummy in DUMMIES if dummy.name == added)
    kind = "cheap" if added == "C" else "dear"
    return (
        f"At 70 : 30, {_described('A')} {alone['A']}, {_described('B')} {alone['B']}. Add {added} (quality "
        f"{who.quality}, {short_pounds(who.requested_pence)}): A {joined['A']}, B {joined['B']}. "
        f"A {kind} weak application has changed who is ahead."
    )


def _two(method: Method) -> str:
    alone = _totals(method, "AB")
    return f"At 70 : 30, {_described('A')} {alone['A']}, {_described('B')} {alone['B']}."


def _fixed(method: Method) -> str:
    joined = _totals(method, "ABC")
    line = "from £0 to £5,000" if method is Method.LINEAR else "to £2,500 100, to £4,500 60, to £5,000 30"
    return (
        f"At 70 : 30, {line}: {_described('A')} {joined['A']}, {_described('B')} {joined['B']}, "
        f"{_described('C')} {joined['C']}, no matter who else applies."
    )


def _totals(method: Method, names: str) -> dict[str, str]:
    return totals(try_out(at_70_30(method), [dummy for dummy in DUMMIES if dummy.name in names]))


def _described(name: str) -> str:
    dummy = next(dummy for dummy in DUMMIES if dummy.name == name)
    quality = "quality " if name == "A" else ""
    return f"{name} ({quality}{dummy.quality}, {short_pounds(dummy.requested_pence)})"


_EXAMPLES: dict[Method, Callable[[Method], str]] = {
    Method.LOWEST: _overtaken,
    Method.MEAN: _overtaken,
    Method.SPREAD: _two,
    Method.LINEAR: _fixed,
    Method.BANDS: _fixed,
}


def cost_words(round_: Round, application: Application, criterion: Criterion) -> str:
    """Return the formula of a computed criterion, with the figure and its comparators."""
    figure = basis(application, criterion)
    others = comparators(compared_with(round_, application), criterion)
    if figure is None or others is None:
        raise ValueError(f"{application.reference} has no figure for {criterion.code}")
    return f"{_formula(criterion, _printed(criterion, figure), figure, others)} ({_basis_words(criterion)})"


def _formula(criterion: Criterion, printed: str, figure: Fraction, others: Comparators) -> str:
    low, mean, high = (_printed(criterion, value) for value in others)
    if criterion.method is Method.LOWEST:
        return f"100 × lowest {low} / {printed}"
    if criterion.method is Method.MEAN:
        return f"50 − 100 × ({printed} − mean {mean}) / {mean}, held within 0 to 100"
    if criterion.method is Method.SPREAD:
        if low == high and others.lowest == others.highest:
            return f"every figure is {printed}, so all score 100"
        return f"100 × (highest {high} − {printed}) / ({high} − lowest {low})"
    if criterion.method is Method.LINEAR:
        top, bottom = (_printed(criterion, Fraction(v or 0)) for v in (criterion.high, criterion.low))
        return f"100 × ({top} − {printed}) / ({top} − {bottom}), held within 0 to 100"
    return _band_words(criterion, printed, figure)


def _band_words(criterion: Criterion, printed: str, figure: Fraction) -> str:
    for band in criterion.bands:
        if Fraction(band.bound) >= figure:
            return f"{printed} is within the band up to {_printed(criterion, Fraction(band.bound))}"
    return f"{printed} is above the last band"


def _printed(criterion: Criterion, figure: Fraction) -> str:
    if criterion.basis is Basis.SHARE:
        return f"{money.score(money.hundredths(figure))}%"
    return money.pounds(money.hundredths(figure))


def _basis_words(criterion: Criterion) -> str:
    return {
        Basis.REQUESTED: "amount requested",
        Basis.UNIT: "amount requested for each beneficiary",
        Basis.SHARE: "amount requested as a share of total cost",
    }[criterion.basis]
