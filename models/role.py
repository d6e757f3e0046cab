"""The roles that a person acts in, and how sentences name them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from scoring.written.text import listed, with_capital


class Role(StrEnum):
    """What a person is in a round; an auditor only reads, and a reader has no part in it, or none yet."""

    CHAIR = "chair"
    MEMBER = "member"
    ADVISER = "adviser"
    OFFICER = "officer"
    NOTE_TAKER = "note-taker"
    COMMANDER = "commander"
    DECIDER = "decider"
    FINANCE = "finance"
    READER = "reader"
    AUDITOR = "auditor"


Roles = tuple[Role, ...]

CHAIR: Roles = (Role.CHAIR,)
PANEL: Roles = (Role.CHAIR, Role.MEMBER, Role.ADVISER)
"""Who sits on a panel: each has a sheet for an application, and an adviser's counts like any other."""
AT_MEETING: Roles = (*PANEL, Role.NOTE_TAKER)
"""Who has a part in the meeting of an area."""
SITTING: Roles = (Role.MEMBER, Role.ADVISER)
"""Who sits on a panel without chairing it."""
BESIDE: Roles = (Role.OFFICER, Role.NOTE_TAKER, Role.COMMANDER, Role.DECIDER, Role.FINANCE, Role.AUDITOR)
"""The roles that a person is given in a round beside the panel's."""
OFFICE: Roles = (Role.OFFICER, Role.CHAIR)
"""Who sets a round up and keeps it going: officers draft, and the chair may do what they do."""
TYPISTS: Roles = (Role.OFFICER, Role.NOTE_TAKER)
"""Who types in what a member gave on paper."""
MINUTERS: Roles = (Role.CHAIR, Role.NOTE_TAKER, Role.OFFICER)
"""Who records the meeting: the chair, or whoever writes for the chair."""
SIGNING: Roles = (Role.COMMANDER, Role.DECIDER)
"""Who signs after the panel."""
DECLARING: Roles = (*PANEL, *SIGNING)
"""To whom nothing of a round opens before they declare; officers and finance declare nothing."""
MONEY: Roles = (Role.OFFICER, Role.FINANCE)
"""Who keeps awards, accounts and the end of a year."""
EVERYWHERE: Roles = (Role.OFFICER, Role.FINANCE, Role.AUDITOR)
"""Who has a part in every round, declares nothing, and reads all that no interest closes."""
REGISTER: Roles = (Role.OFFICER, Role.CHAIR, Role.FINANCE, Role.COMMANDER, Role.DECIDER, Role.AUDITOR)
"""Who looks organisations up over all rounds; what they were paid is shown to all of these but the chair."""
RANKING: Roles = (*OFFICE, Role.FINANCE, *SIGNING)
"""Who has a task in a list, and reads what is recommended beside a line that is closed to them."""
ON_REQUEST: Roles = (Role.OFFICER, Role.CHAIR, Role.AUDITOR)
"""Who writes all that is held on an application, an organisation or a person."""
EXPORTING: Roles = (Role.OFFICER, Role.CHAIR, Role.FINANCE)
"""Who writes papers."""
KEEPERS: Roles = (*EXPORTING, Role.READER)
"""Who looks after the record, its passphrase and copies: who writes papers, and who has no part of it yet."""
PANEL_READERS: Roles = (*PANEL, Role.OFFICER, *SIGNING, Role.AUDITOR)
"""Who looks at the panel: itself, officers, and who signs after it and declares there."""
SCORERS: Roles = (Role.CHAIR, Role.MEMBER, *TYPISTS)
"""Who gives marks in the window, or types them in; an adviser's come by a workbook alone."""
MEETING_KEEPERS: Roles = (Role.CHAIR, Role.NOTE_TAKER)
"""Who is reminded of what a meeting has left to agree."""
AWARD_READERS: Roles = (*MONEY, *SIGNING, Role.AUDITOR)
"""Who looks at awards and what was paid."""
CHALLENGE_READERS: Roles = (Role.OFFICER, *SIGNING, Role.AUDITOR)
"""Who looks at challenges to decisions."""
MONITORS: Roles = (*MONEY, Role.CHAIR, Role.AUDITOR)
"""Who follows what recipients report."""

