"""The `grant-panel` command: arguments in, an exit status out, and plain words for whatever goes wrong."""

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cli.frame.output import SAID, Options, complain, use_utf8
from cli.frame.parser import loaded, parser
from cli.frame.typed import RECORD_ENDING, refuse_far
from models.program import fault_lines, place_of, version
from models.store.places import is_of_server
from models.store.private_files import forbid_core_dumps
from models.trouble import Trouble
from scoring.written.text import Refused

DONE, REFUSED = 0, 1
WINDOW, COMPLETION = "window:open_window", "completion:complete"
SHELL_ASKS = "_ARGCOMPLETE"
"""Set by a shell that asks what may come next."""
DEBUG = "GRANT_PANEL_DEBUG"
COLLECT_AFTER = (100_000, 50, 100)
"""Look for unused objects seldom: a large round makes many that are all in use until the end."""


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
        # so that closing the output at the end does not fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
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


def _run(given: list[str]) -> int:
    if SHELL_ASKS in os.environ:
        loaded(COMPLETION)()
    if not given or (len(given) == 1 and _is_place(given[0])):
        return int(loaded(WINDOW)(given[0] if given else None))
    options = parser(given).parse_args(given, Options())
    for value in vars(options).values():
        if isinstance(value, date):
            refuse_far(value, options)
    SAID.begin(options)
    status = int(options.run(options) or DONE)
    SAID.end()
    _clear()
    return status


def _clear() -> None:
    """Clear what killed processes left; its libraries are loaded by then where there can be anything."""
    from models.store.leftovers import clear_once

    clear_once()


def _is_place(argument: str) -> bool:
    """Whether a sole argument is meant as a record to open: a file, or something named like one."""
    path = Path(argument)
    return is_of_server(argument) or path.is_file() or path.suffix == RECORD_ENDING or len(path.parts) > 1


def _report(bug: Exception) -> int:
    """Say where the program went wrong; the details to report hold nothing of what anybody wrote."""
    where = f" at {place_of(bug)}" if place_of(bug) else ""
    said = f"This is a fault in the program, not in your file: {type(bug).__name__}{where}."
    if os.environ.get(DEBUG):
        complain(said, f"grant-panel {version()}", *fault_lines(bug))
        return REFUSED
    complain(said, f"Nothing more was changed. Run it again with {DEBUG}=1 set to see the details to report.")
    return REFUSED
