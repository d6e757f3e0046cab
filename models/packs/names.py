"""The names of files that go between an office and its members: round, member's code, number; no name."""

from scoring.written.names import file_name

PACK, RETURN = ".gpack", ".greturn"


def pack_file(round_name: str, code: str, number: int) -> str:
    """Return the name of a member's pack: "Autumn M1 pack 2.gpack"."""
    return file_name(f"{round_name} {code} pack {number}") + PACK


def return_file(round_name: str, code: str, number: int) -> str:
    """Return the name of a member's return: "Autumn M1 return 2.greturn"."""
    return file_name(f"{round_name} {code} return {number}") + RETURN


def record_file(round_name: str, code: str) -> str:
    """Return the name of the record that a member keeps: "Autumn M1.panel"."""
    return file_name(f"{round_name} {code}") + ".panel"
