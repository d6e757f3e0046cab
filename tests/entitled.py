"""Whoever may make a change, for tests that are about something else than who makes it."""

from collections.abc import Iterator
from functools import partial

from models.operation import Actor, Operation, Outcome
from models.queries.permissions.acting import refusal
from models.queries.set_up.office import parts
from models.record import Record
from models.role import BESIDE, Role

OFFICER = Actor("Grace Okoro")
BYSTANDERS = (OFFICER, Actor("Carla Chairs", Role.CHAIR), Actor("Finn Pays", Role.FINANCE))
"""Those who have no part in a round of the tests, and so no interest, sheet or signature in it."""


def called(role: str) -> str:
    """Return how a refusal names somebody in a role."""
    named = {Role.DECIDER: "the person who decides", Role.FINANCE: "finance"}
    return named.get(Role(role), f"the {role}")


def whoever_may(record: Record, operation: Operation) -> Actor:
    """Return the first of an officer, the round's own people and others who may make a change."""
    may = (
        one
        for one in _people(record, operation)
        if not record.ask(partial(refusal, operation=operation, actor=one))
    )
    return next(may, OFFICER)


def put(record: Record, operation: Operation) -> Outcome:
    """Make a change as whoever may."""
    return record.perform(operation, whoever_may(record, operation))


def _people(record: Record, operation: Operation) -> Iterator[Actor]:
    yield OFFICER
    found = record.ask(partial(parts, round_id=getattr(operation, "round_id", 1)))
    yield from (Actor(part.name, part.role) for part in found if part.role)
    yield from BYSTANDERS
    yield from (Actor("Bea Sides", role) for role in BESIDE)
