"""The search finds first what is done by the word typed, for each role, and last what takes that back."""

import shutil
from pathlib import Path

import pytest

from gui.app import Window
from gui.help.search_controller import NOTHING, SearchDialog
from gui.help.searching import PHRASES, TAKING_BACK, Found, matching
from gui.pages.page import Identity
from tests.gui.deciding import COMMANDER, DECIDER
from tests.gui.pressing import box_of
from tests.gui.walking import settle

PEOPLE = {
    "officer": Identity("Robin Example", "officer"),
    "finance": Identity("Fin Example", "finance"),
    "chair": Identity("Priya Nair", "chair", "NAIR"),
    "member": Identity("Tom Hale", "member", "HALE"),
    "note-taker": Identity("Nia Example", "note-taker"),
    "commander": Identity(COMMANDER.name, "commander"),
    "decider": Identity(DECIDER.name, "decider"),
}
FIRST = {
    ("chair", "sign"): "Sign the recommendations",
    ("chair", "approve"): "Sign the recommendations",
    ("chair", "publish"): "Publish the criteria",
    ("decider", "sign"): "Sign all as recommended",
    ("decider", "approve"): "Sign all as recommended",
    ("commander", "sign"): "Sign all as recommended",
    ("decider", "withdraw"): "Withdraw the signature",
    ("finance", "pay"): "Pay an award",
    ("finance", "hold"): "Hold payments or release them",
    ("officer", "pay"): "Awards & payments",
    ("officer", "everything about"): "Export all held…",
    ("officer", "Everything about Ropewalk"): "Export all held…",
    ("officer", "subject access"): "Export all held…",
    ("officer", "erase"): "Erase applications that are due",
    ("officer", "close"): "Close the round",
    ("member", "hand in"): "Hand in score sheets",
    ("member", "declare"): "Declare interests",
    ("note-taker", "minutes"): "Confirm the minutes",
}
"""By who types what, what stands first."""


@pytest.fixture
def office(window: Window, decided: Path, tmp_path: Path) -> Window:
    window.controller.open(Path(shutil.copy(decided, tmp_path / "office.panel")))
    return window


def searching(window: Window, role: str) -> SearchDialog:
    window.main.tools.dialogs.drop()
    window.main.tools.use_as(PEOPLE[role])
    window.main.tools.go("overview")
    settle()
    window.main.tools.actions["search"].trigger()
    return box_of(window, SearchDialog)


def test_each_role_finds_first_what_it_does_by_the_word(office: Window) -> None:
    found = {}
    for role in PEOPLE:
        dialog = searching(office, role)
        for who, typed in FIRST:
            if who == role:
                dialog.typed.setText(typed)
                found[who, typed] = dialog.shown()[0].words

    assert found == FIRST


def acts_of(dialog: SearchDialog) -> list[Found]:
    return [one for one in dialog.everything if one.group == "Action" and len(one.words.split()) > 1]


@pytest.mark.parametrize("role", PEOPLE)
def test_of_each_act_that_a_role_is_offered_its_verb_finds_it_before_what_takes_it_back(
    office: Window, role: str
) -> None:
    dialog, wrong = searching(office, role), []
    for act in acts_of(dialog):
        verb, *others = act.words.casefold().rstrip("…").split()
        first, *_ = matching(dialog.everything, verb)
        if verb.isalpha() and len(verb) > 2 and not first.words.casefold().startswith(verb):
            wrong.append((verb, first.words))
        for word in (one for one in others if one.isalpha() and len(one) > 3):
            order = matching(dialog.everything, word)
            after = order[order.index(act) + 1 :] if verb in TAKING_BACK and act in order else ()
            if any(
                one.words.casefold().split()[0].startswith(word) for one in after if one.group == "Action"
            ):
                wrong.append((word, act.words))

    assert wrong == []


def test_an_empty_result_says_so_and_what_to_try(office: Window) -> None:
    dialog = searching(office, "officer")
    for typed in ("zzzz", "sign zzzz"):
        dialog.typed.setText(typed)
        assert (dialog.shown(), dialog.says.text()) == ((), NOTHING)


def test_what_follows_a_phrase_is_found_after_what_it_asks_for(office: Window) -> None:
    dialog = searching(office, "officer")
    phrases = {one.also.split(PHRASES)[0] for one in dialog.everything if PHRASES in one.also}
    organisation = next(one for one in dialog.everything if one.group == "Organisation")
    for phrase in phrases:
        *asked, last = matching(dialog.everything, f"{phrase} {organisation.words}")[:4]
        assert all(PHRASES in one.also for one in asked)
        assert last.words == organisation.words
