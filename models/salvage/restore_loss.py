"""What going back to a backup loses of a record that does not open, which is not changed."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from sqlcipher3 import dbapi2

from models.copies.restore_newest import Named, newest_sound_copy
from models.queries.papers.issues import changes_by_kind
from models.salvage.readable_tables import readable_tables
from models.salvage.rebuild import JOURNAL
from models.salvage.salvage_rows import last_row, later_rows
from models.store.record_file import is_there
from models.store.sqlite.backup import Copy, Tick
from models.store.sqlite.opening import refuse_in_use
from models.store.upkeep import LaterRow
from models.trouble import Trouble
from scoring.counted import counted, first_of
from scoring.written.days import full_day

UNREADABLE = "What was changed after it can no longer be read, and would be lost."
NOTHING_LEFT = "Nothing is left of the record itself: what was changed after it is lost already."
NOTHING_LATER = "No later change can be seen in the damaged record."
MAY_BE_MORE = "Parts of its journal are damaged, so there may have been more."
_NAMED = 4


class Loss(Struct, frozen=True):
    """The copy that would be restored, what would be lost, in sentences, and whether a salvage may help."""

    copy: Copy
    words: tuple[str, ...]
    can_be_salvaged: bool


def loss_by_restoring(
    record: Path, key: str | None, *, tick: Tick = None, named: Named | None = None
) -> Loss:
    """Say what restoring the copy that is chosen would lose; Trouble where none can be."""
    record = record.resolve()
    chosen = newest_sound_copy(record, key, tick, named)
    after = 0 if chosen.head is None else chosen.head.seq
    if not is_there(record) or record.stat().st_size == 0:
        return Loss(chosen.copy, (*chosen.passed_over, NOTHING_LEFT), can_be_salvaged=False)
    try:
        words = _later(record, key, after)
    except (Trouble, OSError, dbapi2.Error):
        return Loss(chosen.copy, (*chosen.passed_over, UNREADABLE), can_be_salvaged=True)
    return Loss(chosen.copy, (*chosen.passed_over, *words), can_be_salvaged=True)


def _later(record: Path, key: str | None, after: int) -> tuple[str, ...]:
    """Return what can be told of the changes after a row, in sentences."""
    refuse_in_use(record)
    with closing(readable_tables(record, key)) as recovered:
        later, last = tuple(later_rows(recovered.raw, after)), last_row(recovered.raw)
        is_spoilt = not JOURNAL.isdisjoint(recovered.lost)
    if last < max(after, 1):
        return (UNREADABLE,)
    return (*_words(later, last - after), *((MAY_BE_MORE,) if is_spoilt else ()))


def _words(later: tuple[LaterRow, ...], seen: int) -> tuple[str, ...]:
    """Return which changes there are, who made them, and how many more are only known of."""
    if not seen:
        return (NOTHING_LATER,)
    said = []
    if later:
        said.append(changes_by_kind([row.kind for row in later], "later than it and would be lost"))
        said.append(f"By {_people(later)}; the newest on {_day(later[-1].at)}.")
    if seen > len(later):
        more = seen - len(later)
        changes = counted(more, "later change")
        said.append(f"{changes} cannot be read, and would be lost as well.")
    return tuple(said)


def _day(at: str) -> str:
    made = datetime.fromisoformat(at).astimezone()
    return full_day(made)


def _people(later: tuple[LaterRow, ...]) -> str:
    return first_of(dict.fromkeys(row.actor for row in later), _NAMED)
