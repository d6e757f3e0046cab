"""Put the newest sound copy in the place of a damaged record, and say which were passed over and why."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError

from models.clock import Clock, utc_now
from models.copies.restore import Restored, restore_over
from models.journal.verify import FILE, verify
from models.record import Opener, Record
from models.store.chain import JournalHead, code_at
from models.store.definition import RecordAltered
from models.store.record_file import NeedsPassphrase, is_encrypted
from models.store.sqlite.backup import Copy, Tick, copies
from models.store.sqlite.engine import NotOpened
from models.trouble import Trouble

Named = Callable[[Copy], str]
OTHER_KEY = "it needs another passphrase"
DAMAGED = "its file is damaged"
ALTERED = "its file was changed outside the program"
_PARTS = 100
"""Of looking at one copy: the most that its progress is told in."""


class Looked(Struct, frozen=True):
    """A copy that was looked at: why it is not taken, "" where it is sound, and whether its file is whole."""

    copy: Copy
    why: str = ""
    is_whole: bool = True
    head: JournalHead | None = None


class Chosen(Struct, frozen=True):
    """The copy to restore, sentences on newer ones that were passed over, and the head of its journal."""

    copy: Copy
    passed_over: tuple[str, ...]
    head: JournalHead | None


def restore_newest(
    record: Path,
    opener: Opener,
    *,
    key: str | None = None,
    clock: Clock = utc_now,
    tick: Tick = None,
    named: Named | None = None,
) -> Restored:
    """Restore the copy that `choose` chooses; the record is not touched where it chooses none."""
    record = record.resolve()
    chosen = newest_sound_copy(record, key, tick, named)
    own = key if is_encrypted(chosen.copy.path) else None
    restored = restore_over(chosen.copy.path, record, opener, key=own, clock=clock)
    return replace(restored, passed_over=chosen.passed_over)


def newest_sound_copy(record: Path, key: str | None, tick: Tick = None, named: Named | None = None) -> Chosen:
    """Choose the newest automatic copy that is sound in every way, else the newest whose file is whole.

    Newest by the time in its name, unless another's journal goes on from it: a clock was set back then.
    Raises Trouble, with the reason for each, where there is neither. `named` says how a copy is named to the
    person.
    """
    looked: list[Looked] = []
    found = copies(record)
    for number, copy in enumerate(found):
        looked.append(_looked_at(copy, key, _tick_within(tick, number, len(found))))
        if not looked[-1].why:
            break
    chosen = next((one for one in looked if not one.why), None)
    if chosen is not None:
        chosen = _gone_on_from(chosen, found[len(looked) :], key) or chosen
    chosen = chosen or next((one for one in looked if one.is_whole), None)
    passed = tuple(_words(one, named) for one in looked if one is not chosen and one.why)
    if chosen is None:
        told = " ".join(passed) or "There is no automatic copy of it."
        raise Trouble(f"{record.name} was not restored: no copy of it is sound. {told} Salvage it instead.")
    return Chosen(chosen.copy, passed, chosen.head)


def _gone_on_from(chosen: Looked, others: Sequence[Copy], key: str | None) -> Looked | None:
    """Return the sound copy that holds all of another and went on furthest from it; None where none did."""
    further = [(_rows_beyond(chosen, copy, key), copy) for copy in others]
    for beyond, copy in sorted(further, key=_beyond, reverse=True):
        found = _looked_at(copy, key) if beyond else None
        if found is not None and not found.why:
            return found
    return None


def _beyond(pair: tuple[int, Copy]) -> int:
    return pair[0]


def _rows_beyond(chosen: Looked, copy: Copy, key: str | None) -> int:
    """Return how many rows a copy has beyond another that it holds all of; 0 for any other copy."""
    head = chosen.head
    if head is None:
        return 0
    try:
        with Record.read_copy(copy.path, key=key if is_encrypted(copy.path) else None) as other:
            holds_it = other.ask(partial(code_at, seq=head.seq)) == head.hash_hex
            return max(other.head().seq - head.seq, 0) if holds_it else 0
    except (Trouble, DBAPIError, ValueError):
        return 0


def _tick_within(tick: Tick, number: int, count: int) -> Tick:
    """Tick for one copy of several, and say now that it is begun; what looks at it may be stopped within."""
    if tick is None:
        return None
    tick(number * _PARTS, count * _PARTS)

    def within(done: int, total: int) -> None:
        tick(number * _PARTS + _PARTS * done // max(total, 1), count * _PARTS)

    return within


def _looked_at(copy: Copy, key: str | None, tick: Tick = None) -> Looked:
    try:
        with Record.read_copy(copy.path, key=key if is_encrypted(copy.path) else None) as original:
            faults = [check for check in verify(original, tick).checks if not check.ok]
            head = original.head()
    except (NotOpened, NeedsPassphrase):
        return Looked(copy, OTHER_KEY, is_whole=False)
    except RecordAltered:
        return Looked(copy, ALTERED, is_whole=False)
    except (Trouble, DBAPIError, ValueError):
        return Looked(copy, DAMAGED, is_whole=False)
    if any(fault.name == FILE for fault in faults):
        return Looked(copy, DAMAGED, is_whole=False)
    return Looked(copy, faults[0].words.rstrip(".") if faults else "", head=head)


def _words(one: Looked, named: Named | None) -> str:
    name = one.copy.path.name if named is None else f"the copy of {named(one.copy)}"
    return f"Passed over {name}: {one.why}."
