"""Whether another payee has the same account or address; nothing of an account is told but that."""

import re
from collections.abc import Mapping

from sqlalchemy import select

from models.queries.applications.applications import corrected_names, corrections_everywhere
from models.queries.awards.checks.registers import LoadedRegister, loaded_registers
from models.schema.applications import application_table
from models.schema.awards import award_table, bank_details_table
from models.session import Session
from models.values.diligence import (
    BANKS,
    CLEAR,
    CONCERN,
    NOT_CHECKED,
    SUBSTITUTES,
    WEIGHTS,
    Finding,
    RegisterEntry,
)
from models.values.payments import NO_TABLES, BankTables, WeightRow
from models.values.rows import ApplicationRow
from scoring.counted import first_few
from scoring.written.days import full_day
from scoring.written.names import plain_words, spelling_key

_SHOWN = 3
_PLACE = ("postcode", "address")
_NUMBER, _PART = re.compile(r"^(\d+\w?),"), re.compile(r"[,;\n]")
_LONG = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "dr": "drive",
    "cl": "close",
    "ct": "court",
    "cres": "crescent",
    "gdns": "gardens",
    "pl": "place",
    "sq": "square",
}
"""Words of addresses in full, by how they are shortened."""


def payee_finding(
    session: Session, application_id: int, organisation_id: int, row: ApplicationRow
) -> Finding:
    """Say who else with an award has the account or the address of an award's recipient."""
    account = _same_account(session, application_id, organisation_id)
    address = _same_address(session, organisation_id, row)
    words = []
    if account:
        words.append(f"The same account is recorded for {first_few(account, _SHOWN, 'other', 'others')}.")
    if address:
        words.append(f"The same address is recorded for {first_few(address, _SHOWN, 'other', 'others')}.")
    if words:
        return Finding(CONCERN, " ".join(words))
    if not _has_account(session, application_id):
        return Finding(NOT_CHECKED, "No other payee has this address; no account is recorded yet.")
    return Finding(CLEAR, "No other payee has this account or address.")


def _has_account(session: Session, application_id: int) -> bool:
    table = bank_details_table
    held = select(table.c.application_id).where(table.c.application_id == application_id)
    return session.scalar(held) is not None


def _same_account(session: Session, application_id: int, organisation_id: int) -> list[str]:
    table, other = bank_details_table, bank_details_table.alias()
    now = corrected_names(session)
    rows = session.execute(
        select(application_table.c.organisation, award_table.c.reference, application_table.c.id)
        .select_from(table)
        .join(
            other,
            (other.c.sort_code == table.c.sort_code) & (other.c.account_number == table.c.account_number),
        )
        .join(application_table, application_table.c.id == other.c.application_id)
        .join(award_table, award_table.c.application_id == other.c.application_id)
        .where(
            table.c.application_id == application_id,
            application_table.c.organisation_id != organisation_id,
        )
        .order_by(award_table.c.reference)
    )
    return [f"{now.get(of, name)} ({award})" for name, award, of in rows]


def _same_address(session: Session, organisation_id: int, row: ApplicationRow) -> list[str]:
    """Return who else has the postcode and the same first words of an address; a postcode alone is shared."""
    if not row.postcode or not row.address.strip():
        return []
    table = application_table
    rows = session.execute(
        select(table.c.organisation, award_table.c.reference, table.c.id)
        .add_columns(table.c.postcode, table.c.address)
        .join(award_table, award_table.c.application_id == table.c.id)
        .where(table.c.organisation_id != organisation_id)
        .order_by(award_table.c.reference)
    )
    now = corrections_everywhere(session, ("organisation", *_PLACE))
    places = [(one, [now.get(one.id, {}).get(name, getattr(one, name)) for name in _PLACE]) for one in rows]
    return [
        f"{now.get(one.id, {}).get('organisation', one.organisation)} ({one.reference})"
        for one, (postcode, address) in places
        if spelling_key(postcode) == spelling_key(row.postcode) and is_same_place(address, row.address)
    ]


def is_same_place(one: str, other: str) -> bool:
    """Whether two addresses of one postcode begin alike, on one line or several, "Rd" written out or not."""
    texts = [_NUMBER.sub(r"\1 ", text.strip()) for text in (one, other)]
    wholes = [[_LONG.get(word, word) for word in plain_words(text).split()] for text in texts]
    least = min(len(plain_words(_PART.split(text, maxsplit=1)[0]).split()) for text in texts)
    return least > 0 and wholes[0][:least] == wholes[1][:least]


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
    tables = _bank_tables(loaded)
    day = full_day(loaded[WEIGHTS].extract.extract_on)
    found = {}
    for reference, sort_code, number in accounts:
        state, words = _SAID[tables.fits(sort_code.replace("-", ""), number)]
        found[reference] = Finding(state, words.format(day))
    return found


def _bank_tables(loaded: Mapping[str, LoadedRegister]) -> BankTables:
    """Return the tables as values, in the order of their files."""
    rows = sorted(loaded[WEIGHTS].extract.entries, key=lambda entry: entry.place)
    others = loaded[SUBSTITUTES].extract.entries if SUBSTITUTES in loaded else ()
    return BankTables(tuple(map(_row, rows)), {one.key: one.what for one in others})


def _row(entry: RegisterEntry) -> WeightRow:
    first, _, last = entry.key.partition("-")
    weights = tuple(map(int, entry.what.split()))
    return WeightRow(first, last, entry.status, weights, int(entry.listed or 0))
