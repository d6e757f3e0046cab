"""What remains of a change once what some applicants wrote, and what was written of them, is taken out.

References, organisations' names and numbers, amounts, dates and marks stay, so that every total and every
later change stands as it did. Texts of the applicant become empty; other words say that they were erased.
What is recommended, decided and settled by the chair is kept with its reasons, for good.
"""

from collections.abc import Callable, Collection
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from models.operation import Operation
from models.operations.applications.corrections import CorrectApplication, KeepApart, SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.applications.removal import BringBackApplications
from models.operations.applications.set_gates import GateSetting
from models.operations.applications.several import ChangeApplications
from models.operations.applications.within_cap import Judged
from models.operations.awards.agreements.agreement_details import RecordAgreement
from models.operations.awards.agreements.sign_agreement import SignAgreement
from models.operations.awards.checks.set_check import SetCheck
from models.operations.awards.direct.direct_awards import AddDirectAward, ChangeDirectAward
from models.operations.awards.monitoring import SetAgreedOutputs, SetVisits
from models.operations.awards.monitoring_returns import PutReturns, ReturnPut
from models.operations.awards.paying import SetInstalments
from models.operations.awards.payment_terms import HoldAward, Proof, SetProof, SetReturned
from models.operations.awards.subsidy.set_subsidy import SetSubsidy
from models.operations.awards.variations.recoveries import AskBack
from models.operations.awards.variations.vary import TakeBackVariation, VaryAward
from models.operations.awards.withhold_name import SetWithheldName
from models.operations.deciding.challenges.challenges import AddChallenge, RemoveChallenge, SetChallenge
from models.operations.panel.agreed import SetAgreedMark, SetDissent
from models.operations.panel.marks import SetReason
from models.operations.panel.not_applicable import SetNotApplicable
from models.operations.panel.sheets import ReopenSheet
from models.operations.retention.erased_columns import ANSWERS, ERASED, TEXTS
from models.operations.retention.erased_terms import without_outcomes
from models.operations.retention.retention import HoldApplication
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import Stood
from models.operations.set_up.round_key import RoundKey
from models.papers.monitoring.award_monitoring import AgreedOutput, OutputProgress, ReturnContent, Visit
from models.queries.applications.applications import GateResult
from models.values.agreement import AgreementDetails
from models.values.award_parts import Instalment, Returned
from models.values.challenge import Challenge
from models.values.diligence.checks import CheckResult
from models.values.direct_award import DirectAward
from models.values.rows import AgreedRow, ApplicationRow, InterestRow, NotApplicableRow, RoundRows, SheetRow
from models.values.subsidy import Subsidy
from models.values.withheld_name import WithheldName

_FIRST: dict[type, tuple[str, ...]] = {
    SetReason: ("text", "replacing"),
    SetAgreedMark: ("reason", "replacing_reason"),
    SetDissent: ("text", "replacing"),
    SheetRow: ("reasons",),
    AgreedRow: ("reasons", "dissent"),
    CorrectApplication: ("reason",),
}
"""What an erasure took from the first day on: the words of values that name their application."""

_MORE: dict[type, tuple[str, ...]] = {
    SetGate: ("reason",),
    GateSetting: ("reason",),
    GateResult: ("reason",),
    InterestRow: ("detail",),
    SetNotApplicable: ("reason", "replacing"),
    NotApplicableRow: ("reason",),
    SetWithdrawn: ("reason",),
    KeepApart: ("reason",),
    ReopenSheet: ("reason",),
    Stood: ("reason",),
    HoldApplication: ("reason", "replacing"),
    HoldAward: ("reason", "replacing"),
    ChangeDirectAward: ("reason",),
    AskBack: ("reason",),
}
_WITHIN: dict[type, tuple[str, ...]] = {
    Judged: ("reason",),
    Proof: ("words",),
    Instalment: ("proof",),
    Returned: ("reason",),
    AgreedOutput: ("words", "measure"),
    OutputProgress: ("words",),
    ReturnContent: ("words",),
    Visit: ("seen",),
    AgreementDetails: ("held_at", "recipient_signer", "recipient_post"),
    Subsidy: ("reason", "confirmed_by"),
    WithheldName: ("reason", "words"),
    Challenge: ("asked_by", "grounds", "address"),
    CheckResult: ("note",),
}
"""Values within one that names their application."""

_HOLDERS = (
    *(CorrectApplication, SetProof, SetInstalments, SetReturned),
    *(SetAgreedOutputs, SetVisits, ReturnPut, SignAgreement, RecordAgreement, SetSubsidy, TakeBackVariation),
    SetWithheldName,
    *(AddChallenge, RemoveChallenge, SetChallenge, SetCheck),
)
_OF_AWARD = tuple(name for name in TEXTS if name in DirectAward.__struct_fields__)
_PARALLEL: dict[type, tuple[str, str]] = {
    LoadRound: ("standings", "rows"),
    BringBackApplications: ("all_gates", "rows"),
}
"""Where each application of a tuple has its word, reason and person in another beside it."""

Chosen = Callable[[Any], Collection[str]]
"""Answers which references of the round that a value names (by number, key or rows) are to be erased."""


