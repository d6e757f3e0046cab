"""A round's awards as open data, from the record."""

import re
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
from models.queries.awards.direct_awards import direct_awards
from models.queries.papers.paper_texts import letterhead, published_purposes, publisher, with_powers
from models.queries.papers.transparency.public_award import PublicAward, Sheet, grants_changed, purpose_of
from models.queries.set_up.funds import fund_name_on
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import round_line, rounds_of
from models.reference.defaults import ListKind
from models.session import Session
from models.values.applications import CHOICE_WORDS, Choice
from models.values.direct_award import DirectAward, direct_words
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, by_application
from scoring.money import without_noughts
from scoring.written.names import round_names, text_key
from scoring.written.text import Refused, as_sentence, one_line, with_capital

MARKING = "OFFICIAL"
"""Open data of several rounds is public, whatever the papers of one of them are marked."""
_SCOTTISH, _NORTHERN_IRISH = re.compile(r"SC\d{6}"), re.compile(r"(?:NIC?)(\d{5,6})")
_ENGLISH = re.compile(r"\d{6,7}(?:-\d+)?")


def open_data(session: Session, order: PaperOrder) -> OpenData:
    """Return the grants of what stands decided in a round; Refused without a publisher's prefix.

    Without a round they are those of every round of the office, of one fund or one year where that is asked.
    """
    who = publisher(session)
    if not who.prefix:
        raise Refused(
            "Open data needs the office's prefix from 360Giving and its identifier as a funder. "
            "Give both once with “Who publishes…” on Exports, or give --prefix 360G-… --funder GB-…. "
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
    office, head = letterhead(session, order.kind, order.today)
    day = order.today
    named = {fund_name_on(session, line.round_id, day) for line in lines}
    fund = named.pop() if len(named) == 1 and (is_of_round or order.fund) else ""
    round_name = lines[0].name if is_of_round else ""
    year = lines[0].year if is_of_round else order.year or ""
    return OpenData(
        office=office,
        letterhead=with_powers(head, (one.power for one in found)),
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
    facts, office = round_facts(session, round_id, order.today), office_on(session, order.today)
    codes, organisations = office.area_codes, entered(session, round_id)
    direct = direct_awards(session, round_id) if facts.line.is_direct else {}
    priorities, lines = dict(facts.priorities), choices(session, round_id)
    written, first = published_purposes(session, round_id), asked_as_submitted(session, round_id)
    for row in applications(session, round_id):
        of = row.reference
        if of not in held or order.area not in (None, row.area):
            continue
        typed = priorities.get(of, "")
        public = PublicAward(row, held[of])
        kind = one_line(row.organisation_type) if public.is_named else ""
        said = (organisations[of].organisation_id, typed, _classified(lines.get(of, ()), typed, kind))
        asked_pence = first.get(of, row.requested_pence)
        told = replace(public.row, summary=purpose_of(public.row, written))
        grant = _grant(told, held[of], facts.line, who, *said, asked_pence)
        code = codes.get(text_key(grant.location), "")
        coded = replace(
            grant, location=place_name(grant.location, office.get("force") or office.name), location_code=code
        )
        published = _as_published(_as_it_came(coded, direct.get(of), held[of].stands_pence), public, who)
        decided = held[of].decision
        power = "" if decided is None else decided.legal_power
        yield _Found(published, (round_id, of), facts.line.year, power)


def _as_it_came(grant: Grant, direct: DirectAward | None, stands_pence: int) -> Grant:
    if direct is None:
        return grant
    told = direct_words(direct, stands_pence)
    description = f"{as_sentence(grant.description)} {told}"
    return replace(grant, asked_pence=None, description=description, is_open_call=False)


def _as_published(grant: Grant, public: PublicAward, who: Publisher) -> Grant:
    if public.is_named:
        return grant
    number = grant.identifier.removeprefix(f"{who.prefix}-")
    return replace(
        grant,
        recipient=public.recipient,
        recipient_id=f"{who.prefix}-ORG-withheld-{number}",
        description=public.text(grant.description),
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


def _grant(
    row: ApplicationRow,
    award: AwardRow,
    line: RoundLine,
    who: Publisher,
    organisation: int,
    crime_type: str,
    classified: tuple[Classified, ...],
    asked_pence: int | None,
) -> Grant:
    decided = award.decision
    assert decided is not None, "an award has the decision that made it"
    title = _title(row)
    return Grant(
        # what came from another record may bear more than the year: "014/2026-COVE"
        identifier=f"{who.prefix}-{decided.notice.partition('/')[2][:4]}-{award.reference}",
        title=title,
        description=_description(row, award, line, title),
        asked_pence=asked_pence,
        awarded_pence=award.stands_pence,
        awarded_on=decided.signed_on,
        start_on=award.terms.start_on or row.start_on,
        end_on=award.terms.end_on or row.end_on,
        recipient_id=recipient_id(row, who.prefix, organisation),
        recipient=award.organisation,
        charity_number=row.charity_number,
        company_number=row.company_number,
        location=row.area or "",
        programme_code=line.fund_code,
        programme=line.fund,
        crime_type=crime_type,
        classified=classified,
    )


def recipient_id(row: ApplicationRow, prefix: str, organisation: int) -> str:
    """Return a recipient's identifier: from the charity registers, Companies House, else the office's own.

    Source: org-id.guide codes GB-CHC, GB-SC, GB-NIC and GB-COH; leading zeros of a company are kept.
    """
    charity = row.charity_number.replace(" ", "").upper()
    if _SCOTTISH.fullmatch(charity):
        return f"GB-SC-{charity}"
    northern = _NORTHERN_IRISH.fullmatch(charity)
    if northern:
        return f"GB-NIC-{northern[1]}"
    if _ENGLISH.fullmatch(charity):
        return f"GB-CHC-{charity}"
    if row.company_number:
        return f"GB-COH-{row.company_number.strip().upper()}"
    return f"{prefix}-ORG-{organisation:04d}"


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
