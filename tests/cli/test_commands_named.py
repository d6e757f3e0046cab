"""Commands that our own sentences name: they can be typed as they stand there."""

import re
import shlex

import pytest

from cli.frame.parser import parser
from models.queries.papers.intake_papers import NO_CLOSING, NO_DAY, NOT_PUBLISHED
from tests.cli.offered import options, tree
from tests.sources import ROOMS, texts


@pytest.mark.parametrize("sentence", [NO_DAY, NO_CLOSING, NOT_PUBLISHED])
def test_a_command_that_a_sentence_names_lacks_nothing(sentence: str) -> None:
    named = sentence.partition("command: ")[2].rstrip(".").replace(" DAY", " 2026-01-31")

    options = parser().parse_args(shlex.split(named))

    assert str(options.record) == "RECORD"


def test_every_option_that_a_sentence_of_ours_names_is_one_of_some_command() -> None:
    offered = {"--help", "--version", "--screenshots"}.union(*(options(one) for _, one in tree()))

    named = {
        (path, option)
        for path, text in texts(*ROOMS).items()
        for words in re.findall(r'"([^"\n]*)"', text)
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", words)
    }

    assert {(path, option) for path, option in named if option not in offered} == set()
