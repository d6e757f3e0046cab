"""What of each notice the public may not read, as another paper that points to its annex says."""

from collections.abc import Iterator, Sequence

from models.papers.notice import on_ground
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.withheld.names import confidential_notices
from models.queries.deciding.decisions import DecisionRow, decisions
from models.session import Session
from scoring.counted import counted

WHOLE = "which is withheld from the public"


def withheld_parts(
    session: Session,
    round_id: int,
    lines: Sequence[DecisionRow],
    held: Sequence[AwardRow],
) -> Iterator[tuple[str, str]]:
    """Yield each notice of which something is withheld, with what that is as the sentence on it ends."""
    withheld = {row.application for row in held if row.withheld is not None}
    grounds = confidential_notices(session, round_id, decisions(session, round_id))
    for notice in dict.fromkeys(row.notice for row in lines):
        here = {row.application for row in lines if row.notice == notice}
        ground = grounds.get(notice, "")
        if ground:
            yield notice, f"{WHOLE}. {on_ground(ground)}"
        elif withheld & here:
            named = counted(len(withheld & here), "recipient whose name is", "recipients whose names are")
            yield notice, f"whose annex names each recipient, project and amount, but for {named} withheld"
