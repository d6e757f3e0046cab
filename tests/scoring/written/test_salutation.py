"""How a letter greets and takes its leave, by the name that was given."""

import pytest

from scoring.written.names import salutation, spoken_name


@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [
        ("Mrs Pat Example", "Dear Mrs Pat Example", "Yours sincerely"),
        ("  Pat \n Example, ", "Dear Pat Example", "Yours sincerely"),
        ("rev. dr. Mary Example", "Dear Dr. Mary Example", "Yours sincerely"),
        ("Ana Example / Ben Sample", "Dear Ana Example and Ben Sample", "Yours sincerely"),
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
        ("The Venerable Pat Example", "Dear Venerable Pat Example", "Yours sincerely"),
        ("Sir Pat Example-Model", "Dear Sir Pat", "Yours sincerely"),
        ("Dame P. Example", "Dear Dame P. Example", "Yours sincerely"),
        ("Sir Example", "Dear Sir Example", "Yours sincerely"),
        ("The Hon. Treasurer", "Dear Hon. Treasurer", "Yours faithfully"),
        ("Dear Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("Pat Example, Honorary Treasurer", "Dear Pat Example", "Yours sincerely"),
        ("Treasurer, Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("Chair, Board of Trustees", "Dear Chair, Board of Trustees", "Yours faithfully"),
        ("Example, Pat", "Dear Pat Example", "Yours sincerely"),
        ("", "Dear Sir or Madam", "Yours faithfully"),
        ("pat.example@example.org", "Dear Sir or Madam", "Yours faithfully"),
        ("Pat Example <pat@example.org>", "Dear Pat Example", "Yours sincerely"),
        ("(Chair)", "Dear Chair", "Yours faithfully"),
        ("Dr Pat Example, Head of Services", "Dear Dr Pat Example", "Yours sincerely"),
        ("van der Example, Mrs Pat", "Dear Mrs Pat van der Example", "Yours sincerely"),
        ("Example, Youth Worker", "Dear Example", "Yours sincerely"),
        ("Mrs P Example MBE JP", "Dear Mrs P Example", "Yours sincerely"),
        ("SJ Example", "Dear SJ Example", "Yours sincerely"),
        ("Pat SJ", "Dear Pat SJ", "Yours sincerely"),
        ("Example JP", "Dear Example JP", "Yours sincerely"),
        ("JP Example", "Dear JP Example", "Yours sincerely"),
        ("MR PAT O'EXAMPLE-MCMODEL", "Dear Mr Pat O'Example-McModel", "Yours sincerely"),
        ("dr. pat von der example", "Dear Dr. Pat von der Example", "Yours sincerely"),
        ("PC PAT EXAMPLE", "Dear PC Pat Example", "Yours sincerely"),
        ("The Ven. Pat Example", "Dear Ven. Pat Example", "Yours sincerely"),
        ("The Revd Pat Example - Vicar", "Dear Revd Pat Example", "Yours sincerely"),
        ("The", "Dear The", "Yours sincerely"),
        ("Mr", "Dear Sir or Madam", "Yours faithfully"),
        ("Cllr Dr.", "Dear Sir or Madam", "Yours faithfully"),
        ("01632 960100", "Dear Sir or Madam", "Yours faithfully"),
        ("(01632) 960100", "Dear Sir or Madam", "Yours faithfully"),
        ("Pat Example +44 1632 960100", "Dear Pat Example", "Yours sincerely"),
        ("N/A", "Dear Sir or Madam", "Yours faithfully"),
        ("tbc.", "Dear Sir or Madam", "Yours faithfully"),
        ("Confidential", "Dear Sir or Madam", "Yours faithfully"),
        ("(withheld)", "Dear Sir or Madam", "Yours faithfully"),
        ("As above", "Dear Sir or Madam", "Yours faithfully"),
        ("?", "Dear Sir or Madam", "Yours faithfully"),
        ("Contact: Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("FAO Mrs Pat Example", "Dear Mrs Pat Example", "Yours sincerely"),
        ("Nobody Example", "Dear Nobody Example", "Yours sincerely"),
    ],
)
def test_it_goes_by_name_and_title_as_given_or_by_the_post(name: str, opening: str, closing: str) -> None:
    assert salutation(name) == (opening, closing)


PLAIN = (
    *("Pat Example", "Mrs Pat Example", "Dr. P. von der Example", "Pat Example-Model", "Example", "Jo Ng"),
    *(
        "Pat McExample",
        "Mr and Mrs P Example",
        "Pat & Lee Example",
        "Cllr P. A. Example",
        "李 明",
        "علي محمد",
    ),
)


@pytest.mark.parametrize("beside", ["{}", "{} (Chair)", "{} (they/them)", "{} <pat@example.org>", "{},"])
@pytest.mark.parametrize(
    "post", ["{}", "{}, Treasurer", "{} - Chair of Trustees", "Chair: {}", "{} – Head of Work"]
)
@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_name_stays_whatever_stands_beside_it(name: str, post: str, beside: str) -> None:
    assert salutation(beside.format(post.format(name))) == (f"Dear {name}", "Yours sincerely")


@pytest.mark.parametrize(
    "honours",
    ["OBE", "O.B.E.", "MBE JP", ", BEM", "PhD", "CBE, DL", "SJ", ", OFM", "CSsR", "SJ MBE", "DPhil, LLM"],
)
@pytest.mark.parametrize(
    "name", ["Pat Example", "Fr Pat Example", "Sr Pat Example", "Mrs P Example", "Dr Pat von der Example"]
)
def test_honours_are_not_spoken_to(name: str, honours: str) -> None:
    assert salutation(f"{name} {honours}") == (f"Dear {name}", "Yours sincerely")


def test_a_particle_before_a_name_in_small_letters_stays_small() -> None:
    assert spoken_name("de souza") == "de Souza"
