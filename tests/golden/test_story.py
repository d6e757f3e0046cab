"""What the commands of the story say, compared with what is kept."""

import pytest

from tests.golden.conftest import Told
from tests.golden.corpus import settle

pytestmark = [pytest.mark.golden, pytest.mark.timeout(900)]


def test_the_facts_are_those_that_are_kept(told: Told) -> None:
    settle("facts", told.facts)


def test_the_words_are_those_that_are_kept(told: Told) -> None:
    settle("words", told.words)
