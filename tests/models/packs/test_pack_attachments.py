"""Attachments in packs: what goes and what never does, in files and on a server; what becomes of them."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from exchange.pack_files import open_pack, open_sealed, seal_pack, write_sealed
from models.journal.verify import STANDING_RULES, verify
from models.operation import Actor
from models.operations.applications.attachments import (
    IN_PACKS,
    AttachFiles,
    EraseAttachments,
    RemoveAttachments,
    TickAttachments,
    put_attached,
)
from models.operations.packs.take_in import UpdatePack
from models.packs.pack_making import OpenedPack, ReadyPack, make_member_record, ready_pack, ready_return
from models.permissions.viewing import Viewer
from models.queries.applications.attachments import (
    Attachment,
    attachments_of_round,
    content_of,
    every_attachment,
)
from models.queries.packs.pack_files import content_to_pack
from models.record import Opener, Record
from models.role import Role
from models.schema.packs import pack_table
from models.store.places import server_address
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.attachments import APPLICATION, AWARD, KINDS, LEAVING, ROUND, Subject, kept_file
from models.values.packs import read_pack, with_signature
from models.values.rows import by_reference
from scoring.written.text import Refused
from tests.models.packed_rounds import KEYS, TODAY, mark, office
from tests.models.rounds import OFFICER, refused
from tests.models.store.locks.an_office import PEOPLE, template
from tests.server import cluster

WORDS, OPENER = "six words for the pack only", Opener("Ann Sample", "tests")


def attach(
    record: Record, reference: str, content: bytes, kind: str, name: str = "", *, read: bool = True
) -> int:
    """Attach a file to an application, ticked as read where its kind may leave; return its number."""
    return attach_to(record, Subject(APPLICATION, 1, reference), content, kind, name, read=read)


def attach_to(
    record: Record, subject: Subject, content: bytes, kind: str, name: str = "", *, read: bool = True
) -> int:
    files = (kept_file(name or f"{kind}.pdf", content, kind),)
    done, _ = record.perform_beside(
        AttachFiles(**asdict(subject), files=files), partial(put_attached, contents=(content,)), OFFICER
    )
    (number,) = done.inverse.numbers  # type: ignore[union-attr]
    if read and kind in LEAVING:
        record.perform(TickAttachments(**asdict(subject), numbers=(number,)), OFFICER)
    return int(number)


@pytest.fixture
def there(record: Record) -> Record:
    """An office with a file of each kind on the first application, and a quote on the third."""
    found = office(record)
    for kind in KINDS:
        attach(found, "ACF-001", f"a file of {kind}".encode() * 50, kind)
    attach(found, "ACF-003", b"the quote of the third", "quote", "Quote ask zelda@allotments.example.pdf")
    return found


def ready(record: Record, member: str = "M1", kinds: Sequence[str] = tuple(LEAVING)) -> ReadyPack:
    return record.ask(partial(ready_pack, round_id=1, member=member, today=TODAY, kinds=kinds))


def sent(record: Record, path: Path, member: str = "M1", kinds: Sequence[str] = tuple(LEAVING)) -> OpenedPack:
    """Issue a pack, write it and open it again."""
    made = ready(record, member, kinds)
    contents = (record.ask(content_to_pack, file) for file in made.files)
    write_sealed(seal_pack(made.pack, made.text, contents, WORDS), path)
    record.perform_beside(made.operation, made.keep, OFFICER)
    return open_pack(partial(open_sealed, path), WORDS)


def at_home(path: Path, opened: OpenedPack) -> Record:
    return make_member_record(path, OPENER, "the member's own words", opened)


def seen(record: Record, role: Role = Role.MEMBER) -> dict[str, tuple[Attachment, ...]]:
    return dict(record.ask(attachments_of_round, 1, Viewer("Ann Sample", role, "M1")))


def contents(record: Record, files: Sequence[Attachment]) -> list[bytes | None]:
    return [record.ask(content_of, one) for one in files]


def faults(record: Record) -> Iterator[str]:
    for rule in STANDING_RULES:
        yield from record.ask(lambda session, found=rule: tuple(found.broken(session)))  # type: ignore[misc]


def test_what_may_leave_and_was_read_goes_and_no_name_lets_a_closed_kind_go(there: Record) -> None:
    made = ready(there)

    kinds = {item.reference: [file.kind for file in item.files] for item in made.pack.applications}
    assert kinds == {
        "ACF-001": [kind for kind in KINDS if kind in LEAVING],
        "ACF-002": [],
        "ACF-003": ["quote"],
    }
    assert {"form", "e-mail", "bank", "identity", "not sorted"}.isdisjoint(kinds["ACF-001"])
    (file,) = by_reference(made.pack.applications)["ACF-003"].files
    assert (file.name, "zelda" in made.text) == ("Quote ask [left out]", False), "without the address in it"
    for chosen, going in (
        (tuple(KINDS), LEAVING),
        (("quote",), {"quote"}),
        ((), set()),
        (("form", "bank", "not sorted"), set()),
    ):
        assert {file.kind for file in ready(there, kinds=chosen).pack.files} == set(going)

    # A member is sent nothing of an application that is closed to them: M2 has an interest in the third.
    other = ready(there, "M2")
    assert {item.reference for item in other.pack.applications} == {"ACF-001", "ACF-002"}
    assert len(other.files) == len(LEAVING)
    assert "the third" not in other.text


def test_files_of_an_award_or_a_round_and_what_was_taken_back_stay(there: Record) -> None:
    attach_to(there, Subject(AWARD, 1, "ACF-002"), b"signed", "agreement")
    attach_to(there, Subject(ROUND, 1), b"advertised", "notice")
    number = attach(there, "ACF-002", b"withdrawn", "policy")
    unread = attach(there, "ACF-002", b"read once", "policy")
    of = asdict(Subject(APPLICATION, 1, "ACF-002"))
    there.perform(RemoveAttachments(**of, numbers=(number,)), OFFICER)
    there.perform(TickAttachments(**of, numbers=(unread,), is_read=False), OFFICER)

    assert by_reference(ready(there).pack.applications)["ACF-002"].files == ()

    # A pack that lists one file twice is refused.
    pack = ready(there).pack
    *others, last = sorted(pack.applications, key=lambda one: len(one.files))
    twice = replace(last, files=last.files * 2)

    public = signing.public_half(KEYS["M1"]).hex()
    changed = replace(pack, applications=(*others, twice), office_key=public)
    with pytest.raises(Trouble, match="is not intact"):
        read_pack(canonical.to_text(with_signature(changed, KEYS["M1"])))


def test_a_pack_brings_its_files_into_the_members_own_record_and_damaged_bytes_leave_none(
    there: Record, tmp_path: Path
) -> None:
    opened = sent(there, tmp_path / "ann.gpack")

    with at_home(tmp_path / "ann.panel", opened) as home:
        found = seen(home)
        assert {of: len(files) for of, files in found.items()} == {"ACF-001": len(LEAVING), "ACF-003": 1}
        assert contents(home, found["ACF-003"]) == [b"the quote of the third"]
        assert contents(home, found["ACF-001"]) == [
            f"a file of {one.kind}".encode() * 50 for one in found["ACF-001"]
        ]
        assert found["ACF-003"][0].pieces != found["ACF-003"][0].sha256
        assert [*faults(home)] == []
        mark(home, "ACF-001", "A1", 4, None)
        text = home.ask(ready_return).text
        assert "quote" not in text
        assert "files" not in text

    content = bytearray((tmp_path / "ann.gpack").read_bytes())
    content[-20] ^= 1
    (tmp_path / "ann.gpack").write_bytes(content)

    with pytest.raises(Trouble, match="Nothing was imported"):
        at_home(tmp_path / "again.panel", opened)

    assert not (tmp_path / "again.panel").exists()


def updated(home: Record, opened: OpenedPack) -> object:
    """Open a newer pack into the member's own record; return how it is undone."""
    beside = partial(put_attached, contents=opened.contents())
    member = Actor("Ann Sample", "member")
    return home.perform_beside(UpdatePack(opened.text, opened.start), beside, member)[0].inverse


