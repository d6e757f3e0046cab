"""Which records were opened last on this computer: their places and when, and nothing of what they hold."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from gui.record.clock import local_now
from gui.settings import Settings
from models.store.places import Address, address_of
from models.trouble import Trouble
from scoring.written.days import clock, long_day

MOST = 3
"""So many are remembered."""
LONGEST = 40
"""Letters of a name that are shown; the whole of it is in the button's tip."""


class Recent(Struct, frozen=True):
    """A record that was opened here, and when, by this computer's clock."""

    address: Address
    at: datetime

    def words(self, today: date) -> str:
        """Return its name and when it was opened: "Grants office, today 14:32"."""
        day = self.at.date()
        names = {today: "today", today - timedelta(days=1): "yesterday"}
        when = f"{names[day]} {clock(self.at)}" if day in names else long_day(day)
        name = self.address.stem if isinstance(self.address, Path) else self.address.name
        return f"{name if len(name) <= LONGEST else f'{name[: LONGEST - 1]}…'}, {when}"


def recent(settings: Settings) -> tuple[Recent, ...]:
    """Return the records opened last, the newest first.

    Whether they are there is not looked up: a share that does not answer would hold the window.
    """
    found = []
    for address, at in settings.recent:
        with suppress(ValueError, Trouble):
            found.append(Recent(address_of(address), datetime.fromisoformat(at).astimezone()))
    return tuple(found)


def note_opened(settings: Settings, address: Address) -> None:
    """Remember a record that was opened; where it lies already in the list it comes to its head."""
    others = (one for one in recent(settings) if one.address != address)
    kept = (Recent(address, local_now()), *others)[:MOST]
    settings.recent = tuple((str(one.address), one.at.isoformat()) for one in kept)


def forget(settings: Settings) -> None:
    """Remember no record any more, nor where files were chosen."""
    settings.recent = ()
    settings.forget("folders")
