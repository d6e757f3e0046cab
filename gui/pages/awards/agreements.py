"""The agreement of the award at hand, subsidy control, and what the public is told of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from gui.listed.acts import Act, Confirm, Deed, Go, Made
from gui.listed.form import Across, Asked, Choice, Day, Field, Form, Grid, Line, Money, Note, Saying, Values
from gui.listed.paper_forms import NAME_AGAIN, WITHHOLD, WORDS, withholding, words_form
from gui.pages.awards.lines import KEEP, AwardAct, AwardAt, award_of
from gui.record.clock import current_day
from gui.text import counted, sentence
from models.operations.applications.corrections import SetTogether
from models.operations.awards.agreements import SIGNED, RecordAgreement, SignAgreement, with_returns
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.set_up.office import SetPaperTexts
from models.papers.kinds import AGREEMENT
from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE, PaperTexts
from models.queries.awards.agreements import never_issued
from models.queries.awards.award_checks import minimal_total
from models.queries.awards.award_rows import AwardRow
from models.queries.deciding.awaiting import correction_fault
from models.queries.deciding.signatories import (
    OfficeSigner,
    office_signer_fault,
    office_signer_named,
    office_signers,
)
from models.queries.papers.paper_texts import paper_texts, published_purposes
from models.queries.permissions.acting import may_write
from models.session import Session
from models.values.awards import KINDS, MINIMAL, SIDES, AgreementDetails, Subsidy, WithheldName
from scoring.written.days import full_day, short_day
from scoring.written.text import listed

CORRECTED = (
    "A correction of this award waits for a signature on Decisions. Until it is signed or withdrawn you "
    "cannot issue or sign the agreement, nor vary the award."
)
WANTED = "Varied since: write the next version and have it signed."
TITLE = "Record it as signed?"
ELSEWHERE = "Where it was drawn up elsewhere, record it as signed; else write the agreement and issue it."
TO_COME = "That day is still to come. Record it once it has happened."
UNKNOWN = ("What is left empty is not known yet. Nothing is paid before the agreement is signed.",)
ANEW = "Version {} follows a variation and is signed anew. The version before was signed on {}."
VOID = (
    "Version {}, issued {}, has a variation that was withdrawn: nobody signs it. The version before it holds."
)
ORDER = (
    "Minimal financial assistance: the recipient declares what it had from others in this and the two "
    "earlier financial years, you give it the notice, it confirms in writing. Nothing is signed before.",
)
FILLED = "The first sentences of the application's summary"
"""What stands on lists where nothing is written."""


def agreement_lines(row: AwardRow) -> Iterator[tuple[str, str]]:
    """Yield where an agreement stands and what subsidy control waits for, each line with its tone."""
    details, issued, anew = row.agreement, row.newest_version, row.agreement.signed_anew_on
    if issued is not None and issued.version in row.void_versions:
        yield VOID.format(issued.version, short_day(issued.issued_on)), "warning"
    elif issued is not None:
        yield f"Version {issued.version} issued {short_day(issued.issued_on)}", "text2"
    elif not row.agreed_on:
        yield "Not issued yet: Papers writes it for both to sign.", "text2"
    if anew is not None:
        yield f"Version {details.signed_version} signed on {short_day(anew)}", "text2"
    if row.corrected_pence is not None:
        yield CORRECTED, "warning"
    if row.wants_agreement:
        yield WANTED, "warning"
    if issued is not None and row.wants_signature:
        yield f"Version {issued.version} is not signed yet: record it under “Sent, signed, filed”.", "warning"
    if details.sent_on:
        yield f"Sent {short_day(details.sent_on)}", "text2"
    if row.agree_by is not None:
        is_late = row.is_agreement_late(current_day())
        back = f"To come back signed by {short_day(row.agree_by)}"
        yield (f"{back}; it is late.", "warning") if is_late else (back, "text2")
    if details.signers:
        several = f"Version {row.signed_version} signed" if len(row.issued) > 1 else "Signed"
        yield f"{several} by {', and by '.join(details.signers)}", "text2"
    if details.held_at:
        yield f"Signed copy: {details.held_at}", "text2"
    if row.subsidy is not None:
        waits = f": {row.subsidy.waits_for}" if row.subsidy.waits_for else ""
        yield sentence(f"{KINDS[row.subsidy.kind]}{waits}"), "text2"


def subsidy_waits(row: AwardRow) -> bool:
    """Whether subsidy control still asks for something before an agreement is signed."""
    return row.subsidy is not None and bool(row.subsidy.waits_for)


def _may_undate(at: AwardAt) -> bool:
    """Whether the day of the signature may be removed, before anything came of it."""
    return at.row.agreed_on is not None and not at.row.paid_pence and at.row.bank is None


def _kept(at: AwardAt, on: date | None, details: AgreementDetails) -> Deed:
    """Keep it all as one change where it was signed now, else what is known of the papers.

    One is asked first about what is signed for the first time and was never issued.
    """
    row, before = at.row, at.row.agreement
    if on == row.agreed_on:
        return None if details == before else RecordAgreement(*award_of(at), details, before)
    said = (details, before) if details != before else ()
    signing = Made(partial(with_returns, signing=SignAgreement(*award_of(at), on, row.agreed_on, *said)))
    if on is None or row.agreed_on is not None or row.issued:
        return signing
    return Confirm(TITLE, (never_issued(row.reference), ELSEWHERE), "Record it as signed", signing)


def _day(name: str, words: str, day: date | None, *, is_fixed: bool = False) -> Day:
    return Day(name, words, value=day, to_come=TO_COME, is_needed=False, is_fixed=is_fixed)


class Signing(NamedTuple):
    """Who signs for the office, and why an agreement is not signed yet, "" where it may be."""

    signers: tuple[OfficeSigner, ...] = ()
    waits: str = ""


def _signing(session: Session, round_id: int, row: AwardRow) -> Signing:
    known = office_signers(session, round_id, row.area)
    return Signing(known, correction_fault(session, round_id, row, SIGNED))


def _details(at: AwardAt) -> Asked:
    return Asked(partial(_signing, round_id=award_of(at)[0], row=at.row), partial(details_form, at))


def details_form(at: AwardAt, signing: Signing) -> Form:
    """Ask of an agreement on its way when it was sent and signed, for each side by whom, and where it is.

    Where its newest version is signed anew, the day of that is asked for in place of the first.
    """
    row, known, issued = at.row, at.row.agreement, at.row.newest_version
    is_fixed = row.agreed_on is not None and not row.wants_signature
    office = OfficeSigner(known.office_signer, known.office_post)
    if not (office.name or is_fixed):
        office = office_signer_named(signing.signers, at.identity.name) or office
    anew: tuple[Saying, ...] = ()
    if issued is not None and row.agreed_on is not None and row.wants_signature:
        anew = (Saying(ANEW.format(issued.version, full_day(row.agreed_on)), tone="text", size=13),)

    def fault(values: Values) -> str:
        signer = values["office"], values["office_post"]
        is_new = signer != (known.office_signer, known.office_post)
        stranger = office_signer_fault(*signer, signing.signers) if is_new else ""
        is_signature = values["on"] is not None and not is_fixed
        is_asked = is_signature or (row.agreed_on is not None and not known.missing_sides)
        waits = signing.waits if is_signature else ""
        return stranger or waits or (_unsigned_side(values, is_fixed=is_fixed) if is_asked else "")

    return Form(
        title=f"Agreement of {row.reference}",
        sentences=UNKNOWN,
        action="Record",
        does=partial(_detailed, at),
        waits=fault,
        focus="sent" if is_fixed else "on",
        fields=(
            *anew,
            Across(
                (
                    _day("sent", "Sent on", known.sent_on),
                    _day("on", "Signed on", row.agreed_on if is_fixed else None, is_fixed=is_fixed),
                )
            ),
            _signer("office", "the office", office.name, office.post),
            _signer("recipient", "the recipient", known.recipient_signer, known.recipient_post),
            Saying(fault, "danger", 13, 600),
            Line(
                "held",
                "Where the signed copy is",
                value=known.held_at,
                hint="such as Cabinet 3, or a folder",
            ),
        ),
    )


def _unsigned_side(values: Values, *, is_fixed: bool) -> str:
    """Return which side nobody is named for of an agreement that is signed, or for which a day is given."""
    missing = [f"the {side}" for side in SIDES if not values[side].strip()]
    if not missing:
        return ""
    left = "the agreement is signed" if is_fixed else "leave “Signed on” empty until both sides have signed"
    return f"Name who signed for {listed(missing)}{':' if is_fixed else ', or'} {left}."


def _signer(name: str, side: str, signer: str, post: str) -> Across:
    return Across(
        (
            Line(name, f"Signed for {side} by", value=signer),
            Line(f"{name}_post", f"Post at {side}", value=post),
        )
    )


def _detailed(
    at: AwardAt,
    sent: date | None,
    on: date | None,
    office: str,
    office_post: str,
    recipient: str,
    recipient_post: str,
    held: str,
) -> Deed:
    """Keep what is known, and the day of the signature where one is given."""
    row, newest = at.row, at.row.newest_version
    of = (row.agreement.signed_version, row.agreement.signed_anew_on)
    details = AgreementDetails(sent, held, office, office_post, recipient, recipient_post, *of)
    if on is not None and (row.agreed_on is None or row.wants_signature):
        version = None if newest is None else newest.version
        details = details.signed_as(version, on if row.wants_signature else None)
    return _kept(at, row.agreed_on or on, details)


def _subsidy(at: AwardAt, total: str) -> Form:
    """Ask what an award is under subsidy control, and for the steps of minimal financial assistance."""
    known = at.row.subsidy or Subsidy(MINIMAL)
    kinds = tuple((words, code) for code, words in KINDS.items())
    declared = "Declared by the recipient"
    return Form(
        title=f"Subsidy control of {at.row.reference}",
        sentences=(*ORDER, total),
        action="Record",
        does=partial(_with_subsidy, at),
        fields=(
            Choice("kind", "This award is", options=kinds, value=known.kind),
            Note(
                "reason",
                "Why it is no subsidy, or where the assessment is",
                value=known.reason,
                height=56,
                wanted="Say why it is no subsidy, or where the assessment is held.",
                unless=lambda given: given["kind"] == MINIMAL,
            ),
            Across(
                (
                    Money("declared", declared, value=known.declared_pence, is_needed=False),
                    _day("declared_on", "Declared on", known.declared_on),
                )
            ),
            Across(
                (
                    _day("notified", "Notice given on", known.notified_on),
                    _day("confirmed", "Confirmed on", known.confirmed_on),
                )
            ),
            Line(
                "by",
                "Confirmed by",
                value=known.confirmed_by,
                hint="name of the person who confirmed in writing",
            ),
        ),
    )


def _with_subsidy(
    at: AwardAt,
    kind: str,
    reason: str,
    declared: int | None,
    declared_on: date | None,
    notified: date | None,
    confirmed: date | None,
    by: str,
) -> Deed:
    found = Subsidy(kind, reason, declared, declared_on, notified, confirmed, by)
    return None if found == at.row.subsidy else SetSubsidy(*award_of(at), found, at.row.subsidy)


def _total(row: AwardRow) -> Callable[[Session], str]:
    declared = 0 if row.subsidy is None else row.subsidy.declared_pence or 0

    def ask(session: Session) -> str:
        return minimal_total(session, row.number, declared).words

    return ask


def _withhold_words(at: AwardAt) -> str:
    return NAME_AGAIN if at.row.withheld is not None and not at.row.withheld.is_by_notice else WITHHOLD


def _withhold(at: AwardAt) -> Deed:
    """Ask with ground and reason whether the public is told who has it, or give the name again."""
    row = at.row

    def withhold(withheld: WithheldName | None) -> SetWithheldName:
        return SetWithheldName(*award_of(at), withheld, row.withheld_itself)

    if row.withheld_itself is not None:
        return withhold(None)
    return withholding(row.organisation, withhold)


def _purpose(at: AwardAt) -> Asked:
    """Ask what stands of what it is for, as lists for the public say it, and for other words."""
    round_id, of = award_of(at)
    title, told = f"Purpose of {at.row.reference} for the public", {PUBLISHED_PURPOSE.code: FILLED}

    def show(texts: PaperTexts) -> Form:
        keep = partial(SetPaperTexts, round_id, PUBLICATION, of)
        return words_form(title, (PUBLISHED_PURPOSE,), texts, told, keep)

    return Asked(partial(paper_texts, round_id=round_id, paper=PUBLICATION, subject=of), show)


def _purposes(at: AwardAt) -> Asked:
    """Ask for the published purposes of the awards on show, and set those changed as one change."""
    round_id, _ = award_of(at)

    def keep(**changed: str) -> SetTogether | None:
        parts = tuple(
            SetPaperTexts(round_id, PUBLICATION, application, ((PUBLISHED_PURPOSE.code, text),))
            for application, text in changed.items()
        )
        words = f"Set the published purpose of {counted(len(parts), 'award')}"
        return SetTogether(words, parts) if parts else None

    def line(row: AwardRow, text: str) -> tuple[str | Field, ...]:
        name = f"{row.reference}, {row.organisation}"
        check = PUBLISHED_PURPOSE.fault
        return name, Line(row.application, f"Purpose of {name}", value=text, hint=FILLED, check=check)

    def show(written: Mapping[str, str]) -> Form:
        lines = tuple(line(row, written.get(row.application, "")) for row in at.answer.awards)
        return Form(
            title="Purposes of several awards",
            sentences=(WORDS,),
            action="Save the words",
            does=keep,
            width=760,
            only_changed=True,
            fields=(Grid(("Award", "Purpose"), lines, stretch=1),),
        )

    return Asked(partial(published_purposes, round_id=round_id), show)


def _has_several(at: AwardAt) -> bool:
    return len(at.answer.awards) > 1 and at.identity.may(SetTogether.kind)


REMOVE_DATE: AwardAct = Act(
    words="Remove the date",
    kind=KEEP,
    where=_may_undate,
    does=lambda at: _kept(at, None, at.row.agreement.signed_as(None)),
)
AGREEMENTS: tuple[AwardAct, ...] = (
    Act(
        words="Write the agreement…",
        where=lambda at: may_write(at.identity.role, AGREEMENT),
        does=lambda at: Go("exports", f"{AGREEMENT} {at.row.reference}"),
    ),
    Act(words="Sent, signed, filed…", kind=KEEP, does=_details),
)
SUBSIDY: AwardAct = Act(
    words="Subsidy control…", kind=KEEP, does=lambda at: Asked(_total(at.row), partial(_subsidy, at))
)
FOR_PUBLIC: tuple[AwardAct, ...] = (
    Act(words=_withhold_words, kind=KEEP, does=_withhold),
    Act(words="Purpose for the public…", kind=KEEP, does=_purpose),
    Act(words="Purposes of several…", kind=KEEP, where=_has_several, does=_purposes),
)
