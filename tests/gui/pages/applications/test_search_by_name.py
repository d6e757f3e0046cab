"""An organisation is found however its name is typed, by a page's search and by the command."""

import pytest
from msgspec.structs import replace

from gui.help.searching import Found, matching
from gui.pages.applications.organisations import has_words
from models.queries.applications.organisations import OrganisationLine, the_organisation
from scoring.written.names import is_same_text, unaccented
from scoring.written.text import Refused
from tests.models.spellings import EVERY

LINE = OrganisationLine(1, "u", "Example Choir", (), (), (), 1, 0, 0, None, 0, ())


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_an_organisation_is_found_by_any_spelling_of_its_name(name: str, other: str) -> None:
    lines = (LINE, replace(LINE, number=2, name=name))

    for said in (other, unaccented(other)):
        assert [has_words(line, said) for line in lines] == [False, True]
    assert the_organisation(lines, other).number == 2


@pytest.mark.parametrize(("name", "other"), [pair for pair in EVERY if not is_same_text(*pair)])
def test_two_of_names_that_differ_in_signs_are_each_found_by_their_own(name: str, other: str) -> None:
    lines = (replace(LINE, name=name), replace(LINE, number=2, name=other))

    assert [the_organisation(lines, said).number for said in (name, other)] == [1, 2]
    assert all(has_words(line, name) for line in lines)


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_the_search_box_finds_what_bears_the_name(name: str, other: str) -> None:
    found = Found("Organisations", "", name, "", "", lambda: None)
    rest = Found("Organisations", "", "Example Choir", "", "", lambda: None)

    assert matching((rest, found), other) == (found,)


def test_a_name_that_may_be_either_is_refused_by_both() -> None:
    lines = (replace(LINE, name="Mary‘s"), replace(LINE, number=2, name="Mary’s"))

    with pytest.raises(Refused, match=r"“Mary's” is Mary‘s .* or Mary’s"):
        the_organisation(lines, "Mary's")
