"""The people, applications and texts of the sample, read from `resources/sample/sample.toml`."""

import csv
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import TypeVar

from msgspec import Struct, convert
from msgspec.structs import replace

import resources
from models.operation import Actor
from models.operations.deciding.recommendations import proposed
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import SetPaperTexts
from models.papers.texts import LETTERS, PUBLICATION, PUBLISHED_PURPOSE, UNMET
from models.queries.applications.applications import gates
from models.queries.deciding.reasons import said_so_far, short_of
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates
from models.record import Record
from models.values.recommending import FUNDED, RecommendationRow
from models.values.rounds import AreaDates
from models.values.rows import AgreedRow, ApplicationRow, InterestRow, MemberRow, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Eligibility
from scoring.written.days import full_day
from scoring.written.working_days import working_day_from

T = TypeVar("T")
_SAMPLE = tomllib.loads(resources.text("sample/sample.toml"))
Words = dict[str, str]


def made_up(path: str, of: type[T]) -> T:
    """Return what stands in a table of the file, or in a key of one: "panel.reasons"."""
    return convert(reduce(lambda table, name: table[name], path.split("."), _SAMPLE), of)


LIST = "sample/round-in-progress.csv"
GATES = {
    "yes": (Eligibility.YES, ""),
    "check": (Eligibility.TO_CHECK, ""),
    "no": (Eligibility.NO, "The money would go into a building, which the fund does not pay for."),
}
RECEIVED = 41
"""How many days ago the first application came in."""


class Theme(Struct, frozen=True):
    """The need, what will be done and change, how the group is run; crime type and priority, by code."""

    need: str
    plan: str
    change: str
    group: str
    is_for: tuple[str, str]


THEMES = made_up("themes", dict[str, Theme])
"""What applicants write, by what their project is about."""
NEED, CHANGE = (made_up(f"applicants.{name}", str) for name in ("need", "change"))
OWN = made_up("applicants.own", tuple[str, ...])
"""How an applicant ends its plan in words of its own."""


class SampleLine(Struct, frozen=True):
    """An application, the marks on which its panel agreed or would agree, and its crime type and priority."""

    row: ApplicationRow
    marks: tuple[int, ...]
    is_for: tuple[str, str]


def sample_lines(today: date) -> tuple[SampleLine, ...]:
    """Return the applications in the order of the list, received before the day."""
    with resources.path(LIST).open(encoding="utf-8", newline="") as file:
        return tuple(_lines(csv.DictReader(file), today))


def _lines(table: Iterator[dict[str, str]], today: date) -> Iterator[SampleLine]:
    for number, cells in enumerate(table):
        marks = tuple(int(mark) for mark in cells["marks"])
        yield SampleLine(_row(number, cells, today), marks, THEMES[cells["theme"]].is_for)


