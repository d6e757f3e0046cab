"""`grant-panel consolidate`: the records of several areas become one, each round under its identity."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from cli.frame.output import Json, on_one_line, print_json, print_lines, say, told
from cli.frame.passphrase import new_passphrase
from cli.frame.record import acting, open_record, opener
from models.copies.office_server import administered
from models.packs.consolidation import Consolidation, consolidate, new_whole, plan_consolidation
from models.record import Record
from models.store.places import Address, ServerAddress
from models.store.sqlite.engine import NotOpened
from scoring.refused import Refused


def run(options: argparse.Namespace) -> None:
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
                print_lines(map(on_one_line, found.lines))
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
