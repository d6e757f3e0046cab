"""What is asked before a paper is issued: what nobody read yet, is printed empty, or comes too early."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from models.papers.decision_report import DecisionReport
from models.papers.finance import Codes, FinanceSchedule
from models.papers.grant_agreement import GrantAgreement
from models.papers.kinds import AGREEMENT, KINDS
from models.papers.letters.letters import Letters
from models.papers.minutes import Minutes
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder, PaperValue, Texts
from models.papers.paper_words import Sentences
from models.papers.texts import PURPOSES_READ
from models.queries.applications.applications import applications
from models.queries.applications.choices import choices
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, withheld_elsewhere
from models.queries.panel.area_panels import attendance
from models.queries.panel.meeting import meetings_held
from models.queries.papers.intake_papers import unnamed_day_words, unset_closing_words
from models.queries.papers.issues import issues_of_kind
from models.queries.papers.minutes import round_minutes
from models.queries.papers.notices.pots import promised_words
from models.queries.papers.paper_texts import published_purposes, unreached_words, unsigned_words
from models.queries.papers.to_check.recipients import other_letters_words
from models.queries.set_up.funds import round_rules
from models.queries.set_up.rounds import round_line, rounds_of
from models.reference.defaults import ListKind
from models.session import Session
from models.values.applications import CHOICE_WORDS
from models.values.canonical import from_text
from models.values.rounds import AFTER_MEETING, RoundLine
from models.values.rows import ApplicationRow, by_application
from scoring.marks.sheets import Named, comparisons
from scoring.schedule.values import AwardSchedule
from scoring.written.text import Refused, counted

CHECK = Sentences("to_check")


def unkept_words(session: Session, order: PaperOrder) -> str:
    """Return for which areas nobody recorded when and where the panel met, who came, or why items are open.

    It is "" for none.
    """
    every = round_line(session, order.of_round).areas
    areas = [one.name for one in every if one.stage in AFTER_MEETING and order.is_of(one.name)]
    held = meetings_held(session, order.of_round)
    came = {area for area, _, state in attendance(session, order.of_round) if state == "present"}
    left_open = round_minutes(session, order).left_open if areas else ()
    silent = [of for one in left_open if not one.why for of in one.references]
    unmet, empty = ([area for area in areas if area not in known] for known in (held, came))
    return CHECK.unkept(unmet, empty, silent)


NOTICE = "notice"
_MOST_AWARDS = 12
"""The awards that a refusal names; a year may have hundreds."""


def require_purposes(session: Session, order: PaperOrder) -> None:
    """Refuse a list for the public while nobody has read what may tell of people, or whose an award is."""
    told = (unwritten_words(session, order), withheld_words(session, order), named_words(session, order))
    words = " ".join(filter(None, told))
    if words:
        ticked = f"Where you have read them and they may be published, tick “{PURPOSES_READ}”"
        raise Refused(f"{words} {ticked}, or give --purposes-read.")


def unwritten_words(session: Session, order: PaperOrder) -> str:
    """Return which awards of a list have a purpose that nobody at the office wrote; "" where none has."""
    return CHECK.unwritten(sorted(_unwritten(session, order)))


def withheld_words(session: Session, order: PaperOrder) -> str:
    """Return which awards of a list could be told by their words though their names are withheld, or ""."""
    told = (award for line in _rounds(session, order) for _, award in _told_in(session, order, line))
    return CHECK.withheld(sorted(award.reference for award in told if award and award.withheld is not None))


def named_words(session: Session, order: PaperOrder) -> str:
    """Return which awards of a list or a notice name whom others withhold, or "".

    Of a notice that is to be signed it is what is recommended or proposed.
    """
    found = [words for line in _rounds(session, order) for words in _named_elsewhere(session, order, line)]
    return CHECK.told_elsewhere(found[:_MOST_AWARDS], len(found) - _MOST_AWARDS)


def _named_elsewhere(session: Session, order: PaperOrder, line: RoundLine) -> Iterator[str]:
    elsewhere = withheld_elsewhere(session, line.round_id)
    if not elsewhere:
        return
    for row, award in _told_in(session, order, line):
        is_named = not row.withdrawn and (award is None or award.withheld is None)
        if row.reference in elsewhere and is_named:
            name, other = elsewhere[row.reference]
            yield f"{row.reference if award is None else award.reference} names {name}, withheld for {other}"


def _told_in(
    session: Session, order: PaperOrder, line: RoundLine
) -> Iterator[tuple[ApplicationRow, AwardRow | None]]:
    """Yield the applications of a round whose awards a list tells of; a notice tells of those without too."""
    held = by_application(awards(session, line.round_id))
    for row in applications(session, line.round_id):
        award = held.get(row.reference)
        is_told = order.kind == NOTICE if award is None else _is_told(order, award)
        if is_told and order.area in (None, row.area):
            yield row, award


def _is_told(order: PaperOrder, award: AwardRow) -> bool:
    decided = award.decision
    is_whole = order.month is None and not order.period
    return is_whole or (decided is not None and order.has(decided.signed_on))


def _unwritten(session: Session, order: PaperOrder) -> Iterator[str]:
    """Yield the awards of a list whose purpose is their applicant's summary, by reference.

    Of an award without a competition it is the office that wrote all that is known.
    """
    for line in _rounds(session, order):
        if line.is_direct:
            continue
        written = published_purposes(session, line.round_id)
        for row, award in _told_in(session, order, line):
            if award is not None and row.reference not in written and row.summary.strip():
                yield award.reference


def _rounds(session: Session, order: PaperOrder) -> tuple[RoundLine, ...]:
    """Return the rounds that a list tells of; a year whose figures were loaded may have none."""
    if order.round_id is not None:
        return (round_line(session, order.round_id),)
    try:
        return rounds_of(session, order.fund, order.year)
    except Refused:
        return ()


FEW = 3
"""The reasons that a refusal names; command and window list all of these."""
LEAVE_EMPTY, REASONS_READ, AS_IT_IS = "--leave-empty", "--reasons-read", "--issue-as-it-is"
_ASKED_LISTS = (ListKind.SERVICE, ListKind.CRIME)


class Question(Struct, frozen=True):
    """A question in a sentence, each thing that it is about, what agrees to it, and how a command does."""

    words: str
    lines: Texts
    action: str
    option: str

    @property
    def refusal(self) -> str:
        """Return the sentence in which a command refuses until the question is answered."""
        is_of_reasons = self.option == REASONS_READ
        most = FEW if is_of_reasons else len(self.lines)
        return CHECK.refusal(
            self.words, self.lines[:most], len(self.lines) - most, self.option, is_of_reasons
        )


def questions_of(session: Session, order: PaperOrder, value: PaperValue) -> tuple[Question, ...]:
    """Return what somebody answers before these values are issued, () for nothing."""
    if isinstance(value, Letters):
        return tuple(_unread(session, order, value))
    lines = tuple(_left_empty(session, order, value))
    empty = Question("This would be printed empty:", lines, "Leave them empty", LEAVE_EMPTY)
    early = tuple(_early(session, order, value))
    unready = Question("This paper may be too early:", early, "Issue it as it is", AS_IT_IS)
    return tuple(one for one in (empty, unready) if one.lines)


def _early(session: Session, order: PaperOrder, value: PaperValue) -> Iterator[str]:
    """Yield what a paper tells of before it took place, or asks for after it is too late."""
    if isinstance(value, Minutes):
        held = meetings_held(session, order.of_round)
        for one in value.results:
            if one.area not in held and not any(item.is_considered or item.outcome for item in one.items):
                yield CHECK.not_met(one.area or value.round)
    elif isinstance(value, AwardSchedule) and not value.lines:
        yield CHECK.no_line()
    elif isinstance(value, GrantAgreement) and value.is_answered_late:
        yield CHECK.answered_late(value)


def _unread(session: Session, order: PaperOrder, value: Letters) -> Iterator[Question]:
    told = dict.fromkeys(_reasons(value))
    if not told:
        return
    for issued in issues_of_kind(session, order.kind, order.of_round):
        for reason in _reasons(from_text(Letters, issued.content)) if issued.content else ():
            told.pop(reason, None)
    if told:
        many, everyone = counted(len(told), "reason"), applications(session, order.of_round)
        named = tuple(Named(one.reference, one.organisation) for one in everyone)
        compares = {said: " ".join(comparisons(said[2], said[0], named)) for said in told}
        yield Question(
            f"Applicants will read {many} of agreed marks that nobody has looked at for them yet:",
            tuple(
                f"{said[0]}, {said[1]}: “{said[2]}”{f' ({signs})' if signs else ''}"
                for said, signs in sorted(compares.items(), key=lambda one: not one[1])
            ),
            "I have read them",
            REASONS_READ,
        )


def _reasons(value: Letters) -> Iterator[tuple[str, str, str]]:
    for letter in value.letters:
        yield from ((letter.reference, of, " ".join(said.split())) for of, said in letter.feedback if said)


def _left_empty(session: Session, order: PaperOrder, value: PaperValue) -> Iterator[str]:
    if isinstance(value, DecisionReport):
        yield from (heading for heading, text in value.implications if not text.strip())
    elif isinstance(value, NoticeOfDecision):
        yield from _unclassified(session, order, value)
    elif isinstance(value, FinanceSchedule):
        yield from _unbooked(value)


def _unclassified(session: Session, order: PaperOrder, value: NoticeOfDecision) -> Iterator[str]:
    lists = {one.kind for one in round_rules(session, order.of_round).lists if one.items}
    asked = [kind for kind in _ASKED_LISTS if kind in lists] or [ListKind.CRIME]
    held = choices(session, order.of_round)
    for kind in asked:
        bare = [
            line.reference
            for line in (*value.allocations, *value.unnamed)
            if not any(one.kind is kind for one in held.get(line.reference, ()))
            and not (kind is ListKind.CRIME and line.crime_type and line.reference not in held)
        ]
        if bare:
            told = list(dict.fromkeys(bare))
            yield CHECK.of_awards(CHOICE_WORDS[kind].lower(), told, len(value.allocations))


def _unbooked(value: FinanceSchedule) -> Iterator[str]:
    wanted = {"supplier number": [one.reference for one in value.awards if not one.supplier_number.strip()]}
    for name in Codes._fields:
        bare = [one.reference for one in value.awards if not getattr(one.codes, name).strip()]
        wanted[name.replace("_", " ")] = bare
    for what, bare in wanted.items():
        if bare:
            yield CHECK.of_awards(what, bare, len(value.awards))


Told = Callable[[Session, PaperOrder], str]
_OF_KIND: dict[str, tuple[Told, ...]] = {
    NOTICE: (named_words,),
    "call": (promised_words, unnamed_day_words, unset_closing_words, unreached_words),
    AGREEMENT: (unreached_words,),
    "minutes": (unkept_words,),
}


def words_to_check(session: Session, order: PaperOrder, value: PaperValue) -> Texts:
    """Return what has to be looked at before a paper goes out, a sentence or two each; () for nothing."""
    others = other_letters_words(session, order, value) if isinstance(value, Letters) else ""
    told = _OF_KIND.get(order.kind, ())
    if KINDS[order.kind].fills_a_folder:
        told = (unsigned_words, unreached_words)
    elif "purposes_read" in KINDS[order.kind].choices:
        told = (*(() if order.purposes_read else (unwritten_words,)), withheld_words, named_words)
    return tuple(filter(None, (*(one(session, order) for one in told), others)))
