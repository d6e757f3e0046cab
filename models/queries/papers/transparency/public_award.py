"""What the public is told of an award and of its recipient, whose name may be withheld."""

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from models.papers.mail import without_mail
from models.queries.applications.applications import applications
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.direct.proposing import AwardLine, award_lines
from models.queries.awards.withheld.names import withheld_in, withholds_anything
from models.queries.papers.transparency.withheld import Withheld, names_in
from models.session import Session
from models.values.rows import ApplicationRow
from models.values.withheld_name import WithheldName
from scoring.written.names import text_key
from scoring.written.text import A_FEW, first_sentences

_FORMS = re.compile(r"^the\s+|[\s,]+(?:cic|cio|ltd|limited|plc|llp)\.?$", re.IGNORECASE)
"""What a name is written without as often as with."""


class PublicAward:
    """Says in the words for the public who has an award, and what stands in texts about it.

    Of a recipient that is withheld neither its name nor its numbers are told, nor what names it in a text.
    `row` is the application as it may be told, `recipient` the name or why there is none. Before the decision
    there is no award, and what is `withheld` is given.
    """

    def __init__(
        self, row: ApplicationRow, award: AwardRow | None, withheld: WithheldName | None = None
    ) -> None:
        held = withheld if award is None else award.withheld
        self.row, self.is_named = row, held is None
        self.recipient = row.organisation if award is None else award.organisation
        self._without = without_mail
        if held is not None:
            self._without = Withheld(secrets_of(row, award, held)).without
            self.recipient = held.printed
            self.row = replace(
                row,
                organisation=self.recipient,
                charity_number="",
                company_number="",
                project=self.text(row.project),
                summary=self.text(row.summary),
            )

    @property
    def numbers(self) -> str:
        """Return the recipient's charity and company numbers."""
        return " / ".join(filter(None, (self.row.charity_number, self.row.company_number)))

    def text(self, text: str) -> str:
        """Return a text as it may be told."""
        return self._without(text)


def withheld_awards(session: Session) -> tuple[tuple[AwardLine, PublicAward], ...]:
    """Return every award of the record whose recipient is not named in public, with what is told of it."""
    if not withholds_anything(session):
        return ()
    found = ((line, line.row) for line in award_lines(session))
    return tuple((line, PublicAward(line.application, row)) for line, row in found if row and row.withheld)


def withheld_here(session: Session, round_id: int) -> Mapping[str, PublicAward]:
    """Return what is told of each of a round whose name is withheld, decided or not, by its application."""
    if not withholds_anything(session):
        return {}
    recorded = withheld_in(session, round_id)
    held = {row.application: row for row in awards(session, round_id)}
    names = {of for of, row in held.items() if row.withheld is not None} | recorded.keys()
    rows = (row for row in applications(session, round_id) if row.reference in names) if names else ()
    return {
        row.reference: PublicAward(row, held.get(row.reference), recorded.get(row.reference)) for row in rows
    }


def secrets_of(row: ApplicationRow, award: AwardRow | None, withheld: WithheldName) -> Iterator[str]:
    """Yield what would tell who a recipient is: names, numbers, contacts, address, and the words given."""
    names = {row.organisation}
    if award is not None:
        varied = (name for one in award.variations for name in (one.was.recipient, one.becomes.recipient))
        names |= {award.organisation, *award.known_as, *filter(None, varied)}
    for name in filter(None, names):
        yield from (name, _FORMS.sub("", name))
    yield from names_in(row.contact_name)
    yield from (row.charity_number, row.company_number, row.email, row.phone, row.postcode)
    yield from (*own_address(row), *withheld.words.splitlines())


def own_address(row: ApplicationRow) -> tuple[str, ...]:
    """Return the lines of an address that tell more than the area: that stands beside it anyway."""
    lines = filter(None, map(str.strip, row.address.splitlines()))
    return tuple(line for line in lines if text_key(line) != text_key(row.area or ""))


def street_of(row: ApplicationRow) -> tuple[str, ...]:
    """Return the same without the town that ends an address: many live there, and any text may name it."""
    *lines, last = own_address(row) or ("",)
    is_town = bool(lines) and row.address.rstrip().endswith(last) and not any(map(str.isdigit, last))
    return tuple(lines) if is_town else (*lines, last)


def purpose_of(row: ApplicationRow, written: Mapping[str, str]) -> str:
    """Return what an award is for, as lists have it: what the office has `written` by the reference.

    Else the first sentences of the summary, or the project.
    """
    return written.get(row.reference) or first_sentences(row.summary, A_FEW) or row.project
