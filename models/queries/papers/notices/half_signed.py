"""What of a notice that is not decided yet is signed already: what was changed, and who of several signed."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from models.papers.notice import AlsoSigned
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.progress import NOT_BEGUN, progress_by_line
from models.queries.deciding.recommendations import RecommendationRow
from models.reference.sign_off import SignOff


def as_signed(
    advised: Sequence[RecommendationRow], every: Sequence[DecisionRow]
) -> tuple[RecommendationRow, ...]:
    """Return what is recommended as whoever signs next finds it: as an earlier signature changed it."""
    last = {row.application: row for row in last_signed(advised, every)}
    return tuple(
        replace(one, outcome=row.outcome, amount_pence=row.amount_pence)
        if (row := last.get(one.application))
        else one
        for one in advised
    )


def last_signed(advised: Sequence[RecommendationRow], every: Sequence[DecisionRow]) -> Iterator[DecisionRow]:
    """Yield the newest signature on each line that somebody signed, which decided none of them."""
    begun = progress_by_line(every)
    for one in advised:
        row = begun.get(one.application, NOT_BEGUN).last
        if row is not None:
            yield row


def signed_jointly(
    advised: Sequence[RecommendationRow | DecisionRow],
    every: Sequence[DecisionRow],
    number: int,
    step: SignOff,
) -> tuple[tuple[AlsoSigned, ...], tuple[str, ...]]:
    """Return who signed all these lines at a step of several posts, and its posts that have still to sign."""
    begun, given, left = progress_by_line(every), dict[AlsoSigned, None](), list[str]()
    for post in step.posts:
        rows = [
            row
            for one in advised
            for row in begun.get(one.application, NOT_BEGUN).since
            if row.step == number and step.post_taken(row.post) == post
        ]
        if {row.application for row in rows} == {one.application for one in advised}:
            given |= {AlsoSigned(row.post, row.signed_by, row.signed_on, row.interests): None for row in rows}
        else:
            left.append(post)
    return tuple(given), tuple(left)
