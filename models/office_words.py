"""A refusal in the office's own word for an area, wherever in the record the rule stands that said no."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.queries.set_up.office import newest_office
from models.session import Session
from scoring.refused import Refused


@contextmanager
def in_its_words(session: Session) -> Iterator[None]:
    """Let a refusal speak of a council, say, where the office whose record it is calls an area so."""
    try:
        yield
    except Refused as no:
        label = newest_office(session).area_label
        no.args = tuple(label.said(part) if isinstance(part, str) else part for part in no.args)
        raise
