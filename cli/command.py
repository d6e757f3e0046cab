"""The `grant-panel` command: arguments in, an exit status out, and plain words for whatever goes wrong."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from functools import cache

from cli import demo, screenshots, window
from cli.applications import choose, import_applications, organisations
from cli.arguments import Parser
from cli.awards import award, budget, payment_layout, register, vary, year_end
from cli.days import add_date_is_right, refuse_far
from cli.deciding import (
    challenge,
    decide,
    declare,
    explain,
    meeting,
    rank,
    recommend,
    sensitivity,
    signatories,
)
from cli.output import complain, use_utf8
from cli.packs import consolidate, make_return, merge, open_pack, pack
from cli.papers import export, guide, load_history, region, words
from cli.record import backup, held, restore, retention, salvage, verify
from cli.server import server
from cli.set_up import change_round, fund, load, new, office, save
from models.fault_report import fault_lines, place_of
from models.store.core_dumps import forbid_core_dumps
from models.trouble import Trouble
from models.version import version
from scoring.refused import Refused

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
DEBUG = "GRANT_PANEL_DEBUG"
COLLECT_AFTER = (100_000, 50, 100)
"""Look for unused objects seldom: a large round makes many that are all in use until the end."""

SUBCOMMANDS = (
    demo,
    new,
    office,
    fund,
    import_applications,
    choose,
    organisations,
    rank,
    explain,
    sensitivity,
    load,
    load_history,
    save,
    change_round,
    declare,
    meeting,
    recommend,
    signatories,
    decide,
    challenge,
    budget,
    year_end,
    award,
    vary,
    register,
    payment_layout,
    words,
    export,
    region,
    pack,
    open_pack,
    make_return,
    merge,
    consolidate,
    held,
    retention,
    verify,
    backup,
    restore,
    salvage,
    server,
    guide,
    screenshots,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused or bad input, 2 wrong usage."""
    use_utf8()
    forbid_core_dumps()
    gc.set_threshold(*COLLECT_AFTER)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _run(given)
        sys.stdout.flush()
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else DONE
    except BrokenPipeError:
        _silence_output()
        return DONE
    except KeyboardInterrupt:
        complain("Stopped before it was done.")
        return REFUSED
    except (Refused, Trouble) as no:
        complain(*getattr(no, "faults", (" ".join(str(no).split()),)))
        return REFUSED
    except OSError as error:
        complain(f"{error.strerror or error}: {error.filename or 'the output'}. Check it and try again.")
        return REFUSED
    except Exception as bug:  # noqa: BLE001  (the outermost edge: a terminal shows no traceback)
        return _report(bug)
    return status


@cache
def parser() -> Parser:
    """Return the parser of the whole command; it holds nothing of a call."""
    whole = Parser(
        prog="grant-panel",
        description="Import, score, rank and schedule applications to police grant funds.",
        epilog="Without a subcommand, or with a record alone, the window opens.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"grant-panel {version()}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for subcommand in SUBCOMMANDS:
        subcommand.add(commands)
    for one in whole.with_days():
        add_date_is_right(one)
    for one in whole.with_records():
        words = "change the record though the clock of this computer seems wrong"
        silent = argparse.SUPPRESS  # or an action would take back what stands before its name
        one.add_argument("--clock-is-right", action="store_true", default=silent, help=words)
    return whole


def _run(given: list[str]) -> int:
    if not given or (len(given) == 1 and window.is_meant(given[0])):
        return window.open_window(given[0] if given else None)
    options = parser().parse_args(given)
    for value in vars(options).values():
        if isinstance(value, date):
            refuse_far(value, options)
    return int(options.run(options))


def _silence_output() -> None:
    """Point the output elsewhere, so that closing it at the end does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _report(bug: Exception) -> int:
    """Say where the program went wrong; the details to report hold nothing of what anybody wrote."""
    where = f" at {place_of(bug)}" if place_of(bug) else ""
    said = f"This is a fault in the program, not in your file: {type(bug).__name__}{where}."
    if os.environ.get(DEBUG):
        complain(said, f"grant-panel {version()}", *fault_lines(bug))
        return REFUSED
    complain(said, f"Nothing more was changed. Run it again with {DEBUG}=1 set to see the details to report.")
    return REFUSED
