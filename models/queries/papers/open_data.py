"""A round's awards as open data, from the record."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.open_data import (
    FOR_WHAT,
    LONGEST_TITLE,
    Classified,
    Grant,
    OpenData,
    Publisher,
    described,
    place_name,
)
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications, asked_as_submitted, entered
from models.queries.applications.choices import choices
from models.queries.awards.amendments import since_words
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import standing_awards
from models.queries.awards.direct_awards import direct_awards, direct_words
from models.queries.papers.paper_texts import letterhead, published_purposes, publisher
from models.queries.papers.transparency.public_award import PublicAward, Sheet, grants_changed, purpose_of
from models.queries.set_up.funds import fund_name_on
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import round_line, rounds_of
from models.reference.defaults import ListKind
from models.session import Session
from models.values.applications import CHOICE_WORDS, Choice
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, by_application
from scoring.money import without_noughts
from scoring.written.identities import charity, company
from scoring.written.names import round_names, text_key
from scoring.written.text import Refused, as_sentence, one_line, with_capital

MARKING = "OFFICIAL"
"""Open data of several rounds is public, whatever the papers of one of them are marked."""


def open_data(session: Session, order: PaperOrder) -> OpenData:
    """Return the grants of what stands decided in a round; Refused without a publisher's prefix.

    Without a round they are those of every round of the office, of one fund or one year where that is asked.
    """
    who = publisher(session)
    if not who.prefix:
        raise Refused(
            "Open data needs the office's prefix from 360Giving and its identifier as a funder. "
            "Give both once with “Who publishes…” on Papers, or give --prefix 360G-… --funder GB-…. "
            "Nothing was written."
        )
    is_of_round = order.round_id is not None
    lines = (
        [round_line(session, order.round_id)]
        if order.round_id
        else rounds_of(session, order.fund, order.year)
    )
    found = [each for line in lines for each in _of_round(session, line.round_id, order, who)]
    changed = grants_changed(session, [each.sheet for each in found])
    grants = [replace(one.grant, modified_at=changed.get(one.sheet)) for one in found]
    grants.sort(key=lambda grant: (grant.awarded_on, grant.identifier))
    day = order.today
    office, head = letterhead(session, order.kind, day, (one.power for one in found))
    named = {fund_name_on(session, line.round_id, day) for line in lines}
    fund = named.pop() if len(named) == 1 and (is_of_round or order.fund) else ""
    round_name = lines[0].name if is_of_round else ""
    year = lines[0].year if is_of_round else order.year or ""
    return OpenData(
        office=office,
        letterhead=head,
        fund=fund,
        round=round_name,
        year=year or _years(each.year for each in found),
        marking=lines[0].marking if is_of_round else MARKING,
        publisher=who,
        grants=tuple(grants),
        described=described(office, ", ".join(round_names(fund, round_name, year))),
    )


class _Found(NamedTuple):
    """A grant, its application, and its year and its legal power."""

    grant: Grant
    sheet: Sheet
    year: str
    power: str


def _years(years: Iterable[str]) -> str:
    told = sorted(set(years))
    return " to ".join(dict.fromkeys((told[0], told[-1]))) if told else ""


def _of_round(session: Session, round_id: int, order: PaperOrder, who: Publisher) -> Iterator[_Found]:
    held = by_application(standing_awards(session, round_id))
    if not held:
        return
    of = _Round(session, round_id, order, who)
    for row in applications(session, round_id):
        award = held.get(row.reference)
        if award is not None and order.is_of(row.area):
            power = "" if award.decision is None else award.decision.legal_power
            yield _Found(of.grant(row, award), (round_id, row.reference), of.line.year, power)


class _Round:
    """All that the grants of a round are made from, by application."""

    def __init__(self, session: Session, round_id: int, order: PaperOrder, who: Publisher) -> None:
        facts, office = round_facts(session, round_id, order.today), office_on(session, order.today)
        self.line, self.prefix = facts.line, who.prefix
        self.codes, self.force = office.area_codes, office.get("force") or office.name
        self.organisations = entered(session, round_id)
        self.direct = direct_awards(session, round_id) if facts.line.is_direct else {}
        self.priorities, self.lines = dict(facts.priorities), choices(session, round_id)
        self.written = published_purposes(session, round_id)
        self.first = asked_as_submitted(session, round_id)

    def grant(self, row: ApplicationRow, award: AwardRow) -> Grant:
        """Return an award as open data tell it, of whoever is not named without what would tell who it is."""
        of, decided, public = row.reference, award.decision, PublicAward(row, award)
        assert decided is not None, "an award has the decision that made it"
        came, typed, area = self.direct.get(of), self.priorities.get(of, ""), row.area or ""
        start_on, end_on = award.as_agreed.days
        told = replace(public.row, summary=purpose_of(public.row, self.written))
        title = _title(told)
        description = _description(told, award, self.line, title)
        if came is not None:
            description = f"{as_sentence(description)} {direct_words(came, award.stands_pence)}"
        # what came from another record may bear more than the year: "014/2026-COVE"
        number = f"{decided.notice.partition('/')[2][:4]}-{award.reference}"
        known, kind = recipient_id(told, self.prefix, self.organisations[of].organisation_id), ""
        if public.is_named:
            kind = one_line(row.organisation_type)
        else:
            known, description = f"{self.prefix}-ORG-withheld-{number}", public.text(description)
        return Grant(
            identifier=f"{self.prefix}-{number}",
            title=title,
            description=description,
            asked_pence=None if came else self.first.get(of, row.requested_pence),
            awarded_pence=award.stands_pence,
            awarded_on=decided.signed_on,
            start_on=start_on,
            end_on=end_on,
            recipient_id=known,
            recipient=public.recipient,
            charity_number=told.charity,
            company_number=told.company,
            location=place_name(area, self.force),
            programme_code=self.line.fund_code,
            programme=self.line.fund,
            crime_type=typed,
            classified=_classified(self.lines.get(of, ()), typed, kind),
            is_open_call=came is None,
            location_code=self.codes.get(text_key(area), ""),
        )


def _classified(lines: Iterable[Choice], typed: str, kind: str) -> tuple[Classified, ...]:
    """Return the lines of an award; where none says what it is for or of whom, that is as its form has it."""
    found = tuple(Classified(CHOICE_WORDS[one.kind], one.code, one.words) for one in lines)
    if typed and not any(one.vocabulary in FOR_WHAT for one in found):
        found = (*found, Classified(CHOICE_WORDS[ListKind.CRIME], "", with_capital(typed)))
    of_whom = CHOICE_WORDS[ListKind.ORGANISATION]
    if kind and not any(one.vocabulary == of_whom for one in found):
        found = (*found, Classified(of_whom, "", with_capital(kind)))
    return found


def recipient_id(row: ApplicationRow, prefix: str, organisation: int) -> str:
    """Return a recipient's identifier: from the charity registers, Companies House, else the office's own.

    Source: org-id.guide codes GB-CHC, GB-SC, GB-NIC and GB-COH; leading zeros of a company are kept.
    """
    number = charity(row.charity_number) or company(row.company_number)
    if number is None:
        return f"{prefix}-ORG-{organisation:04d}"
    return f"{number.code}-{number.number.removeprefix('NIC')}"


def _title(row: ApplicationRow) -> str:
    title = " ".join((row.project or f"Grant to {row.organisation}").split())
    if len(title) <= LONGEST_TITLE:
        return title
    return f"{title[: LONGEST_TITLE - 1].rsplit(' ', 1)[0].rstrip(' ,;')}…"


def _description(row: ApplicationRow, award: AwardRow, line: RoundLine, title: str) -> str:
    """Return what the project is, and what became of the award since; it never equals the title.

    The standard faults a description that does.
    """
    text = " ".join(row.summary.split())
    if not text or text.casefold() == title.casefold():
        text = as_sentence(f"{title}: a grant from the {line.fund} to {row.organisation}")
    since = without_noughts(since_words(award))
    what = "Decisions" if award.earlier else "Changed since the award"
    return f"{as_sentence(text)} {what}: {as_sentence(since)}" if since else text
