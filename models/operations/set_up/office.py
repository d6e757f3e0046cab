"""Setting up the office and its funds, and changing what is known of either: facts, names, rules, money."""

import hashlib
import re
from datetime import date
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.operation_base import (
    SETTING,
    Barrier,
    InRound,
    RegisteredOperation,
    in_known_round,
    the_application,
)
from models.operations.rows.write_funds import (
    put_fund,
    refuse_near_fund,
    remove_fund,
    set_name,
    set_rules,
    set_year,
    taken_names,
)
from models.papers.office import FROM_THE_START, known_key, read_fact
from models.papers.texts import FIELDS_OF, OF_APPLICATIONS
from models.queries.awards.budget import fund_budget, has_year_figures
from models.queries.papers.paper_texts import paper_texts, publisher
from models.queries.set_up.funds import FIRST_DAY, Fund, FundYearMoney, fund_list
from models.reference.defaults import FundDefaults
from models.reference.fund_checks import LONGEST_NAME, cap_faults, check_fund, year_faults
from models.schema.papers import paper_text_table, publisher_table
from models.schema.personal import OWN
from models.schema.set_up import (
    area_table,
    fund_table,
    office_fact_table,
    office_logo_table,
    office_table,
    round_table,
)
from models.session import (
    Session,
    count,
    moment,
    put,
    replace_row,
    replace_rows,
    row_at,
    selection,
    set_values,
    today,
)
from models.trouble import refuse, required
from scoring.written.names import is_same_text, text_key
from scoring.written.text import Refused, counted, listed

CHANGED = "The fund", "was changed", "change it"


class SetFund(RegisteredOperation, frozen=True):
    """Set what new rounds of a fund start from; `replacing` is what stood there, `what` names the change.

    Rounds that are open keep the rules of the day on which they were opened.
    """

    kind = "set fund"
    titled = "Change the fund {0.code}: {0.what}"
    told = "Changed the fund {1.name}: {0.what}."
    code: str
    rules: FundDefaults
    replacing: FundDefaults
    what: str = "its rules"

    def apply(self, session: Session) -> Outcome:
        """Set it; refused where it does not keep what every fund must, or where another stands."""
        fund = the_fund(session, self.code)
        self.refuse_stale(fund.rules, *CHANGED)
        refuse(SETTING.fund(fund, self.rules))
        amounts = tuple((year.year, year.amount_pence) for year in fund.years)
        check_fund(replace(self.rules, amounts=amounts))
        check_other_names(session, fund, self.rules.also_known_as)
        set_rules(session, fund.fund_id, self.rules)
        return self.done_exchanging("rules", fund)


