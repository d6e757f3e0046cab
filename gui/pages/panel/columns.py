"""Declare the columns of the panel's tables: members, quorum, other roles, and a declaration under way."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gui.pages.panel.scoring.sheets import KIND_WORDS
from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import NOTHING, counted, ours
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.queries.panel.area_panels import Quorum
from models.queries.panel.panel_board import MemberStanding, QuorumLine
from models.role import Role, is_asked_for_marks
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.days import is_year_plain, short_date, short_day
from scoring.written.text import with_capital

KIND_LABELS = {"": "", "police": "Police", "community": "Community", "partner": "Partner", "office": "Office"}
KIND_TONES = {
    InterestKind.NONE: Tone.FUND,
    InterestKind.NON_PECUNIARY: Tone.DANGER,
    InterestKind.PECUNIARY: Tone.DANGER,
    InterestKind.PREJUDICIAL: Tone.DANGER,
    InterestKind.ABSTAINED: Tone.WARNING,
}


class DeclareLine(Struct, frozen=True):
    """One applicant in a declaration; `kind` is None until something is said.

    `was` is the interest that stands in the record, and `noted` what it says of one that was withdrawn.
    """

    reference: str
    organisation: str
    project: str
    kind: InterestKind | None = None
    detail: str = ""
    organisation_id: int = 0
    was: InterestRow | None = None
    noted: str = ""

    def say(self, kind: InterestKind) -> "DeclareLine":
        """Return the line with another answer, without the words that were of the one before."""
        said = replace(self, kind=kind)
        if (said.has_interest, said.withdraws) == (self.has_interest, self.withdraws):
            return said
        if said.has_interest:
            return replace(said, detail="" if self.was is None else self.was.detail)
        return replace(said, detail="" if said.withdraws else self.noted)

    @property
    def withdraws(self) -> bool:
        """Whether an interest that was declared before is taken back."""
        return self.kind is InterestKind.NONE and self.was is not None

    @property
    def has_interest(self) -> bool:
        return self.kind not in (None, InterestKind.NONE)

    @property
    def lacks_words(self) -> bool:
        """Whether it is an interest of which nobody said what it is, or why it is withdrawn."""
        is_asked = self.has_interest and self.kind is not InterestKind.ABSTAINED
        return (is_asked or self.withdraws) and not self.detail.strip()


class RoleHolder(Struct, frozen=True):
    """A person with a role beside the panel in an area, "" for all areas."""

    name: str
    role: str
    area: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.name, self.role, self.area

    @property
    def areas(self) -> str:
        return self.area or "All areas"

    @property
    def words(self) -> str:
        """Return the role as a sentence names it: "auditor", "note-taker for Dudley"."""
        return f"{self.role} for {self.area or 'all areas'}" if self.role == Role.NOTE_TAKER else self.role


def role_holder_name(row: RoleHolder) -> str:
    return f"{row.name}, {row.words}"


ROLE_HOLDER_COLUMNS: tuple[LineColumn[RoleHolder], ...] = (
    LineColumn("name", "Name", attrgetter("name"), is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("role", "Role", lambda row: with_capital(row.role), width=120),
    LineColumn("area", "Area", attrgetter("areas"), width=210, gives_way=Gives.AREA),
)


def member_name(row: MemberStanding) -> str:
    """Return a member as a screen reader says it: "Jo Adeyemi, not declared, applications closed"."""
    if not row.has_declared:
        return f"{row.shown}, {row.details.role}, {_spoken_areas(row)}not declared, applications closed"
    declared = _declared(row).lower()
    who = f"{row.shown}, {row.details.role}, {_spoken_areas(row)}{declared}"
    return f"{who}, {_spoken_interests(row)}, {_spoken_sheets(row)}"


def _areas(row: MemberStanding) -> str:
    return ", ".join(row.details.areas) or "All"


def _spoken_areas(row: MemberStanding) -> str:
    return f"serves {', '.join(row.details.areas)}, " if row.details.areas else ""


def _organisation(row: MemberStanding) -> str:
    return row.details.organisation or row.details.code


def _declared(row: MemberStanding) -> str:
    if not row.has_declared:
        return "Not yet"
    if row.declared_on is None:
        return "Declared"
    is_plain = is_year_plain(row.declared_on, current_day())
    return short_date(row.declared_on) if is_plain else short_day(row.declared_on)


def _interests(row: MemberStanding) -> str:
    if not row.has_declared or row.interests is None:
        return NOTHING
    return f"{row.interests}" if not row.abstentions else f"{row.interests} + {row.abstentions} abst."


def _spoken_interests(row: MemberStanding) -> str:
    if not row.has_declared:
        return "interests not declared"
    if row.interests is None:
        return "interests closed to you until you declare"
    said = counted(row.interests, "interest") if row.interests else "no interest"
    return f"{said}, {counted(row.abstentions, 'abstention')}" if row.abstentions else said


def _sheets(row: MemberStanding) -> str:
    if not is_asked_for_marks(row.details.role):
        return "no sheets"
    if not row.has_declared:
        return "closed"
    return f"{row.handed_in}/{row.sheets}" if row.sheets else NOTHING


def _spoken_sheets(row: MemberStanding) -> str:
    if not is_asked_for_marks(row.details.role):
        return "an adviser has no sheets"
    if not row.has_declared:
        return "applications closed"
    return f"{row.handed_in} of {row.sheets} sheets handed in" if row.sheets else "no sheet due"


MEMBER_COLUMNS: tuple[LineColumn[MemberStanding], ...] = (
    LineColumn(
        "name",
        "Member",
        attrgetter("shown"),
        under=_organisation,
        is_strong=True,
        keeps=Keeps.WHOLE,
    ),
    LineColumn(
        "role", "Role", lambda row: row.details.role.capitalize(), width=92, gives_way=Gives.WORDS + 2
    ),
    LineColumn(
        "kind",
        "Kind",
        lambda row: KIND_LABELS.get(row.details.kind, "") or NOTHING,
        lambda row: KIND_LABELS.get(row.details.kind, "") or "kind not stated",
        width=104,
        gives_way=Gives.WORDS + 1,
    ),
    LineColumn(
        "areas",
        "Areas",
        _areas,
        lambda row: _spoken_areas(row).rstrip(", ") or ours("serves all areas"),
        _areas,
        width=150,
        gives_way=Gives.AREA,
    ),
    LineColumn(
        "declared",
        "Declared",
        _declared,
        chip=lambda row: Chip(Tone.FUND if row.has_declared else Tone.WARNING, _declared(row)),
        width=116,
        gives_way=Gives.STATE,
    ),
    LineColumn("interests", "Interests", _interests, _spoken_interests, is_right=True, width=100),
    LineColumn("sheets", "Sheets", _sheets, _spoken_sheets, is_right=True, width=92),
)


def quorum_name(row: QuorumLine) -> str:
    """Return a line in words: "W-019, 3 members, 1 takes no part, 2 left, quorum 3, not met"."""
    return f"{row.reference or row.area}, {quorum_words(row)}, {_met(row)}"


def quorum_words(row: QuorumLine) -> str:
    """Return who decides: "5 members, 1 takes no part, 1 not declared, 3 left, quorum 3"."""
    parts = [counted(row.members, "member")]
    parts.append(f"{counted(len(row.aside), 'takes', 'take')} no part")
    parts += [f"{row.undeclared} not declared"] if row.undeclared else []
    parts += [f"{row.missing} not present"] if row.missing else []
    return ", ".join([*parts, f"{row.left} left", f"quorum {row.quorum.needed}"])


_reference: Callable[[Any], str] = attrgetter("reference")
_applicant: Callable[[Any], str] = attrgetter("organisation")


def _under(row: QuorumLine) -> str:
    """Return the area of an application, and of a whole panel the names of those who count."""
    return (row.area if row.reference else ", ".join(row.deciding)) or NOTHING


def quorum_tone(quorum: Quorum) -> Tone:
    """Return the colour of a quorum: none is green before it is known who is there."""
    if not quorum.holds:
        return Tone.DANGER
    return Tone.FUND if quorum.is_met else Tone.INFORMATION


def _met(row: QuorumLine) -> str:
    return "met" if row.quorum.is_met else "enough" if row.holds else "not met"


def _aside(row: QuorumLine) -> str:
    return ", ".join([*row.aside, *_not_deciding(row)]) or NOTHING


def _spoken_aside(row: QuorumLine) -> str:
    aside = (
        f"{', '.join(row.aside)} {'takes' if len(row.aside) == 1 else 'take'} no part"
        if row.aside
        else "everybody takes part"
    )
    return ", ".join([aside, *_not_deciding(row)])


def _not_deciding(row: QuorumLine) -> tuple[str, ...]:
    """Say how many do not decide who do not take no part for an interest."""
    undeclared = (f"{row.undeclared} not declared",) if row.undeclared else ()
    return (*undeclared, f"{row.missing} not present") if row.missing else undeclared


def _holds(row: QuorumLine) -> str:
    needed = row.quorum.needed
    return f"Quorum {needed}" if row.holds else f"{needed - row.left} short of {needed}"


QUORUM_COLUMNS: tuple[LineColumn[QuorumLine], ...] = (
    LineColumn("reference", "Ref", lambda row: row.reference or "Area", width=90, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Area or applicant",
        _applicant,
        under=_under,
        is_strong=True,
    ),
    LineColumn(
        "aside",
        "Take no part",
        _aside,
        _spoken_aside,
        _aside,
        width=210,
        gives_way=Gives.WORDS,
        keeps=Keeps.NAMES,
    ),
    LineColumn("left", "Take part", lambda row: f"{row.left} of {row.members}", is_right=True, width=84),
    LineColumn(
        "holds",
        "Quorum",
        _holds,
        lambda row: f"quorum {row.quorum.needed}, {_met(row)}",
        chip=lambda row: Chip(quorum_tone(row.quorum), _holds(row)),
        width=130,
        gives_way=Gives.STATE,
    ),
)


def _kind_word(row: DeclareLine) -> str:
    return "Not stated yet" if row.kind is None else KIND_WORDS[row.kind]


DECLARE_COLUMNS: tuple[LineColumn[DeclareLine], ...] = (
    LineColumn("reference", "Ref", _reference, width=90, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Applicant and project",
        _applicant,
        under=attrgetter("project"),
        is_strong=True,
    ),
    LineColumn(
        "kind",
        "Interest",
        _kind_word,
        chip=lambda row: Chip(
            Tone.INFORMATION if row.kind is None else KIND_TONES[row.kind], _kind_word(row)
        ),
        width=150,
    ),
)
