"""The parser of the command, made from its manual; only the module of what is typed is loaded.

`resources/command/manual.txt` has a paragraph for each subcommand. Its first line names it, and after two
spaces says what it does; `in` says which function carries it out, `e.g.` gives an example. Each other line is
an argument as its help shows it, and after two spaces what it means; a line that goes on is indented again.

"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

import resources
from cli.frame.output import Json, near, warn, without_controls
from cli.frame.typed import day, file_path, financial_year, in_lines, month, round_name
from models.program import version
from models.store.places import address_of

Type = Callable[[str], object]
"""How what is typed is read."""
_FORM = re.compile(r"(\|!?)? ?(--[a-z-]+)? ?(.*?)([!&+*?~¶]*)")
_WORDS = re.compile(r"[A-Z]+(?: [A-Z]+)+")


class Argument(Struct, frozen=True):
    r"""An argument as the manual writes it.

    `!` is a must; `&` may be given again; `+`, `*` and `?` take one or more, any number, at most one; `~` is
    kept as it was typed; `¶` takes a new line for each \n. `|` and `|!` stand before those of which only one
    is given, or just one.
    """

    flag: str
    metavar: str
    marks: str
    dest: str
    default: str | None
    either: str
    words: str

    @property
    def name(self) -> str:
        return self.dest or (self.flag[2:] or self.metavar).lower().replace("-", "_")


class Paragraph(Struct, frozen=True):
    """What the manual says of a subcommand, or of an action of one; a subcommand is for one kind of work."""

    path: tuple[str, ...]
    words: str
    function: str
    example: str
    work: str
    arguments: tuple[Argument, ...]


@cache
def manual() -> Mapping[tuple[str, ...], Paragraph]:
    """Return every paragraph by the words that lead to it, in the order of the text."""
    found = map(_paragraph, resources.text("command/manual.txt").strip().split("\n\n"))
    return {one.path: one for one in found}


def _paragraph(text: str) -> Paragraph:
    first, *lines = text.replace("\n      ", " ").split("\n")
    path, _, words = first.partition("  ")
    said = {"in": "", "e.g.": "", "for": ""}
    arguments = []
    for form, _, rest in (line.strip().partition("  ") for line in lines):
        kind, _, value = form.partition(" ")
        if kind in said:
            said[kind] = value
        else:
            arguments.append(_argument(form, rest))
    return Paragraph(tuple(path.split(" ")), words, said["in"], said["e.g."], said["for"], tuple(arguments))


def _argument(text: str, words: str) -> Argument:
    form, has_default, default = text.partition(" =")
    form, _, dest = form.partition(" as ")
    found = _FORM.fullmatch(form)
    assert found is not None, text
    either, flag, metavar, marks = (part or "" for part in found.groups())
    blank = default.strip() if has_default else None
    return Argument(flag, metavar, marks, dest, blank, either, words)


AS_WHOM = (
    "act as this person, with the roles they have in the record; without it as the office, which may do "
    "all that an officer and the chair may, and may read everything"
)
RECORD = "the record's file, or postgresql://PERSON@HOST/DATABASE for one on an office server"
SOURCE = "a record, in a file or on an office server, or a round workbook"
PASSPHRASE = "the file, or fd:N, whose first line is the record's passphrase"
CLOCK = "change the record though the clock of this computer seems wrong"
FAR = "take a day that is more than five years from today"
TYPES: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("DATE", "DAY"), day),
    **dict.fromkeys(("FILE", "PATH", "DIR", "FOLDER", "WORKBOOK", "BOOK", "PACK", "RETURN"), Path),
    **dict.fromkeys(("N", "ROW", "MINUTES"), int),
    **dict.fromkeys(
        ("TEXT", "NAME", "POST", "POUNDS", "AWARD", "WHAT", "NUMBER", "ADDRESS", "WORD"), str.strip
    ),
    **dict.fromkeys(("RECORD", "NEW", "PART"), file_path),
    "INTO": address_of,
    "2026/27": financial_year,
    "2026-11": month,
}
"""How what is typed is read, by what the manual calls it; else as it stands."""
LISTS: Mapping[str, Mapping[str, str]] = {
    "awards.award": {
        "code": "models.reference.defaults:CHECKS",
        "--result": "models.values.diligence:RESULTS",
    },
    "awards.budget": {"--of": "models.reference.shipped_history:OFFICES"},
    "papers.books": {"paper": "models.papers.texts:FIELDS_OF"},
    "papers.export": {"kind": "models.papers.kinds:ASKED"},
    "record.server": {"--role": "models.role:Role"},
}
"""Where the words are of which one is typed, by the module that carries a subcommand out."""
UNKNOWN = "unrecognized arguments: "
_GIVEN = "_given"
"""Where what is read keeps what each option was given."""
_DAY = re.compile(r"\b(DATE|DAY)\b")
_MANY = {"+": "extend"}


class Once(argparse.Action):
    """Takes the last where an option that means one thing is given again, and says so."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        given: Json = namespace.__dict__.setdefault(_GIVEN, {})
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
            self.register("action", name, Once)

    @property
    def takes_passphrase(self) -> bool:
        return any(one.dest == "passphrase_file" for one in self._actions)

    @property
    def below(self) -> "Mapping[str, Parser]":
        """Return the parsers of its subcommands or actions by name."""
        return {
            name: one
            for action in self._actions
            if isinstance(action.choices, dict)
            for name, one in action.choices.items()
            if isinstance(one, Parser)
        }

    def parse_known_args(  # type: ignore[override]  # argparse overloads it for other namespaces
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read the arguments, or give the help that is asked for."""
        named = [*args] if args is not None else sys.argv[1:]
        if len(named) == 2 and named[0] in self.below and named[1] in ("-h", "--help"):
            self.below[named[0]].print_help()
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

    def _refuse_swapped(self, named: Sequence[str]) -> None:
        """Say how it is typed where an action stands before its record."""
        has_record = any(one.dest == "record" and not one.option_strings for one in self._actions)
        if has_record and len(named) > 1 and named[0] in self.below and named[1] not in self.below:
            self.error(f"the record comes first: {self.prog} {named[1]} {named[0]}{' …' * bool(named[2:])}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        known = action.choices or ()
        meant = "" if value in known else near(str(value), map(str, known))
        if meant:
            raise argparse.ArgumentError(action, f"there is no {value!r}.{meant}")
        super()._check_value(action, value)

    def _options(self) -> Iterator[str]:
        yield from (name for one in self._actions for name in one.option_strings)
        for inner in self.below.values():
            yield from inner._options()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and what was perhaps meant, and leave with status 2."""
        unknown = message.partition(UNKNOWN)[2].split(" ")[0]
        meant = near(unknown, self._options()) if unknown.startswith("-") else ""
        said = message if message.endswith(("?", ".")) else f"{message}.{meant}"
        self.exit(2, without_controls(f"{self.prog}: {said}\nSee {self.prog} --help.\n"))


def parser(given: Sequence[str] | None = None) -> Parser:
    """Return the parser of the whole command; of what `given` does not name only that it is there.

    Where more follows a subcommand, it has no other.
    """
    whole = Parser(
        prog="grant-panel",
        description="Import, score, rank and schedule applications to police grant funds.",
        epilog=_by_work(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"grant-panel {version()}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True, title="commands", help="one of these")
    held: dict[tuple[str, ...], tuple[Parser, Any]] = {(): (whole, commands)}
    sole = given[0] if given and len(given) > 1 and (given[0],) in manual() else ""
    for path, said in manual().items():
        above = held.get(path[:-1])
        if above is None or sole not in ("", path[0]):
            continue
        made = _add(above[1], said)
        if given is None or set(path) <= set(given):
            held[path] = made, _fill(made, said, above[0])
    return whole


def _by_work() -> str:
    """Return the subcommands, each under the kind of work that it is for."""
    every = [one for path, one in manual().items() if len(path) == 1]
    widest = max(len(one.path[0]) for one in every)
    lines = []
    for work in dict.fromkeys(one.work for one in every):
        lines += ["", f"{work}:"]
        lines += [f"  {one.path[0]:{widest}}  {one.words}" for one in every if one.work == work]
    return "\n".join((*lines[1:], "", "Without a subcommand, or with a record alone, the window opens."))


def loaded(place: str, *otherwise: Any) -> Any:
    """Return what stands in a module of the command: "awards.vary:run"; raises where it is not there."""
    return _found(f"cli.{place}", *otherwise)


def _found(place: str, *otherwise: Any) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name, *otherwise)


def _carry_out(place: str, options: argparse.Namespace) -> int | None:
    """Carry a subcommand out; only then what it needs is loaded, for a help needs none of it."""
    done: int | None = loaded(place)(options)
    return done


def _add(actions: Any, said: Paragraph) -> Parser:
    example = f"Example: grant-panel {said.example}" if said.example else None
    description = f"{said.words[0].upper()}{said.words[1:]}."
    listed = {} if said.work else {"help": said.words}
    found = actions.add_parser(
        said.path[-1], **listed, description=description, epilog=example, allow_abbrev=False
    )
    assert isinstance(found, Parser), "of the class of the whole"
    return found


def _fill(made: Parser, said: Paragraph, above: Parser) -> Any:
    """Add what the manual says of a subcommand, and return where its actions go, None where it has none."""
    module, _, name = said.function.partition(":")
    groups: dict[str, Any] = {"": made}
    for one in said.arguments:
        if one.either not in groups:
            groups[one.either] = made.add_mutually_exclusive_group(required=one.either == "|!")
        shared = None if one.words else SHARED.get(one.flag + ("" if one.flag else one.metavar))
        if shared is not None:
            shared(made, one)
        else:
            _add_argument(groups[one.either], one, module)
    if any(_DAY.search(one.metavar) for one in said.arguments):
        made.add_argument("--date-is-right", action="store_true", help=FAR)
    # suppressed, or an action would take back what stands before its name
    if above.takes_passphrase and not made.takes_passphrase:
        made.add_argument("--passphrase-file", metavar="PATH", default=argparse.SUPPRESS, help=PASSPHRASE)
    if made.takes_passphrase:
        made.add_argument("--clock-is-right", action="store_true", default=argparse.SUPPRESS, help=CLOCK)
    if name:
        made.set_defaults(run=partial(_carry_out, said.function), usage_error=made.error)
        return None
    title = "actions" if len(said.path) == 1 else "what is done"
    metavar, dest = ("ACTION", "action") if len(said.path) == 1 else ("WHAT", "what")
    return made.add_subparsers(metavar=metavar, required=True, dest=dest, title=title)


def _add_argument(parser: Any, one: Argument, module: str) -> None:
    place = LISTS.get(module, {}).get(one.flag or one.name)
    of = None if place is None else tuple(map(str, _found(place)))
    named: dict[str, Any] = {"help": one.words or WORDS.get(one.flag or one.name)}
    if one.flag:
        named |= {"dest": one.name} | ({"required": True} if "!" in one.marks else {})
    if not one.metavar and of is None:
        parser.add_argument(one.flag, action="store_true", **named)
        return
    at_once = tuple(one.metavar.split(" ")) if _WORDS.fullmatch(one.metavar) else ()
    if one.metavar.startswith("{"):
        of = tuple(one.metavar[1:-1].split(","))
    elif one.metavar:
        named["metavar"] = at_once or one.metavar  # FROM TO POUNDS are three
    many = next((mark for mark in "+*?" if mark in one.marks), None)
    if at_once or many:
        named["nargs"] = len(at_once) or many
    if one.flag and ("&" in one.marks or many == "+"):
        named |= {"action": _MANY.get(many or "", "append"), "default": []}
    if one.default is not None:
        named["default"] = one.default
    parser.add_argument(one.flag or one.name, **named, **_read(one, of, module))


def _read(one: Argument, of: Sequence[str] | None, module: str) -> dict[str, Any]:
    if of is not None:
        return {"choices": of} | ({} if one.words else {"help": ", ".join(of)})
    if "¶" in one.marks:
        return {"type": in_lines}
    usual = None if "~" in one.marks else TYPES.get(one.metavar.rpartition(" ")[2])

    def read(text: str) -> object:
        """Read it as the subcommand does, whose own way is loaded only now."""
        own = loaded(f"{module}:TYPES", {}) if module else {}
        by: Type | None = own.get(one.flag or one.name, usual)
        return text if by is None else by(text)

    read.__name__ = getattr(usual, "__name__", "text")
    return {"type": read}


def _add_record(parser: Parser, _: Argument, *, dest: str, words: str) -> None:
    metavar = "RECORD" if dest == "record" else "FILE"
    parser.add_argument(dest, metavar=metavar, type=address_of, help=words)
    parser.add_argument("--passphrase-file", metavar="PATH", help=PASSPHRASE)


def _add_round(parser: Parser, one: Argument) -> None:
    is_due = "!" in one.marks
    parser.add_argument("--round", metavar="NAME", type=round_name, required=is_due, help="the round's name")
    parser.add_argument("--fund", metavar="NAME", help="the fund's name, where the round's is not enough")
    words = "the financial year, where needed"
    parser.add_argument("--year", metavar="2026/27", type=financial_year, help=words)


def _add_person(parser: Parser, _: Argument) -> None:
    """Whoever acts with the roles they have declares first, where these ask for it."""
    parser.add_argument("--as", dest="person", metavar="NAME", help=AS_WHOM)
    parser.set_defaults(declares_first=True)


SHARED: Mapping[str, Callable[[Parser, Argument], None]] = {
    "RECORD": partial(_add_record, dest="record", words=RECORD),
    "SOURCE": partial(_add_record, dest="file", words=SOURCE),
    "--round": _add_round,
    "--as": _add_person,
}
"""What several subcommands take, and the manual only names."""
WORDS = {
    "--json": "print one JSON document and nothing else",
    "--dry-run": "say what would be done; change nothing and write nothing",
    "--area": "only this area",
    "--passphrase-file": PASSPHRASE,
    "award": "the award's reference, or its application's",
}
"""What the manual need not say each time."""
