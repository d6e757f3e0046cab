"""Who acts, the record that they open with which passphrase, its round, and the changes that they make."""

import errno
import getpass
import os
import select
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from cli.frame.output import SAID, WORKING, Options, as_typed, say, warn, without_controls
from cli.frame.typed import RECORD_ENDING
from models.operation import UNNAMED, Actor, Operation, carried_out, check_at_entry
from models.permissions.viewing import NOTHING_CLOSED, OFFICE_VIEWER, Sight, Viewer
from models.queries.applications.applications import applications
from models.queries.deciding.decisions import recommendations
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.permissions import acting as roles
from models.queries.permissions.acting import require
from models.queries.permissions.areas import refuse_other_area
from models.queries.permissions.declarations import closed_applications
from models.queries.permissions.reading import (
    as_read_by,
    only_viewer_of,
    refuse_undeclared,
    sight_of,
    with_sums_for,
)
from models.queries.set_up.funds import fund_list
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round, round_line, sole_round
from models.record import Opener, Record
from models.role import OFFICE, Roles, not_yours
from models.session import Session
from models.store.locks.signing_on import refuse_in_part
from models.store.passphrases import WEAK, checked
from models.store.places import Address, ServerAddress, warnings_about
from models.store.private_files import NotAFile, open_regular, read_regular
from models.store.record_file import is_encrypted, is_there
from models.store.sqlite.automatic_copies import latest_valid_backup
from models.store.sqlite.backup import Copy, copies
from models.store.sqlite.engine import WHAT_HELPS, RecordDamaged, RecordGone, RecordMissing
from models.trouble import Trouble, Unwritable, or_else
from models.values.canonical import whole_number
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundLine
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.written.days import short_moment
from scoring.written.names import is_same_text
from scoring.written.text import Refused, counted

RECORD_START = b"SQLite format 3\0"


class ChosenRound(Struct, frozen=True):
    """A round of an open record: what it is, what it holds, and what the panel recommended.

    `sight` is what of it is closed to who reads.
    """

    line: RoundLine
    rows: RoundRows
    recommended: tuple[RecommendationRow, ...]
    sight: Sight = NOTHING_CLOSED

    def ranked(self) -> Ranking:
        return rank(scored_round(self.rows))


def scored_round_of(options: Options) -> ChosenRound:
    """Return the same; refused where the round holds awards without a competition."""
    chosen = chosen_round(options)
    refuse_direct(chosen.line)
    return chosen


def chosen_round(options: Options) -> ChosenRound:
    """Return the round that the options name; without --round the record must have exactly one.

    Refused in a panel member's own record, which holds one member's marks and nothing to rank.
    """
    round_id = named_round(options)
    options.ask(refuse_in_part, round_id=round_id)
    return options.ask(chosen, round_id=round_id, options=options)


def chosen(session: Any, round_id: int, options: Options) -> ChosenRound:
    return ChosenRound(
        round_line(session, round_id),
        round_rows(session, round_id),
        recommendations(session, round_id),
        sight_of(session, round_id, only_viewer_of(session, person(options), round_id))
        if is_named(options)
        else NOTHING_CLOSED,
    )


def named_round(options: Options) -> int:
    """Return the number of the round that the options name, or of the record's only one."""
    options.ask(refuse_in_members_own, action="this")
    if options.round is None:
        return options.ask(sole_round, fund=options.fund, year=options.year)
    return round_named(options)


def round_named(options: Options) -> int:
    return options.ask(find_round, name=options.round, fund=options.fund, year=options.year)


def refuse_direct(line: RoundLine) -> None:
    if line.is_direct:
        raise Refused(
            f"{line.words} holds awards without a competition: nothing is scored or ranked in it. "
            "They are signed and paid with grant-panel award."
        )


def is_record(path: Path) -> bool:
    """Whether a file is a record, by its first bytes; raises `Trouble` when there is none."""
    if path.suffix == RECORD_ENDING:
        refuse_lost(path)
    try:
        with open_regular(path) as file:
            return file.read(len(RECORD_START)) == RECORD_START or path.suffix == RECORD_ENDING
    except NotAFile as error:
        if path.is_dir():
            raise Trouble(f"{path} is a folder. Name the record or the round workbook in it.") from None
        raise Trouble(f"{path} cannot be read: {error.strerror}. Check its name.") from None
    except (OSError, ValueError):
        raise Trouble(f"There is no file {path} that can be read. Check its name.") from None


def refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise Trouble(f"There is no file {path}. Check its name.")


