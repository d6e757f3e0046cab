"""`grant-panel award`: listed, proposed without a competition, agreed, paid, and refused."""

from functools import partial
from pathlib import Path

import pytest

from models.queries.awards.direct_awards import direct_awards
from models.record import Opener, Record
from tests.cli.conftest import Run
from tests.cli.decided_rounds import SIGNED_BY

ACF, YEAR = "Active Citizens Fund", "2026/27"
AWAY = ("--unsigned-because", "The commander is away.")
FIRST = "ACF-D26-001"
MADE = ("--fund", "ACF", "--year", YEAR, "--recipient", "Westmarch Youth Boxing", "--project", "Evening gym")
ADD = (*MADE, "--amount", "12,000", "--reason", "It keeps young people off the street at night.")


@pytest.fixture
def office(empty: Path) -> Path:
    """An office with its funds and no round."""
    return empty


@pytest.fixture
def proposed(office: Path, run: Run) -> Path:
    """The same with a council's share proposed."""
    run("award", office, "add", *ADD, "--route", "council-share")
    return office


CHIEF = (*AWAY, "--as", "Cora Chief", "--post", "Chief Executive")
NOTICE = ("--notice", "031/2026", "--on", "2026-11-02")


def test_an_award_is_proposed_signed_and_shown_with_its_contract(office: Path, run: Run) -> None:
    contract = (
        *("--starts", "2026-11-01", "--ends", "2027-10-31"),
        *("--option-years", "2", "--break-on", "2027-05-01"),
    )
    onward = ("--onward", "Allotment Friends", "1,500", "tools")

    added = run("award", office, "add", *ADD, "--route", "third-party-manager", *contract, *onward, "--json")

    assert (added.status, added.json["application"], added.json["state"]) == (0, FIRST, "proposed")
    assert added.json["onward_grants"] == [
        {"recipient": "Allotment Friends", "amount": "1500.00", "purpose": "tools"}
    ]
    assert (added.json["break_on"], added.json["option_years"]) == ("2027-05-01", 2)
    assert "waits for the Commander" in run("award", office, "list").out
    sign = ("award", office, "sign", FIRST, *CHIEF)
    nobody = run(*sign).err
    assert "Cora Chief is not recorded as one who signs ACF-D26-001, which waits for the Commander" in nobody
    assert '--round "Awards without a competition" --fund ACF --year 2026/27 --set POST=NAME' in nobody
    other = ("--notice", "031/2026", "--on", "2026-11-02", "--post", "Head of Finance")
    assert (
        "“Head of Finance” does not sign this step: it waits for the Chief Executive"
        in run(*sign, *other).err
    )
    assert "1 April 2028 is still to come" in run(*sign, *NOTICE[:3], "2028-04-01").err
    signed = run(*sign, *NOTICE, "--json").json
    assert (signed["award"], signed["amount"], signed["decided_on"]) == ("A-031-01", "12000.00", "2026-11-02")
    assert "Nothing waits for a signature" in run(*sign, "--notice", "032/2026").err
    agreed = (
        *("--agreement", "--drawn-elsewhere", "--on", "2026-11-03"),
        *("--for-recipient", "Pat Example, Chair", "--held", "Safe"),
    )
    one_side = run("award", office, "sign", "A-031-01", *agreed)
    assert "signed when both sides have signed. Name who signed, with --for-office" in one_side.err
    for typed in ("Dan Decides", "Dan Decides, ", ", Chief Executive"):
        half = run("award", office, "sign", "A-031-01", *agreed, "--for-office", typed)
        assert '--for-office "NAME, POST"' in half.err
    agreed = (*agreed, "--for-office", "Dan Decides, Chief Executive")
    said = run("award", office, "sign", "A-031-01", *agreed)
    assert said.status == 0
    assert "It is recorded as signed by Dan Decides, Chief Executive; and Pat Example, Chair." in said.out
    assert run("award", office, "subsidies", "--json").json == {"subsidies": []}
    assert "No award is a subsidy above" in run("award", office, "subsidies").out
    shown = run("award", office, "show", "A-031-01").out
    assert "Contract: 1 Nov 2026 to 31 Oct 2027, then 2 option years" in shown
    assert "Agreed on 3 Nov 2026" in shown
    assert "Passed on: £1,500.00 to Allotment Friends, tools" in shown
    # The tests run on 31 March 2028: what waits for the signature was due thirty days after it.
    assert "Instalment 1: £12,000.00, agreement signed, late, since 3 Dec 2026" in shown
    paid = run("award", office, "pay", "A-031-01", "--as", "Finn Pays")
    assert (paid.status, "Only finance authorises payments" in paid.err) == (1, True)
    late = run("award", office, "pay", "A-031-01", "--on", "2028-04-01").err
    assert "A payment is dated the day it was made" in late
    late = run("award", office, "sign", "A-031-01", *agreed[:3], "2028-04-01").err
    assert "An agreement is dated the day it was signed" in late
    assert run("verify", office).status == 0


