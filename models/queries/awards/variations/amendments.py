"""The variations of an award as papers tell of them, in words."""

from collections.abc import Callable, Iterator
from datetime import date

from models.queries.awards.award_rows import AwardRow
from models.queries.awards.variations.variations import VariationRow
from models.queries.deciding.decided_anew import decided_anew
from models.values.amendments import Amendment, amended_words
from scoring.counted import listed
from scoring.money import pounds
from scoring.written.days import full_day, short_day

DayWords = Callable[[date], str]
PROPOSED = " (proposed: not signed by both yet)"
"""What papers say of a variation that both have not signed."""
OTHER_PARTS = "what is still to be paid is paid in other parts"
"""What a variation says that changes how an award is paid."""


def amendments(award: AwardRow, day_words: DayWords = short_day) -> tuple[Amendment, ...]:
    """Return the variations of an award that hold, in order; one that both have not signed says so."""
    return tuple(
        Amendment(
            row.number,
            row.effective_on or row.proposed_on,
            row.from_pence,
            row.to_pence,
            _told(award, row, day_words),
            row.reason,
        )
        for row in award.varied
    )


def since_words(award: AwardRow, day_words: DayWords = short_day) -> str:
    """Return in words all that became of an award since it was decided first, "" where nothing did."""
    varied = amended_words(amendments(award, day_words), award.returned, day_words)
    anew = decided_anew(award.earlier, award.decision, day_words)
    told = (anew, f"o{varied[1:]}" if anew and varied.startswith("On ") else varied)
    return "; ".join(filter(None, told))


def changes_since(award: AwardRow) -> str:
    """Return what the variations that hold changed of an award, as its recipient reads it, "" for nothing."""
    return "; ".join(_told(award, row, full_day) for row in award.varied)


def _told(award: AwardRow, row: VariationRow, day_words: DayWords) -> str:
    """Return what a variation changed, or where both have not signed it what it would change."""
    is_signed = row.number not in award.unsigned
    words = "; ".join(change_words(row, day_words, is_past=is_signed))
    return words if is_signed else f"{words}{PROPOSED}"


def told_changes(row: VariationRow, returns: str) -> Iterator[str]:
    """Yield what a variation changes as its recipient reads it, who has more than one sum in mind."""
    found = change_words(row, full_day, returns=returns)
    if row.change_pence:
        next(found)
        yield f"the grant, {pounds(row.from_pence)}, becomes {pounds(row.to_pence)}"
    yield from found


def change_words(
    row: VariationRow,
    day_words: DayWords = short_day,
    returns: str | None = None,
    *,
    is_past: bool = False,
) -> Iterator[str]:
    """Yield what a variation changes, or did, each from what it was to what it becomes.

    `returns` is said of when the award reports, None for the days that the variation itself names.
    """
    was, now = row.was, row.becomes
    becomes, are, is_now = ("became", "were", "became") if is_past else ("becomes", "are", "is now")
    if row.change_pence:
        yield f"{pounds(row.from_pence)} {becomes} {pounds(row.to_pence)}"
    for name, words in (("start_on", "the start date"), ("end_on", "the end date")):
        if name in now.said:
            before, day = getattr(was, name), day_words(getattr(now, name))
            changed = f" {is_now}" if before is None else f", {day_words(before)}, {becomes}"
            yield f"{words}{changed} {day}"
    if returns:
        yield returns
    elif returns is None and now.returns is not None:
        days = [day_words(one.due_on) for one in now.returns]
        yield f"{'the reports are' if len(days) > 1 else 'the report is'} due on {listed(days)}"
    if now.recipient is not None:
        yield f"{was.recipient} {is_now} {now.recipient}"
    if now.outcomes is not None:
        yield f"new outcomes {are} agreed"
    if now.profile is not None or now.parts is not None:
        yield "the payments still to come were changed" if is_past else OTHER_PARTS
    if now.conditions is not None:
        yield f"new conditions {are} agreed"
