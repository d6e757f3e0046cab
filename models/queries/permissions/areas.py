"""Whether a change is of the areas in which somebody has the role they act in: asked of every operation.

Whoever chairs, sits, advises, takes notes or signs for some areas does nothing in another area, nor what
changes every area of a round. An officer may, and whoever has the role in all areas.
"""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from models.operation import Actor, Operation, parts_of, references_of
from models.papers.order import BETWEEN, Texts
from models.permissions.table import EVERY_AREA, PAPERS_OF_CHAIR
from models.queries.applications.applications import areas_by_reference
from models.queries.panel.area_panels import area_panels
from models.queries.set_up.office import Part, parts
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import rounds
from models.role import other_area
from models.session import Session
from scoring.written.names import is_same_text

EVERY = ""
"""What stands for all areas of a round."""


def areas_in_role(people: Collection[Part], name: str, role: str) -> Texts | None:
    """Return the areas in which somebody has a role of a round, None where nothing bounds it."""
    mine = [one for one in people if one.role == role and is_same_text(one.name, name)]
    if not mine or not all(one.areas for one in mine):
        return None
    return tuple(dict.fromkeys(area for one in mine for area in one.areas))


def of_other_area(session: Session, operation: Operation, actor: Actor, round_id: int | None) -> str:
    """Say that a change is of an area in which the person has not the role they act in, "" for none."""
    is_every = operation.kind in EVERY_AREA
    numbers = [line.round_id for line in rounds(session)] if is_every and round_id is None else [round_id]
    people = [one for number in numbers if number is not None for one in parts(session, number)]
    own = areas_in_role(people, actor.name, actor.role)
    if own is None:
        return ""
    if is_every or round_id is None:
        return other_area(actor.name, actor.role, own, EVERY)
    known = _Known(
        {one.name for one in areas(session, round_id)},
        areas_by_reference(session, round_id),
        {one.member or one.name for one in people if is_same_text(one.name, actor.name)},
    )
    named = list(known.named(operation))
    others = [area for area in named if area not in own]
    if operation.kind == "decide tie" and len(others) < len(named):
        return ""  # areas that share a pot have one list
    if not others:
        return ""
    chairs = area_panels(session, round_id).chairs(others[0]) if others[0] else ()
    return other_area(actor.name, actor.role, own, others[0], [one.name for one in chairs])


class _Known(Struct, frozen=True):
    """The areas of a round by name and by application, and who acts: by name and seats."""

    areas: Collection[str]
    applications: Mapping[str, str | None]
    own: Collection[str]

    def named(self, change: object) -> Iterator[str]:
        """Yield the areas that a change names, by their names or by applications; `EVERY` for all of them."""
        yield from self._by_name(change)
        yield from filter(None, map(self.applications.get, sorted(self._references(change))))
        if getattr(change, "paper", None) in PAPERS_OF_CHAIR:
            words = str(getattr(change, "subject", "")).split(BETWEEN)
            yield next((one for one in words if one in self.areas), self.applications.get(words[0]) or EVERY)
        for part in parts_of(change):
            yield from self.named(part)

    def _by_name(self, change: object) -> Iterator[str]:
        """Yield the areas by their names: all where there is room for one, and no application is named."""
        one = getattr(change, "allowed", getattr(change, "area", None))
        area = getattr(one, "area", getattr(one, "name", one))
        yield from (of for of in (area, *getattr(change, "areas", ())) if of in self.areas)
        if area == "" and not self._references(change):
            yield EVERY

    def _references(self, change: object) -> set[str]:
        """Return the applications that a change names; what somebody declares themselves is their own."""
        declared = [getattr(change, "interest", None), *getattr(change, "interests", ())]
        whose = getattr(change, "member", getattr(change, "name", getattr(declared[0], "member", "")))
        lines = getattr(change, "lines", ())
        beside = (*lines, *(() if whose in self.own else declared))
        found = (getattr(one, "application", None) for one in beside)
        return {*references_of(change), *(of for of in found if of)}
