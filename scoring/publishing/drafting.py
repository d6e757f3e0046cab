"""Changes to a draft scheme as plain values: what follows from one change is changed with it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from scoring import money
from scoring.rank import rank
from scoring.refused import Refused
from scoring.round import NotApplicable, Round
from scoring.scheme import CRITERION_RULE, PLAIN_RULES, Band, Criterion, Method, Scheme, Side
from scoring.written.amounts import read_figure
from scoring.written.text import Unreadable


class WithAndWithout(NamedTuple):
    """An application's shown total in hundredths with a criterion counted and without it; None: no total."""

    with_1e2: int | None
    without_1e2: int | None


def with_and_without(round_: Round, reference: str, criterion: str) -> WithAndWithout:
    """Return both totals of an application; setting a criterion aside can raise a weak one's score."""
    row = NotApplicable(reference, criterion)
    kept = tuple(one for one in round_.not_applicable if one != row)
    return WithAndWithout(_total(round_, kept, reference), _total(round_, (*kept, row), reference))


def _total(round_: Round, not_applicable: tuple[NotApplicable, ...], reference: str) -> int | None:
    standings = rank(replace(round_, not_applicable=not_applicable)).standings
    return next((s.total_1e2 for s in standings if s.reference == reference), None)


T = TypeVar("T")
_AS_BANDS = "Write bands as bound=score, such as 1000=100; 2500=60."
_FIRST_LINE = (Decimal(0), Decimal(5000))
_FIRST_BANDS = (
    Band(Decimal(1000), Decimal(100)),
    Band(Decimal(2500), Decimal(60)),
    Band(Decimal(5000), Decimal(30)),
)


def with_criterion(scheme: Scheme, code: str, changed: Criterion) -> Scheme:
    """Return the scheme with another criterion in the place of one; its tie-break rule follows a new code."""
    criteria = tuple(changed if c.code == code else c for c in scheme.criteria)
    renamed = {f"{CRITERION_RULE}{code}": f"{CRITERION_RULE}{changed.code}"}
    rules = tuple(renamed.get(rule, rule) for rule in scheme.ladder)
    return replace(scheme, criteria=criteria, ladder=rules)


def with_weight(scheme: Scheme, code: str, percent: int) -> Scheme:
    """Return the scheme with another weight, a whole number of 100; the other weights stay."""
    criteria = tuple(
        replace(c, weight_1e4=percent * 10_000) if c.code == code else c for c in scheme.criteria
    )
    return replace(scheme, criteria=criteria)


def with_method(criterion: Criterion, method: Method) -> Criterion:
    """Return the criterion scored by another method, with figures to start from and a floor it can have."""
    low, high = _FIRST_LINE if method is Method.LINEAR else (None, None)
    bands = _FIRST_BANDS if method is Method.BANDS else ()
    is_same_range = criterion.is_judged == (method is Method.JUDGED)
    floor = criterion.floor if is_same_range else None
    return replace(criterion, method=method, low=low, high=high, bands=bands, floor=floor)


def with_side(criterion: Criterion, side: Side) -> Criterion:
    """Return the criterion on a side; on the quality side it is judged."""
    moved = replace(criterion, side=side)
    return with_method(moved, Method.JUDGED) if side is Side.QUALITY and not moved.is_judged else moved


def with_new_criterion(scheme: Scheme) -> Scheme:
    """Return the scheme with one more judged criterion, of weight 1, under the next free code."""
    letters = scheme.criteria[0].code.rstrip("0123456789") or "A"
    taken = {criterion.code for criterion in scheme.criteria}
    code = next(f"{letters}{n}" for n in range(1, len(taken) + 2) if f"{letters}{n}" not in taken)
    return replace(
        scheme, criteria=(*scheme.criteria, Criterion(code, "New criterion", Side.QUALITY, 10_000))
    )


def without_criterion(scheme: Scheme, code: str) -> Scheme:
    """Return the scheme without a criterion, nor a tie-break rule of its name."""
    criteria = tuple(criterion for criterion in scheme.criteria if criterion.code != code)
    rules = tuple(rule for rule in scheme.ladder if rule != f"{CRITERION_RULE}{code}")
    return replace(scheme, criteria=criteria, ladder=rules)


def moved_criterion(scheme: Scheme, code: str, by: int) -> Scheme:
    """Return the scheme with a criterion earlier (−1) or later (1), as far as it goes."""
    place = [criterion.code for criterion in scheme.criteria].index(code)
    return replace(scheme, criteria=tuple(moved(scheme.criteria, place, by)))


def moved(items: Iterable[T], place: int, by: int) -> list[T]:
    """Return the items with one of them moved by so many places, held within the list."""
    listed = list(items)
    item = listed.pop(place)
    listed.insert(min(max(place + by, 0), len(listed)), item)
    return listed


def free_rules(scheme: Scheme) -> tuple[str, ...]:
    """Return the tie-break rules that the scheme does not have yet."""
    every = (*(f"{CRITERION_RULE}{criterion.code}" for criterion in scheme.criteria), *PLAIN_RULES)
    return tuple(rule for rule in every if rule not in scheme.ladder)


def tie_break_words(scheme: Scheme, rule: str) -> str:
    """Return a rule as people say it: "A1 Need, higher first"."""
    plain = {
        "quality": "Quality, higher first",
        "cost": "Cost, higher first",
        "requested": "Amount requested, lower first",
        "received": "Date received, earlier first",
        "chair": "The chair decides, with a reason",
    }
    titles = {f"{CRITERION_RULE}{c.code}": f"{c.code} {c.title}, higher first" for c in scheme.criteria}
    return plain.get(rule) or titles.get(rule, rule)


def with_scale(scheme: Scheme, maximum: int, descriptors: tuple[tuple[int, str, str], ...]) -> Scheme:
    """Return the scheme on another scale; floors on marks above the new highest mark come down to it."""
    criteria = tuple(
        replace(c, floor=Decimal(maximum)) if c.is_judged and (c.floor or 0) > maximum else c
        for c in scheme.criteria
    )
    return replace(scheme, criteria=criteria, scale_maximum=maximum, descriptors=descriptors)


def bands_text(bands: Iterable[Band]) -> str:
    """Return bands as they are typed: "1000=100; 2500=60"."""
    return "; ".join(f"{money.decimal_text(b.bound)}={money.decimal_text(b.score)}" for b in bands)


def read_bands(text: str) -> tuple[Band, ...]:
    """Return bands as typed; raise `Refused` when one is not a bound, "=" and a score."""
    bands = []
    for part in text.split(";"):
        bound, equals, score = part.partition("=")
        if not equals or not bound.strip():
            raise Refused(_AS_BANDS)
        try:
            bands.append(Band(read_figure(bound), read_figure(score)))
        except Unreadable as error:
            raise Refused(f"{error} {_AS_BANDS}") from error
    return tuple(bands)
