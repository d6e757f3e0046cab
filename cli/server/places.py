"""The two places of what goes between a file and a server, in the order in which it goes."""

import argparse
from collections.abc import Sequence
from typing import Any

from cli.arguments import file_path
from models.store.address import is_of_server


def add_places(parser: argparse.ArgumentParser, words: str, *, is_from_file: bool) -> None:
    """Add the record's file and the server's address; `words` say what the file is."""
    said = {"RECORD": words, "URL": "postgresql://PERSON@HOST/DATABASE"}
    for name in ("RECORD", "URL") if is_from_file else ("URL", "RECORD"):
        parser.add_argument(name.lower(), metavar=name, action=_Place, help=said[name])


class _Place(argparse.Action):
    """Takes both as `file` and `url`, whichever is named first: an address is told by how it begins."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        place = str(values)
        named = [*getattr(namespace, "places", ()), place]
        namespace.places = named
        url = next((one for one in named if is_of_server(one)), named[-1])
        namespace.url = url
        if len(named) > 1:
            namespace.file = file_path(named[0] if url == named[1] else named[1])