def refuse_record(path: Path) -> None:
    """Refuse a record where a spreadsheet or a paper is meant; it must never be written over."""
    if path.is_file() and is_record(path):
        raise Refused(f"{path.name} is a record, not a spreadsheet. Nothing was changed; name another file.")


OPTION = "--passphrase-file"
COPIES_HOLD = (
    "Copies made before hold it still: {}. Give --replace-copies to delete them once a new copy is made."
)
COPIES_REPLACED = "{} that held it {} deleted, once a new copy was made and checked."
SILENT_S = 60
"""How long a pipe is waited for, at whose end somebody may be asked."""
_READ = "passphrase"
"""Where a command's options keep the passphrase once it was read."""
_LONGEST = 4096


def passphrase_of(path: Path, options: Options) -> str | None:
    """Return the passphrase that opens a record; None for one that is not encrypted.

    Raises Trouble where one is needed and there is neither an option nor a terminal to ask at.
    """
    if not is_encrypted(path):
        return None
    return _given(options) or ask_passphrase(f"Passphrase of {path.name}: ", f"{path.name} is encrypted")


def new_passphrase(options: Options) -> str:
    """Return the passphrase of a record that is to be made, asked for twice at a terminal."""
    given, needs = _given(options), "An encrypted record needs a passphrase"
    return checked(asked_twice("New passphrase: ", needs) if given is None else given)


def asked_twice(prompt: str, why: str, option: str = OPTION) -> str:
    """Return a new passphrase that is typed twice at the terminal."""
    typed = ask_passphrase(prompt, why, option)
    if ask_passphrase("Type it again: ", "", option) != typed:
        raise Refused("The two passphrases differ. Nothing was made; try again.")
    return typed


def _given(options: Options) -> str | None:
    """Return the first line of the file or descriptor that is named, without its end; None without one.

    It is read once: a pipe gives it no second time to a command that opens several records.
    """
    named = options.passphrase_file
    if named is not None and not hasattr(options, _READ):
        setattr(options, _READ, passphrase_in(named))
    return getattr(options, _READ, None)


