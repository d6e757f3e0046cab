"""When and where the meeting of an area was held."""

from datetime import date

from msgspec import Struct

from scoring.written.days import full_day


class MeetingHeld(Struct, frozen=True):
    """The day of a meeting, when it began and ended ("10:00", "" where not said), and where it was held."""

    held_on: date
    begins: str = ""
    ends: str = ""
    place: str = ""

    @property
    def words(self) -> str:
        """Return it as minutes say it: "2 December 2026, from 10:00 to 12:30, Example House"."""
        times = [f"from {self.begins}"] if self.begins else []
        times += [f"{'to' if times else 'until'} {self.ends}"] if self.ends else []
        return ", ".join(filter(None, (full_day(self.held_on), " ".join(times), self.place)))
