"""What the head of a paper says of the office."""

from scoring.schedule.values import Letterhead


def test_an_office_is_reached_by_what_it_said_in_one_order() -> None:
    letterhead = Letterhead("1 Made-up Street,\n\n Anytown ", "01632 960000", website="office.example")

    assert letterhead.reached == ("1 Made-up Street, Anytown", "01632 960000", "office.example")
    assert Letterhead().reached == ()
