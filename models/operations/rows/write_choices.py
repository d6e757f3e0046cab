"""Putting in what applications are for."""

from collections.abc import Iterable

from models.operations.rows.write_applications import application_ids
from models.operations.rows.writing import put, remove
from models.queries.set_up.funds import round_rules
from models.schema.applications.choice import choice_table
from models.session import Session
from models.values.choices import ChoicesOf, suggested
from models.values.rows import ApplicationRow


def put_choices(session: Session, round_id: int, of: Iterable[ChoicesOf]) -> None:
    """Set the lines that applications of a round have, in the place of those that they had."""
    numbers, table = application_ids(session, round_id), choice_table
    for one in of:
        number = numbers[one.application]
        remove(session, table, table.c.application_id == number)
        rows = [
            {
                "application_id": number,
                "kind": choice.kind.value,
                "code": choice.code,
                "words": choice.words,
                "is_suggested": choice.is_suggested,
            }
            for choice in one.choices
        ]
        put(session, table, rows)


def suggest_choices(session: Session, round_id: int, rows: Iterable[ApplicationRow]) -> None:
    """Give applications the lines that their own words name."""
    rules = round_rules(session, round_id)
    found = (ChoicesOf(row.reference, suggested(row, rules)) for row in rows) if rules.lists else ()
    put_choices(session, round_id, (one for one in found if one.choices))
