"""Who signs in a round beside the panel: with which post, and for which areas."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.order import Texts
from models.queries.applications.applications import areas_by_reference
from models.queries.awards.variations import VariationSignature, variations
from models.queries.deciding.decisions import Hand, Waits, chain_of, decisions
from models.queries.set_up.office import areas_of_roles, newest_office
from models.queries.set_up.rounds import round_line
from models.reference.sign_off import Chain, SignOff, as_deputy, deputy_in
from models.role import SIGNING
from models.schema.panel import person_table, round_role_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.recommending import DecisionRow
from models.values.rows import RoundRows, SeatRow
from scoring.written.names import is_same_text, text_key
from scoring.written.text import Refused, listed

TO_SAY = "The office corrects it on Panel & interests, under Who signs."
TO_NAME = "Record the person as a signatory or a deputy first, on Panel & interests, under Who signs."

_SIGNATORIES = (
    select(round_role_table.c.id, person_table.c.name, round_role_table.c.role, person_table.c.post)
    .join(person_table)
    .where(round_role_table.c.round_id == OF_ROUND, round_role_table.c.role.in_(SIGNING))
    .order_by(round_role_table.c.id)
)


class Signatory(Struct, frozen=True):
    """A person with a role of the chain; `post` is "" until it is said, `areas` () for all of them."""

    name: str
    role: str
    post: str = ""
    areas: Texts = ()

    def signs_for(self, area: str | None) -> bool:
        return not self.areas or area in self.areas


@part
def signatories(session: Session, round_id: int) -> tuple[Signatory, ...]:
    """Return who signs after the panel, in the order in which they got their roles."""
    areas = areas_of_roles(session, round_id)
    rows = session.execute(_SIGNATORIES, {"of_round": round_id})
    return tuple(Signatory(name, role, post, areas.get(number, ())) for number, name, role, post in rows)


def person_signing(people: Sequence[Signatory], name: str, role: str) -> Signatory:
    """Return somebody as recorded in a role, with neither post nor areas where nothing is recorded."""
    same = (one for one in people if one.role == role and is_same_text(one.name, name))
    return next(same, Signatory(name, role))


def post_at(chain: Sequence[SignOff], number: int, person: Signatory) -> str | None:
    """Return for which post of a step a person signs; None where their own post is another one.

    Somebody without a post signs a step of one post alone, as does whose post is none of the chain's.
    """
    step = chain[number]
    mine = step.post_named(person.post)
    if mine is not None or step.is_joint:
        return mine
    is_other = any(one.post_named(person.post) is not None for one in chain)
    return None if is_other else step.post


def signs_as(chain: Sequence[SignOff], number: int, person: Signatory) -> str | None:
    """Return as what a person signs a step: as the post of `post_at`, or as its deputy; None for neither."""
    post = post_at(chain, number, person)
    return None if post is None else as_deputy(deputy_in(person.post, post), post)


def own_hands(chain: Sequence[SignOff], person: Signatory, scorers: Collection[str]) -> tuple[Hand, ...]:
    """Return the posts for which a person signs, in the chain's order; none for one of the `scorers`."""
    if person.name in scorers:
        return ()
    posts = (
        (step, number, signs_as(chain, number, person) if step.role == person.role else None)
        for number, step in enumerate(chain)
    )
    return tuple(Hand(step, number, post) for step, number, post in posts if post is not None)


def hand_on(hands: Iterable[Hand], waits: Waits | None) -> Hand | None:
    """Return the one of somebody's hands for which a line waits, None for none of them."""
    if waits is None:
        return None
    return next((one for one in hands if one.number == waits.step and one.taken in waits.posts), None)


def unfilled(chain: Sequence[SignOff], people: Sequence[Signatory], areas: Sequence[str]) -> dict[str, Texts]:
    """Return the posts that nobody is recorded for, each with the areas where it lacks somebody."""
    found = {}
    for number, step in enumerate(chain):
        for post in step.posts:
            held = [one for one in people if one.role == step.role and post_at(chain, number, one) == post]
            if step.per_area:
                held = [one for one in held if one.areas]
            lacking = tuple(area for area in areas if not any(one.signs_for(area) for one in held))
            if lacking or not held:
                found[post] = lacking
    return found