_NAMED = {
    Role.CHAIR: "the chair",
    Role.MEMBER: "a member",
    Role.ADVISER: "an adviser",
    Role.OFFICER: "an officer",
    Role.NOTE_TAKER: "the note-taker",
    Role.COMMANDER: "the commander",
    Role.DECIDER: "the person who decides",
    Role.FINANCE: "finance",
    Role.AUDITOR: "an auditor",
}
ONLY_READS: Mapping[str, str] = {
    Role.READER: "You have no role in this round and can only read it.",
    Role.AUDITOR: "You are an auditor: you can read the record and change nothing in it.",
}
"""By role, what is said to somebody who changes nothing."""


def reading_role(role: str) -> str:
    """Return the role whose pages and papers somebody reads: an auditor’s are an officer’s."""
    return Role.OFFICER if role == Role.AUDITOR else role


def who_words(roles: Roles) -> str:
    """Return who has one of these roles, as a sentence begins: "An officer or the chair"."""
    if roles == PANEL:
        return "A member of the panel"
    named = listed([_NAMED[role] for role in roles], "or")
    words = f"only {named}" if len(roles) == 1 else named
    return with_capital(words)


def not_yours(roles: Roles, action: str, role: str, chairs: Sequence[str] = ()) -> str:
    """Say that an action ("publishes the criteria") is others', and not of who acts in this role.

    `chairs` are the chairs of the round by name, told where the action is theirs.
    """
    who = who_words(roles)
    only = ONLY_READS.get(role)
    words = f"{who} {action}. {only}" if only else f"{who} {action}, not {the_role(role)}."
    return f"{words} The chair is {chairs[0]}." if chairs and names_chair(roles) else words


_DOES = {
    Role.CHAIR: "chairs the panel",
    Role.MEMBER: "sits on the panel",
    Role.ADVISER: "advises the panel",
    Role.NOTE_TAKER: "takes the notes",
}


def other_area(
    name: str,
    role: str,
    own: Sequence[str],
    area: str,
    names: Sequence[str] = (),
    *,
    is_chairs: bool = False,
) -> str:
    """Say that somebody has a role in areas of their own and not in another one, "" for all of them.

    `names` have that role there, or sign there. `is_chairs` is of a change that officers do not make.
    """
    does = _DOES.get(Role(role), "signs")
    mine = f"{name} {does} for {listed(own)}"
    if not area:
        who = (
            "an officer can add a chair for all areas, who can make it"
            if is_chairs
            else "an officer can make it"
        )
        return f"{mine}. This change concerns every area: {who}."
    is_chair = role == Role.CHAIR
    there = (
        f"The chair for {area} is {listed(names)}" if is_chair else f"{listed(names, 'or')} {does} for {area}"
    )
    return f"{mine}, not for {area}. {there}." if names else f"{mine}, not for {area}."


def the_role(role: str) -> str:
    """Return who has a role, as a sentence ends that says whose something is not: "the chair", "finance"."""
    return _NAMED[Role(role)] if role in (Role.DECIDER, Role.FINANCE) else f"the {role}"


def role_words(role: str) -> str:
    """Return a role as screens name it beside a person: "Priya Nair, chair"."""
    return "decision-maker" if role == Role.DECIDER else str(role)


def names_chair(roles: Roles) -> bool:
    """Whether it is of use to say who the chair is: not where every member may do it."""
    return Role.CHAIR in roles and Role.MEMBER not in roles


def panel_role(label: str) -> Role:
    """Return the role that a member's label says: chair, adviser or member."""
    said = label.strip().casefold()
    return next((role for role in (Role.CHAIR, Role.ADVISER) if said == role), Role.MEMBER)


def is_asked_for_marks(label: str) -> bool:
    """Whether a member of that label is asked for marks; an adviser is not, but one's sheet counts."""
    return panel_role(label) is not Role.ADVISER
