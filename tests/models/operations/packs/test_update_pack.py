"""A newer pack in the member's own record: what is new comes in, what the member entered stays."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from models.journal.verify import verify
from models.operation import Outcome
from models.operations.applications.attachments import AttachFiles, TickAttachments, put_attached
from models.operations.applications.corrections import Change, CorrectApplication, SetWithdrawn
from models.operations.packs.packs import OFFICE
from models.operations.packs.take_in import UpdatePack
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.scheme import AmendScheme
from models.queries.applications.applications import applications, corrections
from models.queries.applications.attachments import attachments
from models.queries.packs.member_record import PackNews, opened_pack, pack_news
from models.queries.packs.returns import import_plan
from models.queries.panel.score_sheets import SheetState, score_sheets
from models.record import Record
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.applications import text_of
from models.values.attachments import APPLICATION, Subject, kept_file
from models.values.packs import Pack, read_pack, read_return, with_signature
from tests.models.conftest import OPENER
from tests.models.packed_rounds import (
    ANN,
    CHAIR,
    declare,
    fill,
    issue,
    make_return,
    mark,
    office,
    sheets_of,
    take_in,
)
from tests.models.rounds import OFFICER, SCHEME, reader, refused, refuses


@pytest.fixture
def there(record: Record) -> Record:
    """The office's record with the round in it, of which ACF-003 is withdrawn at first."""
    office(record).perform(SetWithdrawn(1, "ACF-003", is_withdrawn=True, reason="asked to"), OFFICER)
    return record


@pytest.fixture
def home(home: Record) -> Record:
    """The member's own record, in which ACF-001 is filled in."""
    declare(home)
    fill(home, "ACF-001")
    return home


def add(there: Record) -> None:
    """Let M1 score one more application."""
    there.perform(SetWithdrawn(1, "ACF-003", is_withdrawn=False), OFFICER)


def news(home: Record, text: str) -> PackNews:
    return home.ask(partial(pack_news, text=text))


def update(home: Record, text: str) -> Outcome:
    return home.perform(UpdatePack(text, "abcd"), ANN)


def marks(home: Record) -> dict[str, tuple[int | None, ...]]:
    return {reference: row.marks for reference, row in sheets_of(home).items()}


def states(home: Record) -> dict[str, SheetState]:
    lines = home.ask(partial(score_sheets, round_id=1, viewer=reader("M1"))).lines
    return {line.reference: line.state for line in lines}


def asked(record: Record, reference: str) -> int:
    rows = record.ask(partial(applications, round_id=1))
    return next(row.requested_pence for row in rows if row.reference == reference)


def resigned(text: str) -> str:
    """Return a pack that somebody else signed with a key of their own."""
    private = b"\x09" * 32
    found: Pack = replace(read_pack(text), office_key=signing.public_half(private).hex(), pack="other")
    return canonical.to_text(with_signature(found, private))


def test_what_is_new_comes_in_what_is_gone_is_told_and_the_marks_stay(there: Record, home: Record) -> None:
    mark(home, "ACF-002", "A1", 2, None)
    add(there)
    there.perform(SetWithdrawn(1, "ACF-002", is_withdrawn=True, reason="asked to"), OFFICER)
    newer = issue(there)

    found = news(home, newer)
    assert (found.added, found.changed, found.gone) == (("ACF-003",), (), ("ACF-002",))
    assert found.lines == (
        "New to score: ACF-003.",
        "No longer to be scored: ACF-002. What you recorded there stays in your record.",
    )
    outcome = update(home, newer)

    assert outcome.words == "1 new, 0 changed, 1 no longer to be scored. Your marks are kept."
    assert marks(home) == {"ACF-001": (4, 3, 5), "ACF-002": (2, None, None)}
    assert set(states(home)) == {"ACF-001", "ACF-003"}
    assert home.ask(opened_pack).pack == read_pack(newer).pack
    mark(home, "ACF-003", "A1", 5, None)
    assert verify(home).sound
    take_in(there, make_return(home))
    assert marks(there)["ACF-002"][0] == 2, "what was recorded on what is gone still goes back"


def test_one_undo_leaves_the_record_as_the_pack_before_did(there: Record, home: Record, pack: str) -> None:
    add(there)
    newer = issue(there)
    before = home.ask(partial(applications, round_id=1))
    outcome = update(home, newer)
    after = home.ask(partial(applications, round_id=1))
    assert outcome.inverse is not None

    again = home.perform(outcome.inverse, ANN)
    assert home.ask(partial(applications, round_id=1)) == before
    assert home.ask(opened_pack).pack == read_pack(pack).pack
    assert again.inverse is not None
    outcome = home.perform(again.inverse, ANN)
    assert home.ask(partial(applications, round_id=1)) == after
    mark(home, "ACF-003", "A1", 5, None)
    assert outcome.inverse is not None
    refuses(home, "has been changed since", outcome.inverse, ANN)


