"""Packs with attachments of a record on a server: issued as a person, opened, and the return taken in."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict

from exchange.pack_files import open_pack, open_sealed, seal_pack, write_sealed
from models.copies.office_server import administered
from models.journal.verify import verify
from models.operation import Actor
from models.operations.applications.attachments import AttachFiles, TickAttachments, put_attached
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.members import Declare
from models.operations.panel.sheets import SetMark
from models.packs.pack_making import ReadyPack, make_member_record, ready_pack, ready_return
from models.permissions.viewing import Viewer
from models.queries.applications.attachments import attachments_of_round, content_of
from models.queries.packs.pack_files import content_to_pack
from models.queries.panel.panel import sheets
from models.record import Opener, Record
from models.role import Role
from models.session import Session
from models.store.places import ServerAddress, server_address
from models.values.attachments import APPLICATION, Subject, kept_file
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.packed_rounds import TODAY
from tests.models.rounds import SCHEME
from tests.models.store.locks.an_office import PEOPLE, template
from tests.server import cluster

WORDS = "six words for the pack only"
QUOTE, FORM = b"three quotes for a fence" * 40_000, b"the form, with an account"
OLIVE, MO = Actor("Olive Officer", "officer"), Actor("Mo Member", "member")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """Give an office on a server with a quote that may leave and a form on each of three applications."""
    name = cluster().new_database(template())
    with as_person("olive", name) as office:
        for number in (1, 2, 3):
            attach(office, f"ACF-00{number}", QUOTE, "quote")
            attach(office, f"ACF-00{number}", FORM, "form")
    yield name
    cluster().drop(name)


def address(login: str, database: str) -> ServerAddress:
    return server_address(cluster().address(database, login))


def as_person(login: str, database: str) -> Record:
    return Record.sign_on(address(login, database), Opener(PEOPLE[login][0], "tests"))


def attach(record: Record, reference: str, content: bytes, kind: str) -> None:
    """Attach a file, a quote as one that was read."""
    of, put = asdict(Subject(APPLICATION, 1, reference)), partial(put_attached, contents=(content,))
    done, _ = record.perform_beside(
        AttachFiles(**of, files=(kept_file(f"{kind}.pdf", content, kind),)), put, OLIVE
    )
    if kind == "quote":
        numbers = done.inverse.numbers  # type: ignore[union-attr]
        record.perform(TickAttachments(**of, numbers=numbers), OLIVE)


def pack_for_mo(session: Session) -> ReadyPack:
    return ready_pack(session, 1, "M1", TODAY)


def test_a_pack_of_a_server_is_issued_opened_and_what_comes_back_taken_in(
    database: str, tmp_path: Path
) -> None:
    with as_person("olive", database) as office:
        made = office.ask(pack_for_mo)
        contents = (office.ask(content_to_pack, one) for one in made.files)
        recording = partial(office.perform_beside, made.operation, made.keep, OLIVE)
        write_sealed(seal_pack(made.pack, made.text, contents, WORDS), tmp_path / "mo.gpack", recording)

    opened = open_pack(partial(open_sealed, tmp_path / "mo.gpack"), WORDS)
    with make_member_record(
        tmp_path / "mo.panel", Opener(MO.name, "tests"), "Mo's own words", opened
    ) as home:
        home.perform(Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE),)), MO)
        files = home.ask(attachments_of_round, 1, Viewer(MO.name, Role.MEMBER, "M1"))
        assert {of: [home.ask(content_of, one) for one in own] for of, own in files.items()} == {
            "ACF-001": [QUOTE],
            "ACF-002": [QUOTE],  # the third is closed to Mo, and forms stay
        }
        home.perform(SetMark(1, "M1", "ACF-002", "A2", 4, None), MO)
        ready = home.ask(ready_return)
        assert verify(home).sound

    with as_person("olive", database) as office:
        office.perform(TakeInReturns((ready.text,)), OLIVE)
        (given,) = (
            one.marks
            for one in office.ask(sheets, 1, SCHEME.judged_codes)
            if (one.member, one.application) == ("M1", "ACF-002")
        )
        assert given == (2, 4, None)
    with administered(server_address(cluster().address(database))) as whole:
        faults = [check.name for check in verify(whole).checks if not check.ok]
        assert faults == ["replay"]  # the round's stage and its signers were not put in by changes


@pytest.mark.parametrize("login", ["ivy", "cara"])
def test_who_does_not_read_all_of_a_round_issues_no_pack_of_what_is_left(database: str, login: str) -> None:
    with as_person(login, database) as office, pytest.raises(Refused, match="closed to you"):
        office.ask(pack_for_mo)
