"""What is asked before a paper is issued: what nobody has read yet, and what would be printed empty."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from models.journal.canonical import from_text
from models.papers.decision_report import DecisionReport
from models.papers.finance import FinanceSchedule
from models.papers.letters.letters import Letters
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder, PaperValue
from models.queries.applications.choices import choices
from models.queries.papers.issues import issues_of_kind
from models.queries.set_up.funds import round_rules
from models.reference.fund_defaults import ListKind
from models.session import Session
from models.values.choices import CHOICE_WORDS
from scoring.counted import counted, listed, noun

LEAVE_EMPTY, REASONS_READ = "--leave-empty", "--reasons-read"
MOST_NAMED, FEW = 8, 3
"""The awards that a line names, and the reasons that a refusal does; command and window list all of these."""
_ASKED_LISTS = (ListKind.SERVICE, ListKind.CRIME)


class Question(Struct, frozen=True):
    """A question in a sentence, each thing that it is about, what agrees to it, and how a command does."""

    words: str
    lines: tuple[str, ...]
    action: str
    option: str

    @property
    def refusal(self) -> str:
        """Return the sentence in which a command refuses until the question is answered."""
        most = FEW if self.option == REASONS_READ else len(self.lines)
        named, more = "; ".join(self.lines[:most]), len(self.lines) - most
        return f"{self.words} {named}{f'; and {more:,} more' if more > 0 else ''}. {self.how_on}"

    @property
    def how_on(self) -> str:
        """Return what is done before it is issued, and with which option."""
        if self.option == REASONS_READ:
            return (
                "Read them in the draft letters, keep what is for the panel only with meeting --for-panel, "
                f"and issue with {REASONS_READ}."
            )
        return f"Fill them in, or issue with {LEAVE_EMPTY} to leave them empty."


def questions_of(session: Session, order: PaperOrder, value: PaperValue) -> tuple[Question, ...]:
    """Return what somebody answers before these values are issued, () for nothing."""
    if isinstance(value, Letters):
        return tuple(_unread(session, order, value))
    return tuple(_empty(tuple(_left_empty(session, order, value))))


def _unread(session: Session, order: PaperOrder, value: Letters) -> Iterator[Question]:
    """Yield which agreed reasons letters tell that no issued letter of the round told before."""
    told = dict.fromkeys(_reasons(value))
    if not told:
        return
    assert order.round_id is not None, "letters are of a round"
    for issued in issues_of_kind(session, order.kind, order.round_id):
        for reason in _reasons(from_text(Letters, issued.content)):
            told.pop(reason, None)
    if told:
        many = counted(len(told), "reason")
        yield Question(
            f"Applicants will read {many} of agreed marks that nobody has looked at for them yet:",
            tuple(f"{of}, {criterion}: “{reason}”" for of, criterion, reason in told),
            "I have read them",
            REASONS_READ,
        )


def _reasons(value: Letters) -> Iterator[tuple[str, str, str]]:
    for letter in value.letters:
        yield from ((letter.reference, of, " ".join(said.split())) for of, said in letter.feedback if said)


def _empty(lines: tuple[str, ...]) -> Iterator[Question]:
    if lines:
        yield Question("This would be printed empty:", lines, "Leave them empty", LEAVE_EMPTY)


def _left_empty(session: Session, order: PaperOrder, value: PaperValue) -> Iterator[str]:
    """Yield what of a paper that it needs is not written."""
    if isinstance(value, DecisionReport):
        yield from (heading for heading, text in value.implications if not text.strip())
    elif isinstance(value, NoticeOfDecision):
        yield from _unclassified(session, order, value)
    elif isinstance(value, FinanceSchedule):
        yield from _unbooked(value)


def _unclassified(session: Session, order: PaperOrder, value: NoticeOfDecision) -> Iterator[str]:
    """Yield for which lines of a notice nothing says what they are for, by what is missing."""
    assert order.round_id is not None, "a notice is of a round"
    lists = {one.kind for one in round_rules(session, order.round_id).lists if one.items}
    asked = [kind for kind in _ASKED_LISTS if kind in lists] or [ListKind.CRIME]
    held = choices(session, order.round_id)
    for kind in asked:
        bare = [
            line.reference
            for line in (*value.allocations, *value.unnamed)
            if not any(one.kind is kind for one in held.get(line.reference, ()))
            and not (kind is ListKind.CRIME and line.crime_type and line.reference not in held)
        ]
        if bare:
            yield _of_awards(CHOICE_WORDS[kind].lower(), dict.fromkeys(bare), len(value.allocations))


def _unbooked(value: FinanceSchedule) -> Iterator[str]:
    """Yield which awards have no supplier number, and which of their codes are not set."""
    wanted: Mapping[str, list[str]] = {
        "supplier number": [one.reference for one in value.awards if not one.supplier_number.strip()],
        **{
            name.replace("_", " "): [
                one.reference for one in value.awards if not getattr(one.codes, name).strip()
            ]
            for name in value.awards[0].codes._fields
        },
    }
    for what, bare in wanted.items():
        if bare:
            yield _of_awards(what, bare, len(value.awards))


def _of_awards(what: str, bare: Iterable[str], of: int) -> str:
    """Return what lacks something, as a list names it: "supplier number of A-031-01 and A-031-02"."""
    named = list(bare)
    whose = f"all {of:,} awards" if len(named) == of > 1 else listed(named)
    return f"{what} of {whose}" if len(named) <= MOST_NAMED or len(named) == of else _many(what, named)


def _many(what: str, named: list[str]) -> str:
    more = len(named) - MOST_NAMED
    return f"{what} of {', '.join(named[:MOST_NAMED])} and {more:,} {noun(more, 'other', 'others')}"