def test_one_signature_is_on_several_proposals_under_one_notice(office: Path, run: Run) -> None:
    for amount in ("12,000", "300"):
        what = ("--amount", amount, "--reason", "It is safe", "--route", "council-share")
        run("award", office, "add", *MADE, *what)
    sign = ("award", office, "sign", FIRST, *CHIEF)
    second = ("--with", "ACF-D26-002")

    twice = run(*sign, *NOTICE, "--with", FIRST)
    signed = run(*sign, *NOTICE, *second)

    assert "does not wait for the same signature" in twice.err
    assert (signed.status, signed.out) == (0, "2 proposals decided, £12,300.00 in all.\n")
    made = run("award", office, "list", "--json").json["awards"]
    assert [(line["award"], line["notice"]) for line in made] == [
        ("A-031-01", "031/2026"),
        ("A-031-02", "031/2026"),
    ]
    assert "agreement of its own" in run(*sign, "--agreement", "--drawn-elsewhere", *second).err


def test_an_extension_goes_to_whom_its_award_went_and_is_written_to_there(office: Path, run: Run) -> None:
    reached = ("--company-number", "124356", "--postcode", "cv11aa", "--email", "a@b.example")
    run("award", office, "add", *ADD, "--route", "council-share", *reached)
    run("award", office, "sign", FIRST, *CHIEF, *NOTICE)
    what = ("--fund", "ACF", "--year", YEAR, "--project", "More nights", "--amount", "10", "--reason", "Safe")

    extends = ("--route", "extension", "--extends", "A-031-01", "--email", "c@d.example")
    run("award", office, "add", *what, *extends)

    with Record.open(office, Opener("Olive Officer", "a test")) as record:
        *_, found = record.ask(partial(direct_awards, round_id=1)).values()
    assert (found.organisation, found.company_number) == ("Westmarch Youth Boxing", "00124356")
    assert (found.postcode, found.email) == ("CV1 1AA", "c@d.example")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--route", "single-tender"), "A single tender needs its reason"),
        (("--route", "council-share", "--set", "colour=red"), "“colour” is not a list of the fund"),
        (("--route", "third-party-manager", "--onward", "A", "13,000", "b"), "£1,000.00 more than the award"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_nothing_is_made(
    office: Path, run: Run, arguments: tuple[str, ...], words: str
) -> None:
    ran = run("award", office, "add", *ADD, *arguments)

    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err
    assert run("award", office, "list", "--json").json["awards"] == []


def test_an_award_over_its_areas_money_says_who_allows_it(office: Path, run: Run) -> None:
    of = ("--fund", "ACF", "--year", "2026/27")
    run("budget", office, *of, "--allocate", "Coventry=100")
    add = ("award", office, "add", *ADD, "--route", "council-share", "--area", "Coventry")

    assert (
        "and nobody allows that yet. Lower the amount, or record who allows it with --allow" in run(*add).err
    )
    who = ("--allow", "1000000", "--allowed-because", "One provider is left.", "--allowed-by")
    assert "Give the name and the post of the person who allows it" in run(*add, *who, "Jo Sample").err
    by = ("Jo Sample, Commissioner",)
    assert "this takes £11,900.00 more than is allowed" in run(*add, *who, *by).err  # £12,000 of £100
    done = run(*add, "--allow", "11900", *who[2:], *by).out
    assert "is proposed" in done
    assert "Allowed by Jo Sample, Commissioner: £11,900.00 over the money of Coventry" in done

    more = ("award", office, "set", FIRST, "--amount", "13,000", "--why", "a dearer provider")
    run(
        "budget", office, *of, "--allow", "Coventry=1", "--reason", "Less.", "--by", "Jo Sample, Commissioner"
    )
    assert "nobody allows that yet" in run(*more).err
    assert "Allowed by Jo Sample, Commissioner: £" in run(*more, "--allow", "999", *who[2:], *by).out


def test_a_proposal_is_changed_and_withdrawn_with_its_reasons(proposed: Path, run: Run) -> None:
    change = ("award", proposed, "set", FIRST, "--amount", "9,000", "--ends", "2027-10-31")

    assert "Say why ACF-D26-001 is changed" in run(*change).err
    changed = run(*change, "--why", "a smaller scheme", "--json").json
    assert (changed["amount"], changed["ends_on"], changed["state"]) == ("9000.00", "2027-10-31", "proposed")
    assert "already has that" in run(*change, "--why", "again").err
    assert "Say why ACF-D26-001 is withdrawn" in run("award", proposed, "withdraw", FIRST).err
    gone = run("award", proposed, "withdraw", FIRST, "--reason", "the provider closed", "--json").json
    assert gone["state"] == "withdrawn"


def test_subsidy_control_is_recorded_step_by_step(proposed: Path, run: Run) -> None:
    control = ("award", proposed, "subsidy", FIRST)
    early = run(*control, "--kind", "minimal").err
    run("award", proposed, "sign", FIRST, *CHIEF, *NOTICE)

    nothing = run(*control)
    unsaid = run(*control, "--notified-on", "2026-11-03").err
    run(*control, "--kind", "minimal", "--declared", "1,000", "--declared-on", "2026-11-03")
    late = run(*control, "--notified-on", "2028-04-01").err
    run(*control, "--notified-on", "2026-11-04")
    done = run(*control, "--confirmed-on", "2026-11-05", "--confirmed-by", "Pat Example", "--json").json

    assert "is not decided yet" in early
    assert nothing.out == "Subsidy control of A-031-01: not recorded.\n"
    assert "First say what the award is" in unsaid
    assert "A step of subsidy control is dated the day" in late
    assert done["subsidy"] == {
        "kind": "minimal",
        "reason": "",
        "declared": "1000.00",
        "declared_on": "2026-11-03",
        "notified_on": "2026-11-04",
        "confirmed_on": "2026-11-05",
        "confirmed_by": "Pat Example",
        "waits_for": "",
    }
    assert "Subsidy control: minimal financial assistance" in run("award", proposed, "show", FIRST).out
    assert run(*control, "--remove", "--json").json["subsidy"] is None


def test_a_recipient_is_withheld_from_the_public_and_named_again(proposed: Path, run: Run) -> None:
    withhold = ("award", proposed, "withhold", FIRST)
    decided = ("--by", "Cora Chief", "--post", "Chief Executive")
    said = ("--ground", "safety", "--reason", "A refuge.", *decided)
    early = run(*withhold, *said).out
    assert run("award", proposed, "withhold", "ACF-999").err.startswith(
        "There is no award and no application"
    )
    run(*withhold, "--remove")
    run("award", proposed, "sign", FIRST, *CHIEF, *NOTICE)

    named = run(*withhold).out
    part = run(*withhold, "--ground", "safety").err
    done = run(*withhold, *said, "--word", "Willow House", "--json").json["withheld"]
    shown = run("award", proposed, "show", FIRST).out
    again = run(*withhold, "--remove", "--json").json["withheld"]

    assert early == (
        f"On public lists the recipient of {FIRST} is not named: Withheld: the safety of people.\n"
    )
    assert named == "Recipient of A-031-01: named in public.\n"
    assert "all of --ground, --reason, --by and --post" in part
    assert done == {
        "ground": "safety",
        "printed": "Withheld: the safety of people",
        "reason": "A refuge.",
        "by": "Cora Chief",
        "post": "Chief Executive",
        "words": ["Willow House"],
    }
    assert (
        "In public Withheld: the safety of people (decided by Cora Chief, Chief Executive: A refuge)" in shown
    )
    assert again is None


def test_what_is_agreed_is_set_as_a_whole_printed_and_keeps_its_numbers(decided: Path, run: Run) -> None:
    agree = ("award", decided, "agree", "A-031-01")
    assert "1,0 is no figure to reach, such as 40" in run(*agree, "--output", "Sessions=1,0").err
    assert "There is no award A-099-01 in this record." in run(*agree[:3], "A-099-01", "--outcome", "x").err
    assert run(*agree).out == "Nothing is agreed on A-031-01 yet.\n"

    first = run(*agree, "--outcome", "Fewer calls about the park", "--output", "Sessions held=1,040")
    again = run(*agree, "--output", "Volunteers trained=6", "--output", "Sessions held=48")

    assert first.out == "2 outputs and outcomes are agreed on A-031-01.\n"
    assert again.status == 0
    assert run(*agree).out.splitlines() == [
        "Agreed on A-031-01:",
        "Sessions held: 48",
        "Volunteers trained: 6",
    ], "what stood before comes first, with the number by which returns tell of it"
    assert run("verify", decided).status == 0


def test_an_award_is_paid_in_the_parts_of_a_profile_until_its_agreement_is_signed(
    decided: Path, run: Run
) -> None:
    change = ("award", decided, "profile", "ACF-001", "--profile")
    award = run(*change, "halves", "--json").json

    assert [part["amount"] for part in award["instalments"]] == ["2250.28", "2250.27"]  # of 4500.55
    unknown = run(*change, "thirds")
    assert "no payment profile “thirds”. Its profiles: " in unknown.err
    agreed = run("award", decided, "sign", "ACF-001", "--agreement", "--drawn-elsewhere", *SIGNED_BY)
    assert agreed.status == 0, agreed.err
    signed = run(*change, "full")
    assert (signed.status, "Vary the award to pay it another way" in signed.err) == (1, True)
    assert run("verify", decided).status == 0


def test_an_agreement_that_was_never_issued_is_not_signed_without_a_word(decided: Path, run: Run) -> None:
    sign = ("award", decided, "sign", "ACF-001", "--agreement", *SIGNED_BY)

    refused = run(*sign)

    assert refused.status == 1
    assert "was never issued from this record. Issue it first with export … agreement --issue" in refused.err
    assert "--drawn-elsewhere" in refused.err
    out = decided.parent / "agreement.pdf"
    of = ("--round", "Autumn", "--award", "ACF-001", "--issue", "--out", out)
    assert run("export", decided, "agreement", *of).status == 0
    assert run(*sign).status == 0


def test_an_agreement_is_signed_by_named_people_of_both_sides(decided: Path, run: Run) -> None:
    sign = ("award", decided, "sign", "ACF-001", "--agreement", "--drawn-elsewhere")
    recipient = ("--for-recipient", "Rosa Recipient, Chair")

    unnamed = run(*sign)
    assert unnamed.status == 1
    assert 'with --for-office "NAME, POST" and --for-recipient "NAME, POST"' in unnamed.err
    assert 'with --for-office "NAME, POST".' in run(*sign, *recipient).err
    run(
        "signatories",
        decided,
        "--round",
        "Autumn",
        "--set",
        "Chief Executive=Dan Decides",
        "--because",
        "New.",
    )
    assert run(*sign, "--as", "Dan Decides").status == 1, "nobody is named for the recipient"
    # whoever acts is taken for the office's signature where they are recorded as one who signs
    assert 'with --for-office "NAME, POST".' in run(*sign, *recipient).err
    assert run("office", decided, "--set", "chief_executive_name=Grace Okoro").status == 0
    agreed = run(*sign, *recipient, "--as", "Grace Okoro")
    assert "signed by Grace Okoro, Chief Executive; and Rosa Recipient, Chair" in agreed.out, agreed.err