def _row(number: int, cells: dict[str, str], today: date) -> ApplicationRow:
    theme = THEMES[cells["theme"]]
    asked, match = int(cells["pounds"]) * 100, int(cells["match"]) * 100
    eligibility, reason = GATES[cells["gates"]]
    received = datetime.combine(today - timedelta(days=RECEIVED - number // 3), time(9 + number % 8, number))
    return ApplicationRow(
        reference=cells["reference"],
        organisation=cells["organisation"],
        project=cells["project"],
        area=cells["area"],
        requested_pence=asked,
        minimum_pence=asked * 6 // 10,
        total_cost_pence=asked + match,
        match_funding_pence=match,
        beneficiaries=int(cells["people"]),
        received_at=received,
        received_has_time=True,
        eligibility=eligibility,
        eligibility_reason=reason,
        organisation_type=theme.group.split(",")[0],
        contact_name="The secretary",
        email=f"{cells['reference'].lower()}@example.org",
        summary=cells["summary"],
        need=f"{theme.need} {NEED}".format(**cells),
        outcomes=f"{theme.change} {CHANGE}".format(**cells),
        start_on=today + timedelta(days=70),
        end_on=today + timedelta(days=250),
        bank_account_held=True,
        constitution_held=True,
        safeguarding_policy=True,
        answers=(
            ("What will you do?", f"{theme.plan} {OWN[number % len(OWN)].format(**cells)}"),
            ("How is the group run?", theme.group),
        ),
    )


CHAIR = made_up("panel.chair", str)
MEMBERS = made_up("members", tuple[MemberRow, ...])
KINDS = {one["code"]: one["kind"] for one in made_up("members", tuple[Words, ...])}
"""For whom each member sits there: what a round workbook does not hold."""
OFFICE = made_up("panel.office", tuple[tuple[str, str], ...])
INTERESTS = tuple(
    replace(one, application=one.application or None) for one in made_up("interests", tuple[InterestRow, ...])
)
REASONS, LOW_REASONS = (made_up(f"panel.{name}", tuple[str, ...]) for name in ("reasons", "low_reasons"))
"""What is agreed on a criterion, and on a mark that is less than good."""
STRONG_LAST = made_up("panel.strong_last", str)
"""What is agreed on the last criterion where its mark is strong: it holds nothing back."""
BEGUN = made_up("panel.begun", tuple[tuple[str, int, str], ...])
UNDECLARED = "M5"
SCORERS = ("M1", "M2", "M3", "M4")
SCORED = {"M1": 7, "M2": 12, "M3": 9, "M4": 4}
"""How many of the sheets of the areas at Score each member has handed in."""
APART = {"WV-002": ("M3", 1, 2), "WV-005": ("M4", 0, 2), "BW-001": ("M3", 3, 1), "WV-004": ("M2", 6, 1)}
"""Where one member stands far from the others: who, on which criterion, with which mark."""
STEPS = (0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0)
"""By how much members differ from what they would agree on, in turn."""
GOOD, STRONG = 3, 4


def sheets_begun() -> Iterator[tuple[str, str, int, str]]:
    """Yield the chair's marks on sheets not handed in: the first is whole, the next in the middle."""
    for number, words in enumerate(REASONS, 1):
        yield "CO-002", f"A{number}", 3 + number % 2, words
    for criterion, mark, words in BEGUN:
        yield "CO-003", criterion, mark, words


def sheets(lines: Sequence[SampleLine], marked: Sequence[str], scoring: Sequence[str]) -> Iterator[SheetRow]:
    """Yield the sheets that are handed in: all of the areas past scoring, some of those at it."""
    barred = {(i.member, i.application) for i in INTERESTS}
    left = dict(SCORED)
    for number, line in enumerate(lines):
        for at, member in enumerate(SCORERS):
            if line.row.eligibility is not Eligibility.YES or (member, line.row.reference) in barred:
                continue
            if line.row.area in scoring:
                left[member] -= 1
            if line.row.area in marked or (line.row.area in scoring and left[member] >= 0):
                yield _sheet(line, member, number * 3 + at * 5)


def agreed(lines: Sequence[SampleLine], areas: Sequence[str], some: Sequence[str]) -> Iterator[AgreedRow]:
    """Yield what the panel agreed on: every application of areas past their meeting, and some others."""
    for line in lines:
        if line.row.eligibility is Eligibility.YES and (line.row.area in areas or line.row.reference in some):
            yield AgreedRow(line.row.reference, line.marks, tuple(_reasons(line)))


def _reasons(line: SampleLine) -> Iterator[str]:
    last = STRONG_LAST if line.marks[-1] >= STRONG else REASONS[-1]
    for mark, words, low in zip(line.marks, (*REASONS[:-1], last), LOW_REASONS, strict=True):
        yield words if mark >= GOOD else low


def _sheet(line: SampleLine, member: str, seed: int) -> SheetRow:
    marks = [min(max(mark + STEPS[(seed + n) % len(STEPS)], 0), 5) for n, mark in enumerate(line.marks)]
    who, criterion, mark = APART.get(line.row.reference, ("", 0, 0))
    if who == member:
        marks[criterion] = mark
    reasons = tuple(words if (seed + n) % 3 else "" for n, words in enumerate(REASONS))
    return SheetRow(member, line.row.reference, True, tuple(marks), reasons)


NOT_MET = made_up("letters.not_met", dict[str, tuple[str, ...]])
"""The gates that an application failed, where the panel's workbook has one word for all of them."""
MISSING, WAITING = made_up("letters.missing", Words), made_up("letters.waiting", tuple[str, ...])
"""What is missing of an application, and which the panel left open: their applicants hear by a day."""
ABOUT, HOW = made_up("call.about", Words), made_up("call.how", str)
REPORT, PRIORITIES = made_up("report", Words), made_up("priorities", Words)
OTHERWISE = made_up("otherwise", dict[str, Words])
HEAR_DAYS = 28
SEND_DAYS, ANSWER_DAYS = 14, HEAR_DAYS
TOOK_IN = AreaDates(date(2026, 9, 1), date(2026, 10, 30))
"""Between which days the applications of the sample's workbooks came."""
SAID = 2
"""How many of the reasons of criteria that fell short make the reason to recommend no money."""


def write_letter_words(record: Record, round_id: int, officer: Actor, today: date) -> None:
    """Write them on the applications of a round."""
    send_by, answer_by = (
        full_day(working_day_from(today + timedelta(days=days))) for days in (SEND_DAYS, ANSWER_DAYS)
    )
    asked = {gate.code: gate.question for gate in record.ask(gates, round_id=round_id)}
    for row in record.ask(round_rows, round_id=round_id).applications:
        of = row.reference
        unmet = "\n".join(asked[gate] for gate in NOT_MET.get(of, ()))
        texts = [(UNMET.code, unmet)] if unmet else []
        texts += [("wanted", MISSING[of]), ("send_by", send_by)] if of in MISSING else []
        texts += [("answer_by", answer_by)] if of in WAITING else []
        if texts:
            record.perform(SetPaperTexts(round_id, LETTERS, of, tuple(texts)), officer)


def write_round_words(record: Record, round_id: int, fund: str, officer: Actor, today: date) -> None:
    """Set when a round took applications in, and write what its call and its decision report say."""
    for area, before in record.ask(area_dates, round_id=round_id).items():
        record.perform(SetAreaDates(round_id, area, TOOK_IN, before, stood=()), officer)  # all were looked at
    hear_by = full_day(working_day_from(today + timedelta(days=HEAR_DAYS)))
    call = (("about", ABOUT[fund]), ("how", HOW), ("hear_by", hear_by))
    report = (*{**REPORT, **OTHERWISE.get(fund, {})}.items(), ("priorities", PRIORITIES[fund]))
    for paper, texts in (("call", call), ("decision-report", report)):
        record.perform(SetPaperTexts(round_id, paper, "", texts), officer)


def write_purposes(record: Record, round_id: int, items: Iterable[RecommendationRow], officer: Actor) -> None:
    """Write what each application that is to have money is for: its summary."""
    rows = {row.reference: row for row in record.ask(round_rows, round_id=round_id).applications}
    for item in items:
        if item.outcome in FUNDED:
            texts = ((PUBLISHED_PURPOSE.code, rows[item.application].summary),)
            record.perform(SetPaperTexts(round_id, PUBLICATION, item.application, texts), officer)


def recommended(record: Record, round_id: int, area: str | None = None) -> tuple[RecommendationRow, ...]:
    """Return what the rule proposes with the panel's reasons, and the fund's conditions on money."""
    rows = record.ask(round_rows, round_id=round_id)
    said = record.ask(said_so_far, round_id=round_id)
    ranking, written = rank(scored_round(rows)), published_reasons()
    short, items = short_of(rows), proposed(ranking, area, said)
    return tuple(
        replace(item, reason=written[item.application])
        if item.outcome in FUNDED
        else replace(item, reason=" ".join(short.get(item.application, ())[:SAID]))
        for item in items
    )


def published_reasons() -> dict[str, str]:
    """Return why each award of the sample reduces crime or helps victims, as it is published."""
    with resources.path("sample/reasons.csv").open(encoding="utf-8", newline="") as file:
        return {line["reference"]: line["reason"] for line in csv.DictReader(file)}
