"""What an office wrote into its papers itself."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from models.papers.texts import LETTERS, PUBLICATION, PUBLISHED_PURPOSE, PaperTexts
from models.schema.papers import paper_text_table
from models.session import Session
from models.store.parts import part


@part
def paper_texts(session: Session, round_id: int, paper: str, subject: str = "") -> PaperTexts:
    """Return the texts of one paper, in order of their fields."""
    table = paper_text_table
    rows = session.execute(
        select(table.c.field, table.c.text)
        .where(table.c.round_id == round_id, table.c.paper == paper, table.c.subject == subject)
        .order_by(table.c.field)
    )
    return PaperTexts(tuple((field, text) for field, text in rows))


@part
def texts_by_subject(session: Session, round_id: int, paper: str) -> Mapping[str, PaperTexts]:
    """Return the texts of a paper that has some for each subject, such as letters, by the subject."""
    table = paper_text_table
    rows = session.execute(
        select(table.c.subject, table.c.field, table.c.text)
        .where(table.c.round_id == round_id, table.c.paper == paper)
        .order_by(table.c.subject, table.c.field)
    )
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for subject, field, text in rows:
        found[subject] = (*found.get(subject, ()), (field, text))
    return {subject: PaperTexts(texts) for subject, texts in found.items()}


def published_purposes(session: Session, round_id: int) -> Mapping[str, str]:
    """Return what an office wrote on its awards' purposes for lists, by the application's reference."""
    table = paper_text_table
    rows = session.execute(
        select(table.c.subject, table.c.text)
        .where(table.c.round_id == round_id, table.c.paper == PUBLICATION)
        .where(table.c.field == PUBLISHED_PURPOSE.code)
    )
    return {str(of): str(text) for of, text in rows}


def asked_by(session: Session, round_id: int, day: date) -> Mapping[str, date]:
    """Return by when applicants may send what letters ask them for, where that was not before a day."""
    asked = {of: said.day("send_by") for of, said in texts_by_subject(session, round_id, LETTERS).items()}
    return {of: by for of, by in asked.items() if by is not None and by >= day}
