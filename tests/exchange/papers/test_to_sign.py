"""What is signed is printed as a draft: in short with its sum and pots, then line by line."""

from datetime import UTC, datetime
from pathlib import Path

from docx import Document as WordDocument
from msgspec.structs import replace

from exchange.papers.document.values import Block, Heading, Pairs, Para, Signature, Table, Together
from exchange.papers.paper_writing import write_paper
from exchange.papers.signing import BEFORE, to_sign_document
from models.papers.status import PaperStatus
from models.papers.to_sign import LineToSign, PotToSign, ToSign
from scoring.money import one_form

STATUS = PaperStatus(datetime(2026, 12, 3, tzinfo=UTC), "ab" * 32)
FIRST = LineToSign("ACF-001", "Choir", "Coventry", "Fund", 100_050, (("Dissent", "One would not."),))
SECOND = LineToSign("ACF-002", "Chess", "Dudley", "Reserve", None, ())
VALUE = ToSign(
    *("", ("Commander", "Ambassador")),
    office="Office",
    fund="Active Citizens Fund",
    round="Autumn",
    year="2026/27",
    marking="OFFICIAL",
    lines=(FIRST, SECOND),
    shared=(("Waits for", "Commander"),),
    pots=(PotToSign("Coventry", 200_000, 0, 100_050, 50_000, "£50 over it"), PotToSign("Dudley", 1, 0, 0)),
    not_here=(("ACF-003 Drums", "It came too late."),),
    closed=("ACF-009",),
)


def blocks(value: ToSign) -> list[Block]:
    found = list[Block]()
    with one_form(has_pence=True):
        document = to_sign_document(value, STATUS)
    for block in document.blocks:
        found += block.blocks if isinstance(block, Together) else [block]
    return found


def test_it_is_a_draft_before_signing_with_a_place_for_each_post_to_sign() -> None:
    paper = to_sign_document(VALUE, STATUS)

    assert (paper.title, paper.status, paper.is_draft) == ("What you sign", BEFORE, True)
    assert [one.post for one in blocks(VALUE) if isinstance(one, Signature)] == ["Commander", "Ambassador"]


def test_the_lines_in_short_say_what_to_look_at_and_end_with_their_sum() -> None:
    short, pots = [one for one in blocks(VALUE) if isinstance(one, Table)]

    assert [column.heading for column in short.columns][2] == "Area"
    assert short.rows == (
        ("1", "ACF-001 Choir", "Coventry", "Fund", "£1,000.50", "Dissent"),
        ("2", "ACF-002 Chess", "Dudley", "Reserve", "–", "–"),
        ("", "Total, 2 lines", "", "", "£1,000.50", ""),
    )
    assert [column.heading for column in pots.columns][4:] == ["On others", "Left"]
    assert pots.rows[0] == ("Coventry", "£2,000.00", "£0.00", "£1,000.50", "£500.00", "£499.50")
    assert pots.rows[1][4:] == ("–", "–")


def test_of_answers_only_those_that_change_something_are_to_look_at() -> None:
    said = ("As it came.", "Changed to reserve: Nobody asked.")
    lines = tuple(replace(SECOND, told=(("Your answer", words),)) for words in said)

    short = next(one for one in blocks(replace(VALUE, lines=lines)) if isinstance(one, Table))

    assert [row[-1] for row in short.rows] == ["–", "Your answer", ""]


def test_each_line_is_whole_and_what_is_alike_is_told_once() -> None:
    found = blocks(VALUE)

    headings = [one.text for one in found if isinstance(one, Heading)]
    assert headings == [
        *(
            "Alike on each line",
            "Line by line",
            "1. ACF-001 Choir",
            "2. ACF-002 Chess",
            "Nothing is signed on",
        )
    ]
    shared, first, second = [one.rows for one in found if isinstance(one, Pairs)]
    assert shared == (("Waits for", "Commander"),)
    assert first == (("Outcome", "Fund £1,000.50"), ("Dissent", "One would not."))
    assert second == (("Outcome", "Reserve"),)
    said = [one.text for one in found if isinstance(one, Para)]
    assert "Coventry: £50 over it." in said
    assert any(words.startswith("You declared an interest in ACF-009") for words in said)


def test_what_has_nothing_to_say_is_left_out() -> None:
    alone = replace(VALUE, lines=(FIRST,), shared=(), pots=(), not_here=(), closed=())

    (short,) = [one for one in blocks(alone) if isinstance(one, Table)]
    assert len(short.columns) == 5
    assert [one.text for one in blocks(alone) if isinstance(one, Heading)] == [
        "Line by line",
        "1. ACF-001 Choir",
    ]


def test_it_is_written_as_pages_and_for_word(tmp_path: Path) -> None:
    pages = write_paper("to-sign", VALUE, STATUS, tmp_path / "a.pdf")
    word = write_paper("to-sign", VALUE, STATUS, tmp_path / "a.docx")

    assert pages.read_bytes().startswith(b"%PDF")
    said = [one.text for one in WordDocument(str(word)).paragraphs]
    assert "What you sign" in said
    assert any(BEFORE in words for words in said)