class RenameFund(RegisteredOperation, frozen=True):
    """Give a fund another name from a day on; papers of earlier days keep the name of their day.

    `replacing` is the name that it had from just that day, "" for none. A `name` of "" takes it back.
    """

    kind = "rename fund"
    titled = "Rename the fund {0.code} to {0.name:or what it was}"
    told = (
        "{0.name:From {0.held_from:day} {2} is called {0.name}. Papers of earlier days keep the earlier name|"
        "The new name of {1.name} was taken back}."
    )
    code: str
    name: str
    held_from: date
    replacing: str = ""

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that another fund has in other letters."""
        if self.name:
            fund = the_fund(session, self.code)
            check_other_names(session, fund, (self.name,))
            refuse_near_fund(session, fund.fund_id, (self.name,))

    def apply(self, session: Session) -> Outcome:
        """Rename it; refused where another fund has, or once had, the name."""
        fund = the_fund(session, self.code)
        there = next((one.name for one in fund.names if one.held_from == self.held_from), "")
        self.refuse_stale(there, *CHANGED)
        if self.name:
            self._check(session, fund)
        elif self.held_from == FIRST_DAY or not there:
            raise Refused("A fund keeps its first name. Rename it from a later day.")
        set_name(session, fund.fund_id, self.name, self.held_from)
        return self.done_exchanging("name", fund, fund.name_before(self.held_from))

    def _check(self, session: Session, fund: Fund) -> None:
        name = self.name
        if name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
            raise Refused(
                f"The name is longer than {LONGEST_NAME} characters or has spaces around it. Correct it."
            )
        check_other_names(session, fund, (name,))
        before = [one for one in fund.names if one.held_from < self.held_from]
        if before and before[-1].name == name:
            raise Refused(f"The fund is called {name} on that day already. Choose another name or day.")


class CloseFund(RegisteredOperation, frozen=True):
    """Close a fund from a day on, or (None) open it again; `replacing` is the day that stood there."""

    kind = "close fund"
    titled = "{0.closed_on:Close|Open} the fund {0.code}"
    told = (
        "{1.name} is {0.closed_on:closed from {0.closed_on:day}: no new round of it can be started|open "
        "again}."
    )
    code: str
    closed_on: date | None
    replacing: date | None = None

    def apply(self, session: Session) -> Outcome:
        """Close or open it; refused while a round of it is open."""
        fund = the_fund(session, self.code)
        self.refuse_stale(fund.closed_on, *CHANGED)
        if self.closed_on == fund.closed_on:
            raise Refused(f"{fund.name} is {'open' if fund.closed_on is None else 'closed'} already.")
        if self.closed_on is not None:
            self._check(session, fund)
        set_values(session, fund_table, {"id": fund.fund_id}, closed_on=self.closed_on)
        return self.done_exchanging("closed_on", fund)

    def _check(self, session: Session, fund: Fund) -> None:
        of_round = area_table.c.round_id == round_table.c.id
        going_on = area_table.c.stage != "done"
        mine = selection(round_table.c.name, fund_id=fund.fund_id).outerjoin(area_table, of_round)
        unfinished = (round_table.c.stage != "closed") & (going_on | area_table.c.id.is_(None))
        running = session.scalars(mine.where(unfinished).order_by(round_table.c.id)).first()
        if running is not None:
            raise Refused(f"The round “{running}” of {fund.name} is not finished. Finish or remove it first.")


class SetFundYear(RegisteredOperation, frozen=True):
    """Set the money of a fund's year and where it comes from; None takes the year out.

    `replacing` is what stood there, None for nothing. Sources are named whole or not at all.
    """

    kind = "set fund year"
    titled = "Set the money of {0.code} for {0.year}"
    told = "{1.name} {0.money:has {0.money.amount_pence:pounds}|no longer has an amount} for {0.year}."
    code: str
    year: str
    money: FundYearMoney | None
    replacing: FundYearMoney | None = None

    def apply(self, session: Session) -> Outcome:
        """Set it; refused where the sources do not add up to it, or a cap of the fund is above it."""
        fund = the_fund(session, self.code)
        self.refuse_stale(fund.year(self.year), *CHANGED)
        if self.money is None:
            set_year(session, fund.fund_id, self.year, None, ())
        else:
            self._check(fund, self.money)
            shared = fund_budget(session, (fund.fund_id, self.year)).shared_pence
            self._check_allocated(fund, self.money.amount_pence, shared)
            set_year(session, fund.fund_id, self.year, self.money.amount_pence, self.money.sources)
        return self.done_exchanging("money", fund)

    def _check(self, fund: Fund, money: FundYearMoney) -> None:
        if {money.year, *(one.year for one in money.sources)} != {self.year}:
            raise Refused(f"The sources are not of {self.year}. Name the sources of one year.")
        faults = [*year_faults(self.year, money.amount_pence, money.sources)]
        if all(one.year <= self.year for one in fund.years):
            faults += cap_faults(fund.rules, self.year, money.amount_pence)
        refuse(*faults)

    def _check_allocated(self, fund: Fund, pence: int, shared: int) -> None:
        """Refuse an amount below what is allocated, unless it rises: allocations are lowered first."""
        is_raised = self.replacing is not None and pence >= self.replacing.amount_pence
        refuse("" if is_raised else SETTING.allocated(fund, self.year, shared, pence))


def the_fund(session: Session, code: str) -> Fund:
    """Return the fund of a code; refused where there is none."""
    funds = {fund.code: fund for fund in fund_list(session)}
    known = ", ".join(funds) or "none yet"
    return required(
        funds.get(code), f"There is no fund with the code {code} in this record. Its funds: {known}."
    )


def check_other_names(session: Session, fund: Fund | None, names: tuple[str, ...]) -> None:
    """Refuse names that another fund than this (None for a new one) has, once had, or has as its code."""
    for other in fund_list(session):
        if fund is not None and other.fund_id == fund.fund_id:
            continue
        for name in names:
            if text_key(name) in other.name_keys() or is_same_text(name, other.code):
                raise Refused(f"“{name}” {_reserved(name, other)}. Choose another name.")


def _reserved(name: str, other: Fund) -> str:
    if is_same_text(name, other.name) or is_same_text(name, other.code):
        return "is the name or code of another fund"
    return f"stays reserved for {other.name}, which had it"


NO_FUNDS = "The record has no fund yet: add one, from a template or empty."


class SetUpOffice(Barrier, frozen=True):
    """Give a new record its funds, and the office its name ("" for none yet). A barrier: it comes first."""

    kind = "set up office"
    titled = "Set up the office"
    name: str
    funds: tuple[FundDefaults, ...]

    def apply(self, session: Session) -> Outcome:
        """Put the office and its funds in; refused where it is set up already."""
        if count(session, office_table):
            raise Refused("The office is set up already. Add a fund instead.")
        put(session, office_table, [{"id": 1, "set_up_at": moment(session)}])
        if self.name:
            name = {"key": "name", "from_on": FROM_THE_START, "value": self.name}
            put(session, office_fact_table, [name])
        for fund in self.funds:
            put_fund(session, fund)
        names = ", ".join(fund.name for fund in self.funds)
        words = f"The record has {counted(len(self.funds), 'fund')}: {names}." if names else NO_FUNDS
        return Outcome(None, words)


class AddFund(RegisteredOperation, frozen=True):
    """Add a fund with what its rounds start from."""

    kind = "add fund"
    titled = "Add the fund {0.fund.name}"
    told = "The fund {0.fund.name} was added."
    fund: FundDefaults

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that is the code of another fund, and a code that is a name: either finds a fund."""
        fund = self.fund
        if not taken_names(session, [fund]):
            names = fund.name, fund.code, *fund.also_known_as
            check_other_names(session, None, names)
            refuse_near_fund(session, None, names)

    def apply(self, session: Session) -> Outcome:
        """Put the fund in; refused where one has its name or code."""
        taken = taken_names(session, [self.fund])
        if taken:
            raise Refused(
                f"The fund {taken[0]} is there already, or had that name. Choose another name and code."
            )
        check_fund(self.fund)
        put_fund(session, self.fund)
        return self.done(RemoveFund(self.fund))