def redacted(operation: Operation, chosen: Chosen, *, all_words: bool) -> Operation | None:
    """Return the change without what is to be erased: itself where none, None where nothing is left.

    `all_words` takes out every word which no rule keeps, not the first kinds alone.
    """
    found: Operation | None = _Redaction(chosen, all_words=all_words).without(operation, ())
    return found


class _Redaction:
    """One going through of a change, value by value."""

    def __init__(self, chosen: Chosen, *, all_words: bool) -> None:
        self._chosen = chosen
        self._all = all_words
        self._words = _FIRST | _MORE if all_words else _FIRST

    def without(self, value: Any, references: Collection[str]) -> Any:
        """Return a value redacted; None where nothing of it is left."""
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            parts = [self.without(part, references) for part in value]
            return value if _same(parts, value) else tuple(part for part in parts if part is not None)
        if not isinstance(value, Struct):
            return value
        if hasattr(value, "round_id") or isinstance(value, RoundRows) or _has_key(value):
            references = self._chosen(value)
        if isinstance(value, LoadRound):
            references = self._chosen(value.rows)
        parts = self._with_parts(value, references)
        return self._without_own(self._with_parallel(value, parts, references), references)

    def _with_parts(self, value: Any, references: Collection[str]) -> Any:
        """Return a value with all it holds redacted, itself where nothing is."""
        changed = {}
        for name in value.__struct_fields__:
            before = getattr(value, name)
            after = self.without(before, references)
            if after is not before:
                changed[name] = after
        return replace(value, **changed) if changed else value

    def _with_parallel(self, before: Any, value: Any, references: Collection[str]) -> Any:
        """Redact what stands beside applications instead of in them."""
        if not self._all or type(value) not in _PARALLEL:
            return value
        beside, of = _PARALLEL[type(value)]
        rows = getattr(before, of)
        rows = rows.applications if isinstance(rows, RoundRows) else rows
        stood = getattr(value, beside)
        told = tuple(
            (word, erased(reason), by) if row.reference in references else (word, reason, by)
            for (word, reason, by), row in zip(stood, rows, strict=False)
        )
        return value if told == stood else replace(value, **{beside: told})

    def _without_own(self, value: Any, references: Collection[str]) -> Any:
        """Return a value without its own texts; None where it did nothing else."""
        if isinstance(value, ChangeApplications):
            return value if value.parts else None
        if isinstance(value, PutReturns):
            return value if value.puts else None
        if isinstance(value, ApplicationRow):
            return self._blank(value) if value.reference in references else value
        if not _names(value) & set(references):
            return value
        if isinstance(value, CorrectApplication):
            left = tuple(c for c in value.changes if c.field not in (*TEXTS, ANSWERS))
            if not left:
                return None
            value = replace(value, changes=left) if left != value.changes else value
        if isinstance(value, AddDirectAward | ChangeDirectAward):
            value = _without_contacts(value)
        if isinstance(value, VaryAward) and value.terms.outcomes is not None:
            value = replace(value, terms=without_outcomes(value.terms))
        return self._without_words(value)

    def _blank(self, row: ApplicationRow) -> ApplicationRow:
        reason = erased(row.eligibility_reason) if self._all else row.eligibility_reason
        texts: dict[str, Any] = dict.fromkeys(TEXTS, "")
        blank = replace(row, **texts, answers=(), eligibility_reason=reason)
        return row if blank == row else blank

    def _without_words(self, value: Any) -> Any:
        after = value
        if self._all and isinstance(value, _HOLDERS):
            changed = {name: _within(part) for name, part in asdict(value).items()}
            after = replace(value, **changed)
        if type(value) in self._words:
            names = self._words[type(value)]
            after = replace(after, **{name: erased(getattr(after, name)) for name in names})
        if isinstance(after, ReturnPut) and after.said == after.replacing and value.said != value.replacing:
            return None  # it changed words alone, and a return that says the same is refused
        return value if after == value else after


def _without_contacts(value: Any) -> Any:
    """Return the proposal of an award without its applicant's own words; itself where there are none."""
    awards = {name: award for name, award in asdict(value).items() if isinstance(award, DirectAward)}
    texts: dict[str, Any] = dict.fromkeys(_OF_AWARD, "")
    blank = {name: replace(award, **texts) for name, award in awards.items()}
    return value if blank == awards else replace(value, **blank)


def _within(value: Any) -> Any:
    """Redact what a value that names its application holds."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(map(_within, value))
    if not isinstance(value, Struct):
        return value
    parts = {name: _within(part) for name, part in asdict(value).items()}
    parts |= {name: erased(parts[name]) for name in _WITHIN.get(type(value), ())}
    return replace(value, **parts)


def _names(value: Any) -> set[str]:
    """Return the references of the applications that a value is about."""
    if isinstance(value, KeepApart):
        return {value.first, value.second}
    own = getattr(value, "reference", "") if isinstance(value, Stood) else getattr(value, "application", "")
    return {own} if own else set()


def _has_key(value: Any) -> bool:
    return isinstance(getattr(value, "round", None), RoundKey)


def erased(text: Any) -> Any:
    """Return what stands in the place of a text or of several; of none, none."""
    if isinstance(text, tuple):
        return tuple(map(erased, text))
    return ERASED if text else text


def _same(parts: list[Any], value: tuple[Any, ...]) -> bool:
    return all(after is before for after, before in zip(parts, value, strict=True))
