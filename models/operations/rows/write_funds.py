"""Putting funds and financial years in."""

import itertools
from collections.abc import Iterable

from sqlalchemy import select

from models.journal import canonical
from models.operations.rows.writing import next_id, put, record_uid, remove, uid
from models.reference.fund_defaults import ONE_GATE, FundDefaults
from models.schema.applications.matching import area_spelling_table
from models.schema.set_up.fund import financial_year_table, fund_table
from models.session import Session
from scoring.written.names import text_key


def find_fund(session: Session, name: str) -> int | None:
    """Return the fund of that name, or else of that code, or else once called so, whatever the case."""
    columns = select(fund_table.c.id, fund_table.c.name, fund_table.c.code, fund_table.c.defaults)
    rows = session.execute(columns.order_by(fund_table.c.id)).all()
    wanted = text_key(name)
    by_name = [fund_id for fund_id, full, _, _ in rows if text_key(full) == wanted]
    by_code = [fund_id for fund_id, _, code, _ in rows if text_key(code) == wanted]
    once = [fund_id for fund_id, _, _, text in rows if wanted in _earlier_names(text)]
    return next(iter(by_name + by_code + once), None)


def fund_defaults(session: Session, fund_id: int) -> FundDefaults:
    """Return what the fund's new rounds start from."""
    text = session.scalars(select(fund_table.c.defaults).where(fund_table.c.id == fund_id)).one()
    return canonical.from_text(FundDefaults, text)


def put_fund(session: Session, fund: FundDefaults) -> int:
    """Put a fund in and return its number."""
    fund_id = next_id(session, fund_table.c.id)
    row = {
        "id": fund_id,
        "uid": uid(record_uid(session), "fund", fund.name),
        "code": fund.code,
        "name": fund.name,
        "has_panel": fund.scheme is not None,
        "defaults": canonical.to_text(fund),
    }
    put(session, fund_table, [row])
    return fund_id


def remove_fund(session: Session, name: str) -> None:
    """Take a fund out with the spellings of its areas."""
    numbers = select(fund_table.c.id).where(fund_table.c.name == name)
    remove(session, area_spelling_table, area_spelling_table.c.fund_id.in_(numbers))
    remove(session, fund_table, fund_table.c.name == name)


def fund_made_for(session: Session, name: str) -> FundDefaults:
    """Return a fund of that name with a code that no other has: its initials, and a number if need be."""
    codes = set(session.scalars(select(fund_table.c.code)))
    return FundDefaults(code=_free_code(name, codes), name=name, gates=ONE_GATE)


def put_year(session: Session, label: str) -> int:
    """Return the financial year of that label, put in if it was not there."""
    table = financial_year_table
    year_id = session.scalar(select(table.c.id).where(table.c.label == label))
    if year_id is None:
        year_id = next_id(session, table.c.id)
        put(session, table, [{"id": year_id, "label": label}])
    return year_id


def taken_names(session: Session, funds: Iterable[FundDefaults]) -> list[str]:
    """Return the funds in the record that have a name or code of these already, whatever the case."""
    wanted = list(funds)
    names, codes = {text_key(fund.name) for fund in wanted}, {text_key(fund.code) for fund in wanted}
    rows = session.execute(select(fund_table.c.name, fund_table.c.code).order_by(fund_table.c.id))
    return [name for name, code in rows if text_key(name) in names or text_key(code) in codes]


def _earlier_names(defaults: str) -> set[str]:
    fund = canonical.from_text(FundDefaults, defaults)
    return set(map(text_key, fund.also_known_as))


def _free_code(name: str, taken: set[str]) -> str:
    initials = "".join(word[0] for word in name.split() if word[0].isalnum()).upper() or "FUND"
    candidates = itertools.chain([initials], (f"{initials}{number}" for number in itertools.count(2)))
    return next(code for code in candidates if code not in taken)
