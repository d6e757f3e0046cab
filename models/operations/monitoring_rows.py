"""Putting what is monitored of an award into its rows, in place of what stood there."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from models.operations.writing import put, table_of
from models.papers.monitoring import AgreedOutput, PlannedReturn, ReturnSaid, Visit
from models.schema.monitoring import (
    AgreedOutputTable,
    AwardReturnTable,
    OutputProgressTable,
    SupportedNumberTable,
    VisitTable,
)


def put_outputs(
    session: Session, number: int, outputs: Sequence[AgreedOutput], replacing: Sequence[AgreedOutput]
) -> None:
    """Put an application's agreed outputs in; those that stay keep what returns say of them."""
    table = table_of(AgreedOutputTable)
    standing, kept = {each.number for each in replacing}, {each.number for each in outputs}
    gone = table.c.number.in_(standing - kept)
    session.execute(delete(table).where(table.c.application_id == number, gone))
    for each in outputs:
        if each.number in standing:
            values = {"words": each.words, "target": each.target, "is_outcome": each.is_outcome}
            chosen = (table.c.application_id == number, table.c.number == each.number)
            session.execute(update(table).where(*chosen).values(values))
    put(
        session,
        AgreedOutputTable,
        [
            {
                "application_id": number,
                "number": each.number,
                "words": each.words,
                "target": each.target,
                "is_outcome": each.is_outcome,
            }
            for each in outputs
            if each.number not in standing
        ],
    )


def put_plan(
    session: Session, number: int, returns: Sequence[PlannedReturn], replacing: Sequence[PlannedReturn]
) -> None:
    """Put an application's returns in; those that stay keep what they say."""
    table = table_of(AwardReturnTable)
    standing, kept = {each.number for each in replacing}, {each.number for each in returns}
    gone = table.c.number.in_(standing - kept)
    session.execute(delete(table).where(table.c.application_id == number, gone))
    for each in returns:
        if each.number in standing:
            values = {"due_on": each.due_on, "words": each.words}
            chosen = (table.c.application_id == number, table.c.number == each.number)
            session.execute(update(table).where(*chosen).values(values))
    put(
        session,
        AwardReturnTable,
        [
            {
                "application_id": number,
                "number": each.number,
                "due_on": each.due_on,
                "words": each.words,
                "received_on": None,
                "said": "",
                "spent_pence": None,
            }
            for each in returns
            if each.number not in standing
        ],
    )


def put_said(session: Session, number: int, of: int, said: ReturnSaid | None) -> None:
    """Put down what a return says, in place of what it said; None makes it one that has not come in."""
    for kind in (OutputProgressTable, SupportedNumberTable):
        told = table_of(kind)
        session.execute(delete(told).where(told.c.application_id == number, told.c.return_number == of))
    table = table_of(AwardReturnTable)
    values = {
        "received_on": None if said is None else said.received_on,
        "said": "" if said is None else said.words,
        "spent_pence": None if said is None else said.spent_pence,
    }
    chosen = (table.c.application_id == number, table.c.number == of)
    session.execute(update(table).where(*chosen).values(values))
    if said is not None:
        _put_told(session, {"application_id": number, "return_number": of}, said)


def _put_told(session: Session, key: dict[str, Any], said: ReturnSaid) -> None:
    progress = [
        key | {"output_number": each.output, "achieved": each.achieved, "words": each.words}
        for each in said.progress
    ]
    put(session, OutputProgressTable, progress)
    supported = [
        key | {"group": each.group, "line": each.line, "supported": each.supported} for each in said.supported
    ]
    put(session, SupportedNumberTable, supported)


def put_visits(session: Session, number: int, visits: Sequence[Visit]) -> None:
    """Put an application's visits in, in place of those it had."""
    table = table_of(VisitTable)
    session.execute(delete(table).where(table.c.application_id == number))
    put(
        session,
        VisitTable,
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
