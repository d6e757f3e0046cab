"""Setting up the office, changing what is known of it from a day on, and the texts of its papers."""

import hashlib
import re
from datetime import date
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.operation_base import (
    SETTING,
    Barrier,
    InRound,
    RegisteredOperation,
    in_known_round,
    the_application,
)
from models.operations.rows.write_funds import put_fund, refuse_near_fund, remove_fund, taken_names
from models.operations.set_up.fund_changes import check_other_names
from models.papers.office import FROM_THE_START, known_key, read_fact
from models.papers.texts import FIELDS_OF, OF_APPLICATIONS
from models.queries.awards.budget import has_year_figures
from models.queries.papers.paper_texts import paper_texts, publisher
from models.queries.set_up.funds import fund_list
from models.reference.defaults import FundDefaults
from models.reference.fund_checks import check_fund
from models.schema.papers import paper_text_table, publisher_table
from models.schema.personal import OWN
from models.schema.set_up import office_fact_table, office_logo_table, office_table
from models.session import Session, count, moment, put, replace_row, replace_rows, row_at, selection, today
from models.trouble import refuse, required
from scoring.written.text import Refused, counted, listed

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
        return Outcome(SetOfficeFacts(tuple(reversed(before))), _words(self.changes))

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
    table = office_fact_table
    until = (table.c.key == key) & (table.c.from_on <= day)
    newest = select(table.c.value).where(until).order_by(table.c.from_on.desc()).limit(1)
    return session.scalar(newest) or ""


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


def _words(changes: tuple[FactChange, ...]) -> str:
    if len(changes) == 1:
        return f"“{known_key(changes[0].key).heading}” of the office was saved."
    return f"{len(changes)} facts of the office were saved."


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
