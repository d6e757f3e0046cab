"""The command run in this process, and a record to run it on."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from cli.command import main
from tests.cli.decided_rounds import decided_record
from tests.exchange.round_workbook.workbooks import good_sheets, save


class Ran(Struct, frozen=True):
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Later(date):
    """Days, of which today is after all that the tests record."""

    @classmethod
    def today(cls) -> date:
        return date(2028, 3, 31)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and give its status and what it printed."""

    def run_it(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return run_it


Says = Callable[..., str]


@pytest.fixture
def done(run: Run) -> Says:
    """Run a command that succeeds, and return what it printed."""

    def run_it(*arguments: str | Path) -> str:
        ran = run(*arguments)
        assert ran.status == 0, ran.err
        return ran.out

    return run_it


@pytest.fixture
def refused(run: Run) -> Says:
    """Run a command that is refused, and return what it said."""

    def run_it(*arguments: str | Path) -> str:
        ran = run(*arguments)
        assert ran.status == 1
        return ran.err

    return run_it


@pytest.fixture(scope="session", autouse=True)
def year_after() -> Iterator[None]:
    """Have the command run on a day after all that the tests record, whatever the calendar says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cli.frame.typed.date", Later)
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty record, a sound round workbook and a record that it was loaded into."""
    folder = tmp_path_factory.mktemp("made once")
    assert main(["new", str(folder / "empty.panel")]) == 0
    workbook = save(good_sheets(), folder / "round.xlsx")
    assert main(["new", str(folder / "office.panel"), "--office", "Office of Westmarch"]) == 0
    assert main(["load", str(folder / "office.panel"), str(workbook)]) == 0
    return folder


@pytest.fixture
def empty(made_once: Path, tmp_path: Path) -> Path:
    """An empty record."""
    return Path(shutil.copy(made_once / "empty.panel", tmp_path))


@pytest.fixture
def workbook(made_once: Path, tmp_path: Path) -> Path:
    """A sound round workbook."""
    return Path(shutil.copy(made_once / "round.xlsx", tmp_path))


@pytest.fixture
def record(made_once: Path, workbook: Path, tmp_path: Path) -> Path:
    """A record with the round of the sound workbook, which lies beside it."""
    return Path(shutil.copy(made_once / "office.panel", tmp_path))


@pytest.fixture
def recommended(record: Path, run: Run) -> Path:
    """A record whose round has the rule's recommendations, with the panel's reasons."""
    reasons = record.with_name("reasons.csv")
    reasons.write_text("Reference,Reason\nACF-001,It keeps the estate quiet\n", encoding="utf-8")
    arguments = ("--round", "Autumn", "--accept", "--reasons", reasons)
    assert run("recommend", record, *arguments).status == 0
    return record


@pytest.fixture(scope="session")
def decided_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round decided from paper, with £4,500.55 for ACF-001."""
    return decided_record(tmp_path_factory.mktemp("made"), lambda field: f"Some {field}")


@pytest.fixture
def decided(decided_once: Path, tmp_path: Path) -> Path:
    """The same for one test alone."""
    return Path(shutil.copy(decided_once, tmp_path))
