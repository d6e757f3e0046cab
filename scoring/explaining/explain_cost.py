"""A computed cost criterion in words: its formula with this application's figures (section 4)."""

from fractions import Fraction

from scoring import money
from scoring.allocating.cost import Comparators, basis, comparators
from scoring.places.standings import compared_with
from scoring.round import Application, Round
from scoring.scheme import Basis, Criterion, Method


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
