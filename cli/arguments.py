"""Arguments that several subcommands share, and who is acting."""

import argparse
import getpass
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cli.examples import EXAMPLES
from cli.output import warn, without_controls
from models.store.address import ServerAddress, address_of
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.operation import Actor, Operation
    from models.record import Opener, Record
    from models.session import Session

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Run = Callable[[argparse.Namespace], int]

AS_WHOM = (
    "act as this person, with the roles they have in the record; without it as the office, which may do "
    "all that an officer and the chair may, and may read everything"
)
ON_PAPER = "who enters it; the journal names them, and no role of theirs prevents it"
_GIVEN = "_given"
"""Where what is read keeps what each option was given."""
_DAY = re.compile(r"\b(DATE|DAY)\b")
"""How a help names what is a day."""
_YEAR = re.compile(r"(20[0-9]{2})/([0-9]{2})")


class _Once(argparse.Action):
    """Takes the last where an option that means one thing is given again, and says so."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep what was given, and warn where something else was given before."""
        given: dict[str, object] = namespace.__dict__.setdefault(_GIVEN, {})
        before = given.get(self.dest, values)
        if option_string is not None and before != values:
            warn([f"{option_string} is given twice, and only the last of them counts."])
        given[self.dest] = values
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """A parser that tells of wrong usage in two lines, the whole of it being a help away.

    The help of an action is given too where what comes before it, a record or an address, is left out.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._is_intermixed = False
        for name in (None, "store"):
            self.register("action", name, _Once)

    def parse_known_args(  # type: ignore[override]  # argparse overloads it for other namespaces
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read the arguments, or give the help that is asked for."""
        named = [*args] if args is not None else sys.argv[1:]
        if len(named) == 2 and named[1] in ("-h", "--help"):
            choices = [one.choices for one in self._actions if isinstance(one.choices, dict)]
            for parser in (found[named[0]] for found in choices if named[0] in found):
                parser.print_help()
                self.exit()
        self._refuse_swapped(named)
        takes_many = any(one.nargs in ("*", "+") for one in self._actions if not one.option_strings)
        if takes_many and not self._is_intermixed:  # argparse gives many at one place alone
            self._is_intermixed = True
            try:
                return self.parse_known_intermixed_args(args, namespace)
            finally:
                self._is_intermixed = False
        return super().parse_known_args(args, namespace)

    def with_days(self) -> "Iterator[Parser]":
        """Yield this parser, where it takes a day, and those of its actions that do."""
        return self._where(lambda one: bool(_DAY.search(str(one.metavar))))

    def with_records(self) -> "Iterator[Parser]":
        """Yield this parser, where it opens a record, with all of its actions, and those of them that do."""
        return self._where(lambda one: one.dest == "passphrase_file", with_all_actions=True)

    def _where(
        self, is_meant: Callable[[argparse.Action], bool], *, with_all_actions: bool = False
    ) -> "Iterator[Parser]":
        is_found = any(map(is_meant, self._actions))
        if is_found:
            yield self
        choices = [one.choices for one in self._actions if isinstance(one.choices, dict)]
        for inner in (inner for found in choices for inner in found.values()):
            if isinstance(inner, Parser):
                asked = (lambda _: True) if is_found and with_all_actions else is_meant
                yield from inner._where(asked, with_all_actions=with_all_actions)

    def _refuse_swapped(self, named: Sequence[str]) -> None:
        """Say how it is typed where an action stands before its record."""
        actions = [name for one in self._actions if isinstance(one.choices, dict) for name in one.choices]
        has_record = any(one.dest == "record" and not one.option_strings for one in self._actions)
        if has_record and len(named) > 1 and named[0] in actions and named[1] not in actions:
            rest = " ".join((named[1], named[0], *(["…"] if named[2:] else [])))
            self.error(f"the record comes first: {self.prog} {rest}")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with status 2."""
        self.exit(2, without_controls(f"{self.prog}: {message}.\nSee {self.prog} --help.\n"))


def add_command(commands: "Commands", name: str, run: Run, words: str) -> argparse.ArgumentParser:
    """Add a subcommand that `run` carries out; `words` say what it does."""
    description = f"{words[0].upper()}{words[1:]}."
    example = f"Example: grant-panel {EXAMPLES[name]}"
    parser = commands.add_parser(
        name, help=words, description=description, epilog=example, allow_abbrev=False
    )
    parser.set_defaults(run=run)
    return parser


def add_record(parser: argparse.ArgumentParser) -> None:
    """Add the record that a subcommand works on."""
    words = "the record's file, or postgresql://PERSON@HOST/DATABASE for one on an office server"
    parser.add_argument("record", metavar="RECORD", type=address_of, help=words)
    add_passphrase(parser)


def add_round_source(parser: argparse.ArgumentParser) -> None:
    """Add the record or round workbook that a subcommand reads a round from."""
    words = "a record, in a file or on an office server, or a round workbook"
    parser.add_argument("file", metavar="FILE", type=address_of, help=words)
    add_passphrase(parser)


def file_path(text: str) -> Path:
    """Return the path of a record's file; Refused where somebody names one on a server."""
    found = address_of(text)
    if isinstance(found, ServerAddress):
        raise Refused(
            f"{found} is on an office server, and this can be done only with a record in a file. Name a file."
        )
    return found


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where the passphrase of an encrypted record is."""
    words = "the file, or fd:N, whose first line is the record's passphrase"
    parser.add_argument("--passphrase-file", metavar="PATH", help=words)


def add_round(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add the options that say which round is meant."""
    parser.add_argument(
        "--round", metavar="NAME", type=round_name, required=required, help="the round's name"
    )
    parser.add_argument("--fund", metavar="NAME", help="the fund's name, where the round's is not enough")
    parser.add_argument(
        "--year", metavar="2026/27", type=financial_year, help="the financial year, where needed"
    )


