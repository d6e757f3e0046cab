"""A real record for each test: a copy of one template made once."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.operation import Actor
from models.record import Opener, Record

OPENER = Opener("Grace Okoro", "tests")
OFFICER = Actor("Grace Okoro")


class TickingClock:
    """A clock that starts on 3 November 2026 at 14:05 UTC and moves a second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new record of the newest format, closed."""
    path = tmp_path_factory.mktemp("template") / "template.panel"
    Record.create(path, OPENER, clock=TickingClock()).close()
    return path


@pytest.fixture
def record_path(template: Path, tmp_path: Path) -> Path:
    """A closed record of the test's own."""
    return Path(shutil.copy(template, tmp_path / "office.panel"))


@pytest.fixture
def record(record_path: Path) -> Iterator[Record]:
    """An open record of the test's own, on a clock of its own."""
    with Record.open(record_path, OPENER, clock=TickingClock()) as opened:
        yield opened