def test_a_newer_pack_brings_takes_and_renames_files_and_one_undo_goes_back(
    there: Record, tmp_path: Path
) -> None:
    with at_home(tmp_path / "ann.panel", sent(there, tmp_path / "1.gpack")) as home:
        before = seen(home)
        attach(there, "ACF-002", b"came later", "policy", "Policy.pdf")
        (quote,) = there.ask(attachments_of_round, 1)["ACF-003"]
        of = asdict(Subject(APPLICATION, 1, "ACF-003"))
        there.perform(RemoveAttachments(**of, numbers=(quote.number,)), OFFICER)

        back = updated(home, sent(there, tmp_path / "2.gpack"))

        found = seen(home)
        assert contents(home, found["ACF-002"]) == [b"came later"]
        assert "ACF-003" not in found
        assert [*faults(home)] == []

        again = home.perform(back, Actor("Ann Sample", "member")).inverse  # type: ignore[arg-type]
        known = [one.sha256 for files in before.values() for one in files]
        assert [one.sha256 for files in seen(home).values() for one in files] == known
        assert contents(home, seen(home)["ACF-003"]) == [b"the quote of the third"]
        home.perform(again, Actor("Ann Sample", "member"))  # type: ignore[arg-type]
        assert contents(home, seen(home)["ACF-002"]) == [b"came later"]
        assert "ACF-003" not in seen(home)


