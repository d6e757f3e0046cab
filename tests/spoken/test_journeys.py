"""Journeys by keys, as they are heard."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.command import main
from cli.sample.demo import RECORD_NAME
from tests.spoken.heard import Heard, lacking

pytestmark = [pytest.mark.spoken, pytest.mark.timeout(0)]
CHAIR = {"person": "Dorothy Pennyfeather", "role": "chair", "member": "M1"}
OFFICER = {"person": "Imogen Fairweather", "role": "officer", "member": ""}
FINANCE = {"person": "Una Corrigan-Bell", "role": "finance", "member": ""}

MOST_IN_ONE_PIECE = 300
"""Letters: a page's text is not read as a whole because the focus came near."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    assert main(["demo", "--out", str(folder), "--no-window"]) == 0
    return folder / RECORD_NAME


@pytest.fixture
def person() -> dict[str, str]:
    """Who opens the record."""
    return CHAIR


@pytest.fixture
def heard(sample: Path, tmp_path: Path, person: dict[str, str]) -> Iterator[Heard]:
    if lacking():
        pytest.skip(f"not installed: {', '.join(lacking())}")
    shutil.copy(sample, tmp_path)
    heard = Heard(tmp_path)
    try:
        heard.open(tmp_path / RECORD_NAME, **person)
        heard.hear("Task 1 of")
        yield heard
    finally:
        heard.close()


def test_opening_says_the_page_and_the_first_task_and_nothing_that_is_not_there_yet(heard: Heard) -> None:
    said = heard.hear("Overview", "Task 1 of")

    for wrong in ("0 of 0", "Settings", "Start a round", "layered pane"):
        assert wrong not in said
    heard.press("ctrl+k")
    heard.hear("Search or command — Grant Panel dialog")
    heard.press(*"exports")
    heard.hear("notification 2 found. Papers, Page")


def test_an_import_begins_with_its_page_and_its_first_step(heard: Heard) -> None:
    heard.press("ctrl+2")
    heard.hear("Applications", "table with 42 rows", "BE-001", "Marrowby Lane Boxing Club")
    heard.press("ctrl+f")
    heard.hear("Filter by reference, applicant or project")
    heard.press(*"boxing")
    heard.hear("notification 3 of 42 shown")
    heard.press("Escape", "Escape")
    heard.hear("table with 42 rows")
    heard.tab_to("Import push button")
    heard.press("space")
    heard.hear("Steps of the import", "Choose files… push button")


def test_a_mark_is_said_with_its_word_and_what_it_means(heard: Heard) -> None:
    heard.press("ctrl+5")
    heard.hear("Scoring", "A1 Crime prevention and local priorities, weight 25")
    heard.press("4")
    heard.hear("4, very good", "The answer is particular and can be believed")
    heard.press("ctrl+Page_Down")
    heard.hear("notification Sheet ", "7 marks to give")


def test_the_meeting_says_whose_marks_they_are_before_one_is_agreed(heard: Heard) -> None:
    heard.press("ctrl+6")
    said = heard.hear("Meeting", "Marks of the panel", "Pennyfeather 4", "not agreed yet")
    assert said.count("A1 Crime prevention and local priorities") == 1
    heard.tab_to("Agree and next item", back=False)


@pytest.mark.parametrize("person", [OFFICER])
def test_ranking_says_row_and_value_down_and_head_and_value_across_and_explains(
    heard: Heard, person: dict[str, str]
) -> None:
    heard.press("ctrl+7")
    heard.hear("Ranking & budget", "Place 1", "BE-001")
    heard.press("Down")
    row = heard.hear("Place 2", "Tinsel Row Tenants, BE-002", "total 83.00", "£3,250", "Fund")
    assert row.count("total 83.00") == 1
    heard.press("Right")
    heard.hear("Applicant and project", "Tinsel Row Tenants")
    heard.press("F6")
    said = heard.hear("Explanation")

    assert len(said) < MOST_IN_ONE_PIECE


def test_a_list_that_is_not_open_yet_says_why(heard: Heard) -> None:
    heard.press("ctrl+7")
    heard.hear("Ranking & budget", "The ranked list opens when you have handed in your own score sheets")


def test_signing_is_reached_by_its_name(heard: Heard) -> None:
    heard.press("ctrl+8")
    heard.hear("Decisions", "£4,800")
    heard.tab_to("Sign recommendations")


@pytest.mark.parametrize("person", [FINANCE])
def test_an_instalment_is_reached_by_its_number_evidenced_and_paid(
    heard: Heard, person: dict[str, str]
) -> None:
    heard.press("ctrl+9")
    heard.hear("Awards & payments", "A-031-01", "Ropewalk Community Gym")
    heard.press("F6")
    heard.tab_to("Instalment 2: record proof", back=False)
    heard.press("space")
    dialog = heard.hear("waits for proof of purchase", "On what day text")
    assert dialog.count("waits for proof of purchase") == 1
    heard.press("Return")
    heard.hear("What came in text", "What came in: say it in a few words")
    heard.press("o", "k", "Return")
    heard.hear("notification The proof for instalment 2 of A-031-01 came in", "Instalment 2: mark as paid on")
    heard.tab_to("Instalment 2: mark as paid today")
    heard.press("space")
    heard.hear("If you go on, instalment 2, £2,300, is marked as paid today", "Cancel push button")
    heard.press("Tab", "Tab", "space")
    heard.hear(
        "notification Instalment 2 of A-031-01, £2,300, is paid", "Instalment 2: the bank sent it back"
    )


def test_what_a_page_comes_to_is_a_stop_of_tab(heard: Heard) -> None:
    heard.press("ctrl+8")
    heard.hear("Decisions", "table with 19 rows")
    heard.tab_to("19 recommendations · 4 decided")
    heard.tab_to("4 areas: £39,000 in the pots", back=False)


@pytest.mark.parametrize("person", [OFFICER])
def test_a_return_is_recorded_and_undone(heard: Heard) -> None:
    heard.press("ctrl+k", *"monitoring", "Return")
    heard.hear("Monitoring", "table with 3 rows 7 columns")
    heard.tab_to("Return 1: record…", back=False)
    heard.press("space")
    heard.hear("Return 1 of A-031-01", "Received on")
    heard.press("Tab", *"900")
    heard.tab_to("Record the return", back=False)
    heard.press("space")
    heard.hear("notification Return 1 of A-031-01 is recorded.")
    heard.press("ctrl+z")
    heard.hear("notification Undone: Record return 1 of WA-001.")
