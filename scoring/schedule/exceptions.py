"""Exceptions to the published rules in words: the chair's, and money beyond list and recommendation."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from scoring.money import pounds
from scoring.ranking import Standing
from scoring.schedule.lines import Settled, Signed
from scoring.schedule.passed_over import stay_words
from scoring.schedule.signatures import signed_words


def allowed_words(standing: Standing, reason: str) -> str:
    """Return what the chair let in although it is below a minimum, and why."""
    below = "; ".join(standing.below_threshold)
    may = f"may be funded although {below}" if below else "may be funded below a minimum"
    return f"{may}: {reason}" if reason else may


def departure_words(standing: Standing, *, is_allowed: bool) -> str:
    """Return how a recommendation of money departs from the published rules.

    What is below a minimum departs in that alone; with the chair's exception, which `is_allowed`, and money
    by the rule it departs in nothing more, which is "".
    """
    if standing.below_threshold and not is_allowed:
        return f"recommended although {'; '.join(standing.below_threshold)}"
    return "" if is_allowed and standing.offer_pence else "recommended out of the order of places"


def is_beside(awarded_pence: int | None, advised_pence: int | None, offer_pence: int | None) -> bool:
    """Whether an award is more than the panel recommended and more than the rule offers."""
    return (awarded_pence or 0) > max(advised_pence or 0, offer_pence or 0)


def advised_words(
    advised_pence: int | None, show: Callable[[int], str] = pounds, *, is_reserve: bool = False
) -> str:
    """Return what the panel had recommended where more was awarded, as such a sentence goes on."""
    if is_reserve and not advised_pence:
        return "from the panel's reserve list"
    return f"where the panel recommended {show(advised_pence) if advised_pence else 'no money'}"


def beside_the_panel(
    settled: Settled, standings: Mapping[str, Standing], over: Callable[[str], Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield each award beyond list and recommendation, or of less than the latter, and who decided it.

    `over` tells who is placed before one and stays on the reserve list.
    """
    advised = {row.reference: row for row in settled.recommended}
    signed = dict[str, list[Signed]]()
    for of, one in settled.signed:
        if one.notice:
            signed.setdefault(of, []).append(one)
    for award in settled.awarded:
        of = award.reference
        here, row = standings.get(of), advised.get(of)
        if here and row and is_beside(award.amount_pence, row.amount_pence, here.offer_pence):
            below = f", although {'; '.join(here.below_threshold)}" if here.below_threshold else ""
            who = _decided(signed[of]) if of in signed else ""
            advice = advised_words(row.amount_pence, is_reserve=row.is_panels_reserve)
            past = "" if row.amount_pence else _past(over(of))
            yield of, f"{pounds(award.amount_pence)} awarded, {advice}{below}{past}{who}"
        elif row and award.amount_pence < (row.amount_pence or 0):
            who = _decided(signed[of]) if of in signed else ""
            given = f"{pounds(award.amount_pence)}" if award.amount_pence else "nothing"
            yield of, f"{given} awarded, {advised_words(row.amount_pence)}{who}"


def _past(over: Sequence[str]) -> str:
    return f". {stay_words(over, 'it')}" if over else ""


def _decided(signed: Sequence[Signed]) -> str:
    """Return who decided something under which notice, as a sentence begins; joint signers together."""
    return f". Decided by {signed_words(signed)}, notice {signed[-1].notice}"