def test_what_the_office_erased_goes_from_a_members_record_with_the_next_pack_for_good(
    there: Record, tmp_path: Path
) -> None:
    first = sent(there, tmp_path / "1.gpack")
    with at_home(tmp_path / "ann.panel", first) as home:
        (quote,) = there.ask(attachments_of_round, 1)["ACF-003"]
        of = asdict(Subject(APPLICATION, 1, "ACF-003"))
        erase = EraseAttachments(**of, numbers=(quote.number,), ground="asked", person="Grace")
        assert there.perform(erase, OFFICER).words.endswith(IN_PACKS)
        (row,) = there.ask(lambda session: session.execute(pack_table.select()).all())
        assert row.pack == first.pack.pack
        assert not any(words in repr(row) for words in ("Quote", quote.sha256)), "nor in what is remembered"
        refused(r"is not in the record as it was added. Verify", there.ask, content_to_pack, quote)
        newer = sent(there, tmp_path / "2.gpack")
        assert {one.reference: one.erased for one in newer.pack.applications} == {
            "ACF-001": (),
            "ACF-002": (),
            "ACF-003": (quote.sha256,),
        }

        back = updated(home, newer)

        (gone,) = [one for one in home.ask(every_attachment) if one.sha256 == quote.sha256]
        assert (gone.name, home.ask(content_of, gone)) == ("(erased)", None)
        home.perform(back, Actor("Ann Sample", "member"))  # type: ignore[arg-type]
        assert "ACF-003" not in seen(home)
        assert [*faults(home)] == []
        assert verify(home).sound

        attach(there, "ACF-003", b"the quote of the third", "quote", "Quote.pdf")
        updated(home, sent(there, tmp_path / "3.gpack"))
        assert contents(home, seen(home)["ACF-003"]) == [b"the quote of the third"]
        assert [*faults(home)] == []
        assert verify(home).sound


@pytest.mark.parametrize("login", ["ivy", "cara"])
def test_who_does_not_read_all_of_a_round_issues_no_pack_of_what_is_left(login: str) -> None:
    address = server_address(cluster().address(template(), login))
    with (
        Record.sign_on(address, Opener(PEOPLE[login][0], "tests")) as office,
        pytest.raises(Refused, match="closed to you"),
    ):
        ready(office)
