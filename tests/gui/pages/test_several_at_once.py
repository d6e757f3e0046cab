"""What is set of many at once, by role: whoever may set one may set several, and nobody else."""

from typing import Any

import pytest

from gui.pages.awards.page import PAGE as AWARDS
from gui.pages.page import Identity
from gui.pages.panel.page import PAGE as PANEL
from models.role import Role
from tests.gui.listed.page_user import Uses

SEVERAL: tuple[tuple[Any, str, set[Role]], ...] = (
    (PANEL, "Add several…", {Role.OFFICER, Role.CHAIR}),
    (PANEL, "Change several…", {Role.OFFICER, Role.CHAIR}),
    (AWARDS, "Purposes of several…", {Role.OFFICER, Role.FINANCE}),
)
"""The page, the act, and who is offered it."""


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR, Role.FINANCE, Role.NOTE_TAKER])
@pytest.mark.parametrize(("page", "words", "roles"), SEVERAL)
def test_several_are_offered_to_whoever_sets_one(
    at: Uses, page: Any, words: str, roles: set[Role], role: Role
) -> None:
    user = at(page, as_=Identity("Sam Example", role))
    if "More…" in user.offered:
        user.press("More…")

    assert (words in user.offered or words in user.spoken()) is (role in roles)


@pytest.mark.parametrize(("page", "words", "roles"), SEVERAL[:2])
def test_a_chair_of_one_area_is_told_who_changes_the_panels(
    at: Uses, page: Any, words: str, roles: set[Role]
) -> None:
    chair = Identity("Sam Example", Role.CHAIR, areas=("Coventry",))

    assert "an officer can make it" in chair.refusal("change panel")
    assert "an officer can add a chair for all areas" in chair.refusal("amend scheme")
    assert words not in at(page, as_=chair).offered
