"""What each action of `grant-panel fund` changes, as operations."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cli.arguments import in_lines
from cli.awards.amounts import typed_pence
from cli.days import today, typed_day
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.operation import Operation
    from models.queries.set_up.funds import Fund
    from models.record import Record
    from models.reference.fund_defaults import FundDefaults, ListKind, Source


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is set."""
    many = partial(parser.add_argument, action="append", default=[])
    parser.add_argument("facts", metavar="KEY=VALUE", nargs="*", help='a fact, such as "cap_per_award=5000"')
    many("--set", dest="more", metavar="KEY=VALUE", help="the same, as the office command has it")
    many("--line", metavar="LIST:CODE=WORDS", help="add or change a line of a list")
    many("--parts", metavar="CODE=PARTS", help='parts of a payment profile: "halves=50 agreement signed; …"')
    many("--standard", metavar="LIST:CODE", help="a condition applies to every award; a gate is only advice")
    many("--retire", metavar="LIST:CODE", help="stop offering a line; it stays where it was chosen")
    many("--restore", metavar="LIST:CODE", help="offer a retired line again")
    many("--remove-line", metavar="LIST:CODE", help="remove a line")
    many("--require", metavar="LIST", help="each application needs a line of this list before it is decided")
    many("--optional", metavar="LIST", help="an application does not need a line of this list")
    many(
        "--step",
        metavar="POST[ + POST]; …",
        help='the whole new chain, such as "Chief Executive; from 5000 up to 20000"',
    )


