"""The lines of a letterhead by the width of their type, and what stays whole in Word."""

from docx import Document

from exchange.papers.document.docx_text import hold_whole
from exchange.pdf.type_width import reached_lines, type_width
from exchange.written_text import NO_BREAK

ROOM = 300.0


def test_lines_of_a_letterhead_fit_by_the_width_of_their_type_and_not_by_their_letters() -> None:
    narrow, wide = ("illi" * 12, "lili" * 12), ("WMWM" * 12, "MWMW" * 12)

    assert len(reached_lines(narrow, ROOM)) == 1
    assert reached_lines(wide, ROOM) == wide
    assert reached_lines((), ROOM) == ()
    assert reached_lines(("W" * 200,), ROOM) == ("W" * 200,)
    assert type_width(" · ".join(narrow), 9) < ROOM < type_width(wide[0], 9)


def test_a_long_address_is_a_line_of_its_own_and_no_line_is_wider_than_its_room() -> None:
    address, telephone, email = "WMWM" * 8, "+44 121 496 0000", "grants@sample-office.example"
    ways = (address, telephone, email, "https://www.sample-office.example")

    lines = reached_lines(ways, ROOM)

    assert lines == (address, " · ".join(ways[1:3]), ways[3])
    assert all(type_width(line, 9) <= ROOM for line in lines[1:])
    assert reached_lines((" · ".join(ways[:2]), " · ".join(ways[2:])), ROOM) == lines
    assert reached_lines(("WM" * 100, telephone), ROOM) == ("WM" * 100, telephone)


def test_days_and_numbers_are_not_parted_and_an_address_keeps_its_plain_hyphens() -> None:
    word = Document()
    paragraph = word.add_paragraph(
        "Write a well-made letter to <a-b@A-041-02.sample-office.example> by 5 January 2027, or ring "
        "01905 555 0100 or +44 20 7946 0000. It is for 20 300 of 101 2000, A-041-02, NTF-0008 and "
        "ACF26-001; not for COVID-like or T-shirts."
    )
    whole = ("5 January 2027", "01905 555 0100", "+44 20 7946 0000")
    before = paragraph.text
    for words in whole:
        before = before.replace(words, words.replace(" ", NO_BREAK))

    hold_whole(word)
    hold_whole(word)

    assert paragraph.text == before
    assert paragraph._p.xml.count("w:noBreakHyphen") == 4
    assert all(
        words in paragraph._p.xml
        for words in ("well-made", "a-b@A-041-02.sample-office", "COVID-like", "T-shirt")
    )
