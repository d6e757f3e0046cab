"""How a letter greets and takes its leave, by the name that was given."""

import pytest

from scoring.written.salutation import salutation


@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [
        ("Mrs Pat Example", "Dear Mrs Pat Example", "Yours sincerely"),
        ("  Pat \n Example, ", "Dear Pat Example", "Yours sincerely"),
        ("The secretary", "Dear Secretary", "Yours faithfully"),
        ("the Parish Clerk", "Dear Parish Clerk", "Yours faithfully"),
        ("Treasurer", "Dear Treasurer", "Yours faithfully"),
        ("The Bursar", "Dear Bursar", "Yours faithfully"),
        ("The Revd Pat Example", "Dear Revd Pat Example", "Yours sincerely"),
        ("The Revd Canon Pat Example", "Dear Canon Pat Example", "Yours sincerely"),
        ("Rev. Dr Pat Example", "Dear Dr Pat Example", "Yours sincerely"),
        ("The Hon. Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("The Rt Hon Sir Pat Example", "Dear Sir Pat", "Yours sincerely"),
        ("The Hon", "Dear Hon", "Yours faithfully"),
        ("The Venerable Pat Example", "Dear The Venerable Pat Example", "Yours sincerely"),
        ("Sir Pat Example-Model", "Dear Sir Pat", "Yours sincerely"),
        ("Dame P. Example", "Dear Dame P. Example", "Yours sincerely"),
        ("Sir Example", "Dear Sir Example", "Yours sincerely"),
        ("The Hon. Treasurer", "Dear Hon. Treasurer", "Yours faithfully"),
        ("Dear Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("Pat Example, Honorary Treasurer", "Dear Pat Example", "Yours sincerely"),
        ("Treasurer, Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("Chair, Board of Trustees", "Dear Chair, Board of Trustees", "Yours faithfully"),
        ("Example, Pat", "Dear Example, Pat", "Yours sincerely"),
        ("", "Dear Sir or Madam", "Yours faithfully"),
        ("The", "Dear The", "Yours sincerely"),
        ("Mr", "Dear Sir or Madam", "Yours faithfully"),
        ("Cllr Dr.", "Dear Sir or Madam", "Yours faithfully"),
    ],
)
def test_it_goes_by_name_and_title_as_given_or_by_the_post(name: str, opening: str, closing: str) -> None:
    assert salutation(name) == (opening, closing)
