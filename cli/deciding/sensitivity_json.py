"""How sure a list is as the JSON that `sensitivity` prints, in the key order of the published format."""

from scoring.money import decimal_text, half_up, percent, plain_pounds
from scoring.sensitivity.agreement import Agreement
from scoring.sensitivity.draws import DrawnApplication, DrawTest
from scoring.sensitivity.one_by_one import CombinedOtherwise, MemberLeftOut
from scoring.sensitivity.optimal_allocation import OptimalAllocation
from scoring.sensitivity.report import Sensitivity
from scoring.sensitivity.split import PER_STEP, Beyond, Interval, SplitTest

Json = dict[str, object]


def as_json(found: Sensitivity) -> Json:
    """Return the whole of it as JSON values; parts that cannot be said are null."""
    return {
        "split": None if found.split is None else _split(found.split),
        "draws": None if found.draws is None else _draws(found.draws),
        "leave_one_out": [_left_out(each) for each in found.leave_one_out],
        "combine": {str(combine): _combined(change) for combine, change in found.combine.items()},
        "agreement": None if found.agreement is None else _agreement(found.agreement),
        "challenger": _optimal_allocation(found.challenger),
    }


def share_words(funded: int, draws: int) -> str:
    """Return a share of draws with four decimals; "1.0000" only where every draw funds it."""
    shown = half_up(10_000 * funded, draws)
    if funded < draws:
        shown = min(shown, 9_999)
    return f"{shown // 10_000}.{shown % 10_000:04d}"


def _split(split: SplitTest) -> Json:
    return {
        "published": percent(split.published_1e4),
        "same_set": _interval(split.same_set),
        "same_amounts": _interval(split.same_amounts),
        "below": _beyond(split.below),
        "above": _beyond(split.above),
    }


def _interval(interval: Interval) -> Json:
    return {"low": percent(interval.low_1e4), "high": percent(interval.high_1e4)}


def _beyond(beyond: Beyond | None) -> Json | None:
    if beyond is None:
        return None
    return {"at": percent(beyond.at * PER_STEP), "enters": [*beyond.enters], "leaves": [*beyond.leaves]}


def _draws(draws: DrawTest) -> Json:
    return {
        "n": draws.count,
        "seed": draws.seed,
        "within": decimal_text(draws.within),
        "across": draws.is_across,
        "applications": [_drawn(each, draws.count) for each in draws.applications],
    }


def _drawn(each: DrawnApplication, draws: int) -> Json:
    return {
        "reference": each.reference,
        "funded": share_words(each.funded, draws),
        "place_low": each.place_low,
        "place_high": each.place_high,
    }


def _left_out(each: MemberLeftOut) -> Json:
    return {
        "member": each.member,
        "enters": [*each.enters],
        "leaves": [*each.leaves],
        "amounts": [
            {
                "reference": amount.reference,
                "from": plain_pounds(amount.before_pence),
                "to": plain_pounds(amount.after_pence),
            }
            for amount in each.amounts
        ],
        "incomplete": [*each.incomplete],
    }


def _combined(change: CombinedOtherwise | None) -> Json | None:
    return None if change is None else {"enters": [*change.enters], "leaves": [*change.leaves]}


def _agreement(agreement: Agreement) -> Json:
    return {
        "alpha_interval": _alpha(agreement.alpha_interval),
        "alpha_ordinal": _alpha(agreement.alpha_ordinal),
        "spread": [
            {
                "reference": unit.reference,
                "criterion": unit.criterion,
                "range": str(unit.spread),
                "sd": _hundredths(unit.deviation_1e2),
            }
            for unit in agreement.flagged
        ],
        "members": [
            {
                "member": each.member,
                "applications": each.applications,
                "severity": None if each.severity is None else _hundredths(half_up(100 * each.severity)),
            }
            for each in agreement.members
        ],
    }


def _alpha(alpha: float | None) -> str | None:
    return None if alpha is None else f"{alpha + 0.0:.3f}".replace("-0.000", "0.000")


def _hundredths(value_1e2: int) -> str:
    sign, size = ("-" if value_1e2 < 0 else ""), abs(value_1e2)
    return f"{sign}{size // 100}.{size % 100:02d}"


def _optimal_allocation(challenger: OptimalAllocation) -> Json:
    return {
        "value": _value(challenger.value),
        "list_value": _value(challenger.list_value),
        "gap": f"{challenger.gap_1e4 // 10_000}.{challenger.gap_1e4 % 10_000:04d}",
        "enters": [*challenger.enters],
        "leaves": [*challenger.leaves],
    }


def _value(value: int) -> str:
    """Return points × pounds with two decimals from hundredths of points × pence."""
    return _hundredths(half_up(value, 100))
