"""Three rules say when two names are the same, each for a question of its own."""

from scoring.written.names import alike_key, is_same_spelling, is_same_text, plain_words


def test_each_rule_forgives_more_than_the_one_before() -> None:
    for other, is_text, is_spelling, is_alike in (
        ("canal  SCOUTS ", True, True, True),
        ("CanalScouts", False, True, False),
        ("Ｃanal Scouts", False, True, False),
        ("The Canal-Scouts Ltd.", False, False, True),
        ("Canal Scout", False, False, False),
    ):
        name = "Canal Scouts"
        assert is_same_text(name, other) == is_text
        assert is_same_spelling(name, other) == is_spelling
        assert (alike_key(name) == alike_key(other)) == is_alike


def test_a_name_of_mere_forms_keeps_its_words() -> None:
    assert alike_key("The Charity Trust") == "the charity trust"
    assert plain_words("St Chad’s: tenants!") == "st chad s tenants"
