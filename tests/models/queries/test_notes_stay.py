"""What a meeting notes where no mark is agreed stands in the minutes and is told to nobody outside."""

from functools import partial

from msgspec.structs import replace

from models.operations.panel.agreed import SetAgreedMark
from models.queries.deciding.reasons import AGREED, MEMBERS, Draft, drafts, panel_reasons
from models.record import Record
from models.values.rows import AgreedRow, SheetRow
from scoring.scheme import Combine
from tests.models.operations.meetings import NOTES, at_meeting, meeting_rows

NOTE = "The letters were not seen."


def test_reasons_are_given_beside_agreed_marks_alone() -> None:
    row = AgreedRow("ACF-001", (4, None, 3), (" letters ", NOTE, ""))

    assert row.given_reasons == ("letters", "", "")
    assert AgreedRow("ACF-001", (4, None, 3)).given_reasons == ()


def test_a_note_is_no_draft_and_the_members_reasons_are() -> None:
    rows = meeting_rows(combine=Combine.MEAN)
    sheet = SheetRow("M1", "ACF-001", True, (4, 0, 5), ("Residents were asked.", "", ""))
    noted = AgreedRow("ACF-001", (None, None, None), (NOTE, "", ""))

    found = drafts(replace(rows, sheets=(sheet,), agreed=(noted,)))
    agreed = drafts(replace(rows, sheets=(sheet,), agreed=(replace(noted, marks=(3, None, None)),)))

    assert found == {"ACF-001": Draft("Need: Residents were asked.", MEMBERS)}
    assert agreed == {"ACF-001": Draft(f"Need: {NOTE}", AGREED)}


def test_the_deciding_office_has_no_note(record: Record) -> None:
    at_meeting(record, meeting_rows(combine=Combine.MEAN))
    record.perform(SetAgreedMark(1, "ACF-001", "A1", None, NOTE, None, ""), NOTES)

    assert record.ask(partial(panel_reasons, round_id=1)) == {}
