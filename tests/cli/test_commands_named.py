"""Commands that our own sentences name: they can be typed as they stand there."""

import shlex

import pytest

from cli.command import parser
from models.queries.papers.acknowledgements import NO_DAY
from models.queries.papers.call import NO_CLOSING, NOT_PUBLISHED


@pytest.mark.parametrize("sentence", [NO_DAY, NO_CLOSING, NOT_PUBLISHED])
def test_a_command_that_a_sentence_names_lacks_nothing(sentence: str) -> None:
    named = sentence.partition("command: ")[2].rstrip(".").replace(" DAY", " 2026-01-31")

    options = parser().parse_args(shlex.split(named))

    assert str(options.record) == "RECORD"
