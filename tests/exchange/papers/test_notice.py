"""A notice of decision on paper says what was decided and adds up, and so does its draft to sign."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.document.values import (
    BlankLines,
    Block,
    Heading,
    Look,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.papers.paper_writing import write_paper
from exchange.papers.signing import BEFORE, notice_document, to_sign_document
from models.papers.notice import Allocation, AlsoSigned, NoticeOfDecision
from models.papers.paper_kind import has_pence
from models.papers.status import PaperStatus
from models.papers.to_sign import LineToSign, PotToSign, ToSign
from scoring.money import one_form
from tests.paper_text import printed

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32, 2, 17, "0123456789abcdef")
HOSTILE = "=1+1 <b>Club</b> & Co"
SIGNS = (
    *("# Head", "{{ 7 * 7 }} {% for x in y %}", "| a | b", ":: new page"),
    *("R&D <12 months", "1. one", "~~x:3>"),
)


def allocation(number: int, area: str, pence: int, *, crime_type: str = "") -> Allocation:
    return Allocation(f"VF-{number:03d}", HOSTILE, f"Service {number}", crime_type, area, pence)


def notice(*allocations: Allocation, others: int = 0) -> NoticeOfDecision:
    return NoticeOfDecision(
        number="031/2026",
        office="Office of the Example Commissioner",
        fund="Victims Fund",
        round="Small grants",
        year="2026/27",
        is_confidential=False,
        subject="Victims services",
        contact=(("Contact officer", "Tess Example"),),
        summary="What was awarded.",
        background=("First.", "Second."),
        financial=("The budget.",),
        legal=("The Act.",),
        papers=("None",),
        access="It may be asked for.",
        interests="none",
        legal_power="The Act",
        decided_by="Dee Decider",
        post="Chief Executive",
        decided_on=date(2026, 12, 2),
        by_outcome=(("decline", others),) if others else (),
        allocations=allocations,
        total_pence=sum(line.amount_pence for line in allocations),
    )


THREE = notice(
    allocation(1, "Coventry", 100_000, crime_type="Hate crime"),
    allocation(2, "Coventry", 50_050, crime_type="Domestic abuse"),
    allocation(3, "Dudley", 1, crime_type="Hate crime"),
    others=1,
)


def blocks_of(value: NoticeOfDecision, status: PaperStatus = STATUS) -> Sequence[Block]:
    return notice_document(value, status).blocks


def annex(value: NoticeOfDecision) -> list[Block]:
    blocks = list(blocks_of(value))
    found = blocks[blocks.index(Heading("Annex 1: allocations")) + 1 :]
    return [each for each in found if each not in by_crime_type(value)]


def by_crime_type(value: NoticeOfDecision) -> list[Table]:
    return [each for each in blocks_of(value) if isinstance(each, Table) and each.caption.startswith("By ")]


def test_the_annex_has_a_heading_and_a_subtotal_for_each_area_and_the_sum_of_all() -> None:
    blocks = [each for block in annex(THREE) if isinstance(block, Together) for each in block.blocks]

    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Coventry", "Dudley"]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [(row[0], row[-1]) for table in tables for row in table.rows if not row[1]] == [
        ("Subtotal", "£1,500.50"),  # 1,000.00 + 500.50
        ("Subtotal", "£0.01"),
        ("All areas", "£1,500.51"),
    ]
    assert tables[-1].sums == {1, 2}
    whole = notice(allocation(1, "Coventry", 100_000), allocation(2, "Dudley", 50))
    with one_form(has_pence=has_pence(whole)):
        together = [block for block in annex(whole) if isinstance(block, Together)]
    tables = [each for block in together for each in block.blocks if isinstance(each, Table)]
    assert [[row[-1] for row in table.rows] for table in tables] == [
        ["£1,000.00", "£1,000.00"],
        ["£0.50", "£0.50", "£1,000.50"],
    ], "all areas have pence where one has"


DRAFT = replace(
    THREE,
    number="",
    decided_by="",
    decided_on=None,
    standing_interests="I have none.",
    to_sign=("Commander", "Ambassador"),
)
DRAFT_STATUS = replace(STATUS, version=None)


def test_before_it_is_decided_it_is_a_decision_to_be_signed() -> None:
    paper = notice_document(DRAFT, DRAFT_STATUS)

    assert (paper.status, paper.is_draft) == ("For signature, not decided until signed", False)
    assert (DRAFT.title, DRAFT.is_decided) == ("Notice of Decision", False)
    said = "We approve the 3 allocations in Annex 1: £1,500.51 in all. 1 application is not funded."
    assert Para(said, Look.LEAD) in paper.blocks
    assert Pairs((("Notice number", "______ / 20____"), ("Contact officer", "Tess Example"))) in paper.blocks
    assert Para("Each of us who signs states: “I have none.”") in paper.blocks
    bare = blocks_of(replace(DRAFT, standing_interests="", interests=""), DRAFT_STATUS)
    assert Para("") not in bare
    apart = blocks_of(replace(DRAFT, by_outcome=(("decline", 2), ("defer", 1))), DRAFT_STATUS)
    told = [block.text for block in apart if isinstance(block, Para)]
    assert any(text.endswith(" 2 applications are not funded and 1 is deferred.") for text in told)


def to_disclose(words: str, *who: str, first: bool = False) -> Together:
    head = (Heading("To be signed first, before the decision is taken", 2),) if first else ()
    return Together((*head, Para(words), BlankLines(2), *map(Signature, who)))


def test_whoever_signs_has_room_to_disclose_interests() -> None:
    def draft(**changes: tuple[str, ...]) -> Sequence[Block]:
        return blocks_of(replace(DRAFT, **changes), DRAFT_STATUS)  # type: ignore[arg-type]

    rooms = [to_disclose(f"Interests disclosed by {who}:", who) for who in ("Commander", "Ambassador")]
    assert [block for block in draft() if block in rooms] == rooms
    alone = draft(to_sign=("Commander",))
    assert to_disclose("Interests disclosed:", "Commander") in alone
    assert Para("I have none.") in alone
    first, commander = draft(to_sign_first=("NPU commander for Dudley",)), "NPU commander for Dudley"
    same = "The same statement on interests is made here. Interests disclosed:"
    before = to_disclose(same, commander, first=True)
    assert first[first.index(rooms[-1]) + 1] == before
    assert before not in draft()
    each = "Each makes the same statement on interests. Interests disclosed, each with a name:"
    assert to_disclose(each, "Cora", "Abe", first=True) in draft(to_sign_first=("Cora", "Abe"))
    signed = "Cora signed all 3 lines."
    assert Para(signed) in blocks_of(replace(THREE, signed_before=(signed,)))


STANDS = "I have none, and state any here."


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("none", f"{STANDS} Interests disclosed: none."),
        ("I sing there", f"{STANDS} Interests disclosed: I sing there."),
        (
            "A pecuniary one: I am paid there.",
            "Interests stated by the signer before this decision was taken: A pecuniary one: I am paid "
            "there.",
        ),
    ],
)
def test_interests_stand_once_in_the_offices_words_with_what_was_disclosed(stated: str, said: str) -> None:
    signed = replace(THREE, interests=stated, standing_interests=STANDS)

    words = [block.text for block in blocks_of(signed) if isinstance(block, Para)]

    assert [text for text in words if "nterests" in text] == [said]


def test_joint_signers_state_their_interests_in_one_paragraph() -> None:
    also = (AlsoSigned("Chair", "Ann Chairs", date(2026, 12, 1), "I sing there"),)
    signed = replace(THREE, also_signed=also, named_after=1, standing_interests=STANDS)

    blocks = notice_document(signed, STATUS).blocks

    stated = f"Each of those who signed jointly stated, before this decision was taken: “{STANDS}”"
    assert Para(f"{stated} Ann Chairs, Chair: I sing there. Dee Decider, Chief Executive: none.") in blocks
    names = ("Ann Chairs, Chair, 1 December 2026", "Dee Decider, Chief Executive, 2 December 2026")
    assert Pairs(tuple(("Signed", name) for name in names)) in blocks


def test_an_award_against_the_rule_is_said_to_be_one_in_the_decision() -> None:
    for of, who in ((("A",), "The award to A is"), (("A", "B"), "The awards to A and B are")):
        said = Para(f"{who} against the rule of the round; the facts below say why.")
        assert said in blocks_of(replace(THREE, against_rule=of))


@pytest.mark.parametrize("words", SIGNS)
def test_no_words_in_it_become_a_block_and_all_are_read_back(words: str, tmp_path: Path) -> None:
    who = AlsoSigned(words, words, date(2026, 12, 1), words)
    every = dict.fromkeys(("background", "financial", "legal", "signed_before", "withheld"), (words,))
    value = replace(
        THREE,
        contact=((words, words),),
        summary=words,
        access=words,
        ground=words,
        has_confidential_part=True,
        decided_by=words,
        also_signed=(who,),
        over_pots=((words, 100),),
        **every,  # type: ignore[arg-type]
    )
    plain = notice_document(replace(value, **dict.fromkeys(every, ("x",)), summary="x"), STATUS)

    paper = notice_document(value, STATUS)
    draft = replace(value, decided_by="", decided_on=None, to_sign=(words, words), to_sign_first=(words,))

    assert [type(block) for block in paper.blocks] == [type(block) for block in plain.blocks]
    assert str(paper.blocks).count(repr(words)[1:-1]) >= 12
    assert Signature(words) in [
        each for b in notice_document(draft, STATUS).blocks if isinstance(b, Together) for each in b.blocks
    ]
    text = pdf_text(tmp_path / "n.pdf", value)
    assert text.count(" ".join(words.split())) >= 10


def test_the_public_part_names_the_other_and_each_bears_its_own_marking(tmp_path: Path) -> None:
    public = replace(THREE, ground="It names a refuge", has_confidential_part=True)
    apart = replace(THREE, ground="It names a refuge", is_confidential=True, confidential=("The refuge.",))
    apart = replace(apart, unnamed=(replace(THREE.allocations[1], recipient="Willow House"),))

    said = {name: pdf_text(tmp_path / name, value) for name, value in (("p.pdf", public), ("c.pdf", apart))}

    assert "printed separately and withheld from the public. The ground: It names a refuge." in said["p.pdf"]
    assert "NON-CONFIDENTIAL" in said["p.pdf"]
    assert "The refuge." not in said["p.pdf"]
    for words in (
        *("CONFIDENTIAL", "Why it is withheld It names a refuge.", "1. The refuge."),
        *("Who gets what the public part withholds", "VF-002 Service 2 Willow House", "Total £500.50"),
        "Signed Dee Decider",
    ):
        assert words in said["c.pdf"]
    assert "NON-CONFIDENTIAL" not in said["c.pdf"]
    assert "Annex" not in said["c.pdf"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "in the office's finance schedule, which is not published."),
        ({"has_confidential_part": True, "ground": "x"}, "in the confidential part of this notice."),
        ({"decided_by": "", "decided_on": None}, "in the office's record."),
    ],
)
def test_a_notice_says_where_the_name_stands_that_it_withholds(changes: dict[str, object], told: str) -> None:
    hidden = replace(THREE, withheld=("A-031-01",), **changes)  # type: ignore[arg-type]

    blocks = notice_document(hidden, STATUS).blocks

    said = f"The name of the recipient of A-031-01 is withheld from the public. It stands {told}"
    access = next(block for block in blocks if isinstance(block, Together) and Para(said) in block.blocks)
    assert access.blocks[0] == Heading("Public access to information", 2)
    assert not any("withheld" in str(block) for block in notice_document(THREE, STATUS).blocks)


def test_the_pdf_says_who_decided_what_and_when(tmp_path: Path) -> None:
    text = pdf_text(tmp_path / "notice.pdf", THREE)

    assert "NON-CONFIDENTIAL" in text
    for words in (
        "I approve the 3 allocations in Annex 1: £1,500.51 in all. 1 application was not funded.",
        "Interests stated by the signer before this decision was taken: none.",
        "Signed Dee Decider, Chief Executive, 2 December 2026",
        "Non-confidential facts and advice Introduction and background 1. First. 2. Second.",
        "2. Second. Financial implications 3. The budget. Legal implications 4. The Act.",
        "Version 2, supersedes version 1",
        "Journal head row 17, 0123 4567 89ab.",
        f"SHA-256 of the data {'ab' * 32}",
        "Hate crime £1,000.01",
    ):
        assert words in text
    assert text.count(HOSTILE) == 3


def pdf_text(path: Path, value: NoticeOfDecision) -> str:
    return printed(write_paper("notice", value, STATUS, path))


TO_SIGN_STATUS = PaperStatus(datetime(2026, 12, 3, tzinfo=UTC), "ab" * 32)
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
        document = to_sign_document(value, TO_SIGN_STATUS)
    for block in document.blocks:
        found += block.blocks if isinstance(block, Together) else [block]
    return found


def test_it_is_a_draft_before_signing_with_a_place_for_each_post_to_sign() -> None:
    paper = to_sign_document(VALUE, TO_SIGN_STATUS)

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


def test_each_line_is_whole_and_what_is_alike_is_told_once() -> None:
    found = blocks(VALUE)

    headings = [one.text for one in found if isinstance(one, Heading)]
    lines = "Line by line", "1. ACF-001 Choir", "2. ACF-002 Chess"
    assert headings == ["Alike on each line", *lines, "Nothing is signed on"]
    shared, first, second = [one.rows for one in found if isinstance(one, Pairs)]
    assert shared == (("Waits for", "Commander"),)
    assert first == (("Outcome", "Fund £1,000.50"), ("Dissent", "One would not."))
    assert second == (("Outcome", "Reserve"),)
    said = [one.text for one in found if isinstance(one, Para)]
    assert "Coventry: £50 over it." in said
    assert any(words.startswith("You declared an interest in ACF-009") for words in said)