class RemoveFund(RegisteredOperation, frozen=True):
    """Take a fund out that has no round."""

    kind = "remove fund"
    titled = "Remove the fund {0.fund.name}"
    told = "The fund {1.name} was removed."
    fund: FundDefaults

    def apply(self, session: Session) -> Outcome:
        """Take it out; refused where a round is of it, or figures of a year are."""
        fund = required(
            next((one for one in fund_list(session) if one.code == self.fund.code), None),
            f"There is no fund {self.fund.name} in this record.",
        )
        refuse(SETTING.fund_stays(fund, has_year_figures(session, fund.fund_id)))
        remove_fund(session, fund.fund_id)
        return self.done(AddFund(fund.whole()), fund)


MOST_LOGO = 2_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
PREFIX = re.compile(r"360G-[A-Za-z0-9][A-Za-z0-9_-]*")
FUNDER = re.compile(r"(?:GB|360G)-[A-Za-z0-9][A-Za-z0-9_-]*")


class FactChange(Struct, frozen=True):
    """A fact as it is to be: "" says that there is none from that day, None takes the day's entry out.

    Without `from_on` it holds from the day of the change, and the first of its key from the start.
    `replacing` is what was seen to hold on that day; without it whatever holds is replaced.
    """

    key: str
    value: str | None
    from_on: date | None = None
    replacing: str | None = None


class SetOfficeFacts(RegisteredOperation, frozen=True):
    """Change facts of the office; `logo` is the PNG that a change of the logo names by its SHA-256."""

    kind = "set office facts"
    changes: tuple[FactChange, ...]
    logo: bytes = b""

    @property
    def label(self) -> str:
        headings = dict.fromkeys(known_key(change.key).heading.lower() for change in self.changes)
        return f"Change the office's {listed(tuple(headings))}"

    def apply(self, session: Session) -> Outcome:
        """Put the facts in; refused, all of them, where one is not as it should be, or another by now."""
        refuse(SETTING.facts(bool(count(session, office_table)), bool(self.changes)))
        self._keep_logo(session)
        before = tuple(_changed(session, change, today(session)) for change in self.changes)
        words = (
            f"“{known_key(self.changes[0].key).heading}” of the office was saved."
            if len(before) == 1
            else f"{len(before)} facts of the office were saved."
        )
        return Outcome(SetOfficeFacts(before[::-1]), words)

    def _keep_logo(self, session: Session) -> None:
        """Put the picture in, unless it is there: an earlier paper may show it."""
        if not self.logo:
            return
        if not self.logo.startswith(_PNG) or len(self.logo) > MOST_LOGO:
            raise Refused("The logo is not a PNG of up to 2 MB. Choose its file again.")
        digest = hashlib.sha256(self.logo).hexdigest()
        if row_at(session, office_logo_table, digest) is None:
            put(session, office_logo_table, [{"sha256": digest, "png": self.logo}])


