"""Publishing says what an area got from the round that its own was copied from and nobody checked."""

from types import SimpleNamespace
from typing import Any

from gui.pages.set_up.criteria.publishing import publishing
from gui.text import ENDS_UNDO
from models.values.rounds import AreaLine


def test_publishing_says_what_was_copied_and_nobody_checked() -> None:
    line = SimpleNamespace(areas=(AreaLine("Dudley", "intake", 500_000, 0, 0),))
    facts: Any = SimpleNamespace(line=line, carried={"Dudley": ("“Spring” 2025/26", ("meets_on",))})

    *_, said, last = publishing(facts)

    assert said == "Not checked yet: Dudley: meeting of the panel, copied from “Spring” 2025/26."
    assert last == ENDS_UNDO
