"""A sentence of the window in the office's own word for an area."""

from collections.abc import Iterator

import pytest

from gui.theme.office_words import ours, use_label
from scoring.written.area_label import AREA, AreaLabel


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    use_label(AREA)


def test_what_people_called_an_area_is_never_said_otherwise() -> None:
    use_label(AreaLabel("Ward"), {"Area North", "Autumn"})

    assert ours("Area North: 3 to check in this area") == "Area North: 3 to check in this ward"
