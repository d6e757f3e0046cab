"""The awards whose recipients are not named in public."""

from sqlalchemy import select

from models.schema.awards.withheld_name import withheld_name_table
from models.session import Session
from models.values.withheld_name import WithheldName


def withheld_names(session: Session) -> dict[int, WithheldName]:
    """Return what is recorded, by the application's number."""
    table = withheld_name_table
    rows = session.execute(
        select(
            table.c.application_id,
            table.c.ground,
            table.c.reason,
            table.c.decided_by,
            table.c.decided_post,
            table.c.words,
        )
    )
    return {row[0]: WithheldName(*row[1:]) for row in rows}
