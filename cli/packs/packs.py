"""`grant-panel pack`, `open-pack`, `make-return` and `consolidate`: parts of a record out, and back."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from cli.frame.output import Json, on_one_line, print_json, say, told, warn
from cli.frame.record import acting, ask_passphrase, new_passphrase, open_record, opener, passphrase_in
from cli.frame.rounds import refuse_record, scored_round_of
from exchange.atomic import require_place
from exchange.pack_files import is_passphrase_of, open_pack, read_header, read_sealed, seal_text, write_sealed
from models.copies.office_server import administered
from models.operation import Actor
from models.operations.packs.update_pack import UpdatePack
from models.packs.consolidation import Consolidation, consolidate, new_whole, plan_consolidation
from models.packs.pack_making import OpenedPack, is_expired, make_member_record, ready_pack, ready_return
from models.queries.packs.member_record import ReturnState, opened_pack, pack_news, pack_start, return_state
from models.record import Opener, Record
from models.store.passphrases import checked
from models.store.places import Address, ServerAddress
from models.store.sqlite.engine import NotOpened
from models.trouble import Trouble
from models.values.packs import Pack
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.days import full_day

OPTION = "--pack-passphrase-file"


def pack(options: argparse.Namespace) -> None:
    """Issue the pack and write it."""
    refuse_record(options.out)
    require_place(options.out)
    with open_record(options.record, options, to_change=True) as record:
        round_id = scored_round_of(record, options).line.round_id
        order = {"round_id": round_id, "member": options.member, "expires_on": options.expires}
        ready = record.ask(ready_pack, today=date.today(), **order)
        sealed = seal_text("pack", ready.pack.pack, ready.text, new_pack_passphrase(options))
        who = acting(record, ready.operation, options)
        recording = partial(record.perform_beside, ready.operation, ready.keep, who)
        written = write_sealed(sealed, options.out, recording)
    _tell(written, ready.pack, as_json=options.json)


def _tell(written: Path, pack: Pack, *, as_json: bool) -> None:
    """Say what was written, and until when it is good."""
    if as_json:
        print_json(
            {
                "path": str(written),
                **told(pack, "pack member=member.code"),
                "items": len(pack.applications),
                **told(pack, "expires=expires_on round.fingerprint"),
            }
        )
        return
    held = counted(len(pack.applications), "application")
    say(f"Wrote {written} for {pack.member.name}: {held}.")
    say(f"It is good until {full_day(pack.expires_on)}. Give the passphrase separately, never with the file.")
    if pack.expires_on < pack.issued_on:
        warn(("The pack's last day is past already.",))


def open_sent(options: argparse.Namespace) -> None:
    """Make the member's record, or bring it up to date."""
    opened = open_pack(sealed_content(options.pack), pack_passphrase(options, options.pack.name))
    if options.record.exists():
        _update(options, opened)
    else:
        _make(options, opened)
    pack = opened.pack
    if pack.expires_on < date.today():
        warn((f"The pack expired on {pack.expires_on}. Ask the office whether it still accepts your marks.",))


def _make(options: argparse.Namespace, opened: OpenedPack) -> None:
    key = new_passphrase(options)
    opener = Opener(opened.pack.member.name, "the command")
    make_member_record(options.record, opener, key, opened).close()
    pack = opened.pack
    due = counted(len(pack.applications), "application")
    say(f"Made {options.record} for {pack.member.name}: {due} to score.")
    say("It is encrypted: without the passphrase that you set nobody can read it.")


def _update(options: argparse.Namespace, opened: OpenedPack) -> None:
    """Bring a record that is there up to date, a copy being kept first."""
    with open_record(options.record, options, to_change=True) as record:
        news = record.ask(pack_news, text=opened.text)
        record.copies.keep_before("newer pack")
        operation = UpdatePack(opened.text, opened.start)
        outcome = record.perform(operation, Actor(opened.pack.member.name, "member"))
    say(*news.lines)
    say(outcome.words)


def make_return(options: argparse.Namespace) -> None:
    """Make the return."""
    refuse_record(options.out)
    require_place(options.out)
    with open_record(options.record, options, to_change=True) as record:
        pack = record.ask(opened_pack)
        ready = record.ask(ready_return)
        warn(_nothing_in(record.ask(return_state)))
        passphrase = pack_passphrase(options, "the pack")
        if not is_passphrase_of(record.ask(pack_start), passphrase):
            raise Refused("That is not the passphrase of the pack, so the office could not open the return.")
        sealed = seal_text("return", pack.pack, ready.text, passphrase)
        member, recording = Actor(pack.member.name, "member"), None
        if ready.operation is not None:
            recording = partial(record.perform, ready.operation, member)
        written = write_sealed(sealed, options.out, recording)
    say(f"Wrote {written}: return {ready.given.number} of {pack.member.name}. Send it to the office.")
    say(f"Your receipt: code {ready.given.code}. Keep it; the office may ask for it.")
    if is_expired(pack, date.today().isoformat()):
        warn((f"The pack expired on {pack.expires_on}. Ask the office whether it still accepts your marks.",))


