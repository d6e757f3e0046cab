"""What an office taught the program about its forms: headings to fields, and spellings of areas."""

from sqlalchemy import Column, ForeignKey, Named

from models.schema.base import Columns, record_table


class MatchingColumns(Columns):
    """Which heading of a form holds which field; `headings_key` stands for the form's set of headings.

    `fields` is a JSON list of [heading, field].
    """

    headings_key: Named[str] = Column(primary_key=True)
    fields: Named[str]


matching_table = record_table("matchings", MatchingColumns)


class AreaSpellingColumns(Columns):
    """How somebody wrote an area of a fund; `spelling` is without case and extra spaces."""

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    spelling: Named[str] = Column(primary_key=True)
    area: Named[str]


area_spelling_table = record_table("area_spellings", AreaSpellingColumns)
