"""What is asked of the panel: a member or several, who signs, and reminding."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal

from exchange.reading.pasted import MEMBER_HEADS, read_block
from gui.grid.form import GridForm
from gui.grid.grid import EntryGrid, GridColumn
from gui.listed.form import AtField, Choice, Field, Line, Note, Own, Saying, Ticks, Values
from gui.listed.form import Form as DataForm
from gui.pages.panel.columns import KIND_LABELS
from gui.text import counted, ours
from gui.widgets.typed import Wrong
from models.queries.deciding.signatories import Signatory, Signing
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import OpenSheets, Reminder
from models.role import PANEL
from scoring.written.days import full_day
from scoring.written.names import text_key
from scoring.written.text import one_line

Changes = Callable[[Sequence[tuple[MemberDetails, MemberDetails]]], Any]
NO_AREAS = "None ticked: all areas. The member scores there, is on the panel and counts for its quorum."


def member_form(
    title: str,
    does: Callable[[MemberDetails], Any],
    taken: Collection[str],
    *,
    member: MemberDetails | None,
    areas: Sequence[str],
    known: Sequence[str],
) -> DataForm:
    """Return what asks for name, role, organisation, kind and areas; the code is one that is not `taken`.

    A name one letter off one of `known` is asked about.
    """
    held = member or MemberDetails(free_code(taken), "", "member")
    asked = Ticks(
        "served",
        ours("Areas the member serves"),
        shown=ours("Areas"),
        options=tuple((area, area) for area in areas),
        value=held.areas,
    )

    def given(name: str, served: tuple[str, ...] = (), **values: Any) -> Any:
        some = () if len(served) == len(areas) else served  # where it is all of them, a new one is served too
        return does(MemberDetails(held.code, " ".join(name.split()), areas=some, **values))

    return DataForm(
        title=title,
        action="Save member" if member else "Add member",
        does=given,
        width=440,
        fields=(
            Line("name", "Name", value=held.name, wanted="Type the member's name.", known=tuple(known)),
            Choice(
                "role", "Role", options=tuple((one.capitalize(), str(one)) for one in PANEL), value=held.role
            ),
            Line("organisation", "Organisation", value=held.organisation),
            Choice(
                "kind",
                "Kind of member",
                options=tuple((label or "Not stated", kind) for kind, label in KIND_LABELS.items()),
                value=held.kind,
            ),
            *((asked, Saying(ours(NO_AREAS), tone="text2")) if len(areas) > 1 else ()),
        ),
    )


AS_IT_IS = "Leave as it is"


def several_form(
    members: Sequence[tuple[str, MemberDetails]], areas: Sequence[str], does: Changes
) -> DataForm:
    """Return what asks what is set of several members at once; `members` are called by their first words.

    `does` is given the members as they were, each with what becomes of them.
    """
    roles = tuple((one.capitalize(), str(one)) for one in PANEL)
    kinds = tuple((label or "Not stated", kind) for kind, label in KIND_LABELS.items())
    served = ((ours("All areas"), ()), *((area, (area,)) for area in areas))
    beside = (Choice("areas", ours("Areas"), options=served, first=AS_IT_IS),) if len(areas) > 1 else ()

    def given(chosen: tuple[str, ...], **values: Any) -> Any:
        told = {name: value for name, value in values.items() if value is not None}
        there = [held for _, held in members if held.code in chosen]
        return does([(held, replace(held, **told)) for held in there if replace(held, **told) != held])

    return DataForm(
        title="Change several members",
        action="Save members",
        does=given,
        width=440,
        fields=(
            Ticks("chosen", "Members", options=tuple((shown, held.code) for shown, held in members)),
            Choice("role", "Role", options=roles, first=AS_IT_IS),
            Choice("kind", "Kind of member", options=kinds, first=AS_IT_IS),
            *beside,
        ),
    )


def free_code(taken: Collection[str]) -> str:
    """Return the first code of the row M1, M2, … that nobody has."""
    number = 1
    while f"M{number}" in taken:
        number += 1
    return f"M{number}"


ADD_MEMBERS = "Add members"
HOW = (
    "One line for each member; you can paste a block from Excel into the first cell. Role: "
    "chair, member or adviser (member if left empty). Kind: police, community, partner or office."
)
HOW_AREAS = (
    "Areas: the areas whose panel the member sits on, separated by semicolons. Leave it empty for all areas."
)
LEAST = 5
"""So many rows are there to begin with: about a panel."""
KINDS = tuple(label for label in KIND_LABELS.values() if label)


class MembersGrid(GridForm):
    """A line for each member, with a code that nobody has; `people` may be meant by a slip."""

    agreed = Signal()

    def __init__(self, taken: Collection[str], people: Iterable[str], areas: Sequence[str]) -> None:
        beside = (_areas_column(areas),) if len(areas) > 1 else ()
        columns, how = (*_COLUMNS, *beside), " ".join((HOW, *((HOW_AREAS,) if beside else ())))
        read = partial(read_block, heads=MEMBER_HEADS[: len(columns)])
        super().__init__(ours(how), EntryGrid(("member", "members"), columns, read, least=LEAST))
        self._taken, self._areas = taken, areas
        self.grid.agreed.connect(self.agreed)
        self.grid.ended.connect(self.agreed)
        self.know(people)

    @property
    def value(self) -> tuple[MemberDetails, ...]:
        """Return the members; raise `Wrong` at the first line that is wrong."""
        problem = self.first_problem("Enter a member's name; one is enough.")
        if problem is not None:
            raise Wrong(*problem)
        taken, found = set(self._taken), []
        for line in self.grid.lines:
            name, role, organisation, kind, *served = (text.strip() for text in line.texts)
            code = free_code(taken)
            taken.add(code)
            label = _role(role).casefold() or "member"
            areas = _served("".join(served), self._areas)
            some = () if len(areas) == len(self._areas) else areas
            found.append(MemberDetails(code, name, label, organisation, _kind(kind).casefold(), some))
        return tuple(found)


def members_form(
    does: Callable[[tuple[MemberDetails, ...]], Any],
    taken: Collection[str],
    people: Iterable[str],
    areas: Sequence[str],
) -> DataForm:
    """Return what asks for several members, all of them added as one change."""
    return DataForm(
        title=ADD_MEMBERS,
        action=ADD_MEMBERS,
        does=does,
        width=760,
        worded=_added_words,
        fields=(Own("members", "", make=partial(MembersGrid, taken, people, areas)),),
    )


def _added_words(typed: Values) -> str:
    number = len(typed["members"] or ())
    return f"Add {counted(number, 'member')}" if number else ADD_MEMBERS


def _role(text: str) -> str:
    found = _begun(text, PANEL)
    if text and found is None:
        kind = _begun(text, KINDS)
        hint = f" Enter {kind.casefold()} under Kind." if kind else ""
        raise ValueError(
            f"“{text}” is not a role here. Enter chair, member or adviser, or nothing for member.{hint}"
        )
    return found.capitalize() if found else ""


def _kind(text: str) -> str:
    found = _begun(text, KINDS)
    if text and found is None:
        raise ValueError(
            f"“{text}” is not a kind of member. Enter {', '.join(KINDS).casefold()}, or nothing."
        )
    return found or ""


def _areas_column(areas: Sequence[str]) -> GridColumn:
    def tidy(text: str) -> str:
        return "; ".join(_served(text, areas))

    return GridColumn(ours("Areas"), tidy, stretch=4, hint="all areas", choices=tuple(areas))


def _served(text: str, areas: Sequence[str]) -> tuple[str, ...]:
    """Return the areas that are named, in the round's order; raise ValueError for one that it has not."""
    named = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    found = {part: _begun(part, areas) for part in named}
    wrong = next((part for part, area in found.items() if area is None), None)
    if wrong is not None:
        raise ValueError(f"“{wrong}” is not an area of this round. Enter {'; '.join(areas)}, or nothing.")
    return tuple(area for area in areas if area in found.values())


