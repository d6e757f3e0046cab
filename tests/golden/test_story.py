"""What the story says, compared with what is kept; and that each kind of paper stands in it."""

import re

import pytest

from models.papers.kinds import KINDS, PaperKind
from tests.golden.conftest import STORY, Told
from tests.golden.corpus import kept, settle


@pytest.mark.timeout(900)
def test_facts_and_words_are_those_that_are_kept(told: Told) -> None:
    said = [*settle("facts", told.facts), *settle("words", told.words)]
    if said:
        pytest.fail("\n".join(said), pytrace=False)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_kind_of_paper_is_in_the_story_in_each_form(kind: PaperKind) -> None:
    story = STORY.read_text("utf-8")
    with_it = next((one for one in KINDS.values() if one.annex == kind.code), None)
    for ending in kind.endings or ("",):
        asked = with_it.code if with_it else kind.as_asked.get(ending, kind.code)
        written = rf"^export \S+ {asked} .*--out [^ .]+{re.escape(ending)}( |$)"
        found = [line for line in story.splitlines() if re.search(written, line)]
        files = [name for name in kept("words") if name.partition(" » ")[0] in found and " » " in name]
        if with_it:
            files = [name for name in files if name.endswith(f" annex{ending}")]
        assert files, f"a line of story.txt writes {asked} as {ending or 'a folder'}"
    if not kind.is_before_signing:
        issued = any(f" {kind.code} " in name for name in kept("facts") if name.startswith("issued: "))
        assert issued, f"a line of story.txt issues {kind.code}"
