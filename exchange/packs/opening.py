"""A pack or a return that was opened: its text, with what is known of the file it came in."""

from exchange.packs.sealing import start_of, unseal_text
from models.packs.member_making import OpenedPack
from models.packs.values import Return, read_pack, read_return
from models.trouble import Trouble

_OTHER = "What is in this file does not match its label, so nothing was imported. Ask for it again."


def open_pack(content: bytes, passphrase: str) -> OpenedPack:
    """Return the pack that a sealed file holds."""
    pack_id, text = unseal_text(content, passphrase, "pack")
    pack = read_pack(text)
    if pack.pack != pack_id:
        raise Trouble(_OTHER)
    return OpenedPack(pack, text, start_of(content).hex())


def open_return(content: bytes, passphrase: str) -> tuple[Return, str]:
    """Return the return that a sealed file holds, and its text as it was signed."""
    pack_id, text = unseal_text(content, passphrase, "return")
    given = read_return(text)
    if given.pack != pack_id:
        raise Trouble(_OTHER)
    return given, text
