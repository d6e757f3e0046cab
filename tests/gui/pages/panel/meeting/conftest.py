"""The meeting is used by its chair."""

import pytest

from gui.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of somebody who chairs."""
    settings.role = "chair"
    return settings
