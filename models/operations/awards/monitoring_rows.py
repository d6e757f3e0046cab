"""Putting what is monitored of an award into its rows, in place of what stood there."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, update

from models.operations.rows.writing import put
from models.papers.monitoring.monitoring import AgreedOutput, ReturnContent, Visit
from models.schema.monitoring import (
    agreed_output_table,
    award_return_table,
    output_progress_table,
    supported_number_table,
    visit_table,
)
from models.session import Session
from models.values.awards import PlannedReturn


def put_outputs(
    session: Session, number: int, outputs: Sequence[AgreedOutput], replacing: Sequence[AgreedOutput]
) -> None:
    """Put an application's agreed outputs in; those that stay keep what returns say of them."""
    table = agreed_output_table
    standing, kept = {each.number for each in replacing}, {each.number for each in outputs}
    gone = table.c.number.in_(standing - kept)
    session.execute(delete(table).where(table.c.application_id == number, gone))
    for each in outputs:
        if each.number in standing:
            values = _output_row(each)
            chosen = (table.c.application_id == number, table.c.number == each.number)
            session.execute(update(table).where(*chosen).values(values))
    put(
        session,
        agreed_output_table,
        [
            {
                "application_id": number,
                "number": each.number,
                **_output_row(each),
            }
            for each in outputs
            if each.number not in standing
        ],
    )


def _output_row(output: AgreedOutput) -> dict[str, object]:
    return {
        "words": output.words,
        "target": output.target,
        "is_outcome": output.is_outcome,
        "measure": output.measure,
    }


def put_plan(
    session: Session, number: int, returns: Sequence[PlannedReturn], replacing: Sequence[PlannedReturn]
) -> None:
    """Put an application's returns in; those that stay keep what they say."""
    table = award_return_table
    standing, kept = {each.number for each in replacing}, {each.number for each in returns}
    gone = table.c.number.in_(standing - kept)
    session.execute(delete(table).where(table.c.application_id == number, gone))
    for each in returns:
        if each.number in standing:
            values = {"due_on": each.due_on, "words": each.words, "covers_to": each.covers_to}
            chosen = (table.c.application_id == number, table.c.number == each.number)
            session.execute(update(table).where(*chosen).values(values))
    put(
        session,
        award_return_table,
        [
            {
                "application_id": number,
                "number": each.number,
                "due_on": each.due_on,
                "words": each.words,
                "received_on": None,
                "said": "",
                "spent_pence": None,
                "covers_to": each.covers_to,
            }
            for each in returns
            if each.number not in standing
        ],
    )


def put_content(session: Session, number: int, of: int, said: ReturnContent | None) -> None:
    """Record what a return says, in place of what it said; None makes it one that has not come in."""
    for told in (output_progress_table, supported_number_table):
        session.execute(delete(told).where(told.c.application_id == number, told.c.return_number == of))
    table = award_return_table
    values = {
        "received_on": None if said is None else said.received_on,
        "said": "" if said is None else said.words,
        "spent_pence": None if said is None else said.spent_pence,
    }
    chosen = (table.c.application_id == number, table.c.number == of)
    session.execute(update(table).where(*chosen).values(values))
    if said is not None:
        _put_figures(session, {"application_id": number, "return_number": of}, said)


def _put_figures(session: Session, key: dict[str, Any], said: ReturnContent) -> None:
    progress = [
        key | {"output_number": each.output, "achieved": each.achieved, "words": each.words}
        for each in said.progress
    ]
    put(session, output_progress_table, progress)
    supported = [
        key | {"group": each.group, "line": each.line, "supported": each.supported} for each in said.supported
    ]
    put(session, supported_number_table, supported)


def put_visits(session: Session, number: int, visits: Sequence[Visit]) -> None:
    """Put an application's visits in, in place of those it had."""
    table = visit_table
    session.execute(delete(table).where(table.c.application_id == number))
    put(
        session,
        visit_table,
        [
            {
                "application_id": number,
                "number": index,
                "visited_on": each.on,
                "who": each.who,
                "seen": each.seen,
            }
            for index, each in enumerate(visits, 1)
        ],
    )
