"""Setting a round up, from its fund's usual set-up or an earlier round; closing it and opening it again."""

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.awards.budget import within_year_of
from models.operations.operation_base import (
    SETTING,
    InRound,
    RegisteredOperation,
    check_stated,
    in_open_round,
    require_known_round,
    require_published,
)
from models.operations.rows.write_funds import area_ids, find_fund, set_carried
from models.operations.rows.write_round import NewRound, put_round, refuse_near_name, remove_round
from models.operations.set_up.areas import check_dates, check_new_area, write_dates
from models.operations.set_up.load import copy_into, like_round, remove_copied, set_years
from models.operations.set_up.scheme import check_draft
from models.queries.applications.applications import entered, withdrawn_in
from models.queries.awards.variations import award_money
from models.queries.deciding.decisions import decisions, final_decisions, half_decided, recommendations
from models.queries.papers.issues import has_issues
from models.queries.retention.retention import Years, years
from models.queries.set_up.criteria import is_handed_in
from models.queries.set_up.funds import fund_names, fund_rules, name_of, require_open_fund
from models.queries.set_up.round_facts import areas, noted_carried
from models.queries.set_up.rounds import area_dates, find_round_id, reason_rule, round_line
from models.reference.defaults import MARKINGS, FundDefaults
from models.schema.applications import application_table
from models.schema.set_up import fund_table, reason_rule_table, round_table
from models.session import Session, count, replace_row, selection, set_values, today
from models.trouble import refuse, required
from models.values.recommending import FUNDED
from models.values.rounds import AreaDates, Carried, ReasonRule, RoundKey, carried_over
from scoring.money import short_pounds
from scoring.round import Area
from scoring.scheme import Scheme
from scoring.written.text import Refused, first_of, listed


def check_name(session: Session, key: RoundKey) -> None:
    """Refuse a name that a round of the fund and year has in other letters, as records in use may."""
    refuse_near_name(session, find_fund(session, key.fund), key.year, key.name)


def require_scheme(fund: FundDefaults) -> Scheme:
    """Return the scheme that a new round of a fund starts with; refused where the fund has none."""
    if fund.scheme is None:
        raise Refused(
            f"{fund.name} has no panel and no criteria to mark by. Load a round workbook, which brings its "
            "own, or add a fund from a template, whose criteria can be changed."
        )
    return fund.scheme


def set_up(
    session: Session,
    key: RoundKey,
    areas: tuple[Area, ...],
    like: FundDefaults | None = None,
    quorum: int | None = None,
) -> int:
    """Set a round up from its fund's defaults, or `like` another round, and return its number.

    Without a `quorum` it has that of the scheme which it starts with.
    """
    fund_id = find_fund(session, key.fund)
    if fund_id is None:
        names = ", ".join(session.scalars(select(fund_table.c.name).order_by(fund_table.c.id)))
        raise Refused(f"There is no fund {key.fund} in this record. Its funds: {names or 'none yet'}.")
    if find_round_id(session, fund_id, key.year, key.name) is not None:
        raise Refused(f"The round {key.words} is there already. Choose another name.")
    require_open_fund(session, fund_id, today(session))
    own = fund_rules(session, fund_id)
    name = name_of(fund_names(session, fund_id), today(session))
    defaults = replace(own if like is None else like, name=name)
    scheme = require_scheme(defaults)
    if quorum is not None:
        scheme = replace(scheme, quorum=quorum)
        check_draft(scheme)
    new = NewRound(fund_id, defaults.name, key.year, key.name, scheme, areas, defaults, opens=False)
    return put_round(session, new)


class OwnDates(Struct, frozen=True):
    """The dates of one area that are not those of the others."""

    area: str
    dates: AreaDates


