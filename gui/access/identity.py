"""Who is using this laptop, found again by name among the people of the round on show."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from gui.listed.form import Choice, Form, Line, Saying, Values
from gui.pages.page import Identity
from models.operation import who_is_named
from models.queries.set_up.office import Part
from models.role import BESIDE, PANEL, SIGNING, Role, role_words
from models.store.locks.signing_on import SignedOn
from scoring.written.text import listed

STRANGER = Role.OFFICER
"""The role of one who has no part in the round: the office set the laptop up."""
READER = Role.READER
"""The role of one with a part in another round and none in this one: it may do nothing."""
STATED = (
    "Your name and role are shown in the record's history beside each change. "
    "They are not checked: anybody who opens this record could choose any name."
)
SOMEBODY_ELSE = "Somebody else…"
OF_AREAS = (Role.NOTE_TAKER, *SIGNING)
"""Who has a role in some areas, or in all."""
NAMES_NOTE_TAKER = "You can add a note-taker for {}. Everybody else is added by an officer."


class Chosen(Struct, frozen=True):
    """The part chosen; `is_new` when the person is to be given that role in the round first."""

    part: Part
    is_new: bool


def identity_of(part: Part, parts: Sequence[Part] = ()) -> Identity:
    """Return a part of the round as who is using the laptop; `parts` are those of the whole round."""
    codes = {other.member for other in parts if other.name == part.name and other.member}
    return Identity(
        part.name, part.role or STRANGER, part.member, is_namesake=len(codes) > 1, areas=part.areas
    )


def offered(parts: Sequence[Part], users: Sequence[Part]) -> tuple[Part, ...]:
    """Return who can go on at the laptop: the round's people, and all others who used the record.

    Whoever acted for the office before and has no part in the round does so again; those known to the
    record alone come last, and have no role yet. A command that named nobody is nobody's name.
    """
    users = [part for part in users if who_is_named(part.name)]
    with_part = tuple(part for part in parts if part.role)
    named = {part.name for part in with_part}
    office = tuple(dict.fromkeys(part for part in users if part.role and part.name not in named))
    named |= {part.name for part in office}
    others = dict.fromkeys(part for part in (*parts, *users) if not part.role and part.name not in named)
    return (*with_part, *office, *others)


def part_words(part: Part) -> str:
    """Return a person with code and role: "Priya Nair (NAIR), chair"."""
    code = f" ({part.member})" if part.member else ""
    return f"{part.name}{code}, {role_words(part.role) or 'no role in this round'}"


def whose_own(parts: Sequence[Part]) -> Identity:
    """Return the member whose own record it is: nobody else works in it, and nobody runs the round there."""
    part = next(part for part in parts if part.member)
    role = Role.ADVISER if part.role == Role.ADVISER else Role.MEMBER
    return Identity(part.name, role, part.member, office_role=part.role)


def signed_on_as(signed: SignedOn, role: str, parts: Sequence[Part]) -> Identity:
    """Return whoever signed on to a server: in the role that they had, else in their first part of the round.

    Whoever has no part in it acts for the office where the server lets them, and otherwise reads.
    """
    own = [part for part in parts if part.name == signed.person and part.role in signed.roles]
    found = next((part for part in own if part.role == role), next(iter(own), None))
    if found is not None:
        return identity_of(found, parts)
    beside = [one for one in signed.roles if one not in PANEL]
    return identity_of(Part(signed.person, role if role in beside else next(iter(beside), READER)))


def found_again(name: str, role: str, parts: Sequence[Part], member: str | None = None) -> Identity:
    """Return the person's part in a round: the same role and code as before, else their first part.

    A chair, a member or one who signs does not become the office by looking at a round of others: they read
    it. Where the round has no chair yet it is being set up, and whoever does that acts for the office. An
    auditor stays one.
    """
    own = [part for part in parts if part.name == name and part.role]
    same = [part for part in own if part.role == role]
    part = next((part for part in (*same, *own) if part.member == member), None) if member else None
    found = part or next(iter((*same, *own)), None)
    if found is not None:
        return identity_of(found, parts)
    if role == Role.AUDITOR:
        return identity_of(Part(name, role))
    has_chair = any(part.role == Role.CHAIR for part in parts)
    is_office = role in ("", STRANGER) or not has_chair
    return identity_of(Part(name, STRANGER if is_office else READER))


class Giving(Struct, frozen=True):
    """The roles that whoever asks can give somebody, and for which areas: `is_of_all` for all of them too.

    `words` say beforehand what they cannot.
    """

    roles: tuple[Role, ...] = BESIDE
    areas: tuple[str, ...] = ()
    is_of_all: bool = True
    words: str = ""


def giving(held: Identity, areas: Sequence[str]) -> Giving:
    """Return what somebody gives others in a round of these areas: a chair of some, note-takers for these."""
    refusal = held.refusal("give role") if held.areas else ""
    if not refusal:
        return Giving(areas=tuple(areas))
    if held.refusal("give role", area=held.areas[0], role=Role.NOTE_TAKER):
        return Giving((), is_of_all=False, words=refusal)
    words = NAMES_NOTE_TAKER.format(listed(held.areas))
    return Giving((Role.NOTE_TAKER,), held.areas, is_of_all=False, words=words)


def identity_form(
    parts: Sequence[Part],
    first: Part | None,
    *,
    has_round: bool,
    effect: str,
    begun: str,
    asks_another: bool,
    gives: Giving = Giving(),  # noqa: B008
) -> Form:
    """Return what asks who is using the laptop: one of the people, or somebody by name, and gives `Chosen`.

    Whoever takes notes or signs does so for all areas of the round, or for one of them.
    `effect` is what changing the person ends, "" for nothing. It stands on whoever is `first`, unless it
    `asks_another`, whose name may be `begun`. What whoever asks `gives` is said before they are asked for it.
    """
    roles = gives.roles if has_round else (Role.OFFICER,)
    areas = gives.areas

    def chosen(
        role: Any, person: Part | None = None, name: str | None = None, area: str | None = None
    ) -> Chosen:
        known = person or next((one for one in parts if one.name == name and one.role), None)
        if known is not None and known.role:
            return Chosen(known, is_new=False)
        of = (area,) if area else ()
        return Chosen(Part(person.name if person else name or "", str(role), areas=of), is_new=has_round)

    def worded(typed: Values) -> str:
        who = chosen(**typed).part
        return f"Continue as {identity_of(who, parts).words}" if who.name else "Use this name"

    def is_another(typed: Values) -> bool:
        return typed.get("person") is None

    def is_new_role(typed: Values) -> bool:
        return is_another(typed) or not typed["person"].role

    people = tuple((part_words(part), part) for part in parts if part.role or roles)
    stands = first if first in parts and (not roles or not asks_another) else None
    every = (("All areas", ""),) if gives.is_of_all else ()
    is_asked_for = len(areas) > len(every)
    return Form(
        title="Who is using this laptop?",
        sentences=(STATED, *filter(None, [gives.words])),
        action="Use this name",
        does=chosen,
        worded=worded,
        width=480,
        focus="name" if stands is None else "person",
        fields=(
            *((Saying(effect, "text", size=13, weight=600),) if effect else ()),
            *(
                (
                    Choice(
                        "person",
                        "Person",
                        options=people,
                        value=stands,
                        first=SOMEBODY_ELSE if roles else "",
                    ),
                )
                if people
                else ()
            ),
            Line(
                *("name", "Somebody else, by name"),
                value=begun,
                wanted="Give their name.",
                known=tuple(part.name for part in parts),
                only=is_another,
            ),
            Choice(
                *("role", "Their role in this round"),
                options=tuple((role_words(role), role) for role in roles),
                value=next(iter(roles), None),
                only=is_new_role,
            ),
            Choice(
                *("area", "For which area"),
                options=(*every, *((area, area) for area in areas)),
                value="" if every else next(iter(areas), ""),
                only=lambda typed: is_asked_for and is_new_role(typed) and typed["role"] in OF_AREAS,
            ),
        ),
    )
