"""What importing applications needs of the record: the round, its fund, and who applied before."""

import json
from collections import defaultdict

from sqlalchemy import select

from models.queries.applications.applications import (
    applications,
    corrections_everywhere,
    submitted_applications,
)
from models.queries.applications.merges import final_lines, merged_into
from models.queries.set_up.funds import round_rules
from models.queries.set_up.office import newest_office
from models.queries.set_up.rounds import area_dates, round_line, scheme
from models.reference.defaults import FundDefaults
from models.schema.applications import (
    application_table,
    area_spelling_table,
    matching_table,
    organisation_alias_table,
)
from models.schema.awards import award_table
from models.schema.deciding import recommendation_table
from models.schema.set_up import fund_table, round_table
from models.session import Session
from models.values import canonical
from models.values.importing import Alias, Correction, FieldOf, ImportTarget, KnownOrganisation, Remembered
from models.values.rounds import RoundLine


def remembered(session: Session, fund_code: str) -> Remembered:
    """Return all matchings, and the spellings of one fund's areas."""
    rows = session.execute(
        select(matching_table.c.headings_key, matching_table.c.fields).order_by(matching_table.c.headings_key)
    )
    spelt = session.execute(
        select(area_spelling_table.c.spelling, area_spelling_table.c.area)
        .join(fund_table, fund_table.c.id == area_spelling_table.c.fund_id)
        .where(fund_table.c.code == fund_code)
        .order_by(area_spelling_table.c.spelling)
    )
    kept = [(key, *read_kept(text)) for key, text in rows]
    return Remembered(
        tuple((key, fields) for key, fields, _ in kept),
        tuple((spelling, area) for spelling, area in spelt),
        tuple((key, corrections) for key, _, corrections in kept if corrections),
    )


def read_kept(text: str) -> tuple[tuple[FieldOf, ...], tuple[Correction, ...]]:
    """Return the fields and the corrections of a form from its text: rows of two, then rows of three."""
    rows = json.loads(text)
    fields = tuple((row[0], row[1]) for row in rows if len(row) == 2)
    return fields, tuple((row[0], row[1], row[2]) for row in rows if len(row) == 3)


def import_target(session: Session, round_id: int) -> ImportTarget:
    """Return what importing applications to a round needs of the record."""
    line = round_line(session, round_id)
    text = session.scalars(select(fund_table.c.defaults).where(fund_table.c.code == line.fund_code)).one()
    defaults = canonical.from_text(FundDefaults, text)
    published = scheme(session, round_id)
    return ImportTarget(
        line=line,
        usual_areas=defaults.areas,
        existing=applications(session, round_id),
        remembered=remembered(session, line.fund_code),
        cap_per_award_pence=published.cap_per_award_pence,
        cap_per_organisation_pence=published.cap_per_organisation_pence,
        organisations=_organisations(session, round_id),
        submitted=submitted_applications(session, round_id),
        dates=area_dates(session, round_id),
        postcodes=_postcodes(session, defaults),
        rules=round_rules(session, round_id),
        sums_total_cost=published.sums_total_cost,
    )


def _postcodes(session: Session, defaults: FundDefaults) -> tuple[str, ...]:
    """Return how postcodes of the force begin, as last entered; else as the fund's template has them."""
    return newest_office(session).postcode_areas or defaults.postcodes


def new_target(session: Session, defaults: FundDefaults, name: str, year: str) -> ImportTarget:
    """Return the same of a round that an import would set up: there is only its fund."""
    scheme = defaults.scheme
    return ImportTarget(
        line=RoundLine(0, "", defaults.name, defaults.code, year, name, "draft", defaults.marking, (), 0),
        usual_areas=defaults.areas,
        existing=(),
        remembered=remembered(session, defaults.code),
        cap_per_award_pence=scheme.cap_per_award_pence if scheme is not None else None,
        cap_per_organisation_pence=scheme.cap_per_organisation_pence if scheme is not None else None,
        organisations=_organisations(session, 0),
        postcodes=_postcodes(session, defaults),
        rules=defaults,
        sums_total_cost=scheme is not None and scheme.sums_total_cost,
    )


def _organisations(session: Session, round_id: int) -> tuple[KnownOrganisation, ...]:
    names, spelt = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    aliases = defaultdict[int, list[Alias]](list)
    now = merged_into(session)
    alias = organisation_alias_table
    columns = select(
        alias.c.organisation_id, alias.c.name_key, alias.c.charity_number, alias.c.company_number
    )
    for of, name, charity, company, written in session.execute(columns.add_columns(alias.c.name)):
        one = now.get(of, of)
        names[one].add(name)
        spelt[one].add(written)
        aliases[one].append((name, charity, company))
    counts, funded, year = _sums(session, round_id)
    return tuple(
        KnownOrganisation(
            tuple(sorted(names[of])),
            tuple(aliases[of]),
            counts[of],
            funded[of],
            year[of],
            tuple(sorted(spelt[of])),
        )
        for of in sorted(names)
    )


_Sums = defaultdict[int, int]


def _sums(session: Session, round_id: int) -> tuple[_Sums, _Sums, _Sums]:
    """Return, by organisation: applications, what it had in other rounds, and this year's sum.

    It had what is awarded, or what is recommended where nothing is decided yet.
    """
    table, recommended = application_table, recommendation_table
    of_round = select(round_table.c.fund_id, round_table.c.year_id).where(round_table.c.id == round_id)
    fund, year = session.execute(of_round).one_or_none() or (None, None)
    decided = table.c.id.in_(final_lines())
    rows = session.execute(
        select(table.c.organisation_id, table.c.round_id, table.c.requested_pence, table.c.withdrawn)
        .add_columns(table.c.id, round_table.c.fund_id, round_table.c.year_id, recommended.c.amount_pence)
        .add_columns(award_table.c.amount_pence.label("awarded_pence"), decided.label("is_decided"))
        .join(round_table, round_table.c.id == table.c.round_id)
        .outerjoin(recommended, recommended.c.application_id == table.c.id)
        .outerjoin(award_table, award_table.c.application_id == table.c.id)
    )
    corrected = corrections_everywhere(session, ("requested_pence",))
    counts, funded, this_year = _Sums(int), _Sums(int), _Sums(int)
    for row in rows:
        asked = corrected.get(row.id, {}).get("requested_pence", row.requested_pence)
        is_here = row.round_id == round_id
        amount = row.amount_pence or 0
        counts[row.organisation_id] += 1
        had = (row.awarded_pence or 0) if row.is_decided else amount
        funded[row.organisation_id] += 0 if is_here or row.withdrawn else had
        if (row.fund_id, row.year_id) == (fund, year) and not row.withdrawn:
            this_year[row.organisation_id] += asked if is_here else amount
    return counts, funded, this_year
