"""The gate of branch coverage: a whole run fails where a line or a way of the listed packages is untried.

The list is `PACKAGES`: the sums, the operations and the permissions. Only tests under `TRACED` are traced, so
that a whole run costs little more: what stands in the list is tried there, by tests of its own, and not by
the way in the test of a window. For the same reason neither what makes a test ready nor SQLAlchemy at work is
traced: a trace stops Python at each instruction of whatever runs. What runs as a module is imported is traced
in a process of its own, since whoever imports it first may do so before any test.

The gate speaks after whole runs alone: all files of `TRACED` collected, nothing left out but the long tests,
and nothing failed (a worker that was killed is a failure). It stands aside where something else traces.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, wraps
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from coverage import Coverage
from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("scoring", "models/operations", "models/permissions")
"""The list: every branch in these folders is tried."""
TRACED = (
    "tests/scoring",
    "tests/models/operations",
    "tests/models/permissions",
    "tests/models/journal",
    "tests/models/queries",
)
"""The folders of tests that try them: what erases is tried with the journal, what is asked with queries."""
ASKED_BY = ("execute", "scalar", "scalars", "exec_driver_sql")
"""How statements are given to SQLAlchemy, which calls nothing of the list while it runs them."""
EXCUSED: dict[str, str] = {}
"""A gap as the gate tells it, and the reason why no test can close it."""
OPTIONS = {
    "run:disable_warnings": ["already-imported", "module-not-measured", "no-data-collected"],
    "report:exclude_lines": [r"^\s*(?:def .*: )?\.\.\.$", "if TYPE_CHECKING:"],
}
"""Bodies of protocols and imports for types never run; no comment in the code excuses a line."""
Steps = dict[str, list[tuple[int, int]]]
"""From which line to which a file went; a negative line is a function's start or end."""


class Gate:
    """The plugin: traces in each process that runs tests, and judges in the one that was started."""

    def __init__(self, root: Path = ROOT, packages: Iterable[str] = PACKAGES, traced: Iterable[str] = TRACED):
        self._root = root
        self._packages, self._traced = [root / name for name in packages], [root / name for name in traced]
        self.is_whole = False
        self._left_out: list[pytest.Item] = []
        self._steps: list[Steps | None] = []
        self.gaps: list[str] = []

    @cached_property
    def _coverage(self) -> Coverage:
        return _coverage(self._packages)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Note the tests that are left out."""
        self._left_out += items

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """See whether all tests are there that the gate needs."""
        there = {item.path for item in [*session.items, *self._left_out]}
        needed = {path for folder in self._traced for path in folder.rglob("test_*.py")}
        config = session.config
        is_all = needed <= there and not any("::" in argument for argument in config.args)
        is_all &= not config.getoption("collectonly")
        is_all &= all(item.get_closest_marker("soak") for item in self._left_out)
        self.is_whole = is_all and sys.gettrace() is None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Trace the test if it is one of those."""
        if not (self.is_whole and any(map(item.path.is_relative_to, self._traced))):
            return (yield)
        leave_library_untraced()
        self._coverage.start()
        try:
            return (yield)
        finally:
            self._coverage.stop()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker traced."""
        self._steps.append(getattr(node, "workeroutput", {}).get("steps"))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was traced here, or judge all of it."""
        own = self._own_steps()
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["steps"] = own
            return
        found = self._steps or [own]
        if session.exitstatus == pytest.ExitCode.OK and None not in found:
            self.gaps = [gap for gap in gaps(self._root, self._packages, found) if gap not in EXCUSED]
        if self.gaps:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what is untried."""
        if self.gaps:
            terminalreporter.section("no test of their own tries these (tests/coverage_gate.py)")
            terminalreporter.write_line("\n".join(self.gaps))

    def _own_steps(self) -> Steps | None:
        if not self.is_whole:
            return None
        return _steps(self._coverage, self._root)


@cache
def leave_library_untraced() -> None:
    """Have the trace stand still in this process while SQLAlchemy runs a statement."""
    for name in ASKED_BY:
        setattr(Connection, name, _untraced(getattr(Connection, name)))


def gaps(root: Path, packages: Iterable[Path], traced: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return a sentence for each line and way that nobody went, neither a test nor an import."""
    files = sorted(path for package in packages for path in package.rglob("*.py"))
    went: dict[str, set[tuple[int, int]]] = {str(path): set() for path in files}
    for steps in (*traced, _steps_of_imports(root, packages)):
        for name, found in steps.items():
            went[str(root / name)].update((start, end) for start, end in found)
    return [
        gap for name, report in _reports(went) for gap in _told(name.relative_to(root).as_posix(), report)
    ]


def import_all(root: Path, packages: Sequence[Path]) -> Steps:
    """Import every module of these packages, and return what ran."""
    files = sorted(path.relative_to(root) for package in packages for path in package.rglob("*.py"))
    coverage = _coverage(packages)
    coverage.start()
    for path in files:
        import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    coverage.stop()
    return _steps(coverage, root)


def _untraced(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def untraced_call(*arguments: Any, **named: Any) -> Any:
        trace = sys.gettrace()
        sys.settrace(None)
        try:
            return call(*arguments, **named)
        finally:
            sys.settrace(trace)

    return untraced_call


def _steps_of_imports(root: Path, packages: Iterable[Path]) -> Steps:
    code = (
        "import json, sys; from pathlib import Path; sys.path[:0] = sys.argv[1:3]; "
        "from tests.coverage_gate import import_all; root, *packages = map(Path, sys.argv[2:]); "
        "print(json.dumps(import_all(root, packages)))"
    )
    command = [sys.executable, "-c", code, str(ROOT), str(root), *map(str, packages)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    found: Steps = json.loads(done.stdout)
    return found


def _coverage(packages: Iterable[Path]) -> Coverage:
    found = Coverage(data_file=None, branch=True, config_file=False, source=[str(path) for path in packages])
    for name, value in OPTIONS.items():
        found.set_option(name, value)
    return found


def _steps(coverage: Coverage, root: Path) -> Steps:
    data = coverage.get_data()
    found = {Path(name).relative_to(root).as_posix(): name for name in data.measured_files()}
    steps = {path: sorted(data.arcs(name) or []) for path, name in found.items()}
    data.close(force=True)
    return steps


def _reports(went: Mapping[str, set[tuple[int, int]]]) -> Iterator[tuple[Path, dict[str, Any]]]:
    coverage = _coverage(())
    data = coverage.get_data()
    data.add_arcs(went)
    with TemporaryDirectory() as folder:
        coverage.json_report(outfile=str(Path(folder) / "report.json"))
        files = json.loads((Path(folder) / "report.json").read_text("utf-8"))["files"]
    data.close(force=True)
    yield from ((Path(name).absolute(), report) for name, report in files.items())


def _told(name: str, report: Mapping[str, Any]) -> Iterator[str]:
    missing = set(report["missing_lines"])
    for line in sorted(missing):
        yield f"{name}: line {line} never runs"
    for start, end in report["missing_branches"]:
        if start not in missing:
            yield f"{name}: line {start} never " + (f"goes on to line {end}" if end > 0 else "leaves there")
