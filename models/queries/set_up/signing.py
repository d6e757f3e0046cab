"""Who signs in a round, seat by seat: the posts of its chain, for all areas or one area each."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from models.queries.deciding.decisions import chain_of
from models.queries.deciding.signatories import Signatory, post_at, signatories
from models.queries.set_up.office import newest_office
from models.queries.set_up.rounds import round_line
from models.reference.sign_off import Chain, as_deputy, deputy_in
from models.session import Session
from models.values.rows import RoundRows, SeatRow
from scoring.refused import Refused
from scoring.written.names import is_same_text, text_key

BETWEEN = ";"
"""What stands between the names of several who sign for each other."""
POSTS = {
    "commissioner": "Commissioner",
    "chief_executive": "Chief Executive",
    "finance_officer": "Chief Finance Officer",
}
"""The posts of an office that may sign, by how its facts begin, as they are usually called."""
_DEPUTY = re.compile(r"(.+) \(((?:[^()]|\([^()]*\))*)\)")
"""A name with a deputy's post behind it; brackets within a name are part of it: "Cara (Caz) Command"."""


class Seat(NamedTuple):
    """A post that signs; `area` is None where one person signs for all."""

    step: int
    post: str
    area: str | None

    @property
    def words(self) -> str:
        """Return the seat as a form asks for it: "Community Ambassador, Telford"."""
        return self.post if self.area is None else f"{self.post}, {self.area}"


class Signing(Struct, frozen=True):
    """The chain of a round, its areas, and who signs."""

    chain: Chain
    areas: tuple[str, ...]
    people: tuple[Signatory, ...]
    known: Mapping[str, str] = field(default_factory=dict)
    """Who holds a post of the office, by `text_key` of the post."""

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Return every post to fill, in the order of the chain."""
        return tuple(
            Seat(number, post, area)
            for number, step in enumerate(self.chain)
            for post in step.posts
            for area in (self.areas if step.per_area else (None,))
        )

    def held(self, seat: Seat) -> tuple[Signatory, ...]:
        """Return who signs in a seat."""
        role = self.chain[seat.step].role
        same = (one for one in self.people if one.role == role and self._is_of(one, seat))
        return tuple(one for one in same if seat.area is None or one.signs_for(seat.area))

    def names(self, seat: Seat) -> tuple[str, ...]:
        """Return who signs in a seat, a deputy with the post: "Dee Puty (Superintendent)"."""
        deputies = ((one.name, deputy_in(one.post, seat.post)) for one in self.held(seat))
        return tuple(f"{name} ({deputy})" if deputy else name for name, deputy in deputies)

    def is_changed_by(self, people: Iterable[Signatory]) -> bool:
        """Whether these sign otherwise in a post that somebody is named for; an empty one may be filled."""
        then = replace(self, people=tuple(people))
        held = [(self.names(seat), then.names(seat)) for seat in self.seats if self.held(seat)]
        return any(set(before) != set(after) for before, after in held)

    def called(self, seat: Seat) -> str:
        """Return who signs in a seat as papers name one person: "Dee Puty, Superintendent for the Commander".

        The post alone where nobody is named yet, or several are.
        """
        held = self.held(seat)
        if len({one.name for one in held}) != 1:
            return seat.post
        return f"{held[0].name}, {as_deputy(deputy_in(held[0].post, seat.post), seat.post)}"

    def is_of_each(self, step: int, areas: Collection[str]) -> bool:
        """Whether areas have each a person of their own at a step, and none named for all of them."""
        if not self.chain[step].per_area or len(areas) < 2:
            return False
        return any(
            len({self.called(Seat(step, post, area)) for area in areas}) > 1
            or not any(self.held(Seat(step, post, area)) for area in areas)
            for post in self.chain[step].posts
        )

    def alone(self, step: int, post: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield who alone signs in a post, with the areas where each has its own; "" of one with nobody."""
        found: dict[tuple[str, str], list[str]] = {}
        for area in self.areas if self.chain[step].per_area else ("",):
            held = self.names(Seat(step, post, area or None))
            name = held[0] if len(held) == 1 else ""
            found.setdefault((name, "" if name else area), []).extend([area] if area else [])
        yield from ((name, tuple(areas)) for (name, _), areas in found.items() if name or areas)

    def words(self, seat: Seat) -> str:
        """Return who signs in a seat as `named` reads it."""
        return f"{BETWEEN} ".join(self.names(seat))

    def offered(self, seat: Seat) -> str:
        """Return who holds the post in the office where one person signs for all and nobody does yet."""
        is_open = seat.area is None and not self.held(seat)
        return self.known.get(text_key(seat.post), "") if is_open else ""

    def named(self, names: Mapping[Seat, str]) -> tuple[Signatory, ...]:
        """Return who signs where seats are filled by these names; several are parted by a semicolon.

        A deputy's post stands behind the name in brackets. One who fills seats of several areas signs for
        these. Whoever has no seat of this chain stays.
        """
        found: dict[tuple[str, str, str], tuple[str, list[str]]] = {}
        for seat, text in names.items():
            for name, post in _names(text, seat.post):
                key = (text_key(name), str(self.chain[seat.step].role), post)
                found.setdefault(key, (name, []))[1].extend([seat.area] if seat.area is not None else [])
        chosen = [
            Signatory(name, role, post, self._areas(name, areas, role))
            for (_, role, post), (name, areas) in found.items()
        ]
        return (*chosen, *self._beside(names))

    def seated(self, rows: Iterable[SeatRow]) -> tuple[Signatory, ...]:
        """Return who signs with the seats filled that are named, in any case; the others as they are.

        Refused for a post that the chain has not, and for an area where one person signs for all, or none
        where each area has its own.
        """
        seats = {text_key(seat.words): seat for seat in self.seats}
        names = {seat: one.names for seat, one in zip(self.seats, self.rows(), strict=True)}
        for row in rows:
            said = f"{row.post}, {row.area}" if row.area else row.post
            seat = seats.get(text_key(said))
            if seat is None:
                known = "; ".join(one.words for one in self.seats) or "none"
                raise Refused(
                    f"“{said}” names no post of the round's chain. A post that each area has its own of is "
                    f"named with the area. The posts: {known}."
                )
            names[seat] = row.names
        return self.named(names)

    def rows(self) -> Iterator[SeatRow]:
        """Yield each seat with those who sign in it."""
        for seat in self.seats:
            yield SeatRow(seat.post, seat.area or "", self.words(seat))

    def _is_of(self, person: Signatory, seat: Seat) -> bool:
        return post_at(self.chain, seat.step, person) == seat.post

    def _areas(self, name: str, areas: Sequence[str], role: str) -> tuple[str, ...]:
        """Return the areas of somebody's seats, or where they have none those that they had."""
        before = (one.areas for one in self.people if (one.name, one.role) == (name, role))
        return tuple(areas) or next(before, ())

    def _beside(self, names: Iterable[Seat]) -> Iterator[Signatory]:
        seated = {one for seat in names for one in self.held(seat)}
        return (one for one in self.people if one not in seated)