def add_area(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps to one area."""
    parser.add_argument("--area", metavar="NAME", help="only this area")


def add_areas(parser: argparse.ArgumentParser, words: str) -> None:
    """Add the option that keeps to one area, or to several."""
    parser.add_argument("--area", dest="areas", metavar="NAME", action="append", default=[], help=words)


def add_award(parser: argparse.ArgumentParser) -> None:
    """Add the award that a subcommand or an action is about."""
    parser.add_argument("award", metavar="AWARD", help="the award's reference, or its application's")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option to print JSON."""
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def add_person(parser: argparse.ArgumentParser, words: str = "") -> None:
    """Add the option that says who acts; `words` say what it means where that is something else.

    Whoever acts with the roles they have declares first, where these ask for it.
    """
    parser.add_argument("--as", dest="person", metavar="NAME", help=words or AS_WHOM)
    parser.set_defaults(declares_first=not words)


def financial_year(text: str) -> str:
    """Return a financial year like 2026/27; anything else is wrong usage."""
    match = _YEAR.fullmatch(text)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise argparse.ArgumentTypeError(f"{text!r} is not a financial year like 2026/27")
    return text


def in_lines(text: str) -> str:
    r"""Return typed words with a line for each \n, as not every terminal can type a new one."""
    return text.replace("\\n", "\n").strip()


def round_name(text: str) -> str:
    """Return a round's name as workbooks give it back, without spaces around it; a blank is wrong usage."""
    name = text.strip()
    if not name or not name.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r} is not a name")
    return name


def person(options: argparse.Namespace) -> str:
    """Return who is acting, as the journal names them."""
    from models.operation import UNNAMED

    named = getattr(options, "person", None)
    return named.strip() if named and named.strip() else f"{UNNAMED}{_user()}"


def is_named(options: argparse.Namespace) -> bool:
    """Whether the options say who is acting; without a name it is the office."""
    return bool((getattr(options, "person", None) or "").strip())


def acting(record: "Record", operation: "Operation", options: argparse.Namespace) -> "Actor":
    """Return who makes a change: the office, or the person named in a role that they have in the round.

    Raises `Refused` where it is not theirs to make, before anything is done beside it.
    """
    from models.permissions.acting import acting
    from models.permissions.check import require
    from models.permissions.role import OFFICE

    roles = None if is_named(options) else OFFICE
    found = record.ask(partial(acting, operation=operation, name=person(options), roles=roles))
    record.ask(partial(require, operation=operation, actor=found))
    return found


def perform_all(
    record: "Record", operations: "Iterable[Operation]", options: argparse.Namespace
) -> list[str]:
    """Make several changes and return what each says; where one of them is refused none is made."""
    made = [(operation, acting(record, operation, options)) for operation in operations]
    record.try_out(partial(tried, made=made))
    return [record.perform(operation, by).words for operation, by in made]


def tried(session: "Session", made: "Iterable[tuple[Operation, Actor]]") -> None:
    """Make changes that are thrown away, for what would be refused of them."""
    from models.operation import CheckedAtEntry

    now = datetime.now(UTC)
    for operation, by in made:
        if isinstance(operation, CheckedAtEntry):
            operation.check_at_entry(session, now)
        operation.apply(session, by, now)


def for_the_office(options: argparse.Namespace) -> "Actor":
    """Return who enters what others settled elsewhere: no role bars it, and the journal names them."""
    from models.operation import Actor

    return Actor(person(options))


def opener(options: argparse.Namespace) -> "Opener":
    """Return who opens the record."""
    from models.record import Opener

    return Opener(person(options), "the command")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
