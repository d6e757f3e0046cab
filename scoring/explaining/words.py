"""A round's published rules in words, as every schedule prints them, and what a chair reads of cost."""

from decimal import Decimal
from fractions import Fraction
from functools import cache

from msgspec import Struct

from scoring import money
from scoring.money import short_pounds
from scoring.places.standings import compared_with, tie_breaks
from scoring.places.totals import Comparators, basis, comparators
from scoring.publishing import DUMMIES, at_70_30, totals, try_out
from scoring.round import Application, Round
from scoring.scheme import Allocation, Basis, Combine, Criterion, Method, Scheme, Side
from scoring.written.text import listed

_COMBINE = {
    Combine.CONSENSUS: "the panel's agreed whole mark on each criterion",
    Combine.MEAN: "the mean of the marks that count",
    Combine.MEDIAN: "the middle of the marks that count, or the mean of the two middle ones",
    Combine.TRIMMED: "the mean of the marks that count without one highest and one lowest",
}
_ALLOCATION = {
    Allocation.STOP: "money goes down the list; the first that does not fit and all below it go to reserve",
    Allocation.SKIP: "money goes down the list; one that does not fit goes to reserve and the next is tried",
    Allocation.PART: (
        "money goes down the list; the first that does not fit is offered what is left, if that is at least "
        "its stated minimum, or half of the request if none is stated; all below it go to reserve"
    ),
}
_METHOD = {
    Method.LOWEST: "100 × lowest figure ÷ own figure",
    Method.MEAN: "50 less the percentage above the mean figure, held within 0 to 100",
    Method.SPREAD: "100 × (highest − own) ÷ (highest − lowest)",
    Method.LINEAR: "100 × (high − own) ÷ (high − low), held within 0 to 100",
    Method.BANDS: "by bands",
}
_BASIS = {
    Basis.REQUESTED: "amount requested",
    Basis.UNIT: "amount requested for each beneficiary",
    Basis.SHARE: "share of the total cost requested",
}
_WORKED_FROM = {**_BASIS, Basis.SHARE: "amount requested as a share of total cost"}


