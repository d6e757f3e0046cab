"""A report of a fault names types and places, never what somebody wrote."""

import pytest

from gui.shell.errors import report_of
from models.program import fault_lines, place_of

WORDS = "Allotment Friends, sort code 00-00-00"


def fault() -> BaseException:
    """Return a fault whose messages, notes, causes and groups all hold an applicant's words."""
    try:
        try:
            {}[WORDS]
        except KeyError as error:
            error.add_note(WORDS)
            raise ExceptionGroup(WORDS, [ValueError(WORDS), error]) from error
    except ExceptionGroup as error:
        return error


def test_it_holds_nothing_that_anybody_wrote_and_names_the_place_of_each_in_order_of_cause() -> None:
    found = fault()

    report, lines = report_of(found), fault_lines(found)

    assert "Allotment" not in report
    assert "00-00-00" not in report
    assert {"KeyError", "ValueError", "ExceptionGroup"} <= {*lines} & {*report.split()}
    assert place_of(found).startswith("test_fault_report.py:")
    assert lines[lines.index("KeyError") - 1].startswith("  tests/models/test_fault_report.py:")
    assert lines[-1] == "ExceptionGroup"
    assert lines.index("KeyError") < lines.index("ExceptionGroup")


def test_a_thousand_calls_are_cut_short() -> None:
    with pytest.raises(RecursionError) as raised:
        _deep()

    lines = fault_lines(raised.value)

    assert len(lines) < 60
    assert any("more calls" in line for line in lines)


def test_no_folder_of_a_person_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home of Ann")
    with pytest.raises(ZeroDivisionError) as raised:
        exec(compile("1 / 0", str(home / "secret.py"), "exec"), {})

    assert "home of Ann" not in "".join(fault_lines(raised.value))


def _deep() -> None:
    _deep()
