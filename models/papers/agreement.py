"""How far the members agreed before the meeting, in the words that its minutes print."""

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from models.papers.minutes import MinuteItem
from models.values.rows import RoundRows, scored_round
from scoring.counted import listed
from scoring.marks.meeting import FLAGGED_FROM, Item, Line
from scoring.money import half_up, score
from scoring.sensitivity.agreement import Agreement, agreement


def agreement_sentences(rows: RoundRows, references: Collection[str]) -> tuple[str, ...]:
    """Return the spread of the marks on these applications; nothing under two members."""
    round_ = scored_round(rows)
    here = replace(round_, sheets=tuple(s for s in round_.sheets if s.application in references))
    found = agreement(here, [member.code for member in rows.members])
    if found is None:
        return ()
    return (_spread_words(found),)


def moved_sentences(items: Iterable[Item], minuted: Iterable[MinuteItem]) -> Iterator[str]:
    """Yield where the panel agreed a mark above or below all that its members had given, in one sentence.

    `minuted` are the same items as minutes have them. Whoever challenges a decision asks for that first.
    What has no quorum agreed nothing.
    """
    found, reasons = list[str](), list[str]()
    for item, told in zip(items, minuted, strict=True):
        lines = [pair for pair in zip(item.lines, told.lines, strict=True) if _is_moved(pair[0])]
        if lines and told.has_quorum:
            found.append(f"{item.reference} ({listed([line.code for line, _ in lines])})")
            reasons += [line.reason for _, line in lines]
    if found:
        yield (
            "At the meeting the panel agreed a mark above or below all that its members had given before for "
            f"{listed(found)}{'; its reason stands beside each' if all(reasons) else ''}."
        )


def _is_moved(line: Line) -> bool:
    return line.is_outside and not line.is_not_applicable


def _spread_words(found: Agreement) -> str:
    spreads = [unit.spread for unit in found.units]
    if not found.flagged:
        return (
            f"Before the meeting the members’ own marks were less than {FLAGGED_FROM} apart on each of the "
            f"{len(spreads):,} criteria that two or more of them marked, counted for each application."
        )
    mean = score(half_up(100 * sum(spreads), len(spreads)))
    return (
        f"Before the meeting the members’ own marks were {FLAGGED_FROM} or more apart on "
        f"{len(found.flagged):,} of the {len(spreads):,} criteria that two or more of them "
        f"marked, counted for each application; {mean} apart on average, {max(spreads)} at most."
    )
