"""The article before the name of a fund, and a power as a sentence names it."""

import pytest

from scoring.written.text import power_in_a_sentence, with_article


@pytest.mark.parametrize(
    ("fund", "said"),
    [
        ("Victims Fund", "the Victims Fund"),
        ("The Safer Places Fund", "the Safer Places Fund"),
        ("Violence Reduction Unit", "the Violence Reduction Unit"),
        ("External Commissioning", "External Commissioning"),
        ("Police and Crime Commissioner for Westmarch", "the Police and Crime Commissioner for Westmarch"),
        ("Westmarch Police and Crime Commissioner", "the Westmarch Police and Crime Commissioner"),
        ("Mayor's Office for Policing And Crime", "the Mayor's Office for Policing And Crime"),
        ("Office of the Police Commissioner", "the Office of the Police Commissioner"),
        ("Coventry City Council", "Coventry City Council"),
        ("Westmarch PCC", "Westmarch PCC"),
        ("The", "The"),
        ("", ""),
    ],
)
def test_a_fund_has_its_article_where_english_wants_one(fund: str, said: str) -> None:
    assert with_article(fund) == said


@pytest.mark.parametrize(
    ("power", "said"),
    [
        ("Police Reform Act 2011, section 9", "section 9 of the Police Reform Act 2011"),
        ("the Police Reform Act 2011 schedule 2", "schedule 2 of the Police Reform Act 2011"),
        ("Local Government Act 1972", "the Local Government Act 1972"),
        ("section 9 of the Police Reform Act 2011", "section 9 of the Police Reform Act 2011"),
        (
            "Crime Act 1998, section 5, and the Victims Act 2004",
            "the Crime Act 1998, section 5, and the Victims Act 2004",
        ),
        ("The Commissioner's common law powers", "The Commissioner's common law powers"),
    ],
)
def test_a_power_is_named_section_first(power: str, said: str) -> None:
    assert power_in_a_sentence(power) == said


@pytest.mark.parametrize("head", ["Police and Crime Commissioner", "Mayor", "Combined Authority", "Office"])
@pytest.mark.parametrize("link", ["for", "of"])
@pytest.mark.parametrize("place", ["Westmarch", "the West Midlands", "Policing and Crime"])
def test_an_office_has_its_article_whatever_it_is_of(head: str, link: str, place: str) -> None:
    said = with_article(f"{head} {link} {place}")

    assert said == f"the {head} {link} {place}"
    assert with_article(said) == said