def test_other_words_what_is_set_aside_and_what_comes_back_are_told_as_changed(
    there: Record, home: Record
) -> None:
    add(there)
    update(home, issue(there))
    there.perform(SetWithdrawn(1, "ACF-003", is_withdrawn=True, reason="asked to"), OFFICER)
    update(home, issue(there))
    add(there)
    figures = (Change("requested_pence", "300000", text_of(asked(there, "ACF-002"))),)
    there.perform(CorrectApplication(1, "ACF-002", figures, "misread"), OFFICER)
    there.perform(SetNotApplicable(1, "ACF-002", "A6", "no partners yet", ""), CHAIR)
    newer = issue(there)

    assert set(news(home, newer).changed) == {"ACF-002", "ACF-003"}
    update(home, newer)
    assert set(states(home)) == {"ACF-001", "ACF-002", "ACF-003"}
    assert asked(home, "ACF-002") == 300_000
    back = (Change("requested_pence", figures[0].replacing, "300000"),)
    there.perform(CorrectApplication(1, "ACF-002", back, "read well"), OFFICER)
    update(home, issue(there))
    assert text_of(asked(home, "ACF-002")) == figures[0].replacing
    assert home.ask(partial(corrections, round_id=1)) == ()


def test_what_the_office_recorded_follows_or_waits_for_the_office(there: Record, home: Record) -> None:
    mark(home, "ACF-002", "A1", 4, None)
    mark(home, "ACF-002", "A2", 3, None)
    take_in(there, make_return(home))
    there.perform(SetMark(1, "M1", "ACF-002", "A1", 1, 4, from_paper=True), OFFICER)
    there.perform(SetMark(1, "M1", "ACF-002", "A2", 1, 3, from_paper=True), OFFICER)
    mark(home, "ACF-002", "A2", 2, 3)
    newer = issue(there)

    found = news(home, newer)
    assert found.lines == (
        "Recorded by the office for you since: 1.",
        "Recorded differently by the office: 1. Yours stays; the office decides.",
    )
    update(home, newer)

    # A1 was changed by the office alone, A2 by both
    assert marks(home)["ACF-002"] == (1, 2, None)
    given = read_return(make_return(home))
    assert given.pack == read_pack(newer).pack
    (differs,) = there.ask(partial(import_plan, texts=(canonical.to_text(given),))).differences
    assert differs.what == "ACF-002 A2"


def test_a_pack_that_is_no_newer_one_of_this_record_is_refused_in_words(
    there: Record, home: Record, pack: str, record_path: Path, tmp_path: Path
) -> None:
    newer = issue(there)
    of_m2 = issue(there, "M2")
    update(home, newer)
    there.perform(AmendScheme(1, replace(SCHEME, quorum=2), SCHEME, "quorum"), CHAIR)
    amended = issue(there)

    for text, why in (
        (newer, "open here already"),
        (pack, "older than the one"),
        (of_m2, "made for Ravi Example"),
        (amended, "scheme was amended"),
        (resigned(newer), "not signed by the office"),
    ):
        rows = home.head().seq
        refused(why, update, home, text)
        assert home.head().seq == rows
    with pytest.raises(Trouble, match="changed after it was made"):
        update(home, newer.replace("Autumn", "Spring"))

    with Record.create(tmp_path / "other.panel", OPENER) as other:
        text = issue(office(other))
    refused("another round", update, home, text)


def test_a_newer_pack_closes_the_areas_that_are_past_scoring_at_the_office(
    there: Record, home: Record
) -> None:
    filled = marks(home)
    there.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    text = issue(there)

    assert news(home, text).lines == (
        "No more marks are taken in Coventry. What you entered there stays in your record.",
    )
    outcome = update(home, text)

    assert set(states(home).values()) <= {SheetState.MISSED, SheetState.HANDED_IN}
    assert marks(home) == filled
    refused("Coventry", mark, home, "ACF-001", "A1", 1, marks(home)["ACF-001"][0])
    assert outcome.inverse is not None
    home.perform(outcome.inverse, ANN)
    assert SheetState.MISSED not in states(home).values()

    update(home, text)
    there.perform(MoveAreas(1, ("Coventry",), "scoring", reason="a mark was missing"), CHAIR)
    update(home, issue(there))
    assert SheetState.MISSED not in states(home).values()


def test_files_of_a_newer_pack_are_held_as_the_office_read_them(there: Record, home: Record) -> None:
    on = asdict(Subject(APPLICATION, 1, "ACF-001"))
    quote = kept_file("quote.pdf", b"twelve lamps", "quote")
    done, _ = there.perform_beside(
        AttachFiles(**on, files=(quote,)), partial(put_attached, contents=(b"twelve lamps",)), OFFICER
    )
    there.perform(TickAttachments(**on, numbers=done.inverse.numbers), OFFICER)  # type: ignore[union-attr]

    update(home, issue(there))

    (held,) = home.ask(attachments, Subject(APPLICATION, 1, "ACF-001"))
    assert (held.name, held.kind, held.read_by) == ("quote.pdf", "quote", OFFICE)
