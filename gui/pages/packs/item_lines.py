"""What returns bring and what stays out, line by line: one reason for all that stays out of a sheet."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from models.values.pack_plans import Incoming, Item, Plan, slot_words, value_words
from models.values.revisions import MARK

WHOLE_ROUND = "Whole round"


def item_lines(plan: Plan, came: Incoming) -> list[str]:
    """Return what is left for a person, which files and values stay out with why, then all that is new."""
    has_several = len(plan.members) > 1
    lines = [f"To decide: {line}" for line in came.left]
    lines += [f"Left out: {one.file}: {one.words}" for one in came.unfit]
    lines += _refused(plan.refused, has_several=has_several)
    return lines + [item_words(item, of_member=has_several) for item in plan.taken]


def item_words(item: Item, *, of_member: bool = False) -> str:
    """Return one value that is new or, with why, one that stays out."""
    before, after = value_words(item.slot, item.before), value_words(item.slot, item.after)
    words = f"{item.what}{_of(item, of_member=of_member)}: {after} (was {before})"
    return f"Refused: {words}; {item.words}" if item.words else words


def _refused(items: Sequence[Item], *, has_several: bool) -> Iterator[str]:
    """Yield what stays out, what stays out of one sheet for one reason together."""
    for (_, reference, why), group in groupby(sorted(items, key=_sheet), key=_sheet):
        of_sheet = list(group)
        if len(of_sheet) == 1:
            yield item_words(of_sheet[0], of_member=has_several)
            continue
        parts = ", ".join(_part(item) for item in of_sheet)
        yield f"Refused: {reference or WHOLE_ROUND}{_of(of_sheet[0], of_member=has_several)}: {parts}; {why}"


def _sheet(item: Item) -> tuple[str, str, str]:
    return item.code, item.reference, item.words


def _part(item: Item) -> str:
    """Return a mark with its criterion, of anything else what it is."""
    words = slot_words(item.slot)
    return f"{words} {value_words(item.slot, item.after)}" if item.slot.startswith(f"{MARK}:") else words


def _of(item: Item, *, of_member: bool) -> str:
    return f" of {item.code}" if of_member else ""
