"""How far the members agreed before the meeting, in the words that its minutes print."""

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from models.papers.minutes import MinuteItem, MinuteLine
from models.values.rows import RoundRows, scored_round
from scoring.counted import listed
from scoring.marks.meeting import FLAGGED_FROM
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


def moved_sentences(items: Iterable[MinuteItem]) -> Iterator[str]:
    """Yield where the panel agreed a mark above or below all that its members had given, in one sentence.

    Whoever challenges a decision asks for that first. What has no quorum agreed nothing.
    """
    moved = {item.reference: tuple(filter(_is_moved, item.lines)) for item in items if item.has_quorum}
    found = [f"{of} ({listed(list(map(_code, lines)))})" for of, lines in moved.items() if lines]
    is_said = all(line.reason for lines in moved.values() for line in lines)
    if found:
        yield (
            "At the meeting the panel agreed a mark above or below all that its members had given before for "
            f"{listed(found)}{'; its reason stands beside each' if is_said else ''}."
        )


def _is_moved(line: MinuteLine) -> bool:
    marks = [int(mark) for mark in line.marks if mark.isdecimal()]
    is_agreed = bool(marks) and line.agreed.isdecimal()
    return is_agreed and not min(marks) <= int(line.agreed) <= max(marks)


def _code(line: MinuteLine) -> str:
    return line.criterion.split()[0]


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
