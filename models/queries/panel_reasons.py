"""What the panel said in its own words on the applications it recommended, for the office to read or use."""

from collections.abc import Mapping

from sqlalchemy import select

from models.queries.recommendations import recommendations
from models.queries.round_rows import round_rows
from models.rows import scored_round
from models.schema.agreement import agreed_mark_table
from models.schema.application import application_table
from models.session import Session
from scoring.rank import rank


def panel_reasons(session: Session, round_id: int) -> dict[str, str]:
    """Return the panel's own words by application: why it recommends, then the reasons of agreed marks.

    A reason that only repeats the rule of the ranked list ("fits: asks ...") says nothing of crime or
    victims and is left out; an application on which nothing else was said has no entry.
    """
    rows = round_rows(session, round_id)
    by_rule = {s.reference: s.outcome_reason or "" for s in rank(scored_round(rows)).standings}
    found = {
        row.application: [row.reason]
        for row in recommendations(session, round_id)
        if row.reason.strip() and row.reason != by_rule.get(row.application)
    }
    for reference, words in _agreed(session, round_id, {c.code: c.title for c in rows.scheme.criteria}):
        found.setdefault(reference, []).append(words)
    return {reference: "\n".join(words) for reference, words in found.items()}


def _agreed(session: Session, round_id: int, names: Mapping[str, str]) -> list[tuple[str, str]]:
    table = agreed_mark_table
    rows = session.execute(
        select(application_table.c.reference, table.c.criterion, table.c.reason)
        .join(table, table.c.application_id == application_table.c.id)
        .where(application_table.c.round_id == round_id, table.c.reason != "")
        .order_by(application_table.c.position, table.c.criterion)
    )
    return [(of, f"{names.get(code, code)}: {reason}") for of, code, reason in rows]
