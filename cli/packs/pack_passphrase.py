"""The passphrase of a pack and of what comes back from it: beside that of the record."""

import argparse

from cli.record.passphrase import ask_passphrase, passphrase_in
from scoring.refused import Refused

OPTION = "--pack-passphrase-file"


def add_pack_passphrase(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Add the option that says where the pack's passphrase is; several where packs have their own."""
    words = "the file, or fd:N, whose first line is the pack's passphrase"
    if several:
        words += "; may be given again, for packs with other passphrases"
    parser.add_argument(OPTION, metavar="PATH", action="append", help=words)


def new_pack_passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase of a pack that is to be made, asked for twice at a terminal."""
    from models.store.passphrases import checked

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
