"""Who may end a contract on its break: either side by the usual clause, else whom the office's own lets."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.set_up.fund_changes import SetFund
from models.papers.order import PaperOrder
from models.queries.awards.agreements import grant_agreement
from models.queries.papers.letters import letters
from models.queries.papers.notices.notice import notice
from models.queries.papers.transparency.lists import publication
from models.queries.set_up.funds import fund_rules
from models.record import Record
from models.reference.clauses import ENDING, USUAL_CLAUSES, Clause
from tests.models.operations.awards.proposals import award, direct
from tests.models.rounds import OFFICER, set_up_office

NOW = datetime(2026, 12, 20, tzinfo=UTC)
USUAL = next(one for one in USUAL_CLAUSES if one.code == ENDING)
ONE_SIDED = (
    "Ending this agreement: We may end it with three months’ notice. You may not end it before its end."
)
GOES_ON = f"{USUAL.words} After the first year either side may end it with 7 days’ notice."
BREAK = "The contract has a break on 1 May 2027: "
EITHER = "either side may end it then, with the notice in writing that its agreement asks for."
AS_IT_SAYS = "it may be ended then as its clause on ending says."


@pytest.mark.parametrize(
    ("clause", "condition", "told"),
    [
        (None, EITHER, "Either side may end it early on 1 May 2027."),
        (USUAL, EITHER, "Either side may end it early on 1 May 2027."),
        *(
            (
                Clause(ENDING, own),
                AS_IT_SAYS,
                "It may be ended early on 1 May 2027 as its clause on ending says.",
            )
            for own in (ONE_SIDED, GOES_ON)
        ),
        (
            Clause(ENDING, ONE_SIDED, is_retired=True),
            "it may be ended then.",
            "ended early on 1 May 2027. It is",
        ),
    ],
)
def test_papers_say_either_side_only_where_the_usual_clause_lets_either(
    record: Record, clause: Clause | None, condition: str, told: str
) -> None:
    set_up_office(record)
    made, of = award(record), direct(record)
    rules = record.ask(partial(fund_rules, fund_id=1))
    own = () if clause is None else (Clause("use", "Use: For the project."), clause)
    record.perform(SetFund(rules.code, replace(rules, clauses=own), rules), OFFICER)

    agreed = record.ask(partial(grant_agreement, order=PaperOrder("agreement", NOW, of, award=made)))
    (letter,) = record.ask(partial(letters, order=PaperOrder("letters", NOW, of))).letters
    (listed,) = record.ask(
        partial(publication, order=PaperOrder("publication", NOW, period="2026/27"))
    ).awards
    noticed = record.ask(partial(notice, order=PaperOrder("notice", NOW, of, notice="040/2026")))

    assert f"{BREAK}{condition}" == agreed.conditions[-1] == letter.conditions[-1] == listed.conditions[-1]
    assert told in noticed.background[0]
    text = dict(agreed.clauses).get("Ending this agreement", "")
    if condition == EITHER:
        assert text == USUAL.text.replace(" in writing.", " in writing, to end on its break, 1 May 2027.")
    else:
        assert text == (clause.text if clause and not clause.is_retired else ""), (
            "an office's words are its own"
        )
