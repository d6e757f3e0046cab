"""A joint step in the window: two people sign in either order, and what one changes the other signs."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.decisions.state import DECIDED
from gui.pages.page import Identity
from models.operations.set_up.people import NameSignatories
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.set_up.rounds import round_line
from models.values.rounds import RoundKey
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.deciding import at_page, make_joint, record_answers, said_on
from tests.gui.pressing import answer, answer_to, box_of, page_of
from tests.models.rounds import application, import_operation

CORA, ABE = Identity("Cora Command", "decider"), Identity("Abe Envoy", "decider")


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    """A window on the decisions of an area that commander and ambassador decide jointly."""
    return at_page(window, make_joint(tmp_path / "Joint.panel"), CORA, "decisions")


def record_all(window: Window, notice: str = "") -> DataForm:
    """Take every line as recommended and record it; return what was asked."""
    page = page_of(window, DecisionsPage)
    page.all_agreed.click()
    for line in [one for one in page.lines if one.pending is None]:
        page.show_reference(line.reference)
        page.office.reason.setPlainText("Fewer break-ins on the estate.")
        page.office.as_recommended.click()
    return record_answers(window, page, notice)


def nobody_is_named_to_sign(shown: Window, page: DecisionsPage) -> None:
    """Who may name them is led there: a name chosen at the foot alone signs nothing."""
    page._facts = replace(page._facts, signatories=())
    page._show_found()
    assert page.go_on.text() == "Who signs…"
    page.go_on.click()
    asked = box_of(shown, DataForm)
    asked.finished.emit(1)  # a name that is refused shows it again
    asked.reject()
    assert shown.main.pages.key == "decisions", "one goes on where the name was wanted"


def test_either_signs_first_and_the_second_decides_under_a_notice(shown: Window) -> None:
    page = page_of(shown, DecisionsPage)
    assert [chip.text() for chip in page.chain.chips] == [
        "Panel signed",
        "Area commander and Community Ambassador waiting",
    ]
    assert not page.go_on.isVisible()
    shown.main.tools.use_as(Identity("Grace Okoro", "officer"))
    nobody_is_named_to_sign(shown, page)
    shown.main.tools.use_as(CORA)

    first = record_all(shown)
    assert "notice" not in first.fields
    assert "This line waits for the Community Ambassador." in said_on(page.office)
    shown.main.tools.use_as(ABE)
    second = record_all(shown, "031/2026")

    assert "notice" in second.fields
    assert all(line.is_decided for line in page.lines)
    assert "Cora Command" in said_on(page.office)
    assert "Abe Envoy" in said_on(page.office)
    shown.main.tools.use_as(Identity("Grace Okoro", "officer"))
    assert DECIDED in said_on(page.office)


def test_what_one_changes_waits_for_the_other_again(shown: Window) -> None:
    page = page_of(shown, DecisionsPage)
    record_all(shown)
    shown.main.tools.use_as(ABE)
    reference = page.lines[0].reference
    page.show_reference(reference)
    page.office.change.click()
    said = {"outcome": "Part-fund", "amount": "1,000", "scope": "all but one", "reason": "one session fewer"}
    if "words" in box_of(shown, DataForm).fields:
        said["words"] = "Fewer break-ins on the estate."
    answer(shown, **said)
    page.record.click()
    assert "notice" not in box_of(shown, DataForm).fields, "it decides nothing yet"
    answer(shown, interests="none")

    line = next(one for one in page.lines if one.reference == reference)
    assert line.waits.posts == ("Area commander",)
    page.show_reference(reference)
    page.office.take_back.click()
    box_of(shown, ConfirmDialog).do.click()
    line = next(one for one in page.lines if one.reference == reference)
    assert line.waits.posts == ("Community Ambassador",)


def test_who_signs_elsewhere_is_told_where(shown: Window) -> None:
    shown.main.tools.use_as(Identity("Grace Okoro", "officer"))
    cora = Signatory("Cora Command", "decider", "Area commander", ("Coventry",))
    shown.workspace.perform(NameSignatories(1, (cora,), reason="Others sign there."))
    shown.main.tools.use_as(CORA)
    page = page_of(shown, DecisionsPage)

    assert "Cora Command signs for Coventry, and" in said_on(page.office)
    assert not page.office.as_recommended.isVisible()


def test_who_signs_is_said_on_the_panel_page_seat_by_seat(shown: Window) -> None:
    shown.main.tools.use_as(Identity("Grace Okoro", "officer"))
    shown.main.tools.go("panel")
    page = shown.main.pages.page("panel")
    page.signers.click()  # type: ignore[attr-defined]
    asked = box_of(shown, DataForm)
    seats = {field.words: asked[field.name] for field in asked.form.named}
    assert seats["Area commander, Wolverhampton"].text() == "Cora Command"
    coventry = seats["Community Ambassador, Coventry"]

    for name, fault in (
        ("Cora Command", "has two posts."),
        ("Priya Nair", "chairs the panel and signs for it."),
        ("Tom Hale", "sits on the panel, and nobody both scores and decides."),
    ):
        coventry.setText(name)
        asked.do.click()
        assert f"{name} {fault}" in asked.problem.text()
    coventry.setText("Abe Envoy")
    seats["Community Ambassador, Wolverhampton"].setText("Una Deputy")
    asked.do.click()
    assert asked.problem.text().startswith("Signing has begun. Say why who signs is changed now")
    seats["Community Ambassador, Wolverhampton"].setText("Abe Envoy")
    asked.do.click()  # an empty post is filled: nothing is changed

    found = answer_to(shown, lambda session: signatories(session, 1))
    assert [(one.name, one.areas) for one in found] == [
        ("Cora Command", (WOLVERHAMPTON,)),
        ("Abe Envoy", (WOLVERHAMPTON, "Coventry")),
    ]


def test_an_area_that_came_in_late_is_offered_to_who_names_the_signers(shown: Window) -> None:
    shown.main.tools.use_as(Identity("Grace Okoro", "officer"))
    line = answer_to(shown, lambda session: round_line(session, 1))
    late = replace(
        import_operation(application(28, area="Newtown"), areas=("Newtown",)),
        round=RoundKey(line.fund_code, line.year, line.name),
    )
    shown.workspace.perform(late)
    shown.main.tools.go("panel")
    page = shown.main.pages.page("panel")
    page.signers.click()  # type: ignore[attr-defined]
    asked = box_of(shown, DataForm)
    seats = {field.words: asked[field.name] for field in asked.form.named}

    seats["Area commander, Newtown"].setText("Nell New")
    asked.do.click()

    found = answer_to(shown, lambda session: signatories(session, 1))
    assert ("Nell New", ("Newtown",)) in [(one.name, one.areas) for one in found]


def test_what_is_answered_in_one_area_stays_while_another_is_on_show(shown: Window) -> None:
    page = page_of(shown, DecisionsPage)
    page.show_reference(page.lines[0].reference)
    page.office.use.click()
    page.office.as_recommended.click()
    place = page.answer.place

    page.show_place(replace(place, area="Coventry"))
    assert page.lines == ()
    assert page.record.isHidden(), "what is recorded is what is on show"
    page.show_place(place)

    assert page.record.text() == "Record 1 answer…"


def test_the_first_to_give_money_says_why_and_writes_on_without_losing_the_change(shown: Window) -> None:
    page = page_of(shown, DecisionsPage)
    line = next(one for one in page.lines if one.current.amount_pence is None)
    page.show_reference(line.reference)
    page.office.change.click()
    asked = box_of(shown, DataForm)
    assert "words" in asked.fields, "nobody has said why it gets money"
    said = {"outcome": "Part-fund", "amount": "1,000", "scope": "half", "reason": "a pot is left"}
    answer(shown, **said, words="Fewer fires.")

    page.show_reference(line.reference)
    page.office.reason.setPlainText("Fewer fires on the estate.")

    kept = next(one for one in page.lines if one.reference == line.reference).pending
    assert kept is not None
    assert (kept.verdict, kept.amount_pence, kept.reason) == ("change", 100_000, "Fewer fires on the estate.")
    assert page.office.reason.toPlainText() == "Fewer fires on the estate."
    assert page.office.reason.accessibleName() == "Why it reduces crime or helps victims"
