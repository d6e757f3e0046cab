"""What is given beside an area's pot: the pot, its tolerance and what is over it, never as one sum.

Worked example: of a pot of £20,000.00 with 5 % published, £21,870.00 is given. £1,870.00 is over the pot:
£1,000.00 of it within the tolerance, £870.00 on an authority for that area.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from scoring.allocating.allocation import share_out
from scoring.money import decimal_text, pounds
from scoring.ranking import Allowance, PotUse, Ranking
from scoring.written.days import full_day
from scoring.written.text import listed

Show = Callable[[int], str]
"""How money is printed: with pence on papers, without noughts on screens."""

REMEDY = "Lower an amount, move one to reserve, or record who allows it and by how much."

BEFORE = "committed before this round"
"""How what is over a pot came about where its round gives nothing, so that there is nothing to lower."""


def pot_uses(areas: Iterable[PotUse], given: Mapping[str, int]) -> tuple[PotUse, ...]:
    """Return how each area's pot stands with other money in place of what is given, in pence by area.

    It takes all areas of a round: a shared pot is shared out anew by what each is given.
    """
    return share_out(area._replace(given_pence=given.get(area.area, 0)) for area in areas)


def last_within(use: PotUse, amounts: Iterable[tuple[str | None, int | None]], limit_pence: int) -> int:
    """Return the number of an area's last line up to which a limit is kept with money, -1 for none.

    `amounts` are those of the pot's one list from the top down, each with its area. Under this line the area
    draws the line of the limit.
    """
    number = within = -1
    running = use.committed_pence
    for area, pence in amounts:
        running += pence or 0
        number += area == use.area
        if pence is not None and (running <= limit_pence or use.used_pence <= limit_pence):
            within = number
    return within


def with_allowances(ranking: Ranking, allowances: Sequence[Allowance]) -> Ranking:
    """Return a ranking whose areas carry what was allowed later; its figures stay as they are."""
    return ranking._replace(areas=allowed(ranking.areas, allowances))


def allowed(areas: Iterable[PotUse], allowances: Sequence[Allowance]) -> tuple[PotUse, ...]:
    """Return areas with what was allowed over their pots later."""
    return share_out(
        area._replace(allowances=tuple(one for one in allowances if one.area == area.area)) for area in areas
    )


def over_of_area(use: PotUse, show: Show = pounds) -> str:
    """Return a pot with what is over it as a sentence, "" where nothing is: "Coventry: £1,870.00 over …"."""
    words = over_words(use, show)
    return f"{use.area}: {words}." if words else ""


def left_closed(references: Sequence[str]) -> str:
    """Say why what is given and left of a pot is not told to who reads, "" where it is."""
    if not references:
        return ""
    return (
        "what is given and left is not shown until the decision, since you declared an interest in "
        f"{listed(references)}"
    )


def changed_pot_words(use: PotUse, show: Show = pounds) -> str:
    """Return a sentence on a pot that was changed after its applications were decided, "" for another."""
    if use.pot_now is None or use.pot_now.own_pence == use.own_pence:
        return ""
    pot = f"What {use.area} put into the pot" if use.shared_with else f"The pot of {use.area}"
    return f"{pot} was {show(use.own_pence)} when it was decided. It is {show(use.pot_now.own_pence)} now."


def over_words(use: PotUse, show: Show = pounds) -> str:
    """Return what is over the pot and who allows it, "" where nothing is.

    As in "£1,870.00 over the pot, allowed by Jo Sample, Chief Executive: the last two are one project".
    """
    if use.closed or not use.over_pence:
        return left_closed(use.closed)
    parts = list(_parts(use, show))
    words = f"{show(use.over_pence)} over the pot"
    if len(parts) == 1:
        return f"{words}, {parts[0][1]}"
    return f"{words}: {'; '.join(f'{show(pence)} {by}' for pence, by in parts)}"


class Overspend(Struct, frozen=True):
    """Who allows money over a budget: that of a round, or (`year`) an area's money of the year.

    Money rests on `used_pence` of it, 0 where nothing is over since.
    """

    allowed: Allowance
    used_pence: int
    round: str = ""
    year: str = ""

    @property
    def allowed_pence(self) -> int:
        return self.allowed.pence

    @property
    def budget(self) -> str:
        """Return the budget as a sentence names it."""
        return f"the money for {self.year}" if self.year else f"the budget of {self.round}"

    @property
    def for_awards(self) -> str:
        """Return for which awards it is, as a sentence goes on: " for ACF-001"; "" for any."""
        return f" for {self.allowed.awards}" if self.allowed.awards else ""

    @property
    def unused(self) -> str:
        """Say that no money rests on it, "" where some does: what was allowed for an award was used."""
        unused = "no longer needed" if self.allowed.awards else "not used"
        return "" if self.used_pence else unused

    def words(self, show: Show = pounds, over: str = "") -> str:
        """Return who allows how much for which awards: "£100 over the money for 2026/27 for ACF-001, …"."""
        unused = f" ({self.unused})" if self.unused else ""
        told = f"{show(self.allowed_pence)} over {over or self.budget}{self.for_awards}{unused}"
        return f"{told}, {allowed_by(self.allowed, show)}"


def over_by_post(use: PotUse, decided: Collection[str], show: Show = pounds) -> str:
    """Return what is allowed over the pot and by which post, without a name: "£1,870 over the pot, …"."""
    return authority_words(_by_post(use), decided, show)


def _by_post(use: PotUse) -> PotUse:
    allowances = tuple(replace(one, name=f"the {one.post}", post="") for one in use.allowances)
    return use._replace(allowances=allowances, parts=tuple(map(_by_post, use.parts)))


def authority_words(use: PotUse, decided: Collection[str], show: Show = pounds) -> str:
    """Return what is over the pot and who allows it, then what else may be; "" for neither.

    The latter may have been used before: what was decided over the pot stays so, and an amount that is
    lowered since, also one beside it in a shared pot, makes room again. What was allowed for one award and is
    over no more is told where that is `decided`: no other award rests on it.
    """
    later = (
        f"{show(one.pence)} may be over the pot, {for_}{allowed_by(one, show)}"
        for one, left, for_ in _authorities(use)
        if left <= 0 and not one.awards
    )
    return ". ".join(filter(None, (over_words(use, show), *later, *unneeded_words(use, decided, show))))


def unneeded_words(use: PotUse, decided: Collection[str], show: Show = pounds) -> Iterator[str]:
    """Yield who allowed money over a pot for some awards where nothing is over it any more for these."""
    for one, pence in rested_on(use):
        if not pence and one.is_for(decided):
            yield Overspend(one, pence).words(show, "the pot")


def refusal(use: PotUse, beyond_pence: int | None = None, show: Show = pounds) -> str:
    """Return why money past what is allowed cannot be given, with figures and remedy; "" when it can.

    A change may use less than all that is allowed: then so much is `beyond_pence` for it.
    """
    beyond = use.beyond_pence if beyond_pence is None else beyond_pence
    if not beyond:
        return ""
    before = f", {show(use.committed_pence)} committed before," if use.committed_pence else ""
    of_that = "that" if beyond == use.over_pence else f"{show(beyond)} of that"
    return (
        f"{use.area}: {show(use.used_pence)}{before} is {show(use.over_pence)} over "
        f"the {show(use.pot_pence)} pot, and nobody allows {of_that}. {REMEDY}"
    )


def _parts(use: PotUse, show: Show) -> Iterator[tuple[int, str]]:
    """Yield what is over in parts, each with who allows it: the tolerance, then in time."""
    within = min(use.over_pence, use.tolerance_pence)
    if within:
        yield within, _tolerance_words(use)
    waits = use.over_pence - within
    for one, left, for_ in _authorities(use):
        taken = max(min(left, waits, one.pence), 0)
        if taken:
            yield taken, f"{for_}{allowed_by(one, show, is_part=taken < one.pence)}"
        waits -= taken
    if waits:
        yield waits, BEFORE if use.is_before else "not allowed by anybody yet"


def _authorities(use: PotUse) -> Iterator[tuple[Allowance, int, str]]:
    """Yield each authority, the pence that it finds over, and of a pot told whole for which area it is."""
    for part in use.parts or (use,):
        left, for_ = part.over_pence - part.tolerance_pence, f"for {part.area}, " * bool(use.parts)
        for one in in_order(part.allowances):
            yield one, left, for_
            left -= one.pence


def in_order(allowances: Sequence[Allowance]) -> tuple[Allowance, ...]:
    """Return authorities in the order in which money rests on them: for any award first, then the newest."""
    free = (one for one in allowances if not one.awards)
    return (*free, *(one for one in reversed(allowances) if one.awards))


def rested_on(use: PotUse) -> Iterator[tuple[Allowance, int]]:
    """Yield each authority with the pence of it on which money rests, 0 where none does."""
    for one, left, _ in _authorities(use):
        yield one, max(min(left, one.pence), 0)


def in_use(use: PotUse) -> tuple[Allowance, ...]:
    """Return the authorities that count: those on which money rests, and those for any award."""
    return tuple(one for one, pence in rested_on(use) if pence or not one.awards)


def _tolerance_words(use: PotUse) -> str:
    published = f"the published tolerance of {decimal_text(use.tolerance_percent)}%"
    if not use.tolerance_by:
        return f"allowed by {published}; no authority is named"
    return f"allowed by {use.tolerance_by}: {published}"


def allowed_by(one: Allowance, show: Show = pounds, *, is_part: bool = False) -> str:
    """Return who allows money over a pot and why; of one that is not used up also up to how much."""
    up_to = f" (up to {show(one.pence)})" if is_part else ""
    who = ", ".join(filter(None, (one.name, one.post)))
    on = "" if one.on is None else f", on {full_day(one.on)}"
    return f"allowed by {who}{on}{up_to}: {one.reason.rstrip('.')}"