def _begun(text: str, choices: Sequence[str]) -> str | None:
    """Return the one choice that begins with what was typed, None where none does or several do."""
    typed = text.casefold()
    found = [choice for choice in choices if typed and choice.casefold().startswith(typed)]
    return found[0] if len(found) == 1 else None


_COLUMNS = (
    GridColumn("Name", one_line, stretch=5, hint="such as Asha Example"),
    GridColumn("Role", _role, stretch=2, hint="member", choices=tuple(role.capitalize() for role in PANEL)),
    GridColumn("Organisation", one_line, stretch=4),
    GridColumn("Kind", _kind, stretch=2, choices=KINDS),
)


SEVERAL = "Each step is signed by a different person, in this order; joint posts in either order. "
WORDS = (
    "Put people who sign for each other in one field, separated by a semicolon, and a deputy's post in "
    "brackets: Ann Sample; Dee Puty (Superintendent). You can leave a field empty: an officer records what "
    "is signed on paper."
)

OFFERED = "As the page Office has it; change it where somebody else signs."
DIFFERENT = "Each signature must be a different person's."
CHAIRS = f"chairs the panel and signs for it. {DIFFERENT}"


def signatories_form(
    held: Signing,
    panel: Mapping[str, str],
    does: Callable[[tuple[Signatory, ...], str], Any],
    *,
    is_signed: bool,
    left: Callable[[], Any] | None = None,
) -> DataForm:
    """Return what asks who signs for each seat of the chain, and why where signing has begun.

    `panel` has by name what keeps each of the panel from signing.
    """
    seats = {f"seat {number}": seat for number, seat in enumerate(held.seats)}
    barred = {text_key(name): why for name, why in panel.items()}

    def given(why: str = "", **typed: str) -> Any:
        people = held.named({seats[seat]: text for seat, text in typed.items()})
        counts = Counter(text_key(one.name) for one in people)
        for seat, text in typed.items():
            named = {one.name: text_key(one.name) for one in people if one.name in text}
            if twice := next((name for name, key in named.items() if counts[key] > 1), ""):
                raise AtField(f"{twice} has two posts. {DIFFERENT}", seat)
            if seated := next((name for name, key in named.items() if key in barred), ""):
                raise AtField(f"{seated} {barred[named[seated]]}", seat)
        if is_signed and not why and held.is_changed_by(people):
            raise AtField("Signing has begun. Say why who signs is changed now: History keeps it.", "why")
        return does(people, " ".join(why.split()))

    fields: list[Field | Saying] = []
    for name, seat in seats.items():
        offered = held.offered(seat)
        fields.append(Line(name, seat.words, value=held.words(seat) or offered))
        fields += [Saying(OFFERED, tone="text2")] if offered else []
    return DataForm(
        title="Who signs after the panel",
        action="Save who signs",
        sentences=((SEVERAL if len(seats) > 1 else "") + WORDS,),
        does=given,
        left=left,
        width=460,
        fields=(*fields, *((Note("why", "Why who signs is changed now", height=56),) if is_signed else ())),
    )


