"""Whether a change is of the areas in which somebody has the role they act in: asked of every operation.

Whoever chairs, sits, advises, takes notes or signs for some areas does nothing in another area, nor what
concerns every area, as the office, its funds and the criteria of a round do (`EVERY_AREA`). An officer
may, and whoever has the role in all areas. Who takes notes in some areas is named for these. A server's
policies hold the same of rows (`_area` of models/store/locks/policies.py).
"""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from models.operation import Actor, Operation, parts_of, references_of
from models.papers.order import BETWEEN, Texts
from models.permissions.table import EVERY_AREA, PAPERS_OF_CHAIR, is_chairs, is_of_note_taker
from models.queries.applications.applications import areas_by_reference
from models.queries.deciding.decisions import chain_of
from models.queries.deciding.signatories import names_signing, signatories
from models.queries.panel.area_panels import settles_tie
from models.queries.permissions.acting import by_role, known_as, roles_of, round_of
from models.queries.set_up.office import Part, parts
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import rounds
from models.role import SIGNING, Role, other_area
from models.schema.panel import person_table
from models.session import Session, selection
from models.values.attachments import ORGANISATION, ROUND
from models.values.rows import InterestRow
from scoring.written.names import is_same_text
from scoring.written.text import Refused

EVERY = ""
"""What stands for all areas of a round."""
_OF_ALL = (ROUND, ORGANISATION)
"""What files are attached to that is of no area."""


def areas_in_role(people: Collection[Part], name: str, role: str) -> Texts | None:
    """Return the areas in which somebody has a role of a round, None where nothing bounds it."""
    mine = [one for one in people if one.role == role and is_same_text(one.name, name)]
    if not mine or not all(one.areas for one in mine):
        return None
    return tuple(dict.fromkeys(area for one in mine for area in one.areas))


def of_other_area(session: Session, operation: Operation, actor: Actor, round_id: int | None) -> str:
    """Say that a change is of an area in which the person has not the role they act in, "" for none."""
    notes = _areas_of_notes(session, operation, round_id)
    is_every = (operation.kind in EVERY_AREA and not notes) or getattr(operation, "about", "") in _OF_ALL
    if not (is_every or round_id):
        return ""
    own = _own_areas(session, actor, round_id)
    if own is None:
        return ""
    if is_every or not round_id:
        return other_area(actor.name, actor.role, own, EVERY, is_chairs=is_chairs(operation.kind))
    people = parts(session, round_id)
    known = _Known(
        {one.name for one in areas(session, round_id)},
        areas_by_reference(session, round_id),
        {one.member or one.name: one.areas for one in people},
        {one.member or one.name for one in people if is_same_text(one.name, actor.name)},
        own,
    )
    named = [*notes, *known.named(operation)]
    others = [area for area in named if area not in own]
    if operation.kind == "decide tie" and settles_tie(own, named):
        return ""
    if not others:
        return ""
    names = _who_does(session, operation, actor.role, round_id, others[0])
    return other_area(actor.name, actor.role, own, others[0], names, is_chairs=is_chairs(operation.kind))


def _areas_of_notes(session: Session, operation: Operation, round_id: int | None) -> Texts:
    """Return the areas for which a change gives or takes the role of a note-taker, () for all of them.

    It is of all areas as well where it changes the post of somebody who has a part in the record.
    """
    if round_id is None or not is_of_note_taker(operation.kind, str(getattr(operation, "role", ""))):
        return ()
    name, post = getattr(operation, "name", ""), getattr(operation, "post", None)
    if post and session.scalar(selection(person_table.c.post, name=name)) not in (None, post):
        return ()
    given: Texts | None = getattr(operation, "areas", None)
    return areas_in_role(parts(session, round_id), name, Role.NOTE_TAKER) or () if given is None else given


def _who_does(session: Session, operation: Operation, role: str, round_id: int, area: str) -> Texts:
    """Return who makes a change in an area: whoever signs that step there, else those in the same role."""
    step, chain = getattr(operation, "step", None), chain_of(session, round_id)
    if role in SIGNING and step is not None and 0 <= step < len(chain):
        people = signatories(session, round_id)
        return names_signing(chain, step, people, getattr(operation, "post", ""), area)
    names = (one.name for one in parts(session, round_id) if one.role == role and one.is_in(area))
    return tuple(dict.fromkeys(names))


def refuse_other_area(session: Session, operation: Operation, name: str) -> None:
    """Refuse what somebody enters for the office who only reads, or acts in other areas alone."""
    round_id, known = round_of(session, operation), known_as(session, name)
    actors = [Actor(known, role) for role in roles_of(session, known, round_id)]
    found = [
        by_role(operation, one.role)
        if one.role == Role.AUDITOR
        else of_other_area(session, operation, one, round_id)
        for one in actors
    ]
    if all(found):
        raise Refused(found[0])


def _own_areas(session: Session, actor: Actor, round_id: int | None) -> Texts | None:
    """Return the areas of a round, or (None) of all rounds, to which a role bounds somebody.

    None is of whoever has the role in all areas: also by having each of them.
    """
    found: tuple[str, ...] = ()
    for number in [round_id] if round_id else [line.round_id for line in rounds(session)]:
        people = parts(session, number)
        own = areas_in_role(people, actor.name, actor.role)
        if own is not None and {*own} < {one.name for one in areas(session, number)}:
            found += own
        elif any(one.role == actor.role and is_same_text(one.name, actor.name) for one in people):
            return None
    return tuple(dict.fromkeys(found)) or None


class _Known(Struct, frozen=True):
    """The areas of a round by name, by application, and by seat or name; the actor's `seats` and areas."""

    areas: Collection[str]
    applications: Mapping[str, str | None]
    people: Mapping[str, Texts]
    seats: Collection[str]
    own: Texts

    def named(self, change: object) -> Iterator[str]:
        """Yield the areas that a change names, by their names or by applications; `EVERY` for all of them."""
        yield from self._by_name(change)
        yield from filter(None, map(self.applications.get, sorted(self._references(change))))
        theirs = self.people.get(_declarer(change), ())
        yield from () if {*theirs} & {*self.own} else theirs[:1]
        if getattr(change, "paper", None) in PAPERS_OF_CHAIR:
            words = str(getattr(change, "subject", "")).split(BETWEEN)
            yield next((one for one in words if one in self.areas), self.applications.get(words[0]) or EVERY)
        for part in parts_of(change):
            yield from self.named(part)

    def _by_name(self, change: object) -> Iterator[str]:
        """Yield the areas by their names: all where there is room for one, and no application is named."""
        one = getattr(change, "allowed", getattr(change, "area", None))
        area = getattr(one, "area", getattr(one, "name", one))
        several = getattr(change, "areas", None) or ()
        yield from (of for of in (area, *several) if of in self.areas)
        if area == "" and not self._references(change):
            yield EVERY

    def _references(self, change: object) -> set[str]:
        """Return the applications that a change names; what somebody declares themselves is their own."""
        lines = getattr(change, "lines", ())
        beside = (*lines, *(() if _declarer(change) in self.seats else _declared(change)))
        found = (getattr(one, "application", None) for one in beside)
        return {*references_of(change), *(of for of in found if of)}


def _declared(change: object) -> tuple[InterestRow, ...]:
    """Return what a change declares; what a signature states of interests is a text."""
    found = (getattr(change, "interest", None), *getattr(change, "interests", ()))
    return tuple(one for one in found if isinstance(one, InterestRow))


def _declarer(change: object) -> str:
    """Return who declares by a change, by seat or name; "" where nothing is declared."""
    return next((one.member for one in _declared(change)), "")
