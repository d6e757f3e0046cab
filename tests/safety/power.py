"""The power is cut: from what was asked of a disk, the disks that may be found afterwards.

Whatever was not flushed may be there, not be there, or be there in part: each sector of 512 bytes by itself.
A file that was made or removed may still be missing or there, until its folder was flushed. This is stricter
than what file systems in use do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from random import Random

from msgspec import Struct, field

from tests.safety.recorder import Event

SECTOR = 512
Files = Mapping[str, bytes]


class File(Struct):
    """What of a file is surely on the disk, and what was asked since."""

    flushed: bytearray
    asked: list[Event] = field(default_factory=list)

    def after(self, asked: Iterable[Event]) -> bytes:
        """Return the file with some of what was asked done to it."""
        content = bytearray(self.flushed)
        for event in asked:
            _do(content, event)
        return bytes(content)


class Disk(Struct):
    """A folder as it surely is on the disk, and as the program sees it."""

    flushed: dict[str, File]
    seen: dict[str, File]
    asked: list[Event] = field(default_factory=list)
    """The files made and removed since the folder was flushed."""

    @classmethod
    def of(cls, files: Files) -> "Disk":
        """Return a disk at rest."""
        there = {name: File(bytearray(content)) for name, content in files.items()}
        return cls(dict(there), dict(there))

    def take(self, event: Event) -> None:
        """Take note of one event."""
        match event.what:
            case "make":
                self.seen[event.name] = File(bytearray())
                self.asked.append(event)
            case "remove":
                del self.seen[event.name]
                self.asked.append(event)
            case "flush folder":
                self.flushed, self.asked = dict(self.seen), []
            case "flush":
                file = self.seen[event.name]
                file.flushed, file.asked = bytearray(file.after(file.asked)), []
            case "write" | "cut":
                self.seen[event.name].asked.append(event)

    def names(self, asked: int) -> dict[str, File]:
        """Return the folder in which the first so many of what was asked of it was done."""
        if asked == len(self.asked):
            return self.seen
        if not asked:
            return self.flushed
        names = dict(self.flushed)
        for event in self.asked[:asked]:
            if event.what == "remove":
                names.pop(event.name, None)
            elif event.name in self.seen:
                names[event.name] = self.seen[event.name]
        return names


def cuts(disk: Disk, dice: Random) -> Iterator[Files]:
    """Give the disks that may be found when the power goes now."""
    changes = len(disk.asked)
    for kept in (0, changes):
        yield _found(disk.names(kept), _nothing)
        yield _found(disk.names(kept), _all)
    yield _found(disk.names(dice.randint(0, changes)), partial(_some, dice=dice))
    yield _found(disk.names(dice.randint(0, changes)), partial(_torn, dice=dice))


def _found(names: Mapping[str, File], chosen: Callable[[list[Event]], Iterable[Event]]) -> Files:
    return {name: file.after(chosen(file.asked)) for name, file in names.items()}


def _nothing(asked: list[Event]) -> Iterable[Event]:
    return ()


def _all(asked: list[Event]) -> Iterable[Event]:
    return asked


def _some(asked: list[Event], dice: Random) -> Iterable[Event]:
    return [event for event in asked if dice.random() < 0.5]


def _torn(asked: list[Event], dice: Random) -> Iterator[Event]:
    """Give some of the sectors of what was written."""
    for event in asked:
        starts = range(0, len(event.content), SECTOR) if event.what == "write" else ()
        for start in starts:
            if dice.random() < 0.5:
                part = event.content[start : start + SECTOR]
                yield Event("write", event.name, event.at + start, part)
        if event.what == "cut" and dice.random() < 0.5:
            yield event


def _do(content: bytearray, event: Event) -> None:
    """Write into a file, or cut it."""
    if event.what == "cut":
        del content[event.at :]
        return
    content.extend(bytes(max(0, event.at - len(content))))
    content[event.at : event.at + len(event.content)] = event.content
