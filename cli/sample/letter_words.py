"""What the sample's office says in letters on checks, and by when: what was not passed, what is missing."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from cli.sample.round_words import HEAR_DAYS
from models.operation import Actor
from models.operations.papers.paper_texts import SetPaperTexts
from models.papers.texts import LETTERS, UNMET
from models.queries.applications.applications import gates
from models.queries.set_up.round_rows import round_rows
from scoring.written.days import full_day
from scoring.written.working_days import working_day_from

if TYPE_CHECKING:
    from models.record import Record

NOT_MET = {"ACF-007": ("purpose-of-money",), "VF-012": ("free", "cope-recover")}
"""The gates that an application failed, where the panel's workbook has one word for all of them."""
MISSING = {"VF-009": "Your safeguarding policy"}
WAITING = ("ACF-028", "VF-009", "VF-014")
"""What the panel left open: its applicants hear by a day."""
SEND_DAYS, ANSWER_DAYS = 14, HEAR_DAYS


def write_letter_words(record: "Record", round_id: int, officer: Actor, today: date) -> None:
    """Write them on the applications of a round."""
    send_by, answer_by = (
        full_day(working_day_from(today + timedelta(days=days))) for days in (SEND_DAYS, ANSWER_DAYS)
    )
    asked = {gate.code: gate.question for gate in record.ask(partial(gates, round_id=round_id))}
    for row in record.ask(partial(round_rows, round_id=round_id)).applications:
        of = row.reference
        unmet = "\n".join(asked[gate] for gate in NOT_MET.get(of, ()))
        texts = [(UNMET.code, unmet)] if unmet else []
        texts += [("wanted", MISSING[of]), ("send_by", send_by)] if of in MISSING else []
        texts += [("answer_by", answer_by)] if of in WAITING else []
        if texts:
            record.perform(SetPaperTexts(round_id, LETTERS, of, tuple(texts)), officer)
