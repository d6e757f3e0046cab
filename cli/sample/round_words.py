"""What the sample's office says itself in the papers of a round from a workbook: its days, and its risks."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from models.operation import Actor
from models.operations.papers.paper_texts import SetPaperTexts
from models.operations.set_up.area_list import SetAreaDates
from models.queries.set_up.area_dates import AreaDates, area_dates
from scoring.written.days import full_day
from scoring.written.working_days import working_day_from

if TYPE_CHECKING:
    from models.record import Record

TOOK_IN = AreaDates(date(2026, 9, 1), date(2026, 10, 30))
"""Between which days the applications of the sample's workbooks came."""
HEAR_DAYS = 28
ABOUT = {
    "Active Citizens Fund": "We invite applications to the Active Citizens Fund. The theme of this year is "
    "safety for young people. Each area has priorities of its own, which its neighbourhood team will tell "
    "you. A project starts after the decision, and ends within a year of its start. The grant does not pay "
    "for what was bought or done before the decision, for debts, or for campaigns for a party or a faith.",
    "Victims Fund": "We invite applications to the Victims Fund. It is for services that help victims of "
    "crime to cope and recover, beside those that the office commissions. A project starts after the "
    "decision, and ends within a year of its start.",
}
"""What each fund is for this time, as its call says it."""
HOW = (
    "Fill in the form on https://sample-office.example/grants, and send it from there. If you cannot use "
    "it, ask us for one on paper."
)
REPORT = {
    "staffing": "The awards create no posts in the office.",
    "equality": "Some projects are for children and young people, for women, for older people or for a "
    "community that services reach least. Each recipient says in its application whom it reaches, and "
    "reports on it.",
    "engagement": "The call was published on the office's website. Applicants say whom they asked, and the "
    "panel marked that.",
    "environment": "No award is known to do harm to the environment.",
    "partnerships": "Recipients say in their applications which schools, services and groups they work with.",
    "other": "A recipient may not deliver, or may close. Nothing is paid before the agreement is signed, and "
    "the office follows what each recipient reports.",
}
"""What stands in a decision report of either fund, by the code of its heading."""
PRIORITIES = {
    "Active Citizens Fund": "The awards serve the prevention of crime and the priorities of each area. The "
    "panel marked each application on how far it does, and none below the minimum is funded.",
    "Victims Fund": "The awards serve the aim that victims of crime cope and recover. It is one of the "
    "checks that every application must pass.",
}
"""What stands there under the priorities of the Police and Crime Plan, by the fund."""


OTHERWISE = {
    "Victims Fund": {
        "equality": "Some projects are for children, for women or for one community that services reach "
        "least. Each recipient says in its application whom it reaches, and reports on it.",
        "engagement": "The call was published on the office's website. Applicants say how they reach "
        "victims, and the panel marked that.",
    }
}
"""What stands there instead, by the fund."""


def write_round_words(record: "Record", round_id: int, fund: str, officer: Actor, today: date) -> None:
    """Set when a round took applications in, and write what its call and its decision report say."""
    for area, before in record.ask(partial(area_dates, round_id=round_id)).items():
        record.perform(SetAreaDates(round_id, area, TOOK_IN, before), officer)
    hear_by = full_day(working_day_from(today + timedelta(days=HEAR_DAYS)))
    call = (("about", ABOUT[fund]), ("how", HOW), ("hear_by", hear_by))
    report = (*{**REPORT, **OTHERWISE.get(fund, {})}.items(), ("priorities", PRIORITIES[fund]))
    for paper, texts in (("call", call), ("decision-report", report)):
        record.perform(SetPaperTexts(round_id, paper, "", texts), officer)