def passphrase_in(named: str) -> str:
    """Return the first line of a file, or of the descriptor that `fd:N` names, without its end."""
    try:
        return unicodedata.normalize("NFC", _read(named).split(b"\n")[0].rstrip(b"\r").decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Trouble("The passphrase file is not UTF-8. Nothing was changed; save it as UTF-8.") from error


def _read(named: str) -> bytes:
    """Return the start of what holds the passphrase: `fd:N` is an open descriptor."""
    try:
        if named.startswith("fd:"):
            return _first_line(whole_number(named[3:]))
        path = Path(named)
        return _from_pipe(path) if path.is_fifo() else read_regular(path, _LONGEST)
    except (OSError, ValueError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "it is not the number of a descriptor"
        raise Trouble(
            f"The passphrase could not be read from {named} ({why}). Nothing was changed."
        ) from error


def _from_pipe(path: Path) -> bytes:
    """Return the first line of a pipe, as a shell makes one of a command."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return _first_line(handle)
    finally:
        os.close(handle)


def _first_line(handle: int) -> bytes:
    """Return what a descriptor gives up to the first line's end, its own end or the longest there is."""
    found, until = b"", time.monotonic() + SILENT_S
    while b"\n" not in found and len(found) < _LONGEST:
        left = max(until - time.monotonic(), 0)
        if sys.platform != "win32" and not select.select([handle], [], [], left)[0]:
            raise TimeoutError(errno.ETIMEDOUT, "nothing came from it")
        piece = os.read(handle, _LONGEST - len(found))
        if not piece:
            break
        found += piece
    return found


def ask_passphrase(prompt: str, why: str, option: str = OPTION) -> str:
    """Return what is typed at the terminal, unseen; without one, say what to do instead of waiting."""
    if not sys.stdin.isatty():
        raise Trouble(f"{why}. Give its passphrase with {option} PATH. Nothing was changed.")
    return unicodedata.normalize("NFC", getpass.getpass(without_controls(prompt)))


PLAIN = "{} is not encrypted: it opened without the passphrase, as it does for whoever has the file."
NO_COPY = "It has no automatic copy that is undamaged."
SENSITIVE_FUND = "VF"
"""The code of the fund whose applications describe victims of crime."""
T = TypeVar("T")
Run = Callable[[Options], int | None]
"""Carries a subcommand out, and returns the status where it is not 0."""


def person(options: Options) -> str:
    """Return who is acting, as the journal names them."""
    return options.person.strip() if is_named(options) else f"{UNNAMED}{_user()}"


def is_named(options: Options) -> bool:
    """Whether the options say who is acting; without a name it is the office."""
    return bool((getattr(options, "person", None) or "").strip())


def closed_to(options: Options, round_id: int) -> Mapping[str, str]:
    """Return which applications of a round are closed to the person whom the options name, each with why."""
    return options.ask(_closed_to, round_id=round_id, name=person(options)) if is_named(options) else {}


def _closed_to(session: Session, round_id: int, name: str) -> Mapping[str, str]:
    viewer = only_viewer_of(session, name, round_id)
    references = [row.reference for row in applications(session, round_id)]
    return closed_applications(session, round_id, viewer, references)


def reader(options: Options) -> Viewer:
    """Return who reads: the person whom the options name, or the office."""
    return Viewer(person(options)) if is_named(options) else OFFICE_VIEWER


def seen(options: Options, query: Callable[..., T], *, for_sums: bool = False, **named: Any) -> T:
    """Return what a query answers of what is open to the person whom the options name.

    What it answers `for_sums` rests on all rows, and lacks the words alone on what is closed.
    """
    within = with_sums_for if for_sums else as_read_by

    def read(session: Session) -> T:
        with within(session, reader(options)):
            return query(session, **named)

    return options.ask(read)


def acting(operation: Operation, options: Options) -> Actor:
    """Return who makes a change: the office, or the person named in a role that they have in the round.

    Raises `Refused` where it is not theirs to make, before anything is done beside it.
    """
    held = None if is_named(options) else OFFICE
    found = options.ask(roles.acting, operation=operation, name=person(options), roles=held)
    options.ask(require, operation=operation, actor=found)
    return found


def perform(operation: Operation, options: Options, actor: Actor | None = None) -> str:
    return options.opened.perform(operation, actor or acting(operation, options)).words


def perform_beside(operation: Operation, beside: Callable[[Session], object], options: Options) -> str:
    """Make a change, and beside it what the journal is not to hold; return what it says."""
    return options.opened.perform_beside(operation, beside, acting(operation, options))[0].words


def perform_all(
    operations: Iterable[Operation],
    options: Options,
    by: Callable[[Operation, Options], Actor] = acting,
) -> list[str]:
    """Make several changes and return what each says; where one of them is refused none is made."""
    made = [(operation, by(operation, options)) for operation in operations]
    if len(made) > 1:
        options.opened.try_out(partial(tried, made=made))
    return [options.opened.perform(operation, who).words for operation, who in made]


def tried(session: Session, made: Iterable[tuple[Operation, Actor]]) -> None:
    """Make changes that are thrown away, for what would be refused of them."""
    now = datetime.now(UTC)
    for operation, by in made:
        check_at_entry(session, operation, by, now)
        carried_out(session, operation, by, now)


def for_the_office(operation: Operation, options: Options) -> Actor:
    """Return who enters what others settled elsewhere: no role bars it, and the journal names them.

    Nobody enters what another area's panel settled. On a server it is done in a role that they have there.
    """
    if options.opened.is_shared:
        return acting(operation, options)
    if is_named(options):
        options.ask(refuse_other_area, operation=operation, name=person(options))
    return Actor(person(options))


def enter(operation: Operation, options: Options) -> str:
    """Have made what others settled elsewhere, and return what it says."""
    return perform(operation, options, for_the_office(operation, options))


def hold_still(found: Sequence[Copy], replaced: int = 0) -> tuple[str, ...]:
    """Say which copies still hold what was erased, and how many were replaced; nothing where none did."""
    gone = counted(replaced, "copy", "copies"), "was" if replaced == 1 else "were"
    told = (COPIES_REPLACED.format(*gone),) if replaced else ()
    return (*told, COPIES_HOLD.format(", ".join(one.path.name for one in found))) if found else told


def opener(options: Options) -> Opener:
    return Opener(person(options), "the command")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def reads(act: Run) -> Run:
    return partial(_on_record, act, to_change=False)


def reads_as(readers: Roles, action: str) -> Callable[[Run], Run]:
    """Let what a server gives to some roles alone be read by these: to others there would be none."""

    def made(act: Run) -> Run:
        def asked(options: Options) -> None:
            who = options.opened.signed_on
            if who is not None and not set(readers).intersection(who.roles):
                raise Refused(not_yours(readers, action, who.roles[0]))
            act(options)

        return reads(asked)

    return made


def changes(act: Run) -> Run:
    return partial(_on_record, act, to_change=True)


def performs(asked: Callable[[Options], Operation]) -> Run:
    """Have the change made that is asked for, and what it says printed."""

    def act(options: Options) -> None:
        say(perform(asked(options), options))

    return changes(act)


def _on_record(act: Run, options: Options, *, to_change: bool) -> None:
    with opened(options, to_change=to_change):
        act(options)


@contextmanager
def opened(options: Options, *, to_change: bool, at: Address | None = None) -> Iterator[None]:
    """Have the record that the options name, or the one at an address, open for what is done meanwhile."""
    with open_record(at or options.record, options, to_change=to_change) as options.opened:
        if options.passphrase_file and not (options.opened.is_shared or options.opened.is_encrypted):
            warn([PLAIN.format(options.opened.path.name)])
        if not (to_change and getattr(options, "dry_run", False)):
            yield
            return
        SAID.is_rehearsed = True
        with options.opened.rehearsal():
            yield


def warn_of_plain(options: Options, fund: str) -> None:
    """Say in one line that a plain record holds a Victims Fund round; the command goes on."""
    record = options.opened
    held = [line.name for line in record.ask(fund_list) if line.code == SENSITIVE_FUND]
    if not (record.is_shared or record.is_encrypted) and held and fund in (*held, SENSITIVE_FUND):
        warn(
            [
                f"{record.path.name} is not encrypted and now holds a round of the {held[0]}. "
                "Keep it on an encrypted disk, or move to an encrypted record."
            ]
        )


def refuse_lost(path: Path) -> None:
    """Name the newest good backup of a record that is not under its name, and the command that restores it.

    Says nothing of one that is there, or has no copies.
    """
    if is_there(path) or not copies(path):
        return
    found = latest_valid_backup(path, None)
    said = NO_COPY
    if found is not None:
        said = (
            f"Its newest good backup is of {short_moment(found.made_at)} UTC; this puts it back: "
            f"{as_typed('grant-panel', 'restore', str(found.path), str(path))}"
        )
    raise RecordMissing(f"There is no file {path.name} in {path.resolve().parent}. {said}")


def open_record(address: Address, options: Options, *, to_change: bool) -> Record:
    """Open a record in a file or on a server; refused to a person to whom its round has still to open."""
    if isinstance(address, ServerAddress):
        record = _signed_on(Record.sign_on(address, opener(options)), options)
    else:
        record = _open_file(address, options, to_change=to_change)
    with or_else(record.close):
        has_one = getattr(options, "round", None) is not None or not to_change
        if getattr(options, "declares_first", False) and is_named(options) and has_one:
            record.ask(refuse_undeclared, name=person(options), round_name=getattr(options, "round", None))
        if to_change and not record.is_copy:
            _look_at_clock(record, options)
        WORKING.start()
    return record


def _look_at_clock(record: Record, options: Options) -> None:
    """Say that a server's time is used; refuse a clock that is doubted, unless it is right."""
    warn([record.transactions.clock_told] if record.transactions.clock_told else [])
    found = "" if getattr(options, "clock_is_right", False) else record.transactions.clock_doubt
    if found:
        raise Refused(f"{found} Put the clock right, or add --clock-is-right. Nothing was changed.")


def _signed_on(record: Record, options: Options) -> Record:
    """Have everything done as the person that the login stands for; refuse to act as somebody else."""
    who = record.signed_on
    if who is None:
        return record
    if is_named(options) and not is_same_text(person(options), who.person):
        record.close()
        raise Refused(
            f"You are signed on as {who.person}, so nothing is done as {person(options)}. Leave --as out."
        )
    options.person = who.person
    return record


def _open_file(path: Path, options: Options, *, to_change: bool) -> Record:
    """Open a record in a file; one that is only read and lies where nothing can be written is read as a copy.

    One that is to be changed has all its pages looked at first: nothing is written into a damaged one.
    """
    refuse_lost(path)
    warn(warnings_about(path))
    key = passphrase_of(path, options)
    try:
        record = Record.open(path, opener(options), key=key)
        with or_else(record.close):
            if to_change:
                record.check_pages()
        warn([WEAK.format(path.name)] if record.has_weak_passphrase else [])
        return record
    except Unwritable:
        if to_change:
            raise
        return Record.read_copy(path, key=key)
    except (RecordDamaged, RecordGone) as error:
        said = str(error).removesuffix(WHAT_HELPS).strip()
        raise type(error)(f"{said} {_what_helps(path, key, error)}") from error


def _what_helps(path: Path, key: str | None, error: Trouble) -> str:
    copy = latest_valid_backup(path, key)
    said = f"Its newest good backup is {copy.path}, of {short_moment(copy.made_at)} UTC." if copy else NO_COPY
    if isinstance(error, RecordDamaged):
        said += f" “grant-panel salvage {path.name} NEW.panel” makes a record of what can be read."
    return said
