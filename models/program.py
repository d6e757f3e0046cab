"""The version of the program, and what is told of its faults: where it went wrong, nothing anybody wrote.

The message of an exception may carry an applicant's words, a path or an account number, so none is passed on.
"""

import tomllib
import traceback
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from types import TracebackType

NAME = "grant-panel"


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, by which versions are compared: "0.2.10" is (0, 2, 10)."""
    return tuple(map(int, version.split(".")))


def version() -> str:
    """Return the installed version, or that of the checkout when it is run without being installed."""
    try:
        return installed_version(NAME)
    except PackageNotFoundError:
        project = Path(__file__).parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = "site-packages"
_FRAMES = 20
"""So many calls are told of at each end; the same one may stand there a thousand times."""


def fault_lines(error: BaseException) -> tuple[str, ...]:
    """Return each exception of a chain, the first cause first: the calls that led to it, and its type."""
    return tuple(line for one in _chain(error) for line in (*_calls(one.__traceback__), type(one).__name__))


def place_of(error: BaseException) -> str:
    """Return the file and line that an exception was raised at, "" where that is not known."""
    calls = list(traceback.walk_tb(error.__traceback__))
    if not calls:
        return ""
    frame, line = calls[-1]
    return f"{Path(frame.f_code.co_filename).name}:{line}"


def _chain(error: BaseException) -> list[BaseException]:
    """Return an exception with what it came of, and what a group of them holds, each once."""
    found: list[BaseException] = []
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is None or any(one is known for known in found):
            continue
        found.append(one)
        left.append(one.__cause__ or (None if one.__suppress_context__ else one.__context__))
        left += getattr(one, "exceptions", ())
    return found[::-1]


def _calls(trace: TracebackType | None) -> list[str]:
    frames = list(_frames(trace))
    if len(frames) <= 2 * _FRAMES:
        return frames
    return [*frames[:_FRAMES], f"  … {len(frames) - 2 * _FRAMES:,} more calls", *frames[-_FRAMES:]]


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        yield f"  {_short(Path(frame.f_code.co_filename))}:{line} in {frame.f_code.co_name}"


def _short(path: Path) -> str:
    """Return a file of the program or of a library without the folders that name a person's account."""
    if _PACKAGES in path.parts:
        return "/".join(path.parts[path.parts.index(_PACKAGES) + 1 :])
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
