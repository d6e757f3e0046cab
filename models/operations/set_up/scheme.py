"""Drafting, publishing and amending a round's scheme."""

from collections.abc import Iterator

from sqlalchemy import func, select, union_all

from models.operation import Outcome
from models.operations.applications.gates import judge_caps_again, judged_words, put_results_back
from models.operations.awards.budget import within_year_of
from models.operations.operation_base import (
    SETTING,
    Barrier,
    InRound,
    check_stated,
    refuse_changed,
    require_round,
)
from models.operations.rows.write_funds import freeze_rules
from models.operations.rows.write_round import put_scheme, remove_scheme
from models.queries.applications.applications import GateResult
from models.queries.set_up.criteria import TouchedSheet, sheets_touched
from models.queries.set_up.rounds import scheme as stored_scheme
from models.schema.applications import application_table
from models.schema.panel import agreed_mark_table, mark_table, not_applicable_table, sheet_table
from models.schema.set_up import amendment_table, area_table, round_table, scheme_table
from models.session import Session, actor_name, moment, put, selection, set_values
from models.trouble import refuse
from models.values import canonical
from scoring.publishing import check_scheme
from scoring.scheme import MOST_MARK, MOST_QUORUM, Scheme
from scoring.written.text import Refused, counted

PUBLISHED = "The criteria are published. Amend them with a reason."
SIGNED_STAGES = ("deciding", "done")


AMENDED_SINCE = (
    "The criteria were amended in the meantime. Discard your changes to see them as they are now, then amend "
    "them."
)
THE_SAME = (
    "Nothing would change: the amended criteria are the same as the published ones. Change what is to be "
    "amended, or "
    "discard the changes."
)


class EditScheme(InRound, frozen=True):
    """Set the draft scheme of a round that is being set up; `replacing` is what stood there.

    A draft may be unfinished: its weights need not add up to 100 until it is published. What the
    program judged by the caps is judged again by those of now; `stood` puts back what stood there.
    """

    kind = "edit scheme"
    titled = "Change {0.what}{0.is_back: (undone)|}"
    scheme: Scheme
    replacing: Scheme
    what: str = "the criteria"
    is_back: bool = False
    stood: tuple[GateResult, ...] | None = None

    def apply(self, session: Session) -> Outcome:
        """Set it; refused once published, without an authority for a tolerance, or where another stands."""
        if require_round(session, self.round_id) != "set up":
            raise Refused(PUBLISHED)
        check_draft(self.scheme)
        stands = stored_scheme(session, self.round_id)
        self.refuse_stale(stands, "The criteria", "were changed", then="change them")
        remove_scheme(session, self.round_id)
        put_scheme(session, self.round_id, self.scheme, frozen_at=None)
        stood = self._judge(session)
        return self.done_exchanging(
            "scheme", more=judged_words(stood, "the cap"), is_back=not self.is_back, stood=stood
        )

    def _judge(self, session: Session) -> tuple[GateResult, ...] | None:
        """Judge by the caps and return what stood, or put back what stood and return None."""
        if self.stood is not None:
            put_results_back(session, self.round_id, self.stood)
            return None
        return judge_caps_again(session, self.round_id)


class PublishScheme(Barrier, InRound, frozen=True):
    """Publish the scheme, which opens the round. A barrier; the chair's: afterwards it is only amended."""

    kind = "publish scheme"
    titled = "Publish the criteria"
    told = "The criteria are published and the round is open."
    scheme: Scheme

    def apply(self, session: Session) -> Outcome:
        """Publish it; refused unless stated weights are those carried, or where its pots are too much."""
        if require_round(session, self.round_id) != "set up":
            raise Refused(PUBLISHED)
        stands = stored_scheme(session, self.round_id)
        refuse_changed(stands, self.scheme, "The criteria", "were changed", then="publish them")
        check_draft(self.scheme)
        check_scheme(self.scheme)
        set_values(session, scheme_table, {"round_id": self.round_id}, frozen_at=moment(session))
        opened = {"stage": "open", "opened_at": moment(session)}
        freeze_rules(
            session, self.round_id
        )  # first: open it is of every area, and no chair of one changes it
        with within_year_of(session, self.round_id, "Nothing was published."):
            set_values(session, round_table, {"id": self.round_id}, **opened)
        return self.done()


