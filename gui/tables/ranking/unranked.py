"""The rows of what is not ranked: one that folds them, and a line for each."""

from collections.abc import Iterator, Sequence

from gui.tables.outcome_chip import Chip
from gui.tables.ranking.printing import Printing, is_wanted, line_under
from gui.tables.ranking.rows import OF, Kind, TableRow, Wanted
from gui.text import NOTHING, STATUS_WORDS, spoken_outcome
from gui.theme.tokens import Tone
from models.queries.deciding.round_list import OUTCOME_WORDS, Listed, RoundList
from scoring import money
from scoring.ranking import Status
from scoring.written.text import with_capital

STATUS_TONES = {
    Status.WITHDRAWN: Tone.DECLINE,
    Status.INELIGIBLE: Tone.DANGER,
    Status.INCOMPLETE: Tone.WARNING,
    Status.NOT_QUORATE: Tone.WARNING,
}


def unranked_rows(listed: RoundList, printing: Printing, wanted: Wanted) -> Iterator[TableRow]:
    """Yield the row that folds an area's applications without a place, and theirs where it is open."""
    rest = [
        line
        for line in listed.of_area(wanted.area)
        if not line.is_ranked and is_wanted(line, printing, wanted)
    ]
    if not rest:
        return
    words = f"Not ranked ({len(rest):,})"
    state = "folded" if wanted.is_folded else "open"
    reasons = ", ".join(_status_counts(rest))
    yield TableRow(
        Kind.NOT_RANKED,
        "",
        f"{words}, {reasons}, {state}",
        words=words,
        note=reasons,
        is_folded=wanted.is_folded,
    )
    if not wanted.is_folded:
        yield from (_unranked_line(line, printing) for line in rest)


def _status_counts(lines: Sequence[Listed]) -> Iterator[str]:
    for status, word in STATUS_WORDS.items():
        number = sum(1 for line in lines if line.standing.status is status)
        if number:
            yield f"{number} {spoken_outcome(word)}"


def _unranked_line(line: Listed, printing: Printing) -> TableRow:
    standing = line.standing
    word = STATUS_WORDS[standing.status]
    reasons = "; ".join(standing.reasons)
    if line.mark is not None:
        reasons = f"recommended: {spoken_outcome(OUTCOME_WORDS[line.mark])}; {reasons}"
    asked = NOTHING if standing.is_closed else money.short_pounds(standing.requested_pence)
    return TableRow(
        Kind.UNRANKED,
        standing.reference,
        f"{standing.reference}, {standing.organisation}, {spoken_outcome(word)}, {reasons}"
        f"{'' if standing.is_closed else f', requested {asked}'}",
        standing.area or "",
        words=with_capital(reasons),
        place=NOTHING,
        organisation=standing.organisation,
        under=line_under(standing, printing),
        amount=NOTHING,
        asked="" if standing.is_closed else f"{OF}{asked}",
        chip=Chip(STATUS_TONES[standing.status], word),
        tip=reasons,
    )
