"""The goals of safety, row by row: which tests try them, how often, and the figure that was reached.

A test of a row bears `@pytest.mark.safety(8)`. It asks `times` how often to try, little in the suite and in
full with `python3 run.py soak`, and tells `reached` its figure, which stands in the table at the end.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import pytest
from msgspec import Struct, field

GOALS = {
    1: "1,000 kills during saves: no acknowledged save lost, none half",
    2: "10,000 simulated power cuts: nothing lost, nothing corrupt",
    3: "a full disk at every write: old data whole, told in words, works again",
    4: "a wrong passphrase: refused, no file made, changed or touched",
    5: "any wrong bit and any early end of a pack or a return: refused",
    6: "1,000 wrong bits of an encrypted record: all found",
    7: "an old page or an old copy put back: found",
    8: "10,000 shuffled, repeated, forked deliveries of returns: one state",
    9: "taking in: counts before and new are those after, else nothing is imported",
    10: "damaged spreadsheets: a book or a sentence, input unchanged, no litter",
    11: "crafted bad files: answered in 5 s and 300 MB, the window alive",
    12: "32 hostile texts in every field: every paper written, the text unchanged",
    13: "no cell of any export is a formula unless listed",
    14: "an upgrade killed at each step: the old record or the new, never between",
    15: "a newer record: refused, byte for byte the same",
    16: "a second opener: told who has it; after a kill it opens without asking",
    17: "1,000 actions in the window: a second process is still refused",
    18: "the chain of 100,000 rows is checked (how fast: `run.py bench`)",
    19: "the journal done over gives the tables, after every journey",
    20: "a record of 50 MB, encrypted, opens and is sound (how fast: `run.py bench`)",
    21: "a copy of 50 MB, checked, and put back (how fast: `run.py bench`)",
    22: "500 killed exports: no paper left unreadable",
    23: "a paper held open elsewhere: the new one kept beside it, and told",
    24: "no plain text of an encrypted record in any file left behind",
    25: "no passphrase in any output, argument, report, setting or file",
    26: "papers tagged, of a language, with a title, headings and heads of tables",
    27: "random packs, returns and tables: refused in words, nothing unexpected",
}
MUST = range(1, 26)
"""The rows of which each has a test."""
ROW, FIGURE = "safety row", "safety figure"
OUTCOMES = {"failed": "FAILED", "skipped": "skipped"}
IN_FULL = 3_600
"""The seconds that a test may take in full."""

Times = Callable[[int, int], int]


class Reached(Protocol):
    """Takes a figure; where a test is of two rows, with the row that it is of."""

    def __call__(self, words: str, row: int = 0) -> None:
        """Put it down."""


def is_full(config: pytest.Config) -> bool:
    """Whether the long tests are run, so that the others are to try as often as the table says."""
    return takes_in_the_long(config.getoption("markexpr") or "")


def takes_in_the_long(chosen: str) -> bool:
    """Whether an expression of marks chooses the long tests."""
    return "soak" in chosen and "not soak" not in chosen


@pytest.fixture(scope="session")
def times(pytestconfig: pytest.Config) -> Times:
    """Give how often to try: the first number in the suite, the second in full."""
    full = is_full(pytestconfig)
    return lambda short, long: long if full else short


@pytest.fixture
def reached(request: pytest.FixtureRequest) -> Reached:
    """Take the figure that a test reached, for the table at the end."""

    def tell(words: str, row: int = 0) -> None:
        request.node.user_properties.append((FIGURE, (row, words)))

    return tell


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a row take its time in full."""
    for item in items if is_full(config) else ():
        if item.get_closest_marker("safety") is not None:
            item.add_marker(pytest.mark.timeout(IN_FULL))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Put down which rows a test is of, where its report will carry it."""
    for mark in item.iter_markers("safety"):
        item.user_properties.append((ROW, mark.args[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what the rows reached, once, when any of them was run."""
    lines = list(table(terminalreporter.stats))
    if lines:
        terminalreporter.section("safety" + (", in full" if is_full(config) else ", in short"))
    for line in lines:
        terminalreporter.write_line(line)


class Tried(Struct):
    """What came of one test of a row, from the reports of its beginning, its course and its end."""

    name: str
    outcome: str = "passed"
    seconds: float = 0
    told: list[tuple[str, Any]] = field(default_factory=list)
    why: str = ""

    def take(self, report: pytest.TestReport) -> None:
        """Take a report into account."""
        self.seconds += report.duration
        self.told = max(self.told, list(report.user_properties), key=len)
        if report.outcome != "passed":
            self.outcome = OUTCOMES[report.outcome]
            self.why = _why(report)

    @property
    def rows(self) -> set[int]:
        """The rows that it is of."""
        return {value for name, value in self.told if name == ROW}

    def figures(self, row: int) -> list[str]:
        """Give the figures that it told of a row."""
        told: list[tuple[int, str]] = [value for name, value in self.told if name == FIGURE]
        return [words for of, words in told if of in (0, row)]


def table(stats: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """Give the lines of the table: of each row its goal, then what was reached, and the rows without it."""
    tests: dict[str, Tried] = {}
    for report in (one for kind, reports in stats.items() for one in reports if kind != "rerun"):
        if isinstance(report, pytest.TestReport):
            tests.setdefault(report.nodeid, Tried(report.nodeid)).take(report)
    found = {row: [test for test in tests.values() if row in test.rows] for row in GOALS}
    for row in filter(found.get, GOALS):
        yield f"{row:>2}  {GOALS[row]}"
        yield from _reached_lines(row, found[row])
    without = [row for row in MUST if not any(test.figures(row) for test in found[row])]
    if any(found.values()) and without:
        yield f"Rows without a figure in this run: {', '.join(map(str, without))}"


def _reached_lines(row: int, tests: Sequence[Tried]) -> Iterator[str]:
    """Give each outcome and figure once, with the tests it is of and the seconds they took."""
    counted: dict[tuple[str, str], list[float]] = {}
    some = [test for test in tests if test.figures(row) or test.outcome != "passed"]
    for test in some or tests:
        for words in test.figures(row) or [test.why or f"no figure, {test.name}"]:
            counted.setdefault((test.outcome, words), []).append(test.seconds)
    for (outcome, words), seconds in counted.items():
        many = f"{len(seconds)} tests, " if len(seconds) > 1 else ""
        yield f"      {outcome}: {words} ({many}{sum(seconds):.0f} s)"


def _why(report: pytest.TestReport) -> str:
    """Give why there is no figure."""
    if report.skipped and isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return f"no figure, {report.nodeid}"
