"""Refusing a person a paper that is not theirs to write, before it is made."""

import argparse
from functools import partial

from cli.arguments import is_named, person
from cli.set_up.rounds import chosen_round
from models.permissions.papers import BEFORE_SIGNING, CLOSABLE
from models.permissions.reading import refuse_other_roles
from models.permissions.viewing import refuse_closed
from models.record import Record


def refuse_paper(record: Record, paper: str, options: argparse.Namespace) -> tuple[str, ...]:
    """Refuse it to who has no role that writes it, or an interest in what it tells of.

    Return the applications of which what is signed tells them nothing.
    """
    if not is_named(options):
        return ()
    chosen = None if options.round is None else chosen_round(record, options)
    round_id = None if chosen is None else chosen.line.round_id
    record.ask(partial(refuse_other_roles, name=person(options), round_id=round_id, paper=paper))
    if chosen is not None and paper in CLOSABLE:
        refuse_closed(chosen.rows, chosen.sight, options.area)
    return tuple(sorted(chosen.sight.unseen)) if chosen is not None and paper in BEFORE_SIGNING else ()
