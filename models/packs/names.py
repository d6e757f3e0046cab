"""The names of files that go between an office and its members: round, member's code, number; no name."""

import re

_BARRED = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
"""What a file name cannot hold on one system or another."""
PACK, RETURN = ".gpack", ".greturn"


def pack_file(round_name: str, code: str, number: int) -> str:
    """Return the name of a member's pack: "Autumn M1 pack 2.gpack"."""
    return _plain(f"{round_name} {code} pack {number}") + PACK


def return_file(round_name: str, code: str, number: int) -> str:
    """Return the name of a member's return: "Autumn M1 return 2.greturn"."""
    return _plain(f"{round_name} {code} return {number}") + RETURN


def record_file(round_name: str, code: str) -> str:
    """Return the name of the record that a member keeps: "Autumn M1.panel"."""
    return _plain(f"{round_name} {code}") + ".panel"


def _plain(words: str) -> str:
    return " ".join(_BARRED.sub("-", words).split()).strip(". ")
