"""A decided record that the tests of awards copy."""

from pathlib import Path

import pytest

from tests.cli.decided_rounds import decided_record


@pytest.fixture(scope="session")
def decided_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round decided from paper, with £4,500.55 for ACF-001."""
    return decided_record(tmp_path_factory.mktemp("made"), lambda field: f"Some {field}")
