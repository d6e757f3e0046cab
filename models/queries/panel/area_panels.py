"""Who belongs to the panel of each area of a round: the one rule of members, chairs, quorum and attendance.

A member without areas belongs to the panel of every area, as everybody does in a round of one area. Once
the recommendations of an area are signed, its marks and minutes are of the panel as it was then.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.order import Texts
from models.permissions.viewing import Viewer, codes_among
from models.queries.applications.applications import areas_by_reference
from models.queries.panel.panel import MemberDetails, members, members_of
from models.queries.rows import named_of_round, rows_of_round
from models.queries.set_up.office import parts_beside
from models.role import AT_MEETING, Role, is_asked_for_marks, panel_role
from models.schema.panel import attendance_table, kept_panel_table, member_table
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.stored import read_or
from scoring.written.names import is_same_text
from scoring.written.text import listed

PRESENT, ABSENT, OBSERVER = "present", "absent", "observer"
Attendance = tuple[tuple[str, str, str], ...]
"""What is recorded of attendance: the area, the member's code, and present, absent or observer."""


def areas_kept(own: Texts, there: Collection[str]) -> Texts | None:
    """Return which of a person's own areas are in a round: () for all areas, None where it has none of them.

    Whoever loses the last of their own areas has a part in no area, and never in all.
    """
    left = tuple(area for area in own if area in there)
    return left if left or not own else None


def settles_tie(own: Collection[str], areas: Iterable[str | None]) -> bool:
    """Whether a chair of some areas (none: of all) decides a tie of these: where one of them is theirs.

    Areas that share a budget have one list, and the chair of each area in the tie may settle it.
    """
    return not own or not {*own}.isdisjoint(areas)


Counted = Literal["decided", "decide", "may decide", ""]


class Quorum(Struct, frozen=True):
    """How many of an area's panel decide (`count`) and how many must (`needed`).

    `counted` says of which: those who "decided" a closed item, who "decide" of those at the meeting, or who
    "may decide" while it is no meeting; "" is of these at a meeting of which nobody recorded who is there.
    """

    count: int
    needed: int
    counted: Counted

    @property
    def holds(self) -> bool:
        return self.count >= self.needed

    @property
    def is_met(self) -> bool:
        """Whether enough are known to be there: before attendance is recorded no quorum is met."""
        return self.holds and self.counted in ("decided", "decide")

    @property
    def words(self) -> str:
        """Return it with both figures: "4 decide, quorum 3"."""
        if not self.counted:
            return "Who is here?"
        nothing = ": nothing can be closed" if not self.count and self.counted == "decide" else ""
        return f"{self.count} {self.counted}, quorum {self.needed}{nothing}"


class KeptPanel(Struct, frozen=True):
    """The members of a round as an area was signed, who of them had declared, and who took notes there."""

    members: tuple[MemberDetails, ...]
    declared: Texts
    note_takers: Texts


class AreaPanels(Struct, frozen=True, dict=True):
    """The panels of a round's areas; `members` are those of all of them, in their order.

    Of the areas in `kept` they are told as they were when these were signed.
    """

    members: tuple[MemberDetails, ...] = ()
    kept: Mapping[str, KeptPanel] = {}

    @cached_property
    def _then(self) -> "dict[str | None, AreaPanels]":
        return {area: AreaPanels(one.members) for area, one in self.kept.items()}

    def known(self, area: str | None) -> tuple[MemberDetails, ...]:
        """Return the members of the round as an area was signed, or (None) each as any was, and as today."""
        if area is not None and area in self.kept:
            return self.kept[area].members
        then = [one for kept in self.kept.values() for one in kept.members] if area is None else []
        return tuple({one.code: one for one in (*then, *self.members, *then)}.values())

    def declared(self, area: str | None, today: Collection[str]) -> Collection[str]:
        """Return who had declared as an area was signed; before that who has today."""
        return today if area is None or area not in self.kept else self.kept[area].declared

    @cached_property
    def _areas(self) -> dict[str, Texts]:
        return {one.code: one.areas for one in self.members}

    def belongs(self, member: str, area: str | None) -> bool:
        """Whether a member is on the panel of an area; what has no area is every panel's."""
        if area in self._then:
            return self._then[area].belongs(member, area)
        if area is None:
            return any(one.code == member for one in self.known(None))
        own = self._areas.get(member)
        return own is not None and (not own or area in own)

    def areas_of(self, member: str | None) -> Texts:
        """Return a member's own areas, () for all of them and for whoever is no member."""
        return self._areas.get(member or "", ())

    def panel(self, area: str | None) -> tuple[MemberDetails, ...]:
        """Return the panel of an area in its order, or (None) of all areas."""
        return tuple(one for one in self.known(area) if self.belongs(one.code, area))

    def over(self, areas: Iterable[str | None]) -> tuple[MemberDetails, ...]:
        """Return who is on the panel of each of some areas, as of those whose applications are tied."""
        every = {*areas}
        return tuple(one for one in self.members if all(self.belongs(one.code, of) for of in every))

    def outside(self, area: str) -> tuple[MemberDetails, ...]:
        """Return the members of other panels, who can be let in to the meeting of an area as observers."""
        return tuple(one for one in self.known(area) if not self.belongs(one.code, area))

    @cached_property
    def _marking(self) -> dict[str | None, Texts]:
        return {}

    def marking(self, area: str | None) -> Texts:
        """Return the codes of those who mark for an area and count toward its quorum: no adviser does.

        It is asked for each of an area's items.
        """
        found = self._marking.get(area)
        if found is None:
            found = tuple(one.code for one in self.panel(area) if is_asked_for_marks(one.role))
            self._marking[area] = found
        return found

    def chairs(self, area: str | None) -> tuple[MemberDetails, ...]:
        return tuple(one for one in self.panel(area) if panel_role(one.role) is Role.CHAIR)

    def signing(self, area: str | None) -> Texts:
        """Return who signs for an area's panel, by name: its chair, or a deputy or vice chair of it."""
        return tuple(one.name for one in self.panel(area) if Role.CHAIR in one.role.casefold())

    def present(self, area: str | None, attendance: Attendance) -> frozenset[str]:
        """Return who of an area's panel is recorded as present at its meeting; an observer is not."""
        there = (code for of, code, state in attendance if (of, state) == (area, PRESENT))
        return frozenset(code for code in there if self.belongs(code, area))

    def is_answered(self, area: str | None, attendance: Attendance) -> bool:
        """Whether it is known who comes to an area's meeting: somebody does, or it is recorded of each."""
        answered = {code for of, code, _ in attendance if of == area}
        return bool(self.present(area, attendance)) or answered.issuperset(self.marking(area))

    def observers(self, area: str | None, attendance: Attendance) -> Texts:
        """Return who of other panels is at an area's meeting, by whatever word that is recorded."""
        there = (code for of, code, state in attendance if of == area and state != ABSENT)
        return tuple(code for code in there if not self.belongs(code, area))


