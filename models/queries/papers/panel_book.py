"""The book of a panel's meeting, from the record."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from operator import attrgetter
from statistics import median

from models.papers.minutes import with_columns
from models.papers.order import PaperOrder, TextPair, TextPairs, Texts
from models.papers.panel_book import PASSED, BookItem, BookMember, Judged, PanelBook
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.gates import has_cap
from models.queries.applications.merges import Earlier
from models.queries.applications.reading import (
    IN_SHORT,
    SHORT,
    GateStanding,
    intake,
    readable_answers,
)
from models.queries.panel.meeting import MeetingRows
from models.queries.panel.panel import barred_pairs
from models.queries.panel.score_sheets import reading_orders
from models.queries.papers.intake_papers import shared_lists
from models.queries.papers.minuted import Met
from models.queries.papers.minutes import item_lines, left_out_of
from models.queries.papers.paper_texts import paper_head
from models.queries.set_up.round_facts import round_facts
from models.session import Session
from models.values.applications import FIELD_WORDS, HELD, value_of
from models.values.packs import allowed_answers
from models.values.rows import ApplicationRow, MemberRow, gathered
from scoring.allocating.allocation import shared_with
from scoring.explaining.words import points_words, rules_in_words, split_words
from scoring.marks.meeting import Item, reopened_words
from scoring.money import decimal_text, half_up, percent, short_pounds
from scoring.round import Area, Eligibility, InterestKind, is_in_the_running
from scoring.written.days import full_day
from scoring.written.names import round_names
from scoring.written.text import in_clauses, one_line

RULES = ("Marks", "Score", "Minimums", "Ties", "Money", "Caps")
"""What a member has to know of the rules to mark and to recommend, by its subject."""
RESULTS = {"pass": PASSED, "fail": "failed"}
"""How a result is called where it is not called so itself."""
AS_ONE = RESULTS | {"waived": "let in by a waiver"}
UNCHECKED = "not checked by the office"


def panel_book(session: Session, order: PaperOrder) -> PanelBook:
    """Return the book of a round or of one area of it, its items in the order with the fewest exits."""
    facts, of = round_facts(session, order.of_round, order.today), _Book(session, order)
    held, scheme = of.held, of.held.rows.scheme
    return PanelBook(
        **paper_head(session, order, facts.line, area=order.area or ""),
        scale_maximum=scheme.scale_maximum,
        descriptors=tuple((mark, f"{word}: {meaning}") for mark, word, meaning in scheme.descriptors),
        quorum=scheme.quorum,
        members=tuple(
            _member(member, held, order.area)
            for member in held.rows.members
            if held.panels.belongs(member.code, order.area)
        ),
        markers=of.named(held.members[at] for at in of.shown) if order.with_marks else (),
        criteria=tuple(
            Judged(
                f"{one.code} {one.title}",
                percent(one.weight_1e4),
                one.guidance,
                "" if one.floor is None else decimal_text(one.floor),
            )
            for one in scheme.judged
        ),
        meets=tuple(_meets(held, order.area)),
        left_out=tuple(left_out_of(held, order.area)),
        items=of.items,
        orders=() if order.with_marks else of.reading,
        has_marks=order.with_marks,
        combine=scheme.combine,
        rules=(
            ("Points", points_words(scheme)),
            ("Split", split_words(scheme)),
            *(rule for rule in rules_in_words(scheme) if rule[0] in RULES),
            *_to_award(held.rows.areas, order.area),
        ),
    )


def _to_award(areas: Sequence[Area], area: str | None) -> Iterator[TextPair]:
    together = shared_with(areas)
    alone = [one for one in areas if area in (None, one.name) and one.name not in together]
    where = {one.name: f" in {one.name}" if len(areas) > 1 else "" for one in alone}
    told = [f"{short_pounds(max(one.to_award_pence, 0))}{where[one.name]}" for one in alone]
    told += shared_lists(areas, area, attrgetter("to_award_pence"))
    if told:
        yield "To award", "; ".join(told)


def _meets(held: MeetingRows, area: str | None) -> Iterator[TextPair]:
    for name in (one.name for one in held.line.areas if area in (None, one.name)):
        if name in held.held:
            yield name, held.held[name].words
        elif name in held.planned:
            yield name, f"planned for {full_day(held.planned[name])}, time and place not recorded"


def _member(member: MemberRow, held: MeetingRows, area: str | None) -> BookMember:
    rows, late = held.rows, held.late
    declared = held.panels.declared(area, {row.member for row in rows.interests})
    elsewhere = {row.reference for row in rows.applications if area not in (None, row.area)}
    own = [row for row in rows.interests if row.member == member.code]
    here = [row for row in own if row.application not in elsewhere]
    return BookMember(
        name=member.name,
        role=member.role or "member",
        organisation=member.organisation,
        has_declared=member.code in declared,
        aside=tuple(
            f"{of} ({after.words})" if (after := late.get((member.code, of))) else of
            for row in here
            if (of := row.application) and row.kind.is_conflict
        ),
        abstained=tuple(
            row.application for row in here if row.application and row.kind is InterestKind.ABSTAINED
        ),
    )


class _Book(Met):
    """All that the items of a book are told from, by application."""

    def __init__(self, session: Session, order: PaperOrder) -> None:
        super().__init__(session, order)
        number, self.has_marks = order.of_round, order.with_marks
        self.came = {line.row.reference: line for line in intake(session, number, OFFICE_VIEWER).lines}
        running = (
            self.came[one.reference].row
            for one in self.round.applications
            if is_in_the_running(one.eligibility, is_withdrawn=one.withdrawn)
        )
        self.median = _median(running)
        self.shown = [at for at, one in enumerate(self.held.members) if self._is_of(one)]
        self.lines = item_lines(self.rows, self.agreed, self.found) if self.has_marks else {}
        self.over = self.held.closed | self.advised.keys()
        self.is_capped = has_cap(self.rows.scheme)

    def _is_of(self, member: str) -> bool:
        return self.held.panels.belongs(member, self.order.area)

    @property
    def items(self) -> tuple[BookItem, ...]:
        return tuple(map(self._item, self.ordered))

    @property
    def reading(self) -> tuple[tuple[str, Texts], ...]:
        """Return who reads the items still to be scored in which order, without those who mark none."""
        to_score = {item.reference for item in self.ordered if item.reference not in self.over}
        barred = barred_pairs(self.rows.interests)
        orders = gathered(
            (code, of)
            for by_member in reading_orders(self.session, self.order.of_round).values()
            for code, in_order in by_member.items()
            for of in in_order
            if of in to_score and (code, of) not in barred
        )
        return tuple((name, orders[code]) for code, name in self.names.items() if code in orders)

    def _item(self, item: Item) -> BookItem:
        line, of = self.came[item.reference], item.reference
        row, deciding = line.row, self.held.may_decide(item)
        is_passed = row.eligibility in (Eligibility.YES, Eligibility.WAIVED)
        passed = " (it passed the checks all the same)" if is_passed else ""
        asked = [one for one in line.gates if self.is_capped or not one.gate.is_cap or one.result != "pass"]
        return BookItem(
            number=self.numbers[of],
            reference=row.reference,
            organisation=row.organisation,
            project=one_line(row.project),
            area=row.area or "",
            asked_pence=row.requested_pence,
            minimum_pence=row.minimum_pence,
            total_cost_pence=row.total_cost_pence,
            match_pence=row.match_funding_pence,
            people=row.beneficiaries,
            each_pence=half_up(row.requested_pence, row.beneficiaries) if row.beneficiaries else None,
            median_pence=self.median,
            start_on=row.start_on,
            end_on=row.end_on,
            away=self.named(self.held.leaving(item)),
            abstained=self.named(item.abstained),
            is_quorate=self.held.quorum(item).holds,
            gates=_gates(asked),
            advice=_advice(line.gates),
            noes=tuple(f"{FIELD_WORDS[field]}{passed}" for field in HELD if value_of(row, field) is False),
            before=tuple(_before(one) for one in line.before.earlier if not one.is_this_round),
            texts=(*((("Erased", line.erased),) if line.erased else ()), *_texts(row)),
            lines=tuple(with_columns(one, self.shown) for one in self.lines.get(of, ())),
            undeclared=self.held.undeclared(item),
            may_decide=len(deciding),
            late=in_clauses((line.late, line.let_in)),
            asked_was="; ".join(
                one.beside_amount for one in line.corrections if one.field == "requested_pence"
            ),
            reopened=reopened_words(item, self.names) if self.has_marks else (),
            is_over=of in self.over,
        )


def _before(one: Earlier) -> str:
    name = ", ".join(round_names(one.fund, one.round, one.year))
    return f"{name}: {one.project or one.reference}, {one.came_to}"


def _median(rows: Iterable[ApplicationRow]) -> int | None:
    """Return the median of pence asked for each person helped, half up; None when nobody says how many."""
    each = [Fraction(row.requested_pence, row.beneficiaries) for row in rows if row.beneficiaries]
    return half_up(median(each)) if each else None


def _gates(gates: Sequence[GateStanding]) -> TextPairs:
    """Return each gate with its result; one word with a reason for all of them stands once.

    Whoever gave that word had one gate in mind, and the record does not know which: not that of the closing
    date, which the dates pass.
    """
    first = next(iter(gates), None)
    in_one = all(not gate.own or (gate.gate.is_time and gate.result == "pass") for gate in gates)
    if first is not None and first.reason and in_one:
        return (("", f"{AS_ONE.get(first.result, first.result)}: {first.reason}"),)
    return tuple(_results(gate for gate in gates if not gate.gate.is_advisory))


def _advice(gates: Sequence[GateStanding]) -> TextPairs:
    """Return what came of each question that bars nobody: a word for all gates together checks none."""
    advice = [gate for gate in gates if gate.gate.is_advisory]
    is_checked = {gate.gate.question for gate in advice if gate.own}
    return tuple((asked, said if asked in is_checked else UNCHECKED) for asked, said in _results(advice))


def _results(gates: Iterable[GateStanding]) -> Iterator[TextPair]:
    for gate in gates:
        said = RESULTS.get(gate.result, gate.result)
        yield gate.gate.question, f"{said}: {gate.reason}" if gate.reason else said


def _texts(row: ApplicationRow) -> TextPairs:
    answers = readable_answers(allowed_answers(row.answers))
    long = [(heading, text) for heading, text in answers if len(text) > SHORT]
    short = "\n".join(_question_and_answer(*answer) for answer in answers if 0 < len(answer[1]) <= SHORT)
    known = ((IN_SHORT, row.summary), ("The need", row.need), ("What will change", row.outcomes))
    found = (*known, *long, ("Other answers", short))
    return tuple((heading, text) for heading, text in found if text)


def _question_and_answer(question: str, answer: str) -> str:
    return f"{question} {answer}" if question.rstrip().endswith(("?", ":")) else f"{question}: {answer}"
