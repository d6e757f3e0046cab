"""All that an office and a member do with encrypted records, as a task that is killed in the midst of it."""

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from cli.command import main
from exchange.pack_files import Stretching, seal, write_sealed
from exchange.reading.pages import text_of
from models.operations.packs.packs import OpenPack, put_private_key
from models.queries.applications.attachments import content_of
from models.record import Record
from models.store.private_files import temporary_folder
from models.values import signing
from tests.exchange.good_files import read_form
from tests.models.operations.applications.test_attachments import attach, of
from tests.models.packed_rounds import ANN, KEYS, declare, fill, issue, make_return, office, take_in
from tests.safety.forked import say
from tests.safety.saving import KEY, OPENER

FILE_WORDS = "three willow benches"
MARKERS = (
    *("Allotment Friends", "Because 1", "zelda@allotments.example", "asked the street", "Ravi Example"),
    FILE_WORDS,
)
"""Words of the record: of applicants, a contact, a member's reasons, another member's name, of a file."""
NEW_KEY = "six other random words in order"
PUBLIC = signing.public_half(KEYS["M1"]).hex()
LIGHT = Stretching(memory_kib=8 * 1024, passes=1, lanes=1)


def make_office(folder: Path) -> Path:
    """Make an encrypted record of an office with a round in it."""
    path = folder / "office.panel"
    with Record.create(path, OPENER, key=KEY) as record:
        office(record)
    return path


def work_on(folder: str, asked: str, words: str) -> None:
    """Do everything over and over, telling of each step; papers go where they were asked for."""
    for number in count():
        for step in steps(Path(folder), Path(asked), words, number):
            step()
            say(number)


def steps(folder: Path, asked: Path, words: str, number: int) -> Iterator[Callable[[], object]]:
    """Give the steps of one round of work: pack, own record, return, taking in, copies, new passphrase."""
    path, home = folder / "office.panel", folder / f"ann {number} {os.getpid()}.panel"
    with Record.open(path, OPENER, key=KEY) as record:
        pack = issue(record)
        yield partial(seal_beside, "pack", pack, folder / "ann.gpack")
        yield partial(record.backup, folder / f"copy {number} {os.getpid()}.panel")
        yield partial(attach_and_read, record, number)
        record.keep_draft("Grace Okoro", "reason", f"asked the street {number}")
        with Record.create(home, OPENER, key=KEY) as own:
            own.perform_beside(
                OpenPack(pack, PUBLIC),
                partial(put_private_key, public_key=PUBLIC, private_key=KEYS["M1"]),
                ANN,
            )
            yield partial(declare, own)
            yield partial(fill, own, "ACF-001")
            text = make_return(own)
            yield partial(seal_beside, "return", text, folder / "ann.greturn")
        if not number:
            yield partial(take_in, record, text)
        yield partial(record.change_key, NEW_KEY, ANN)
        yield partial(record.change_key, KEY, ANN)
    for command in (
        ("save", path, asked / "round.xlsx", "--round", "Autumn"),
        ("verify", path),
    ):
        yield partial(main, [str(word) for word in (*command, "--passphrase-file", words)])


def attach_and_read(record: Record, number: int) -> None:
    """Attach a file, have it read as a page and as a form, and read it again out of the record."""
    content = f"%PDF- {FILE_WORDS} {number} ".encode() + os.urandom(3_000)
    attach(record, quote=content)
    assert content in [record.ask(content_of, one) for one in of(record)]
    text_of(f"{FILE_WORDS} as text".encode())
    read_form(content, f"{FILE_WORDS}.pdf")


def seal_beside(kind: str, text: str, path: Path) -> None:
    """Write something sealed."""
    write_sealed((seal(kind, "one", text.encode(), KEY, stretching=LIGHT),), path)


def preview_on(folder: str, asked: str, words: str) -> None:
    """Write a paper to be looked at, as the window does, and wait to be killed."""
    with temporary_folder() as aside:
        (aside / "paper.txt").write_text(MARKERS[0])
        say(aside)
        signal.pause()