class StartRound(RegisteredOperation, frozen=True):
    """Set up a round of a fund with its pots, quorum and dates; its rules are a draft.

    They are the fund's, or with `copied_from` those of an earlier round, which also gives its panel, chain,
    people, standing words and what its call says in every round. Nothing that anybody declared, marked or
    decided is copied. `kept` is for how long applications of one that is started again were kept; of areas
    that are `proposed` the pot is what is left of the year, as it was offered.
    """

    kind = "start round"
    titled = "Start the round {0.round.words}"
    round: RoundKey
    areas: tuple[Area, ...]
    quorum: int
    dates: AreaDates
    copied_from: int | None = None
    own_dates: tuple[OwnDates, ...] = ()
    kept: Years | None = None
    proposed: tuple[str, ...] = ()

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that a round of the fund and year has in other letters."""
        check_name(session, self.round)

    def apply(self, session: Session) -> Outcome:
        """Put the round in; refused without a name or areas, or where it is there."""
        self._check()
        like = None if self.copied_from is None else like_round(session, self.copied_from, self.round.fund)
        round_id = set_up(session, self.round, self.areas, like, self.quorum)
        self._write_dates(session, round_id)
        outcome = self._with_the_rest(session, round_id)
        if self.kept is not None:
            set_years(session, round_id, self.kept)
        return outcome

    def _with_the_rest(self, session: Session, round_id: int) -> Outcome:
        """Copy what another round gives beside its rules."""
        back = TakeBackRound(replace(self, kept=None))
        words = f"The round {self.round.words} is set up: {self._pots()}."
        if self.copied_from is None:
            return Outcome(back, words)
        left_out = copy_into(session, self.copied_from, round_id)
        line = round_line(session, self.copied_from)
        source = f"“{line.name}” {line.year}".rstrip()
        self._note_carried(session, line.round_id, source, round_id)
        words = f"{words} The rest is copied from {source}."
        if left_out:
            words += f" Without {listed(left_out)}: the round has none of their areas."
        return Outcome(back, words)

    def _note_carried(self, session: Session, copied_from: int, source: str, round_id: int) -> None:
        """Note which money and dates came from the areas of the round that is copied, named `source`.

        The pots of areas that are proposed came from what is left of the year.
        """
        there = {one.name: one for one in areas(session, copied_from)}
        before, now = area_dates(session, copied_from), area_dates(session, round_id)
        for area in areas(session, round_id):
            name = area.name
            if name in there:
                found = carried_over(source, (there[name], area), before[name], now[name])
                if name in self.proposed:
                    found = replace(found, pot_pence=None, left_pence=area.pot_pence)
                set_carried(session, round_id, name, found)

    def _check(self) -> None:
        check_stated(self.round.name, "The round needs a name, such as “Round 2” or “Autumn”.")
        if not self.areas:
            raise Refused("The round needs an area with a pot; one is enough.")
        taken: dict[str, int] = {}
        for number, area in enumerate(self.areas):
            check_new_area(area, taken)
            taken[area.name] = number
        check_dates("The round", self.dates)
        for own in self.own_dates:
            if own.area not in taken:
                raise Refused(f"There is no area {own.area} in the round. Correct the name.")
            check_dates(own.area, own.dates)

    def _write_dates(self, session: Session, round_id: int) -> None:
        own = {one.area: one.dates for one in self.own_dates}
        for name, area_id in area_ids(session, round_id).items():
            write_dates(session, area_id, own.get(name, self.dates))

    def _pots(self) -> str:
        pots = short_pounds(sum(area.pot_pence for area in self.areas))
        several = len(self.areas) > 1
        return f"{len(self.areas)} areas with {pots} in their pots" if several else f"{pots} in its pot"


class ConfirmCarried(InRound, frozen=True):
    """Confirm that pots and dates that areas got from another round are right.

    Or take that back: `noted` is then what was carried over, by area.
    """

    kind = "confirm carried"
    titled = "Confirm what was copied for {0.areas:named}"
    told = "What was copied for {1} is {0.noted:to be checked again|confirmed}."
    areas: tuple[str, ...]
    noted: tuple[tuple[str, Carried], ...] = ()

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Confirm it; refused of areas for which nothing is to be confirmed."""
        noted = noted_carried(session, self.round_id)
        put_back, done = dict(self.noted), tuple((of, noted[of]) for of in self.areas if of in noted)
        if not (done or put_back):
            raise Refused(f"Nothing that was copied is to be checked for {listed(self.areas)}.")
        for area in self.areas:
            set_carried(session, self.round_id, area, put_back.get(area))
        inverse = ConfirmCarried(self.round_id, self.areas, () if put_back else done)
        return self.done(inverse, listed([of for of, _ in self.noted or done]))