def chair_fault(session: Session, round_id: int, areas: Iterable[str | None], name: str) -> str:
    """Return why somebody signs for no panel of some areas; "" where they may, or no chair is known."""
    panels = area_panels(session, round_id)
    for area in areas:
        chairs = panels.signing(area)
        if chairs and not any(is_same_text(one, name) for one in chairs):
            return (
                f"{area or 'The round'}: {listed(chairs, 'or')} signs as the chair, not {name}. Record the "
                "person as a chair of that panel first, on Panel & interests."
            )
    return ""


@part
def area_panels(session: Session, round_id: int) -> AreaPanels:
    """Return the panels of a round's areas."""
    return AreaPanels(members_of(session, round_id))


attendance = rows_of_round(
    lambda area, code, state: (str(area), str(code), str(state)),
    select(area_table.c.name, member_table.c.code, attendance_table.c.state)
    .join(area_table, area_table.c.id == attendance_table.c.area_id)
    .join(member_table)
    .where(area_table.c.round_id == OF_ROUND)
    .order_by(area_table.c.position, member_table.c.position),
)
"""Who was there, by area and in the order of the panel."""


def areas_of_other_panels(session: Session, round_id: int, viewer: Viewer) -> frozenset[str]:
    """Return the areas of which a person is not told what each member marked: those of other panels.

    It is open to an area's panel and note-taker, to observers at its meeting, and to whoever reads in a role
    beside these. A server's policies hold the same of rows (`locks.of_other_panels`).
    """
    if viewer.role not in AT_MEETING:
        return frozenset()
    codes, panel = codes_among(members(session, round_id), viewer), area_panels(session, round_id)
    own = [one.areas for one in panel.members if one.code in codes]
    beside = (one for one in parts_beside(session, round_id) if one.role == Role.NOTE_TAKER)
    own += [one.areas for one in beside if is_same_text(one.name, viewer.name)]
    if not own or not all(own):
        return frozenset()
    there = attendance(session, round_id)
    every = frozenset(filter(None, areas_by_reference(session, round_id).values())).difference(*own)
    return frozenset(area for area in every if codes.isdisjoint(panel.observers(area, there)))


kept_panels = named_of_round(
    lambda text: read_or("kept_panels.panel", text, None),
    select(area_table.c.name, kept_panel_table.c.panel)
    .join(kept_panel_table)
    .where(area_table.c.round_id == OF_ROUND),
)
"""What is kept of the panels of areas that were signed, by area."""


@part
def panels_as_signed(session: Session, round_id: int) -> AreaPanels:
    """Return the panels by which marks count: of areas with a signature as they were at the first."""
    now, kept = area_panels(session, round_id), kept_panels(session, round_id)
    if not kept:
        return now
    from models.queries.deciding.decisions import signed_lines  # nothing is signed on most first pages

    areas = areas_by_reference(session, round_id)
    signed = {areas.get(of) for of in signed_lines(session, round_id)}
    return replace(now, kept={area: one for area, one in kept.items() if one and area in signed})


@part
def marks_elsewhere(session: Session, round_id: int) -> Mapping[tuple[str, str], str]:
    """Return whose panel does not mark which applications: by member and application, the area that does."""
    panels = panels_as_signed(session, round_id)
    if not (panels.kept or any(one.areas for one in panels.members)):
        return {}
    return {
        (member.code, reference): area
        for reference, area in areas_by_reference(session, round_id).items()
        if area
        for member in panels.members
        if not panels.belongs(member.code, area)
    }
