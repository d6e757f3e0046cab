"""What of each notice the public may not read, as another paper that points to its annex says."""

from collections.abc import Collection, Iterator, Sequence

from models.queries.awards.award_rows import AwardRow
from models.queries.deciding.decisions import DecisionRow
from models.queries.papers.notices.words import notice_texts
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.counted import counted
from scoring.written.text import as_sentence, with_capital

WHOLE = "which is withheld from the public"


def withheld_parts(
    session: Session,
    round_id: int,
    lines: Sequence[DecisionRow],
    rows: Sequence[ApplicationRow],
    held: Sequence[AwardRow],
) -> Iterator[tuple[str, str]]:
    """Yield each notice of which something is withheld, with what that is as the sentence on it ends."""
    withheld = {row.application for row in held if row.withheld is not None}
    for notice in dict.fromkeys(row.notice for row in lines):
        here = {row.application for row in lines if row.notice == notice}
        ground = _ground_of_all(session, round_id, notice, rows, here)
        if ground:
            yield notice, f"{WHOLE}. {with_capital(as_sentence(ground))}"
        elif withheld & here:
            named = counted(len(withheld & here), "recipient whose name is", "recipients whose names are")
            yield notice, f"whose annex names each recipient, project and amount, but for {named} withheld"


def _ground_of_all(
    session: Session, round_id: int, notice: str, rows: Sequence[ApplicationRow], here: Collection[str]
) -> str:
    """Return why a notice is confidential as a whole, "" for one whose public part has the decision."""
    areas = tuple(dict.fromkeys(row.area or "" for row in rows if row.reference in here))
    texts = notice_texts(session, round_id, notice, areas)
    return "" if texts.get("confidential_part") else texts.get("confidential")
