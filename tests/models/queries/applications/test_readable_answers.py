"""What a form's own tool wrote is no answer that a panel reads."""

from models.queries.applications.reading import readable_answers


def test_an_address_that_nobody_gave_is_not_read_beside_the_answers() -> None:
    told = (("Email", "anonymous"), ("Email", "choir@example.org"), ("What is it called?", "anonymous"))

    assert readable_answers(told) == told[1:]