def _nothing_in(state: ReturnState) -> tuple[str, ...]:
    """Say before the return is made that nothing of it would count."""
    if state.handed_in:
        return ()
    return (
        f"No sheet is handed in: {state.words} At the office marks count only once their sheet is handed in.",
    )


def new_pack_passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase of a pack that is to be made, asked for twice at a terminal."""
    given = _first(options)
    if given is None:
        given = ask_passphrase("Passphrase of the pack: ", "A pack needs its own passphrase", OPTION)
        if ask_passphrase("Type it again: ", "", OPTION) != given:
            raise Refused("The two passphrases differ. Nothing was made; try again.")
    return checked(given)


def pack_passphrase(options: argparse.Namespace, name: str) -> str:
    """Return the passphrase of a pack that is there."""
    given = _first(options)
    return ask_passphrase(f"Passphrase of {name}: ", f"{name} is sealed", OPTION) if given is None else given


def pack_passphrases(options: argparse.Namespace, name: str) -> list[str]:
    """Return the passphrases to try on a return, in turn."""
    named = getattr(options, "pack_passphrase_file", None) or []
    return [passphrase_in(one) for one in named] or [pack_passphrase(options, name)]


def _first(options: argparse.Namespace) -> str | None:
    named = options.pack_passphrase_file
    return passphrase_in(named[0]) if named else None


def sealed_content(path: Path) -> bytes:
    """Return the bytes of a sealed file; any other is refused before a passphrase is asked for."""
    content = read_sealed(path)
    try:
        read_header(content)
    except Trouble as no:
        raise type(no)(f"{path.name}: {no}") from no
    return content


def make_whole(options: argparse.Namespace) -> None:
    """Look at every record first, then take in one after another, and say of each what came."""
    told: list[Json] = []
    keys = _with_each_passphrase(options)
    options = keys[0]
    _refuse_a_part(options.parts, options.into)
    with TemporaryDirectory() as folder, _target(options, Path(folder)) as whole:
        for path in options.parts:
            _found(whole, path, keys)
        for path in options.parts:
            found = _take_in(whole, path, keys)
            if options.json:
                told.append(_as_json(path, found))
            else:
                say(*map(on_one_line, found.lines))
    if options.json:
        print_json({"done": not options.dry_run, "parts": told})
    elif options.dry_run:
        say("A dry run: nothing was changed.")


def _refuse_a_part(parts: list[Path], into: Address) -> None:
    """Refuse to make one record of an area's own, which stays as it is."""
    if isinstance(into, Path) and any(into.exists() and one.exists() and one.samefile(into) for one in parts):
        raise Refused(
            f"{into.name} is given both as the record of an area and as the one to make. Name the record "
            "to make last: a new one, or another. Nothing was changed."
        )


@contextmanager
def _target(options: argparse.Namespace, folder: Path) -> Iterator[Record]:
    """Give the record that the others become; for a dry run that is a copy."""
    into: Address = options.into
    if isinstance(into, ServerAddress):
        with _on_server(into, options, folder) as record:
            yield record
    elif not into.exists():
        key = None if options.passphrase_file is None else new_passphrase(options)
        path = folder / into.name if options.dry_run else into
        with new_whole(path, opener(options), key) as record:
            yield record
    elif options.dry_run:
        with open_record(into, options, to_change=False) as record:
            copy = record.backup(folder / into.name)
        with open_record(copy, options, to_change=True) as record:
            yield record
    else:
        with open_record(into, options, to_change=True) as record:
            yield record


@contextmanager
def _on_server(into: ServerAddress, options: argparse.Namespace, folder: Path) -> Iterator[Record]:
    """Give a record on a server, as its administrator; for a dry run an encrypted copy of it."""
    if not options.dry_run:
        with administered(into) as record:
            yield record
        return
    key = token_hex()
    with administered(into) as record:
        copy = record.backup(folder / "record.panel", key=key)
    with Record.open(copy, opener(options), key=key) as record:
        yield record


def _with_each_passphrase(options: argparse.Namespace) -> list[argparse.Namespace]:
    """Return the options with each of the passphrase files, of which each is read once."""
    named = options.passphrase_file or [None]
    return [argparse.Namespace(**(vars(options) | {"passphrase_file": one})) for one in named]


def _open_part(path: Path, keys: list[argparse.Namespace]) -> Record:
    """Open the record of an area with the first passphrase that fits."""
    for options in keys[:-1]:
        with suppress(NotOpened):
            return open_record(path, options, to_change=False)
    return open_record(path, keys[-1], to_change=False)


def _found(whole: Record, path: Path, keys: list[argparse.Namespace]) -> Consolidation:
    with _open_part(path, keys) as part:
        return plan_consolidation(whole, part, path.name)


def _take_in(whole: Record, path: Path, keys: list[argparse.Namespace]) -> Consolidation:
    found = _found(whole, path, keys)
    if found.is_new:
        consolidate(whole, found, acting(whole, found.operation, keys[0]))
    return found


def _as_json(path: Path, found: Consolidation) -> Json:
    return {
        "part": path.name,
        **told(found, "rounds again"),
        "renamed": [told(one, "what old new") for one in found.renamed],
        **told(found, "alike left"),
    }
