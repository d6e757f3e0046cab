"""What an office wrote into its papers itself."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select

from models.papers.kinds import KINDS
from models.papers.office import BY_KEY, Office
from models.papers.open_data import Publisher
from models.papers.order import PaperOrder, TextPair
from models.papers.texts import LETTERS, PUBLICATION, PUBLISHED_PURPOSE, PaperTexts
from models.queries.set_up.office import office_on
from models.schema.papers import paper_text_table, publisher_table
from models.session import Session
from models.store.parts import part
from models.values.rounds import RoundLine
from models.values.rows import gathered
from scoring.money import has_form_with_pence
from scoring.schedule.values import COMMISSIONER, MAYORS, Letterhead


@part
def texts_by_subject(session: Session, round_id: int, paper: str) -> Mapping[str, PaperTexts]:
    """Return the texts of a paper that has some for each subject, such as letters, by the subject."""
    table = paper_text_table
    rows = session.execute(
        select(table.c.subject, table.c.field, table.c.text)
        .where(table.c.round_id == round_id, table.c.paper == paper)
        .order_by(table.c.subject, table.c.field)
    )
    found = gathered((subject, (field, text)) for subject, field, text in rows)
    return {subject: PaperTexts(tuple(texts)) for subject, texts in found.items()}


def paper_texts(session: Session, round_id: int, paper: str, subject: str = "") -> PaperTexts:
    return texts_by_subject(session, round_id, paper).get(subject, PaperTexts())


def published_purposes(session: Session, round_id: int) -> Mapping[str, str]:
    """Return what an office wrote on its awards' purposes for lists, by the application's reference."""
    texts = texts_by_subject(session, round_id, PUBLICATION)
    told = {of: said.get(PUBLISHED_PURPOSE.code) for of, said in texts.items()}
    return {of: words for of, words in told.items() if words}


def asked_by(session: Session, round_id: int, day: date) -> Mapping[str, date]:
    """Return by when applicants may send what letters ask them for, where that was not before a day."""
    asked = {of: said.day("send_by") for of, said in texts_by_subject(session, round_id, LETTERS).items()}
    return {of: by for of, by in asked.items() if by is not None and by >= day}


UNSIGNED = (
    "Nobody is named who signs these letters: above the office’s name is room for a signature and no name. "
    "Say who signs, or who the contact officer is, on Office or with the command office."
)

UNREACHED = (
    "Nothing here says where to write: the office has no e-mail, address or telephone. Give one on Office, "
    'or with the command: office RECORD --set "email=NAME@PLACE".'
)


def letterhead(session: Session, paper: str, day: date, powers: Iterable[str] = ()) -> tuple[str, Letterhead]:
    """Return the office's name and what else a kind of paper says of it on a day.

    The legal `powers` of what it tells, each once, stand in place of the office's, where that has any.
    """
    office = office_on(session, day)
    return office.name, letterhead_of(office, paper, powers)


def paper_head(session: Session, order: PaperOrder, line: RoundLine | None = None, **own: object) -> Any:
    """Return what every paper bears by its fields: its office, and where it is of a round whose that is.

    What is its `own` stands in the place of that, and beside it.
    """
    office = office_on(session, order.today)
    of_round = {} if line is None else {name: getattr(line, name) for name in ("fund", "year", "marking")}
    named = {} if line is None else {"round": line.name}
    return {
        "office": office.name,
        "letterhead": letterhead_of(office, order.kind),
        **of_round,
        **named,
        **own,
    }


def letterhead_of(office: Office, paper: str, powers: Iterable[str] = ()) -> Letterhead:
    """Return what a kind of paper says of an office beside its name; `powers` as in `letterhead`."""
    told = "; ".join(dict.fromkeys(" ".join(power.split()).rstrip(".") for power in powers if power.strip()))
    standing = ((key, office.get(key)) for key in KINDS[paper].standing)
    contact = (office.get("contact_name"), office.get("contact_post"))
    return Letterhead(
        address=office.get("address"),
        telephone=office.get("telephone"),
        email=office.get("email"),
        website=office.get("website"),
        contact=", ".join(filter(None, contact)),
        signatory=office.signatory(paper),
        logo=office.get("logo"),
        area_label=office.area_label,
        words=tuple(
            (BY_KEY[key].heading, told if told and key == "legal_power" else text)
            for key, text in standing
            if text
        ),
        short_name=office.get("short_name"),
        people=tuple(_people(office, paper)),
        has_pence=bool(has_form_with_pence()),
    )


def signed_as(office: Office, paper: str) -> Letterhead:
    """Return the same of a letter, which somebody signs: its own signatory, the letters', or who answers."""
    head = letterhead_of(office, paper)
    return replace(head, signatory=head.signatory or office.signatory("letters") or head.contact)


def unsigned_words(session: Session, order: PaperOrder) -> str:
    """Say that letters end without the name of whoever signs them, "" where somebody is named."""
    return "" if signed_as(office_on(session, order.today), order.kind).signatory else UNSIGNED


def unreached_words(session: Session, order: PaperOrder) -> str:
    """Say that whoever reads a paper does not learn how the office is reached, "" where they do."""
    office = office_on(session, order.today)
    return "" if any(map(office.get, ("email", "address", "telephone"))) else UNREACHED


def _people(office: Office, paper: str) -> Iterator[TextPair]:
    """Yield what each person of a paper is, with their name and post, as far as they are named."""
    for key in KINDS[paper].people:
        name, post = office.get(f"{key}_name"), office.get(f"{key}_post")
        if name:
            what, _, _ = BY_KEY[f"{key}_name"].heading.partition(":")
            mayor = next((one for one in MAYORS if one.casefold() in post.casefold()), "")
            yield mayor if mayor and what == COMMISSIONER else what, ", ".join(filter(None, (name, post)))


def publisher(session: Session) -> Publisher:
    """Return the publisher's prefix and identifier, both "" until they were given."""
    row = session.execute(select(publisher_table.c.prefix, publisher_table.c.funder)).one_or_none()
    return Publisher() if row is None else Publisher(*row)