def add_year_to(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say what a fund has in a year."""
    parser.add_argument("year", metavar="2026/27", help="the financial year")
    parser.add_argument("amount", metavar="POUNDS", help='its amount; "" removes the year')
    parser.add_argument(
        "--source",
        metavar="KIND=POUNDS[;WORDS][;until DAY]",
        action="append",
        default=[],
        help="where it comes from: proceeds-of-crime, police-property, ministry-of-justice, precept, other",
    )


def operation(record: "Record", options: argparse.Namespace) -> "Operation":
    """Return the change that an action makes; raises Refused where it cannot be said."""
    return _CHANGES[options.action](record, options)


def the_fund(record: "Record", name: str) -> "Fund":
    """Return the fund of a name, code or former name; raises Refused where there is none."""
    from models.queries.set_up.funds import fund_named

    return record.ask(partial(fund_named, name=name))


def _add(record: "Record", options: argparse.Namespace) -> "Operation":
    from models.operations.set_up.office import AddFund
    from models.queries.set_up.office import newest_office
    from models.reference.fund_starts import fund_from

    word = "" if options.template == "empty" else options.template
    force = record.ask(newest_office).get("force")
    return AddFund(fund_from(options.name.strip(), options.code.strip(), word, force))


def _import(record: "Record", options: argparse.Namespace) -> "Operation":
    from exchange.funds.fund_files import read_fund
    from models.operations.set_up.office import AddFund

    return AddFund(read_fund(options.file))


def _set(record: "Record", options: argparse.Namespace) -> "Operation":
    from models.operations.set_up.fund_changes import SetFund

    fund = the_fund(record, options.fund)
    rules, said = fund.rules, []
    for change, words in _asked(options):
        rules = change(rules)
        said.append(words)
    if not said:
        raise Refused('Say what to set, such as "cap_per_award=5000" or --line "crime_type:asb=…".')
    return SetFund(fund.code, rules, fund.rules, ", ".join(dict.fromkeys(said)))


_Change = tuple[Callable[["FundDefaults"], "FundDefaults"], str]


def _asked(options: argparse.Namespace) -> Sequence[_Change]:
    from models.reference import fund_facts as facts
    from models.reference import fund_lines as lines

    found: list[_Change] = []
    for key, value in map(_pair, [*options.facts, *options.more]):
        found.append((partial(facts.with_fact, key=key, text=value), key))
    for which, code in map(_of_list, options.remove_line):
        found.append((partial(lines.without_line, which=which, code=code), which))
    for text in options.line:
        (which, code), words = _of_list(_pair(text)[0]), _pair(text)[1]
        found.append((partial(_with_line, which=which, code=code, words=words), which))
    for code, text in map(_pair, options.parts):
        found.append((partial(lines.paid_in, code=code, parts=text), lines.PAYMENTS))
    for which, code in map(_of_list, options.standard):
        found.append((partial(_standard, which=which, code=code), which))
    for names, is_retired in ((options.retire, True), (options.restore, False)):
        for which, code in map(_of_list, names):
            found.append((partial(lines.retired, which=which, code=code, is_retired=is_retired), which))
    for names, is_required in ((options.require, True), (options.optional, False)):
        for name in names:
            found.append((partial(lines.requiring, kind=_kind(name), is_required=is_required), name))
    if options.step:
        found.append((partial(facts.with_chain, chain=tuple(map(facts.read_step, options.step))), "chain"))
    return found


def _with_line(fund: "FundDefaults", which: str, code: str, words: str) -> "FundDefaults":
    from models.reference.fund_lines import Line, lines_of, with_line

    there = [one for one in lines_of(fund, which) if one.code == code]
    line = replace(there[0], words=words) if there else Line(code, words)
    return with_line(fund, which, line)


def _standard(fund: "FundDefaults", which: str, code: str) -> "FundDefaults":
    from models.reference.fund_lines import lines_of, with_line

    there = [one for one in lines_of(fund, which) if one.code == code]
    if not there or which not in ("condition", "gate"):
        raise Refused(f"“{which}:{code}” is neither a condition nor a gate of the fund. Correct the code.")
    return with_line(fund, which, replace(there[0], is_on=True))


def _year(record: "Record", options: argparse.Namespace) -> "Operation":
    from models.operations.set_up.fund_changes import SetFundYear
    from models.queries.set_up.funds import FundYearMoney

    fund = the_fund(record, options.fund)
    there = next((one for one in fund.years if one.year == options.year), None)
    pence = typed_pence(options.amount)
    sources = tuple(_source(options, text) for text in options.source)
    money = None if pence is None else FundYearMoney(options.year, pence, sources)
    return SetFundYear(fund.code, options.year, money, there)


def _source(options: argparse.Namespace, text: str) -> "Source":
    from models.reference.fund_defaults import Source, SourceKind

    kind, rest = _pair(text)
    if kind not in list(SourceKind):
        raise Refused(f"“{kind}” is not a kind of source. The kinds: {', '.join(SourceKind)}.")
    amount, *said = (part.strip() for part in rest.split(";"))
    until = [part.removeprefix("until ") for part in said if part.startswith("until ")]
    words = "; ".join(part for part in said if not part.startswith("until "))
    ends_on = typed_day(until[0], today(), options) if until else None
    return Source(options.year, SourceKind(kind), typed_pence(amount) or 0, words, ends_on)


def _rename(record: "Record", options: argparse.Namespace) -> "Operation":
    from models.operations.set_up.fund_changes import RenameFund

    fund, day = the_fund(record, options.fund), _from(options)
    there = next((one.name for one in fund.names if one.held_from == day), "")
    return RenameFund(fund.code, options.name.strip(), day, there)


def _close(record: "Record", options: argparse.Namespace) -> "Operation":
    from models.operations.set_up.fund_changes import CloseFund

    fund = the_fund(record, options.fund)
    return CloseFund(fund.code, _from(options), fund.closed_on)


def _reopen(record: "Record", options: argparse.Namespace) -> "Operation":
    from models.operations.set_up.fund_changes import CloseFund

    fund = the_fund(record, options.fund)
    return CloseFund(fund.code, None, fund.closed_on)


def _remove(record: "Record", options: argparse.Namespace) -> "Operation":
    from models.operations.set_up.office import RemoveFund

    return RemoveFund(the_fund(record, options.fund).whole())


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise Refused(f"“{text[:60]}” is not KEY=VALUE.")
    return key.strip(), in_lines(value)


def _of_list(text: str) -> tuple[str, str]:
    which, sign, code = text.partition(":")
    if not sign or not code.strip():
        raise Refused(f"“{text[:60]}” does not name a line: write LIST:CODE, such as crime_type:asb.")
    return which.strip(), code.strip()


def _kind(name: str) -> "ListKind":
    from models.reference.fund_defaults import ListKind

    if name not in list(ListKind):
        raise Refused(f"“{name}” is not a list that can be required. The lists: {', '.join(ListKind)}.")
    return ListKind(name)


def _from(options: argparse.Namespace) -> date:
    """Return the day from which a change is valid, today where none is said."""
    now = today()
    return now if options.day is None else typed_day(options.day, now, options) or now


_CHANGES: dict[str, Callable[["Record", argparse.Namespace], "Operation"]] = {
    "add": _add,
    "import": _import,
    "set": _set,
    "year": _year,
    "rename": _rename,
    "close": _close,
    "reopen": _reopen,
    "remove": _remove,
}