def rules_in_words(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """Return the scheme and the rules of a round as (subject, sentence), in reading order."""
    return (
        ("Scheme", _split_words(scheme)),
        ("Marks", f"{_COMBINE[scheme.combine]}; marks run from 0 to {scheme.scale_maximum}"),
        ("Score", _score_words(scheme)),
        ("Ties", _tie_break_words(scheme)),
        ("Money", _ALLOCATION[scheme.allocation]),
        ("Minimums", _floor_words(scheme)),
        ("Caps", cap_words(scheme) or "none"),
        ("Tolerance", _tolerance_words(scheme)),
        ("Quorum", _quorum_words(scheme)),
    )


def points_words(scheme: Scheme) -> str:
    return (
        f"on each criterion the mark, divided by {scheme.scale_maximum} and multiplied by the weight, gives "
        "the points; the points of all criteria make a total out of 100"
    )


def split_words(scheme: Scheme) -> str:
    """Return how quality and cost share the total, and which criteria are of which."""
    of = {side: [one.code for one in scheme.criteria if one.side is side] for side in Side}
    if not of[Side.COST]:
        return "all of the total is quality"
    quality, cost = scheme.split
    return (
        f"quality ({listed(of[Side.QUALITY])}) counts for {quality}% of the total, "
        f"cost ({listed(of[Side.COST])}) for {cost}%"
    )


def criterion_words(criterion: Criterion, scheme: Scheme) -> str:
    """Return one criterion in words: side, weight, how it gets its value, and its floor."""
    if criterion.is_judged:
        how = f"marked 0 to {scheme.scale_maximum}"
    else:
        how = f"{_METHOD[criterion.method]}{_figures(criterion)}, on the {_BASIS[criterion.basis]}"
    floor = "" if criterion.floor is None else f", minimum {money.decimal_text(criterion.floor)}"
    return f"{criterion.side.value}, weight {money.percent(criterion.weight_1e4)}, {how}{floor}"


def _figures(criterion: Criterion) -> str:
    if criterion.method is Method.LINEAR and criterion.low is not None and criterion.high is not None:
        return f", from {_figure(criterion, criterion.low)} to {_figure(criterion, criterion.high)}"
    bands = "; ".join(
        f"up to {_figure(criterion, b.bound)} scores {money.decimal_text(b.score)}" for b in criterion.bands
    )
    return f" ({bands}; above that 0)" if bands else ""


def _figure(criterion: Criterion, value: Decimal) -> str:
    """Return an end of a formula as what it is worked from is printed: money, or a share."""
    if criterion.basis is Basis.SHARE:
        return f"{money.decimal_text(value)}%"
    return money.short_pounds(money.hundredths(value))


def _split_words(scheme: Scheme) -> str:
    listed = ", ".join(f"{c.code} {money.percent(c.weight_1e4)}" for c in scheme.criteria)
    quality, cost = scheme.split
    return f"quality {quality} : cost {cost}; weights {listed}"


def _score_words(scheme: Scheme) -> str:
    sums = "quality and cost each out of 100, joined by the split; two decimals, rounded once, half up"
    if scheme.is_by_price:
        return f"{sums}; ranked by amount requested ÷ quality, to the penny, lowest first"
    return f"{sums}; ranked by the score as printed, highest first"


def _tie_break_words(scheme: Scheme) -> str:
    rules = ", then ".join(map(money.tie_break, tie_breaks(scheme)))
    return f"equal scores are separated by {rules}; those that nothing separates share a place"


def _floor_words(scheme: Scheme) -> str:
    floors = [(c.code, c.floor) for c in scheme.criteria]
    floors += [("quality", scheme.minimum_quality), ("total", scheme.minimum_total)]
    said = (f"{of} at least {money.decimal_text(floor)}" for of, floor in floors if floor is not None)
    return ", ".join(said) or "none"


def cap_words(scheme: Scheme) -> str:
    """Return the most that an award, and an organisation, may be given, "" for no cap."""
    caps = (
        (scheme.cap_per_award_pence, "an award"),
        (scheme.cap_per_organisation_pence, "an organisation in the round"),
    )
    return ", ".join(f"{money.short_pounds(pence)} for {of}" for pence, of in caps if pence is not None)


def _tolerance_words(scheme: Scheme) -> str:
    if not scheme.tolerance_percent:
        return "none: the rule stays within every pot"
    by = scheme.tolerance_authority or "nobody named"
    return f"{money.decimal_text(scheme.tolerance_percent)}% over each pot, on the authority of {by}"


def _quorum_words(scheme: Scheme) -> str:
    may = "the chair may" if scheme.not_applicable_allowed else "nobody may"
    many = (
        "1 member whose marks count" if scheme.quorum == 1 else f"{scheme.quorum} members whose marks count"
    )
    return f"{many}; {may} leave out a criterion that does not apply"


NAMES = {
    Method.JUDGED: "Judged by the panel",
    Method.LOWEST: "Lowest ÷ own",
    Method.MEAN: "Against the mean",
    Method.SPREAD: "Between lowest and highest",
    Method.LINEAR: "Along a published line",
    Method.BANDS: "By published bands",
}
_FORMULAS = {
    **_METHOD,
    Method.JUDGED: "A mark like any other. Unit cost and match funding stand beside it as facts.",
    Method.MEAN: "50 − 100 × (own − mean) ÷ mean, held within 0 to 100",
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
    example = "" if method is Method.JUDGED else f"At 70 : 30, {_example(method)}"
    return MethodWords(NAMES[method], _FORMULAS[method], example, _WARNINGS[method])


_PUBLISHED = {
    Method.LINEAR: "from £0 to £5,000",
    Method.BANDS: "to £2,500 100, to £4,500 60, to £5,000 30",
}
_CHANGES_ALL = {Method.LOWEST: ("C", "cheap"), Method.MEAN: ("D", "dear")}
"""The dummy that changes who is ahead where it applies too, and what it is."""


def _example(method: Method) -> str:
    if method in _PUBLISHED:
        return f"{_PUBLISHED[method]}: {_scored(method, 'ABC')}, no matter who else applies."
    said = f"{_scored(method, 'AB')}."
    if method not in _CHANGES_ALL:
        return said
    added, kind = _CHANGES_ALL[method]
    who = next(dummy for dummy in DUMMIES if dummy.name == added)
    joined = _totals(method, f"AB{added}")
    return (
        f"{said} Add {added} (quality {who.quality}, {short_pounds(who.requested_pence)}): A {joined['A']}, "
        f"B {joined['B']}. A {kind} weak application has changed who is ahead."
    )


def _totals(method: Method, names: str) -> dict[str, str]:
    return totals(try_out(at_70_30(method), [dummy for dummy in DUMMIES if dummy.name in names]))


def _scored(method: Method, names: str) -> str:
    """Return dummies with their quality, what they ask and the total that they get among one another."""
    found = _totals(method, names)
    return ", ".join(
        f"{one.name} ({'quality ' * (one.name == 'A')}{one.quality}, {short_pounds(one.requested_pence)}) "
        f"{found[one.name]}"
        for one in DUMMIES
        if one.name in names
    )


def cost_words(round_: Round, application: Application, criterion: Criterion) -> str:
    """Return the formula of a computed criterion, with the figure and its comparators."""
    figure = basis(application, criterion)
    others = comparators(compared_with(round_, application), criterion)
    if figure is None or others is None:
        raise ValueError(f"{application.reference} has no figure for {criterion.code}")
    formula = _formula(criterion, _printed(criterion, figure), figure, others)
    return f"{formula} ({_WORKED_FROM[criterion.basis]})"


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
    for band in criterion.bands:
        if Fraction(band.bound) >= figure:
            return f"{printed} is within the band up to {_printed(criterion, Fraction(band.bound))}"
    return f"{printed} is above the last band"


def _printed(criterion: Criterion, figure: Fraction) -> str:
    if criterion.basis is Basis.SHARE:
        return f"{money.score(money.hundredths(figure))}%"
    return money.pounds(money.hundredths(figure))
