"""Which post somebody holds whom the office or the record knows with one."""

from datetime import date

from sqlalchemy import select

from models.queries.set_up.office import office_on
from models.schema.panel.person import person_table
from models.session import Session
from models.values.office_keys import OFFICE_KEYS, PEOPLE
from scoring.written.names import is_same_text

_NAME, _POST = "_name", "_post"
_OFFICES = tuple(
    one.key.removesuffix(_NAME) for one in OFFICE_KEYS if one.group == PEOPLE and one.key.endswith(_NAME)
)
"""How the facts of each of the office's people begin."""


def with_post(session: Session, name: str, day: date) -> str:
    """Return a name with the post that its holder had on a day, as far as one is known: "Name, post"."""
    office = office_on(session, day)
    named = ((office.get(f"{of}{_NAME}"), office.get(f"{of}{_POST}")) for of in _OFFICES)
    people = session.execute(select(person_table.c.name, person_table.c.post)).all()
    posts = (post for known, post in (*named, *people) if post and is_same_text(known, name))
    return ", ".join(filter(None, (name, next(posts, ""))))
