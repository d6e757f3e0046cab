"""Each page that an officer has but *Scoring* opens to an auditor, shows what it has, and changes nothing."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.pages.page import Identity
from gui.record.runner import InlineRunner
from gui.shell.page_list import PAGES, is_hidden
from models.role import Role
from tests.gui.conftest import Opens
from tests.gui.test_hidden_pages import in_model, on_show
from tests.gui.walking import settle
from tests.models.hidden_rounds import hidden_record
from tests.models.rounds import KEY

AUDITOR, OFFICER = (Identity("Ada Auditor", role) for role in (Role.AUDITOR, Role.OFFICER))
ONLY_READS = "You are an auditor: you can read the record and change nothing in it."
OF_WHO_LOOKS = ("copies", "settings", "exports")
"""What is offered there differs by who may do it: copies and passphrases, and which papers are called for."""


def rows_on(page: QWidget) -> list[str]:
    """Return what the lists of a page hold."""
    views = (one for one in page.findChildren(QAbstractItemView) if one.isVisibleTo(page) and one.model())
    return [words for view in views for words in in_model(view.model())]


def test_an_auditor_has_every_page_of_an_officer_but_the_one_for_typing_sheets() -> None:
    seen = {who: {one.key for one in PAGES if not is_hidden(one, who)} for who in (AUDITOR, OFFICER)}

    assert seen[OFFICER] - seen[AUDITOR] == {"scoring"}
    assert seen[AUDITOR] <= seen[OFFICER]


@pytest.mark.overview
@pytest.mark.parametrize(
    "scene", ["the chair with an interest", "an officer who sat, with an interest in an award"]
)
def test_every_page_opens_and_lists_what_it_lists_to_an_officer(
    opens: Opens, tmp_path: Path, scene: str
) -> None:
    path, window = hidden_record(tmp_path / "a.panel", scene, 0), opens(InlineRunner(), is_awaiting=True)
    window.controller.open(path)
    tools = window.main.tools
    tools.choose_round(KEY)
    settle()
    before = path.read_bytes()
    listed: dict[Role, dict[str, list[str]]] = {Role.OFFICER: {}, Role.AUDITOR: {}}
    for who in (OFFICER, AUDITOR):
        tools.use_as(who)
        for key in sorted(tools.pages):
            tools.go(key)
            settle()
            assert window.main.notices.current is None, (who.role, key)
            assert on_show(window.main.pages.current), (who.role, key)
            listed[Role(who.role)][key] = rows_on(window.main.pages.current)
    tools.go("overview")
    settle()

    assert listed[Role.OFFICER].keys() - listed[Role.AUDITOR].keys() == {"scoring"}
    shown = listed[Role.AUDITOR].items()
    assert [key for key, rows in shown if rows != listed[Role.OFFICER][key] and key not in OF_WHO_LOOKS] == []
    overview = " ".join(on_show(window.main.pages.current))
    assert overview.count(ONLY_READS) == 1
    assert not re.search(r"To [a-z ]+ in [A-Z]|waiting too", overview), (
        "that is for whoever moves the areas on"
    )
    assert path.read_bytes() == before
