"""`python3 run.py golden`: write the kept sets, `--check` them, or `--show` entries by their names."""

import argparse
import os
import sys

import pytest

from tests.golden.corpus import SETS, WRITES, kept


def main() -> int:
    """Do what the options ask; return pytest's status, 1 where nothing is kept of a name."""
    parser = argparse.ArgumentParser(prog="run.py golden", description=__doc__)
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--check", action="store_true", help="compare, and write nothing")
    either.add_argument("--show", metavar="NAME", help="print the entries whose name holds NAME")
    options = parser.parse_args()
    if options.show is not None:
        return show(options.show)
    if options.check:
        return int(pytest.main(["tests/golden", "--no-qt-log"]))
    os.environ[WRITES] = "1"
    return int(pytest.main(["tests/golden", "-k", "facts_and_words"]))


def show(name: str) -> int:
    """Print what is kept of each entry whose name holds these words."""
    found = [(kind, entry, lines) for kind in SETS for entry, lines in kept(kind).items() if name in entry]
    for kind, entry, lines in found:
        sys.stdout.write("\n".join([f"--- {kind}: {entry}", *lines, ""]))
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
