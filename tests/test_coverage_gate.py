"""The gate of branch coverage: what it tells, and that it tells it of whole runs alone."""

import os
import subprocess
import sys
from importlib.util import module_from_spec
from pathlib import Path

import pytest

from tests.coverage_gate import EXCUSED, PACKAGES, ROOT, TRIED_BY
from tests.probes import Probes

SUMS = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def place(total: int) -> str:
    if total > 90:
        return "first"
    if total > 10:
        total = 10
    for _ in range(total):
        pass
    for letter in "ab":
        match total:
            case 7:
                return "seventh"
            case 10:
                total += 1
        while total:
            return "another" + letter
    return "none"


def never() -> None:
    raise AssertionError
"""
CHECKS = """
from sums.one import place


def test_one() -> None:
    assert place(50) == "anothera"
"""
CONFTEST = """
import sys
from pathlib import Path

from tests.coverage_gate import Gate

GATE = Gate(Path(__file__).parent, ["sums"], ["checks"])
sys.meta_path.insert(0, GATE.probes)

def pytest_configure(config):
    config.pluginmanager.register(GATE)
"""
TOLD = """sums/one.py: line 10 never runs
sums/one.py: line 11 always holds
sums/one.py: line 15 never comes to its end
sums/one.py: line 16 always finds its case
sums/one.py: line 18 never runs
sums/one.py: line 21 never comes to its end
sums/one.py: line 23 never runs
sums/one.py: line 27 never runs
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small checkout with a gate, in a folder whose name has spaces and letters past ASCII."""
    root = tmp_path / "Grüße & Co"
    for path, text in (
        ("sums/__init__.py", ""),
        ("sums/one.py", SUMS),
        ("checks/test_one.py", CHECKS),
        ("others/test_other.py", "def test_other() -> None: ..."),
        ("conftest.py", CONFTEST),
        ("pytest.ini", "[pytest]\nfilterwarnings = error\n"),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join((str(tree), str(ROOT)))
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONUTF8": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # all but the one that starts processes
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-p", "xdist.plugin", "-p", "no:cacheprovider"),
        *arguments,
    ]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, encoding="utf-8")


def test_every_folder_of_the_lists_is_there_and_every_excuse_has_its_reason() -> None:
    assert [folder for folder in (*PACKAGES, *TRIED_BY) if not (ROOT / folder).is_dir()] == []
    assert all(len(reason.split()) > 3 for reason in EXCUSED.values())


def test_a_whole_run_fails_by_each_line_and_way_that_is_untried_and_a_part_is_not_judged(tree: Path) -> None:
    done, part = run(tree, "-n", "2"), run(tree, "-n", "0", "checks/test_one.py::test_one")

    assert done.returncode == 1, done.stdout + done.stderr
    assert TOLD in done.stdout
    assert "2 passed" in done.stdout
    assert part.returncode == 0, part.stdout + part.stderr


def test_what_is_kept_of_a_module_with_probes_is_not_taken_for_another(tmp_path: Path) -> None:
    probes = Probes(tmp_path, [tmp_path / "kept"])
    (tmp_path / "kept").mkdir()
    told = []
    for words in (SUMS, SUMS, SUMS.replace("never", "seldom"), "AT_ALL = 1\n"):
        (tmp_path / "kept" / "one.py").write_text(words)
        spec = probes.find_spec("kept.one", [str(tmp_path / "kept")])
        assert spec is not None
        assert spec.loader is not None
        made = module_from_spec(spec)
        spec.loader.exec_module(made)
        told.append((hasattr(made, "never"), hasattr(made, "seldom"), len(probes.told["kept/one.py"])))

    assert told == [(True, False, 16), (True, False, 16), (False, True, 16), (False, False, 1)]
