"""Text saved against a crash is found again by whose it is and by its field."""

from functools import partial

from models.queries.panel.score_sheets import drafts
from models.record import Record

GRACE, PRIYA = "Grace Okoro", "Priya Nair"


def test_a_draft_is_its_persons_and_found_by_the_start_of_its_field_until_it_is_dropped(
    record: Record,
) -> None:
    record.keep_draft(GRACE, "reason/1_/M1/A1", "half a sent")
    record.keep_draft(GRACE, "reason/12/M1/A1", "another round")
    record.keep_draft(PRIYA, "reason/1_/M1/A1", "somebody else's")

    found = record.ask(partial(drafts, person=GRACE, start="reason/1_/"))
    record.keep_draft(GRACE, "reason/1_/M1/A1", "")

    assert found == {"reason/1_/M1/A1": "half a sent"}  # "_" is no wildcard
    assert record.ask(partial(drafts, person=GRACE, start="reason/1_/")) == {}
    assert record.ask(partial(drafts, person=PRIYA, start="reason/")) == {
        "reason/1_/M1/A1": "somebody else's"
    }
