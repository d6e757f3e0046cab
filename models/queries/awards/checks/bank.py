"""Whether an award's account can be right, by the banks' tables where they are loaded; no number is told."""

from collections.abc import Mapping

from sqlalchemy import select

from models.queries.awards.checks.registers import LoadedRegister, loaded_registers
from models.schema.applications.application import application_table
from models.schema.awards.bank import bank_details_table
from models.session import Session
from models.values.bank import NO_TABLES
from models.values.diligence.checks import CLEAR, CONCERN, NOT_CHECKED, Finding
from models.values.diligence.modulus import BankTables, WeightRow
from models.values.diligence.registers import BANKS, SUBSTITUTES, WEIGHTS, RegisterEntry
from scoring.written.days import full_day

NO_ACCOUNT = Finding(NOT_CHECKED, "No account is recorded yet.")
FITS = {CLEAR: "Fits", CONCERN: "Does not fit", NOT_CHECKED: "Not checked"}
"""The same in a word or two, beside the account itself."""
_SAID = {
    True: (CLEAR, "The account number fits its sort code, by the banks' tables of {}."),
    False: (
        CONCERN,
        "The account number does not fit its sort code, by the banks' tables of {}. Ask the payee for both "
        "again, on a number you already had.",
    ),
    None: (NOT_CHECKED, "The banks' tables of {} do not cover this account: not checked."),
}


def bank_findings(session: Session, round_id: int) -> Mapping[str, Finding]:
    """Return what the banks' tables say of each account of a round, by application."""
    table, of = bank_details_table, application_table
    accounts = session.execute(
        select(of.c.reference, table.c.sort_code, table.c.account_number)
        .join(of, of.c.id == table.c.application_id)
        .where(of.c.round_id == round_id)
    ).all()
    if not accounts:
        return {}
    loaded = loaded_registers(session, BANKS)
    if WEIGHTS not in loaded:
        return {row.reference: Finding(NOT_CHECKED, NO_TABLES) for row in accounts}
    tables = bank_tables(loaded)
    day = full_day(loaded[WEIGHTS].extract.extract_on)
    found = {}
    for reference, sort_code, number in accounts:
        state, words = _SAID[tables.fits(sort_code.replace("-", ""), number)]
        found[reference] = Finding(state, words.format(day))
    return found


def bank_tables(loaded: Mapping[str, LoadedRegister]) -> BankTables:
    """Return the tables as values, in the order of their files."""
    rows = sorted(loaded[WEIGHTS].extract.entries, key=_place)
    others = loaded[SUBSTITUTES].extract.entries if SUBSTITUTES in loaded else ()
    return BankTables(tuple(map(_row, rows)), {one.key: one.what for one in others})


def _place(entry: RegisterEntry) -> int:
    return entry.place


def _row(entry: RegisterEntry) -> WeightRow:
    first, _, last = entry.key.partition("-")
    weights = tuple(map(int, entry.what.split()))
    return WeightRow(first, last, entry.status, weights, int(entry.listed or 0))
