"""What changes when one member's sheets are left out, and when marks are combined in another way."""

from collections.abc import Sequence

from msgspec import Struct

from scoring.explaining.what_if import Comparison, Trial, moved, tried
from scoring.marks.counting import counting_sheets
from scoring.ranking import Ranking, Status
from scoring.round import Round
from scoring.scheme import Combine

COMBINED = (Combine.MEAN, Combine.MEDIAN, Combine.TRIMMED)
"""The ways to combine marks that are compared with the official list."""


class AmountChanged(Struct, frozen=True):
    """One application whose offer differs; pence, 0 for none."""

    reference: str
    before_pence: int
    after_pence: int


class MemberLeftOut(Struct, frozen=True):
    """What changes without one member; `incomplete` are applications that are ranked no longer then."""

    member: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    amounts: tuple[AmountChanged, ...]
    incomplete: tuple[str, ...]


class CombinedOtherwise(Struct, frozen=True):
    """Who enters and leaves the funded set under another way to combine marks."""

    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def leave_one_out(
    round_: Round, official: Ranking, members: Sequence[str], area: str | None = None
) -> tuple[MemberLeftOut, ...]:
    """Return what each of these members changes who has a sheet that counts.

    Under agreed marks it is the list that the mean gives which is compared, with and without the member.
    """
    counted = {sheet.member for sheet in counting_sheets(round_)}
    on_mean = round_.scheme.combine is Combine.CONSENSUS
    before = tried(round_, Trial(combine=Combine.MEAN)) if on_mean else official
    combine = Combine.MEAN if on_mean else None
    return tuple(
        _left_out(member, Comparison(before, tried(round_, Trial(combine=combine, without=member))), area)
        for member in members
        if member in counted
    )


def combined_otherwise(
    round_: Round, official: Ranking, area: str | None = None
) -> dict[Combine, CombinedOtherwise | None]:
    """Return the change of the funded set under mean, median and trimmed; None where nothing is ranked."""
    found: dict[Combine, CombinedOtherwise | None] = {}
    for combine in COMBINED:
        other = official if combine is round_.scheme.combine else tried(round_, Trial(combine=combine))
        is_ranked = any(s.status is Status.RANKED for s in other.standings)
        before, after = funded(official, area), funded(other, area)
        change = CombinedOtherwise(tuple(sorted(after - before)), tuple(sorted(before - after)))
        found[combine] = change if is_ranked or combine is not Combine.TRIMMED else None
    return found


def funded(ranking: Ranking, area: str | None = None) -> frozenset[str]:
    """Return the references that get money in a list, whole or in part."""
    return frozenset(s.reference for s in ranking.standings if s.offer_pence and area in (None, s.area))


def _left_out(member: str, comparison: Comparison, area: str | None) -> MemberLeftOut:
    before, after = funded(comparison.before, area), funded(comparison.after, area)
    changed = moved(comparison.before, comparison.after, area)
    ranked = {s.reference for s in comparison.before.standings if s.status is Status.RANKED}
    return MemberLeftOut(
        member=member,
        enters=tuple(sorted(after - before)),
        leaves=tuple(sorted(before - after)),
        amounts=tuple(
            AmountChanged(each.reference, each.before_pence, each.after_pence)
            for each in changed
            if each.before_pence != each.after_pence
        ),
        incomplete=tuple(
            s.reference
            for s in comparison.after.standings
            if s.status is not Status.RANKED and s.reference in ranked and area in (None, s.area)
        ),
    )
