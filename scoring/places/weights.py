"""Moving the split of a scheme in whole numbers, and what its weights still lack to 100."""

from msgspec.structs import replace

from scoring import money
from scoring.scheme import Scheme, Side

ONE_PERCENT_1E4 = 10_000
HUNDRED_1E4 = 1_000_000


def left_to_share(scheme: Scheme) -> int:
    """Return what the weights still lack to 100, in ten-thousandths; below nought when they are over."""
    return HUNDRED_1E4 - scheme.quality_1e4 - scheme.cost_1e4


def share_words(scheme: Scheme) -> str:
    """Return whether the weights add to 100, and what is left or over: "3 still to share"."""
    left = left_to_share(scheme)
    if left == 0:
        return "Weights add to 100"
    return f"{money.percent(left)} still to share" if left > 0 else f"{money.percent(-left)} over 100"


def split_range(scheme: Scheme) -> tuple[int, int]:
    """Return the least and the most that the quality side can have of 100, in whole numbers.

    Every criterion keeps at least 1. A scheme with one side has one split: (100, 100) or (0, 0).
    """
    quality = sum(1 for criterion in scheme.criteria if criterion.side is Side.QUALITY)
    cost = len(scheme.criteria) - quality
    if not cost:
        return 100, 100
    return (quality, 100 - cost) if quality else (0, 0)


def with_split(scheme: Scheme, quality: int) -> Scheme:
    """Return the scheme with `quality` of 100 on the quality side, held within `split_range`.

    On each side the weights are scaled in proportion, in whole numbers of 1 or more: every weight gets
    its share of what is to give rounded down, and what is left over goes to the largest remainders,
    ties to the earlier criterion. Example: 25, 15, 15, 15, 10 scaled from 80 to 70 are 21.875, 13.125
    three times and 8.75, so 22, 13, 13, 13, 9.
    """
    least, most = split_range(scheme)
    held = min(max(quality, least), most)
    weights = _scaled(scheme, Side.QUALITY, held) | _scaled(scheme, Side.COST, 100 - held)
    criteria = (replace(c, weight_1e4=weights[n] * ONE_PERCENT_1E4) for n, c in enumerate(scheme.criteria))
    return replace(scheme, criteria=tuple(criteria))


def _scaled(scheme: Scheme, side: Side, whole: int) -> dict[int, int]:
    """Return the new whole weights of one side by position; they add up to `whole`."""
    old = {n: c.weight_1e4 for n, c in enumerate(scheme.criteria) if c.side is side}
    if not old:
        return {}
    given = money.share(whole, [(f"{n:04}", weight) for n, weight in old.items()])
    weights = {int(key): weight for key, weight in given.items()}
    while min(weights.values()) < 1:
        least = min(weights, key=lambda n: (weights[n], n))
        most = max(weights, key=lambda n: (weights[n], -n))
        weights[least] += 1
        weights[most] -= 1
    return weights
