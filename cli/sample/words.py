"""What the sample's office and panels write: purposes, reasons, and the words of letters and papers."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

import resources
from cli.sample.made_up import Words, made_up
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
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.written.days import full_day
from scoring.written.working_days import working_day_from

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
LIST = "sample/reasons.csv"
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
        record.perform(SetAreaDates(round_id, area, TOOK_IN, before), officer)
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
    with resources.path(LIST).open(encoding="utf-8", newline="") as file:
        return {line["reference"]: line["reason"] for line in csv.DictReader(file)}