def why_not(
    chain: Sequence[SignOff],
    number: int,
    person: Signatory,
    lines: Sequence[tuple[str, str | None]],
    people: Sequence[Signatory] = (),
    *,
    post: str = "",
) -> str:
    """Return why a person does not sign a step on lines, given as reference and area; "" when they do.

    `post` is the one of a joint step for which they would sign, "" for their own. Of another area's line it
    says who of the `people` signs there.
    """
    step, mine = chain[number], signs_as(chain, number, person)
    if mine is not None and step.is_joint and post and not is_same_text(mine, post):
        return f"{person.name} signs as {mine}, not as {post}. {TO_SAY}"
    if mine is None:
        has = f"is recorded as {person.post}" if person.post else "has no post recorded in this round"
        return f"{person.name} {has}. This step is signed by the {step.words}. {TO_SAY}"
    if not person.areas:
        return (
            f"Each area has its own {mine}, and no area is recorded for {person.name}. {TO_SAY}"
            if step.per_area
            else ""
        )
    outside = [(of, area) for of, area in lines if not person.signs_for(area)]
    if not outside:
        return ""
    of, area = outside[0]
    there = names_signing(chain, number, people, post or mine, area)
    signs = f" {listed(there, 'or')} signs for {area}." if there else ""
    return f"{person.name} signs for {listed(person.areas)}, and {of} is of {area or 'no area'}.{signs}"


def names_signing(
    chain: Sequence[SignOff], number: int, people: Sequence[Signatory], post: str, area: str | None
) -> Texts:
    """Return who signs a step for an area: for a post, or for all posts of the step where that is none."""
    step = chain[number]
    own = step.post_named(post)
    named = (
        one for of in ((own,) if own else step.posts) for one in named_for(chain, number, people, of, area)
    )
    return tuple(dict.fromkeys(one.name for one in named))


def named_for(
    chain: Sequence[SignOff], number: int, people: Sequence[Signatory], post: str, area: str | None
) -> tuple[Signatory, ...]:
    """Return who may sign a step of an area for a post, deputies too; () where nobody is named for it.

    A post that each area has its own of is held for an area by whoever is named there.
    """
    step = chain[number]
    taken = step.post_taken(post)
    holding = (one for one in people if one.role == step.role and post_at(chain, number, one) == taken)
    return tuple(one for one in holding if one.signs_for(area) and (one.areas or not step.per_area))


def may_sign(
    session: Session, round_id: int, number: int, post: str, area: str | None
) -> tuple[tuple[str, ...], bool]:
    """Return who may sign a step of a round for a post and an area, and whether they are recorded for it.

    Where nobody is named in the round, whoever holds that post of the office; else those who signed as that
    post there before; () before the first.
    """
    chain = chain_of(session, round_id)
    named = named_for(chain, number, signatories(session, round_id), post, area)
    if named:
        return tuple(one.name for one in named), True
    of, taken = areas_by_reference(session, round_id), chain[number].post_taken(post)
    holds = dict(office_holders(session)).get(text_key(taken or post))
    if holds is not None:
        return (holds,), True
    signed: list[tuple[str, DecisionRow | VariationSignature]] = [
        (row.application, row) for row in decisions(session, round_id) if not row.is_taken_back
    ]
    signed += [(row.application, one) for row in variations(session, round_id) for one in row.signatures]
    before = (
        one.signed_by
        for reference, one in signed
        if of.get(reference) == area and one.step == number
        if chain[number].post_taken(one.post) == taken
    )
    return tuple(dict.fromkeys(before)), False


def stranger_fault(
    session: Session, round_id: int, number: int, signer: tuple[str, str], references: Iterable[str]
) -> str:
    """Return why a signer (name, post) is none of those who sign a step on some lines; "" where they may.

    So where nobody has signed as that post yet, and nobody is recorded for it.
    """
    (name, post), areas = signer, areas_by_reference(session, round_id)
    chain = chain_of(session, round_id)
    if not 0 <= number < len(chain):
        return ""
    taken = chain[number].post_taken(post) or post
    first_of_area: dict[str | None, str] = {}
    for reference in references:
        first_of_area.setdefault(areas.get(reference), reference)
    for area, reference in first_of_area.items():
        known, is_recorded = may_sign(session, round_id, number, post, area)
        if words := stranger_words(name, taken, known, is_recorded=is_recorded):
            return f"{reference}: {words} The command does both with --new-signatory TEXT."
    return ""


class OfficeSigner(NamedTuple):
    """A person who signs for the office, and the post they are recorded in, "" where none is."""

    name: str
    post: str


def office_signers(session: Session, round_id: int, area: str) -> tuple[OfficeSigner, ...]:
    """Return who signs for the office on an area's award: after its panel, or in a post of the office."""
    chain, people = chain_of(session, round_id), signatories(session, round_id)
    own = (
        OfficeSigner(one.name, post)
        for one in people
        if one.signs_for(area or None)
        for post in _posts_recorded(chain, one)
    )
    holders = (OfficeSigner(holder, post) for post, holder in _office_posts(session))
    return tuple(dict.fromkeys((*own, *holders)))


def _posts_recorded(chain: Chain, person: Signatory) -> Texts:
    """Return as what a person is recorded: their own post, and each of the chain that they sign for."""
    steps = (number for number, step in enumerate(chain) if step.role == person.role)
    signed = (signs_as(chain, number, person) for number in steps)
    return tuple(dict.fromkeys((person.post, *filter(None, signed))))