def note_taker_form(
    areas: Sequence[str], does: Callable[[str, str], Any], *, is_of_all: bool, name: str
) -> DataForm:
    """Return what asks who takes notes, and for which of some areas, or (`is_of_all`) for all of them."""
    every = (("All areas", ""),) if is_of_all else ()
    return DataForm(
        title="Add a note-taker",
        sentences=("A note-taker records the meeting and types in score sheets that came on paper.",),
        action="Add note-taker",
        does=does,
        width=420,
        fields=(
            Line("name", "Name", value=name, wanted="Give their name."),
            Choice(
                *("area", ours("For which area")),
                options=(*every, *((area, area) for area in areas)),
                value="" if every else areas[0],
            ),
        ),
    )


REMINDS = (
    "This computer sends nothing. Copy the text and paste it into your own mail. "
    "It says what each person still has to do, and nothing about any application."
)


def remind_title(waiting: Sequence[Reminder]) -> str:
    """Return what the action is called: "Remind 2 members"."""
    return f"Remind {counted(len(waiting), 'member')}"


def remind_lines(about: str, waiting: Sequence[Reminder]) -> tuple[str, ...]:
    """Return what to paste: a line for each member, with what is open and by when."""
    said = (f"{row.name}: {_open_words(row)}" for row in waiting)
    return (f"{about}: what is still open", "", *said, "", "Thank you.")


def _open_words(row: Reminder) -> str:
    if not row.has_declared:
        return "please declare your interests; “none” is a declaration. Applications open to you after that."
    return f"please hand in {'; '.join(map(_sheet_words, row.sheets))}."


def _sheet_words(sheets: OpenSheets) -> str:
    words = f"{counted(sheets.count, 'score sheet')} for {sheets.area}"
    day = sheets.marks_close_on
    return words if day is None else f"{words} by {day:%A} {full_day(day)}"
