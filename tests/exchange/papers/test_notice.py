"""A notice of decision on paper says what was decided and adds up, and so does its draft to sign."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.document.values import Block, Heading, Para, Signature, Table, Together
from exchange.papers.paper_writing import write_paper
from exchange.papers.prose_papers import notice_document, to_sign_document
from models.papers.kinds import has_pence
from models.papers.notice import Allocation, AlsoSigned, NoticeOfDecision
from models.papers.status import PaperStatus
from models.papers.to_sign import LineToSign, PotToSign, ToSign
from scoring.money import one_form
from tests.exchange.schedule_rounds import AUTUMN
from tests.paper_text import flat, printed

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


def test_an_award_against_the_rule_is_said_to_be_one_in_the_decision() -> None:
    first, second, *others = THREE.allocations
    told = replace(first, reason="the only club there", purpose="evenings for the young")
    whole = replace(THREE, allocations=(told, second, *others))
    one, both = (told.reference,), (told.reference, second.reference)

    said = Para(f"The award to {one[0]} is against the rule of the round; Annex 1 says why.")
    assert said in blocks_of(replace(whole, against_rule=one))
    # nobody wrote why the second is awarded
    unsaid = Para(f"The awards to {both[0]} and {both[1]} are against the rule of the round.")
    assert unsaid in blocks_of(replace(whole, against_rule=both))
    assert told.told_whole == f"{told.service}\nEvenings for the young.\nWhy: The only club there."


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


def pdf_text(path: Path, value: NoticeOfDecision) -> str:
    return printed(write_paper("notice", value, STATUS, path))


TO_SIGN_STATUS = PaperStatus(datetime(2026, 12, 3, tzinfo=UTC), "ab" * 32)
FIRST = LineToSign("ACF-001", "Choir", "Coventry", "Fund", 100_050, (("Dissent", "One would not."),))
SECOND = LineToSign("ACF-002", "Chess", "Dudley", "Reserve", None, ())
VALUE = ToSign(
    *("", ("Commander", "Ambassador")),
    office="Office",
    **AUTUMN,
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


STANDS = "I have none, and state any here."
UNSIGNED = {"number": "", "decided_by": "", "decided_on": None, "standing_interests": STANDS}
JOINTLY = (AlsoSigned("Chair", "Ann Chairs", date(2026, 12, 1), "I sing there"),)
HIDDEN = {"withheld": ("A-031-01",)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"standing_interests": STANDS}, f"{STANDS} Interests disclosed: none."),
        (
            {"interests": "I am paid there."},
            "Interests stated by the signer before this decision was taken: I am paid there.",
        ),
        (
            {"standing_interests": STANDS, "also_signed": JOINTLY, "named_after": 1},
            f"Each of those who signed jointly stated, before this decision was taken: “{STANDS}” Ann "
            "Chairs, Chair: I sing there. Dee Decider, Chief Executive: none.",
        ),
        (UNSIGNED | {"to_sign": ("Commander",)}, f"{STANDS}|Interests disclosed:"),
        (
            UNSIGNED | {"to_sign": ("Commander", "Ambassador")},
            f"Each of us who signs states: “{STANDS}”|Interests disclosed by Commander:|"
            "Interests disclosed by Ambassador:",
        ),
        (
            UNSIGNED | {"to_sign": ("Commander",), "to_sign_first": ("Cora",)},
            "The same statement on interests is made here. Interests disclosed:",
        ),
        (HIDDEN, "It stands in the office's finance schedule, which is not published."),
        (HIDDEN | {"has_confidential_part": True}, "It stands in the confidential part of this notice."),
        (HIDDEN | UNSIGNED, "It stands in the office's record."),
    ],
)
def test_a_notice_says_which_interests_were_stated_and_where_a_withheld_name_stands(
    changes: dict[str, object], said: str
) -> None:
    value = replace(THREE, **changes)
    blocks = [*flat(blocks_of(value))]

    told = "|".join(one.text for one in blocks if isinstance(one, Para))
    assert said in told
    assert ("withheld from the public" in told) == ("withheld" in changes)
    rooms = [one.post for one in blocks if isinstance(one, Signature)]
    assert rooms == [*value.to_sign, *value.to_sign_first], "each has room to sign"
