"""What of a round's ranked list one person may see, and what they may do with it."""

from msgspec import Struct

from gui.pages.deciding.ranking.rights import may_act
from gui.pages.page import Identity
from models.permissions.viewing import hand_in_first
from models.queries.deciding.round_list import RoundFigures


class Reader(Struct, frozen=True):
    """A person before a round's list; sentences are "" where nothing is in the way."""

    figures: RoundFigures
    identity: Identity

    @property
    def closed(self) -> frozenset[str]:
        """Return what the person declared an interest in."""
        return self.figures.sight.closed

    @property
    def unseen(self) -> frozenset[str]:
        """Return the applications of which no mark may be told to the person."""
        return self.figures.sight.unseen

    @property
    def acts_not(self) -> str:
        """Say why the person recommends nothing on this list."""
        return may_act(self.figures.rows, self.identity)

    def waits_in(self, area: str | None) -> str:
        """Say why the list of an area (None: of all) is closed to the person."""
        return hand_in_first(self.figures.sight, area, [one.name for one in self.figures.line.areas])