def with_logo(changes: tuple[FactChange, ...], png: bytes, from_on: date | None = None) -> SetOfficeFacts:
    return SetOfficeFacts((*changes, FactChange("logo", hashlib.sha256(png).hexdigest(), from_on)), png)


def _changed(session: Session, change: FactChange, today: date) -> FactChange:
    """Change one fact and return the change that puts it back."""
    day = change.from_on or (today if _is_there(session, change.key) else FROM_THE_START)
    value = _checked(session, change)
    if change.replacing not in (None, _held(session, change.key, day)):
        heading = known_key(change.key).heading
        raise Refused(f"“{heading}” of the office was changed in the meantime. Look again.")
    table, key = office_fact_table, {"key": change.key, "from_on": day}
    before = session.scalar(selection(table.c.value, **key))
    replace_row(session, table, key, None if value is None else {"value": value})
    return replace(change, value=before, from_on=day, replacing=_held(session, change.key, day))


def _held(session: Session, key: str, day: date) -> str:
    """Return what is known on a day, "" for nothing."""
    since = office_fact_table.c.from_on
    known = selection(office_fact_table.c.value, key=key).where(since <= day)
    return session.scalar(known.order_by(since.desc()).limit(1)) or ""


def _checked(session: Session, change: FactChange) -> str | None:
    """Return the value as it is stored; raises Refused, naming the fact, where it is not as it should be."""
    known = known_key(change.key)
    if not change.value:
        return change.value
    if known.key == "logo":
        if row_at(session, office_logo_table, change.value) is None:
            raise Refused("The logo's picture is not in the record. Choose its file again.")
        return change.value
    return read_fact(change.key, change.value)


def _is_there(session: Session, key: str) -> bool:
    return bool(count(session, office_fact_table, key=key))


class SetPublisher(RegisteredOperation, frozen=True):
    """Keep the prefix that 360Giving gave the office and its identifier as a funder; both "" take them out.

    An identifier is a register's code and a number there, such as GB-GOR-PB123, or the prefix itself.
    """

    kind = "set publisher"
    titled = "Say who publishes open data"
    told = "The publisher of open data was saved."
    prefix: str
    funder: str

    def apply(self, session: Session) -> Outcome:
        """Keep them; refused where they do not have the form of such identifiers."""
        before = publisher(session)
        is_given = bool(self.prefix or self.funder)
        if is_given:
            is_prefix, is_funder = PREFIX.fullmatch(self.prefix), FUNDER.fullmatch(self.funder)
            refuse(SETTING.publisher(self.prefix, self.funder, bool(is_prefix), bool(is_funder)))
        row = {"prefix": self.prefix, "funder": self.funder}
        replace_row(session, publisher_table, {"id": 1}, row if is_given else None)
        return self.done(SetPublisher(before.prefix, before.funder))


class SetPaperTexts(InRound, frozen=True):
    """Write the texts of one paper anew: those not given, or blank, are taken out.

    `texts` are (field, text); `subject` is a notice's number, of publication and letters an application's
    reference, "" where the paper is of the round.
    """

    kind = "set paper texts"
    titled = "Write the words of the {0.paper}{0.subject: {0.subject}|}"
    told = "The words were saved."
    paper: str
    subject: str
    texts: Annotated[tuple[tuple[str, str], ...], OWN]

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Keep the texts; refused for a paper or a field that has none."""
        self._check(session)
        before = paper_texts(session, self.round_id, self.paper, self.subject).texts
        key = {"round_id": self.round_id, "paper": self.paper, "subject": self.subject}
        kept = [(field, text.strip()) for field, text in dict(self.texts).items() if text.strip()]
        replace_rows(session, paper_text_table, key, ({"field": field, "text": text} for field, text in kept))
        return self.done(replace(self, texts=before))

    def _check(self, session: Session) -> None:
        """Refuse a field that the paper does not have, and words that a field does not take."""
        fields = [field.code for field in FIELDS_OF.get(self.paper, ())]
        unknown = [field for field, _ in self.texts if field not in fields]
        if not fields or unknown:
            what = f"field “{unknown[0]}”" if fields else "words of its own"
            raise Refused(f"The {self.paper} has no {what}. Nothing was changed.")
        if self.paper in OF_APPLICATIONS:
            the_application(session, self.round_id, self.subject)
        written = dict(self.texts)
        faults = [field.fault(written.get(field.code, "")) for field in FIELDS_OF[self.paper]]
        if any(faults):
            raise Refused(" ".join(filter(None, faults)))
