"""How the steps of a chain are called."""

import pytest

from gui.pages.deciding.decisions.chain import without_office


@pytest.mark.parametrize(
    ("post", "short"),
    [
        ("Chief Executive, Example office", "Chief Executive"),
        ("Commissioner", "Commissioner"),
        ("Police, Fire and Crime Commissioner", "Police, Fire and Crime Commissioner"),
        (
            "Deputy Police, Fire and Crime Commissioner, Example office",
            "Deputy Police, Fire and Crime Commissioner",
        ),
    ],
)
def test_a_post_is_called_without_its_office_and_whole(post: str, short: str) -> None:
    assert without_office(post) == short