def signing(session: Session, round_id: int) -> Signing:
    """Return who signs in a round."""
    areas = tuple(area.name for area in round_line(session, round_id).areas)
    known = dict(office_holders(session))
    return Signing(chain_of(session, round_id), areas, signatories(session, round_id), known)


def office_holders(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the posts of the office whose holders are known, as entered and as usual, each with the name."""
    office = newest_office(session)
    for key, usual in POSTS.items():
        name, post = office.get(f"{key}_name"), office.get(f"{key}_post")
        yield from ((text_key(said), name) for said in (usual, post) if said and name)


def seat_rows(session: Session, round_id: int) -> tuple[SeatRow, ...]:
    """Return the seats of a round where anybody signs, each with who does; none where nobody does yet."""
    rows = tuple(signing(session, round_id).rows())
    return rows if any(row.names for row in rows) else ()


def people_in(rows: RoundRows) -> tuple[str, ...]:
    """Return the names of the panel and of who signs after it, as a workbook has them."""
    return (*(member.name for member in rows.members), *signers_in(rows))


def signers_in(rows: RoundRows) -> tuple[str, ...]:
    """Return the names of who signs after the panel, as a workbook has them."""
    return tuple(name for seat in rows.seats for name, _ in _names(seat.names, seat.post))


def _names(text: str, post: str) -> Iterator[tuple[str, str]]:
    """Yield each name with as what it signs: as the post, or as the deputy named behind it in brackets."""
    for said in text.split(BETWEEN):
        plain = " ".join(said.split())
        found = _DEPUTY.fullmatch(plain)
        name, deputy = (found[1], found[2].strip()) if found else (plain, "")
        if name:
            is_holder = is_same_text(deputy, post)
            yield name, as_deputy("" if is_holder else deputy_in(deputy, post) or deputy, post)