def office_signer_named(known: Iterable[OfficeSigner], name: str) -> OfficeSigner | None:
    """Return a person as they sign for the office, in their first post; None for one who does not."""
    return next((one for one in known if is_same_text(one.name, name)), None)


def office_signer_fault(name: str, post: str, known: Sequence[OfficeSigner]) -> str:
    """Return why somebody does not sign for the office, or not in that post; "" where they do.

    So where nobody is known who does.
    """
    if not name.strip() or not known:
        return ""
    own = [one.post for one in known if is_same_text(one.name, name)]
    if not own:
        names = tuple(dict.fromkeys(one.name for one in known))
        return f"{listed(names, 'or')} signs for the office, not {name}. {TO_NAME}"
    posts = tuple(filter(None, own))
    if not post.strip() or not posts or any(is_same_text(one, post) for one in posts):
        return ""
    return f"{name} signs as {listed(posts, 'or')}, not as {post}. {TO_SAY}"


def stranger_words(name: str, post: str, known: Sequence[str], *, is_recorded: bool) -> str:
    """Return why somebody does not sign as a post, which those known do; "" where they may."""
    if not known or any(is_same_text(one, name) for one in known):
        return ""
    signs = "signs" if is_recorded else "signed before"
    return f"{listed(list(known), 'or')} {signs} as {post}, not {name}. {TO_NAME}"


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
    areas: Texts
    people: tuple[Signatory, ...]
    known: Mapping[str, str] = field(default_factory=dict)
    """Who holds a post of the office, by `text_key` of the post."""

    @property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(
            Seat(number, post, area)
            for number, step in enumerate(self.chain)
            for post in step.posts
            for area in (self.areas if step.per_area else (None,))
        )

    def held(self, seat: Seat) -> tuple[Signatory, ...]:
        """Return who signs in a seat."""
        role = self.chain[seat.step].role
        same = (
            one
            for one in self.people
            if one.role == role and post_at(self.chain, seat.step, one) == seat.post
        )
        return tuple(one for one in same if seat.area is None or one.signs_for(seat.area))

    def names(self, seat: Seat) -> Texts:
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

    def alone(self, step: int, post: str) -> Iterator[tuple[str, Texts]]:
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
        seated = {one for seat in names for one in self.held(seat)}
        return (*chosen, *(one for one in self.people if one not in seated))

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

    def joined(
        self, step: int, signer: tuple[str, str], areas: Collection[str | None]
    ) -> tuple[Signatory, ...]:
        """Return who signs once a signer (name, post) signs a step, too: for its post, or as a deputy.

        Where others sign the step for some areas, the signer does for those alone that are signed.
        """
        (name, said), here = signer, self.chain[step]
        post = here.post_named(said) or here.post
        is_by_area = here.per_area or any(one.areas for one in self.people if one.role == here.role)
        own = tuple(area for area in self.areas if is_by_area and area in areas)
        return (*self.people, Signatory(name, here.role, as_deputy(deputy_in(said, post), post), own))

    def rows(self) -> Iterator[SeatRow]:
        for seat in self.seats:
            yield SeatRow(seat.post, seat.area or "", self.words(seat))

    def _areas(self, name: str, areas: Sequence[str], role: str) -> Texts:
        """Return the areas of somebody's seats, or where they have none those that they had."""
        before = (one.areas for one in self.people if (one.name, one.role) == (name, role))
        return tuple(areas) or next(before, ())


def signing(session: Session, round_id: int) -> Signing:
    """Return who signs in a round."""
    areas = tuple(area.name for area in round_line(session, round_id).areas)
    known = dict(office_holders(session))
    return Signing(chain_of(session, round_id), areas, signatories(session, round_id), known)


def office_holders(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the posts of the office whose holders are known, by their `text_key`, each with the name."""
    yield from ((text_key(post), name) for post, name in _office_posts(session))


def _office_posts(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the posts of the office whose holders are known, as usual and as entered, each with the name."""
    office = newest_office(session)
    for key, usual in POSTS.items():
        name, post = office.get(f"{key}_name"), office.get(f"{key}_post")
        yield from ((said, name) for said in (usual, post) if said and name)


def seat_rows(session: Session, round_id: int) -> tuple[SeatRow, ...]:
    """Return the seats of a round where anybody signs, each with who does; none where nobody does yet."""
    rows = tuple(signing(session, round_id).rows())
    return rows if any(row.names for row in rows) else ()


def people_in(rows: RoundRows) -> Texts:
    """Return the names of the panel and of who signs after it, as a workbook has them."""
    return (*(member.name for member in rows.members), *signers_in(rows))


def signers_in(rows: RoundRows) -> Texts:
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
