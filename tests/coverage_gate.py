"""The gate of branch coverage: a whole run fails where a line or a way of the listed packages is untried.

The list is `PACKAGES`: the sums, the operations and the permissions. Only tests under `TRIED_BY` count: what
stands in the list is tried there, by tests of its own, and not by the way in the test of a window. What is
passed and what is not is known from probes in the code (`tests/probes.py`).

The gate speaks after whole runs alone: all files of `TRIED_BY` collected, nothing left out but the long
tests, and nothing failed (a worker that was killed is a failure).
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.probes import Bytes, Probes

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("scoring", "models/operations", "models/permissions", "models/queries/permissions")
"""The list: every branch in these folders is tried."""
TRIED_BY = (
    "tests/scoring",
    "tests/models/operations",
    "tests/models/permissions",
    "tests/models/journal",
    "tests/models/queries",
)
"""The folders of tests that try them: what erases is tried with the journal, what is asked with queries."""
EXCUSED: dict[str, str] = {}
"""A gap as the gate tells it, and the reason why it is still open or no test can close it."""


class Gate:
    """The plugin: counts in each process that runs tests, and judges in the one that was started."""

    def __init__(
        self, root: Path = ROOT, packages: Iterable[str] = PACKAGES, tried_by: Iterable[str] = TRIED_BY
    ) -> None:
        self._root = root
        self._packages, self._tried_by = (
            [root / name for name in packages],
            [root / name for name in tried_by],
        )
        self.probes = Probes(root, self._packages)
        self.is_whole = False
        self._left_out: list[pytest.Item] = []
        self._passed: list[Bytes | None] = []
        self.gaps: list[str] = []

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Note the tests that are left out."""
        self._left_out += items

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """See whether all tests are there that the gate needs."""
        there = {item.path for item in [*session.items, *self._left_out]}
        needed = {path for folder in self._tried_by for path in folder.rglob("test_*.py")}
        config = session.config
        is_all = needed <= there and not any("::" in argument for argument in config.args)
        is_all &= not config.getoption("collectonly")
        self.is_whole = is_all and all(item.get_closest_marker("soak") for item in self._left_out)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Count what the test passes if it is one of those."""
        if not (self.is_whole and any(map(item.path.is_relative_to, self._tried_by))):
            return (yield)
        with self.probes.counting():
            return (yield)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker counted."""
        self._passed.append(getattr(node, "workeroutput", {}).get("passed"))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was counted here, or judge all of it."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["passed"] = self.probes.counted if self.is_whole else None
            return
        passed = self._passed or [{} if self.is_whole else None]
        if session.exitstatus == pytest.ExitCode.OK and None not in passed:
            self._import_all()
            found = [*filter(None, passed), self.probes.counted]
            self.gaps = [gap for gap in self.probes.gaps(found) if gap not in EXCUSED]
        if self.gaps:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what is untried."""
        if self.gaps:
            terminalreporter.section("no test of their own tries these (tests/coverage_gate.py)")
            terminalreporter.write_line("\n".join(self.gaps))

    def _import_all(self) -> None:
        """Import every module of the packages: what no process imported has probes that none passed."""
        for path in (path for package in self._packages for path in package.rglob("*.py")):
            name = path.relative_to(self._root).with_suffix("")
            import_module(".".join(name.parts).removesuffix(".__init__"))
            if name.with_suffix(".py").as_posix() not in self.probes.told:
                self.probes.told[name.with_suffix(".py").as_posix()] = [(1, "ran before there were probes")]