class AmendScheme(Barrier, InRound, frozen=True):
    """Publish a new version of a published scheme, with a reason. A barrier; the chair's."""

    kind = "amend scheme"
    titled = "Amend the criteria"
    told = "Version {1} of the criteria is published. It affects {2}."
    scheme: Scheme
    replacing: Scheme
    reason: str

    def apply(self, session: Session) -> Outcome:
        """Publish it beside the earlier versions; refused where marks would be left without a question."""
        if require_round(session, self.round_id) != "open":
            raise Refused("The criteria are not published yet. Change the draft.")
        check_stated(self.reason, "Say why the criteria are amended: every paper prints the reason.")
        self._check(session)
        touched = sheets_touched(session, self.round_id, self.scheme)
        latest = select(func.max(scheme_table.c.version)).where(scheme_table.c.round_id == self.round_id)
        version = session.scalars(latest).one() + 1
        number = put_scheme(session, self.round_id, self.scheme, frozen_at=moment(session), version=version)
        put(session, amendment_table, [_amendment(session, number, self.reason, touched)])
        return self.done(None, version, counted(len(touched), "sheet") if touched else "no sheet")

    def _check(self, session: Session) -> None:
        stands = stored_scheme(session, self.round_id)
        if stands != self.replacing:
            raise Refused(AMENDED_SINCE)
        if stands == self.scheme:
            raise Refused(THE_SAME)
        check_draft(self.scheme)
        check_scheme(self.scheme)
        refuse(*_orphans(session, self.round_id, self.scheme))


def amendment_fault(session: Session, round_id: int, scheme: Scheme, replacing: Scheme) -> str:
    """Return why an amendment would be refused as things stand, "" where only its reason is wanted."""
    try:
        AmendScheme(round_id, scheme, replacing, "asked before its reason is written")._check(session)
    except Refused as refusal:
        return str(refusal)
    return ""


def check_draft(scheme: Scheme) -> None:
    """Refuse a draft that cannot be kept at all, and a tolerance that nobody answers for."""
    codes = [criterion.code for criterion in scheme.criteria]
    is_uncoded = not codes or any(not code.strip() for code in codes)
    is_twice = len({code.casefold() for code in codes}) < len(codes)
    is_weightless = any(criterion.weight_1e4 <= 0 for criterion in scheme.criteria)
    refuse(SETTING.scheme(scheme, is_uncoded, is_twice, is_weightless, MOST_QUORUM, MOST_MARK))


def _orphans(session: Session, round_id: int, scheme: Scheme) -> Iterator[str]:
    """Yield what would be left behind: signed areas, marks without a question, marks off the scale."""
    areas = selection(area_table.c.name, round_id=round_id, stage=SIGNED_STAGES)
    for name in session.scalars(areas.order_by(area_table.c.position)):
        yield f"{name} is being decided on the published criteria. Send it back first."
    judged = scheme.judged_codes
    off = mark_table.c.criterion.not_in(judged) | (mark_table.c.mark > scheme.scale_maximum)
    agreed = agreed_mark_table.c.criterion.not_in(judged) | (agreed_mark_table.c.mark > scheme.scale_maximum)
    not_applicable = not_applicable_table.c.criterion.not_in(
        [criterion.code for criterion in scheme.criteria]
    )
    of = application_table
    held = (
        select(of.c.reference, mark_table.c.criterion)
        .join(sheet_table, sheet_table.c.application_id == of.c.id)
        .join(mark_table)
        .where(of.c.round_id == round_id, off),
        select(of.c.reference, agreed_mark_table.c.criterion)
        .join(agreed_mark_table, agreed_mark_table.c.application_id == of.c.id)
        .where(of.c.round_id == round_id, agreed),
        select(of.c.reference, not_applicable_table.c.criterion)
        .join(not_applicable_table, not_applicable_table.c.application_id == of.c.id)
        .where(of.c.round_id == round_id, not_applicable),
    )
    for reference, criterion in session.execute(union_all(*held)):
        yield (
            f"{reference} has something on {criterion} that the amended criteria do not allow. Keep the "
            "question and the scale."
        )


def _amendment(
    session: Session, number: int, reason: str, touched: tuple[TouchedSheet, ...]
) -> dict[str, object]:
    sheets = canonical.dumps([[sheet.member, sheet.application] for sheet in touched])
    by = actor_name(session)
    return {"scheme_id": number, "reason": reason.strip(), "amended_by": by, "sheets": sheets}
