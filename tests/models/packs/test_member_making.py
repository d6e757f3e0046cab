"""A pack makes a whole record of its member's own, or none."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from models.packs.pack_making import OpenedPack, make_member_record
from models.record import Opener, Record
from models.store.record_file import is_encrypted
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.packs import Pack, read_pack, signed_pack
from models.values.revisions import History, Key
from scoring.written.text import Refused
from tests.models.packed_rounds import KEYS, issue, office

OPENER = Opener("Ann Sample", "tests")
OWN = "six words of her own"


@pytest.fixture
def pack(record: Record) -> Pack:
    """A pack for M1."""
    return read_pack(issue(office(record)))


def opened(pack: Pack) -> OpenedPack:
    """Return a pack as somebody who has its passphrase could seal it again."""
    changed = replace(pack, office_key=signing.public_half(KEYS["M2"]).hex())
    signed = signed_pack(changed, KEYS["M2"])
    return OpenedPack(signed, canonical.to_text(signed), "")


def test_the_record_is_encrypted_and_has_a_key_of_its_own(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "ann.panel"
    make_member_record(path, OPENER, OWN, opened(pack)).close()

    assert is_encrypted(path)
    assert b"Allotment" not in path.read_bytes()
    with Record.open(path, OPENER, key=OWN) as record:
        assert record.is_encrypted


def test_a_pack_that_makes_no_sense_leaves_no_record_behind(pack: Pack, tmp_path: Path) -> None:
    twice = replace(pack, applications=(*pack.applications, pack.applications[0]))
    stray = History.new(pack.within, Key("elsewhere", "interest")).set_to('[["pecuniary","x"]]')
    odd = History.new(pack.within, Key("", "interest")).set_to('[["odd",""]]')
    for number, spoiled in enumerate(
        (
            twice,
            replace(pack, revisions=stray.written, stands=tuple(stray.stands)),
            replace(pack, revisions=odd.written, stands=tuple(odd.stands)),
        )
    ):
        path = tmp_path / f"{number}.panel"
        with pytest.raises((Trouble, Refused)):
            make_member_record(path, OPENER, OWN, opened(spoiled))
        assert not path.exists()


def test_a_record_that_is_there_is_never_written_over(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "there.panel"
    path.write_bytes(b"something of hers")

    with pytest.raises(Trouble):
        make_member_record(path, OPENER, OWN, opened(pack))

    assert path.read_bytes() == b"something of hers"
