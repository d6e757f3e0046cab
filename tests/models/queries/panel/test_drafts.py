"""Text kept against a crash is found again by its field."""

from models.queries.panel.drafts import drafts
from models.record import Record


def test_a_draft_is_found_by_the_start_of_its_field_until_it_is_dropped(record: Record) -> None:
    record.keep_draft("reason/1_/M1/A1", "half a sent")
    record.keep_draft("reason/12/M1/A1", "another round")

    found = record.ask(lambda session: drafts(session, "reason/1_/"))
    record.keep_draft("reason/1_/M1/A1", "")

    assert found == {"reason/1_/M1/A1": "half a sent"}  # "_" is no wildcard
    assert record.ask(lambda session: drafts(session, "reason/1_/")) == {}
