"""Every page of the window, in the sidebar's order."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module

from msgspec import Struct, field, json

import resources
from gui.pages.page import NO_ROUND, Page, PageTools, Place
from gui.text import counted, listed
from gui.theme.office_words import ours
from models import role as roles_by_name
from models.role import SITTING, Role, Roles
from models.values.rounds import DONE, WORDS, AreaLine, RoundLine, counts, stage_of

RECOMMENDING = WORDS.index("Recommend")
NO_COMPETITION = (
    "This round holds awards without a competition, so nothing is scored or ranked in it. They are decided "
    "on Decisions and paid on Awards & payments."
)
PUBLISH = "This round is still being set up. Publishing its scheme on Criteria & scale opens it."
MOVE_ON = "The chair moves an area on, with the stages at the top of the window."


def opens_words(stage: str, place: Place | None) -> str:
    """Say why a page of a stage is not open yet and what opens it, "" once it is open."""
    opens = ours(f"This page opens when an area comes to {stage}.")
    if place is None:
        return f"{opens} {NO_ROUND}"
    if any(_reached(place.line, area) >= WORDS.index(stage) for area in place.line.areas):
        return ""
    if place.line.is_direct and not place.line.areas:
        return ""  # no panel works an area through its stages: what is proposed is decided
    if place.line.stage == "set up":
        return f"{opens} {PUBLISH}"
    return ours(f"{opens} {_standing(place.line)} {MOVE_ON}")


def _standing(line: RoundLine) -> str:
    """Say where the areas stand: "Now 3 areas are at Set up and 1 at Score."."""
    numbers = counts([stage_of(line, area) for area in line.areas])
    there = [(number, WORDS[at]) for at, number in enumerate(numbers[:DONE]) if number]
    if not there:
        return ours("It has no area yet.")
    first, *rest = there
    verb = "is" if first[0] == 1 else "are"
    told = f"{ours(counted(first[0], 'area', 'areas'))} {verb} at {first[1]}"
    return f"Now {listed([told, *(f'{number} at {word}' for number, word in rest)])}."


def _reached(line: RoundLine, area: AreaLine) -> int:
    """Return how far an area has come; one that was loaded with its sheets was at its meeting elsewhere."""
    stage = stage_of(line, area)
    return RECOMMENDING if area.was_scored and stage == 0 else stage


def _roles(names: str) -> Roles | None:
    """Return roles by the names of groups and of single ones in `models.role`; None for none."""
    groups = [getattr(roles_by_name, name, None) or (Role[name],) for name in names.split()]
    return tuple(role for group in groups for role in group) or None


class PageEntry(Struct, frozen=True, dict=True):
    """A page: its words, glyph and group ("" for the foot), its key, who may see it and when it opens.

    `page` is the module and what makes it there, loaded when it is first wanted: the window is there sooner.
    It is `seen_by` roles, by their names, "" for everyone. It `opens` at a stage; what `is_scored` is closed
    where nobody competes. `holds` names what is done there, by which search finds the page, and `holds_less`
    what some roles alone find of it. It stands in the `bar` of those who need it, "" for everyone, or for
    nobody where it is `within` another: of who writes papers it stands there beside that one, and all who may
    see it reach it by search. Who sits on a panel has `panel_words` for it. A count may stand beside one that
    `counts`. One `is_of_member`: a member's own record has it. One `opens_undeclared`, before somebody
    declares: applications stand there by their names alone. A server closes it to whom what it `shows` is not
    open: the "whole" round, without which its figures would be wrong, the "counted" figures of what is
    closed, without a word of it, or the "ranked" list.
    """

    key: str
    words: str
    icon: str
    page: str
    group: str = ""
    key_sequence: str = ""
    seen_by: str = ""
    is_scored: bool = False
    opens: str = ""
    holds: str = ""
    holds_less: dict[str, str] = field(default_factory=dict)
    bar: str = ""
    within: str = ""
    panel_words: str = ""
    counts: bool = False
    is_of_member: bool = False
    opens_undeclared: bool = False
    shows: str = ""

    @cached_property
    def roles(self) -> Roles | None:
        """Return who may see it, None for everyone."""
        return _roles(self.seen_by)

    def is_needed(self, role: str) -> bool:
        """Whether it stands in the bar of a role, whichever page is on show."""
        return role in (_roles(self.bar) or ()) if self.bar else not self.within

    def why_closed(self, place: Place | None) -> str:
        """Say why it is not open yet and what opens it, "" once it is open."""
        if self.is_scored and place is not None and place.line.is_direct:
            return NO_COMPETITION
        return opens_words(self.opens, place) if self.opens else ""

    @property
    def module(self) -> str:
        return self.page.rpartition(":")[0]

    def load(self) -> Callable[[PageTools], Page]:
        """Return what makes the page, its code loaded."""
        name = self.page.rpartition(":")[2]
        made: Callable[[PageTools], Page] = getattr(import_module(self.module), name)
        return made

    def words_for(self, role: str) -> str:
        """Return what the page is called to who acts in a role."""
        return self.panel_words if self.panel_words and role in SITTING else self.words

    def holds_for(self, role: str) -> str:
        """Return what is done there by who acts in a role."""
        less = (words for roles, words in self.holds_less.items() if role in (_roles(roles) or ()))
        return next(less, self.holds)


PAGES = json.decode(resources.text("window/pages.json"), type=tuple[PageEntry, ...])
