"""How far the members agreed before the meeting, in the words that its minutes print."""

from collections.abc import Collection

from msgspec.structs import replace

from models.values.rows import RoundRows, scored_round
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