class TakeBackRound(RegisteredOperation, frozen=True):
    """Take a round out again that was only just started; starting it again makes it as it was."""

    kind = "take back round"
    titled = "Remove the round {0.started.round.words}"
    told = "The round {0.started.round.words} was removed."
    started: StartRound

    def apply(self, session: Session) -> Outcome:
        """Take it out; refused once it is open or has applications, which would not come back."""
        key = self.started.round
        round_id = required(
            find_round_id(session, find_fund(session, key.fund), key.year, key.name),
            f"The round {key.words} is no longer in the record.",
        )
        held = count(session, application_table, round_id=round_id)
        if held or round_line(session, round_id).stage != "set up":
            raise Refused(f"The round {key.words} has applications or is open, and stays.")
        again = replace(self.started, kept=years(session, round_id))
        remove_copied(session, round_id)
        remove_round(session, round_id)
        return self.done(again)


class SetMarking(InRound, frozen=True):
    """Set how the papers of a round are marked; `replacing` is the marking that stood there."""

    kind = "set marking"
    titled = "Mark the round {0.marking}"
    told = "Papers of this round are marked {0.marking}."
    marking: str
    replacing: str

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set it; refused once a paper was issued under the marking that stands."""
        refuse(SETTING.marking(self.marking, MARKINGS, has_issues(session, self.round_id)))
        stands = session.scalar(selection(round_table.c.marking, id=self.round_id))
        self.refuse_stale(stands, "The marking", then="set it")
        set_values(session, round_table, {"id": self.round_id}, marking=self.marking)
        return self.done_exchanging("marking")


class SetReasonRule(InRound, frozen=True):
    """Say whether reasons are asked for, required or not asked for; `replacing` is what stood there.

    It holds back a sheet that is handed in without its reasons, and changes no total.
    """

    kind = "set reason rule"
    titled = "Set the reason beside each mark to “{0.rule}”"
    rule: ReasonRule
    replacing: ReasonRule

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set it; refused once a sheet is handed in, which was filled in under the rule as it is."""
        self.refuse_stale(reason_rule(session, self.round_id), "The rule for reasons")
        if is_handed_in(session, self.round_id):
            raise Refused("Sheets have been handed in already under this rule for reasons, so it stays.")
        rule = None if self.rule is ReasonRule.ASKED else {"rule": self.rule.value}
        replace_row(session, reason_rule_table, {"round_id": self.round_id}, rule)
        return self.done_exchanging("rule")


class CloseRound(InRound, frozen=True):
    """Close a round: nothing more is decided in it, and what its pots hold goes back to the year."""

    kind = "close round"
    titled = "Close the round"
    told = "The round {1} is closed."

    def apply(self, session: Session) -> Outcome:
        """Close it; refused before it is open, and while money is not decided, or signed by some alone.

        What was withdrawn is nobody's to decide any more.
        """
        require_published(session, self.round_id, "Remove it if it is not wanted.")
        withdrawn = withdrawn_in(session, self.round_id)
        decided = {*final_decisions(decisions(session, self.round_id)), *withdrawn}
        waiting = [
            row.application
            for row in recommendations(session, self.round_id)
            if row.outcome in FUNDED and row.application not in decided
        ]
        if waiting:
            raise Refused(
                f"Money is recommended on {first_of(waiting)} and not decided yet. Decide it first."
            )
        half, heads = half_decided(session), entered(session, self.round_id)
        # a correction to no money holds what was decided until all have signed it
        held = award_money(session)
        unsigned = [
            of
            for of, row in heads.items()
            if row.number in half and held[row.number].held_pence and of not in withdrawn
        ]
        if unsigned:
            raise Refused(
                f"A decision on {first_of(unsigned)} waits for a signature. Have it signed, or have the "
                "signature withdrawn, first."
            )
        _set_stage(session, self.round_id, "closed")
        return self.done(ReopenRound(self.round_id), round_line(session, self.round_id).name)


class ReopenRound(InRound, frozen=True):
    """Open a closed round again: its pots hold their money again as far as there is any."""

    kind = "reopen round"
    titled = "Reopen the round"
    told = "The round {1} is open again."

    def apply(self, session: Session) -> Outcome:
        """Open it; refused where it is not closed, or the year has too little left for its pots."""
        if require_known_round(session, self.round_id) != "closed":
            raise Refused("The round is not closed. There is nothing to reopen.")
        with within_year_of(session, self.round_id, "The round stays closed."):
            _set_stage(session, self.round_id, "open")
        return self.done(CloseRound(self.round_id), round_line(session, self.round_id).name)


def _set_stage(session: Session, round_id: int, stage: str) -> None:
    set_values(session, round_table, {"id": round_id}, stage=stage)
