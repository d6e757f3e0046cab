"""A record to write papers of: made once, and copied for each test."""

from datetime import date
from pathlib import Path

import pytest

from cli.sample.demo import put_in_progress
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from tests.models.made_once import file_made_once


@file_made_once
def decided_sample(path: Path) -> Path:
    """Make a record with a decided area, Walsall, and one award paid in part into an account."""
    with Record.create(path, Opener("Demonstration", "tests")) as record:
        funds = shipped_funds()
        record.perform(SetUpOffice("Sample office", funds), Actor("Demonstration"))
        put_in_progress(record, funds[0], date(2026, 11, 26))
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The decided record for one test alone: what one issues is no change that another counts."""
    return decided_sample(tmp_path / "sample.panel")
