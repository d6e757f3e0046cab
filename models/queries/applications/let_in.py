"""Ask which applications are considered though they came late or did not pass a check, and by whose word."""

from collections.abc import Iterator

from models.queries.applications.applications import applications
from models.queries.applications.in_time import late_words
from models.queries.applications.waived import questions_waived, waived_words
from models.queries.set_up.area_dates import area_dates
from models.session import Session


def late_let_in(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    """Return the late applications that something lets in, with when they came, in order of reference."""
    if not any(dates.closes_on for dates in area_dates(session, round_id).values()):
        return ()
    found = late_words(session, round_id, applications(session, round_id))
    return tuple((of, f"{words}; {let_in}") for of, (words, let_in) in sorted(found.items()) if let_in)


def let_past(session: Session, round_id: int) -> dict[str, tuple[str, ...]]:
    """Return by application that was let in what it was let past, in words."""
    late = [of for of, _ in late_let_in(session, round_id)]
    waived = [of for of, _ in waived_words(session, round_id, late)]
    asked = questions_waived(session, round_id) if waived else {}
    return {
        of: (*(["received late"] if of in late else []), *(f"“{one}”" for one in asked.get(of, ())))
        for of in sorted({*late, *waived})
    }


def let_in(session: Session, round_id: int) -> Iterator[tuple[str, str]]:
    """Yield each application that was let in, late ones first, with the sentence that says how."""
    late = late_let_in(session, round_id)
    for of, words in (*late, *waived_words(session, round_id, [of for of, _ in late])):
        yield of, f"{of}: {words}"
