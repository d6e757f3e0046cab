"""What areas are called in a record: by its office, or in a member's own record by the office's pack."""

from datetime import date

from models.packs.member_record import is_members_own
from models.queries.set_up.office import office_on
from models.session import Session
from scoring.written.area_label import AREA, AreaLabel


def area_word(session: Session, day: date) -> AreaLabel:
    """Return the word for an area on a day; "Area" where there is none of the office's own."""
    label = office_on(session, day).area_label
    if label != AREA or not is_members_own(session):
        return label
    from models.queries.packs.member_record import (
        opened_pack,  # an office opens no pack, and need not load it
    )

    told = opened_pack(session).round
    return AreaLabel(told.area_label or AREA.one, told.area_label_plural)
