"""Setting by the command when a round closes, how it is marked, and who allows money over a pot."""

from datetime import datetime
from pathlib import Path

from scoring.written.days import short_day
from tests.cli.conftest import Run


def test_days_marking_and_authority_are_set_whole_or_not_at_all(record: Path, run: Run) -> None:
    def of_round(*words: str) -> str:
        ran = run("round", record, "--round", "Autumn", *words)
        return ran.out if ran.status == 0 else ran.err

    areas = [one["area"] for one in run("round", record, "--round", "Autumn", "--json").json["areas"]]
    before, (first, second) = of_round(), areas[:2]
    allow = ("--area", first, "--allow", "250.50")

    for words, why in (
        (("--area", "Mars", "--closes", "2026-11-26"), "The round has no area 'Mars'"),
        (("--closes", "soon"), "“soon”"),
        (("--closes", "2026-11-26", "--closes-at", "noonish"), "“noonish” is no time of day."),
        (("--closes-at", "17:00"), f"{first}: a closing time needs a closing date."),
        (("--opens", "2026-12-01", "--closes", "2026-11-26"), "applications close before applications open"),
        (("--marking", "SECRET"), "“SECRET” is not a marking."),
        (("--marking", "OFFICIAL", "--meets", "2026-12-09"), "each with a command of its own"),
        (("--on", "2025-06-16"), "Give --on with --allow."),
        ((*allow, "--by", "Jo Ali, PCC", "--on", "2028-04-01"), "1 April 2028 is still to come."),
        (("--allow", "250"), "Say with --area over which area's pot"),
        ((*allow, "--by", "Jo Ali"), 'with --by "NAME, POST"'),
        ((*allow, "--by", "Jo Ali, PCC"), "Say why it is allowed"),
    ):
        assert why in of_round(*words), words
    assert of_round() == before, "what was refused changed nothing"

    of_round("--closes", "26 November 2026", "--closes-at", "5pm", "--marks-close", "2026-12-02")
    of_round("--area", second, "--meets", "2026-12-09", "--closes-at", "", "--allocated", "2026-11-20")
    of_round("--marks-close", "", "--area", first)
    told = of_round(*allow, "--by", "Jo Ali, PCC", "--reason", "Need", "--on", "2025-06-16")
    on = datetime.now().astimezone().date()
    assert (
        f"allows £250.50 over the pot of {first} since 16 Jun 2025, recorded on {short_day(on)}: Need" in told
    )
    of_round("--marking", "OFFICIAL-SENSITIVE")

    found = run("round", record, "--round", "Autumn", "--json").json
    assert found["marking"] == "OFFICIAL-SENSITIVE"
    days = ("opens_on", "closes_on", "closes_at", "marks_close_on", "meets_on", "allocated_on")
    at = {one["area"]: tuple(one[day] for day in days) for one in found["areas"]}
    assert at[first] == (None, "2026-11-26", "17:00", None, None, None)
    assert at[second] == (None, "2026-11-26", None, "2026-12-02", "2026-12-09", "2026-11-20")
    assert found["areas"][0]["allowed"] == [
        {
            "amount": "250.50",
            "name": "Jo Ali",
            "post": "PCC",
            "reason": "Need",
            "on": "2025-06-16",
            "recorded_on": on.isoformat(),
        }
    ]
    assert "250.50" not in of_round("--area", second)
    assert run("verify", record).status == 0


def test_a_round_is_started_before_anybody_applied_and_its_call_is_issued(run: Run, tmp_path: Path) -> None:
    office, book, call = tmp_path / "new.panel", tmp_path / "round.xlsx", tmp_path / "call.pdf"
    assert run("new", office, "--office", "Office of Westmarch").status == 0
    start = ("round", office, "--round", "Spring", "--start")
    days = ("--opens", "2026-11-02", "--closes", "2026-11-26", "--closes-at", "17:00")
    pots = ("--pot", "North, Quayside and Marsh=12,000.50", "--pot", "South=9000")

    for words, why in (
        ((), "with --fund and --year of which"),
        (("--fund", "ACF", "--year", "2026/27", "--marking", "OFFICIAL"), "Set the rest once it is there."),
        (("--fund", "ACF", "--year", "2026/27", "--pot", "South"), "“South” is not an area with an amount."),
    ):
        assert why in run(*start, *words).err
    assert "Give --pot with --start" in run("round", office, "--round", "Spring", *pots).err
    started = run(*start, "--fund", "acf", "--year", "2026/27", *days, *pots)
    assert "2 areas with £21,000.50 in their pots" in started.out
    assert run("save", office, "--round", "Spring", book).status == 0
    assert run("load", office, book, "--replace").status == 0
    assert run("export", office, "call", "--round", "Spring", "--issue", "--out", call).status == 0
    assert "is there already" in run(*start, "--fund", "ACF", "--year", "2026/27").err
    assert run("verify", office, "--against", call).status == 0
