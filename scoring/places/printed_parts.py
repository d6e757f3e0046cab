"""What each side of a scheme gives to the printed total: printed parts that add up to their printed whole."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from scoring import money
from scoring.explaining.steps import Explanation
from scoring.scheme import Scheme, Side

Parts = Mapping[Side, int]


def side_points(explanation: Explanation, scheme: Scheme) -> dict[Side, int]:
    """Return the hundredths that each side gives to the printed total; they add up to it.

    A side gives split · side score / 100, exactly; the printed total is split in that proportion by largest
    remainder, ties to cost. Example: 20/3 and 20/3 of a total of 13.33 are printed 6.67 and 6.66.
    """
    exact = {step.rule: step.exact for step in explanation.steps}
    split = {Side.QUALITY: scheme.quality_1e4, Side.COST: scheme.cost_1e4}
    given = {side: split[side] * Fraction(exact[side]) for side in Side if side in exact}
    total = explanation.standing.total_1e2 or 0
    if not total:
        return dict.fromkeys(given, 0)
    whole = lcm(*(part.denominator for part in given.values()))
    parts = money.share(total, [(side, int(part * whole)) for side, part in given.items()])
    return {side: parts[side] for side in given}


def difference_words(lines: Parts, sides: Parts) -> str:
    """Return how the lines of each side add up where that is not what the side gives; "" where it is.

    Both are in hundredths. Each line is rounded by itself, so their sum may be some hundredths off.
    """
    off = [
        f"those of {side} add up to {money.score(lines[side])}, and the side gives {money.score(given)}"
        for side, given in sides.items()
        if lines[side] != given
    ]
    if not off:
        return ""
    return f"Each line is rounded by itself: {'; '.join(off)}. The total is worked exactly and rounded once."
