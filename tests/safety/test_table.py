"""Every row of the table has a test, every such test tells a figure, and the table shows what they told."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.table import FIGURE, GOALS, MUST, ROW, table, takes_in_the_long

TESTS = Path(__file__).parent.parent
MARK = re.compile(r"^(?!.*`).*\bmark\.safety\((\d+)\)", re.MULTILINE)


def sources() -> Iterator[str]:
    return (path.read_text("utf-8") for path in sorted(TESTS.rglob("*.py")) if path != Path(__file__))


def rows_of(function: ast.FunctionDef) -> list[int]:
    calls = (one for one in function.decorator_list if isinstance(one, ast.Call))
    return [
        ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func).endswith("mark.safety")
    ]


def test_every_row_has_a_test() -> None:
    marked = {int(number) for text in sources() for number in MARK.findall(text)}

    assert sorted(set(MUST) - marked) == []
    assert marked <= GOALS.keys()


def test_every_test_of_a_row_tells_its_figure() -> None:
    silent = [
        function.name
        for text in filter(MARK.search, sources())
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef) and rows_of(function)
        if "reached" not in {argument.arg for argument in function.args.args}
    ]

    assert silent == []


def report(
    outcome: str, row: int, *told: str, name: str = "test_b", why: object = None, when: str = "call"
) -> pytest.TestReport:
    properties = [(ROW, row), *((FIGURE, (0, words)) for words in told)]
    return pytest.TestReport(
        f"tests/test_a.py::{name}",
        ("", 0, ""),
        {},
        outcome,
        why,
        when,
        user_properties=properties,
        duration=2,
    )


def test_the_table_shows_each_figure_once_and_what_has_none() -> None:
    stats = {
        "": [report("passed", 19, "1 record", name="test_c", when="teardown")],
        "passed": [
            report("passed", 19, name="test_c"),
            report("passed", 19, "1 record", name="test_d"),
            report("passed", 5, "9 bits", name="test_e"),
        ],
        "failed": [report("failed", 1)],
        "skipped": [report("skipped", 2, name="test_f", why=("a.py", 1, "Skipped: There is no such kill."))],
    }

    lines = list(table(stats))

    assert lines[:2] == [f" 1  {GOALS[1]}", "      FAILED: no figure, tests/test_a.py::test_b (2 s)"]
    assert "      skipped: There is no such kill. (2 s)" in lines
    assert "      passed: 9 bits (2 s)" in lines
    assert "      passed: 1 record (2 tests, 6 s)" in lines
    assert lines[-1].startswith("Rows without a figure in this run: 1, 2, 3, 4, 6,")
    assert lines[-1].endswith("18, 20, 21, 22, 23, 24, 25")


def test_the_front_door_runs_the_long_tests_and_every_row_in_full() -> None:
    soak = re.search(r'STEPS\["soak"\] = (.+)', (TESTS.parent / "run.py").read_text("utf-8"))
    assert soak is not None
    (step,) = ast.literal_eval(soak[1])

    chosen = step[step.index("-m", 1) + 1]
    assert set(chosen.split(" or ")) == {"soak", "safety"}
    assert takes_in_the_long(chosen)
    assert not takes_in_the_long("not soak")


def test_a_run_without_a_row_prints_no_table() -> None:
    assert list(table({"passed": []})) == []
