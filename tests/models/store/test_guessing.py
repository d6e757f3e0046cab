"""How strong a passphrase is said to be: by what a guesser tries first, not by its length."""

import pytest

from models.store.passphrases import bits, checked, is_weak, one_spelling, strength_words, suggested
from scoring.written.text import Refused

EASY = (
    "aaaaaaaaaaaaaaaaaaaaaaaa",  # one character over and over
    "abcabcabcabcabcabcabc",  # the same three
    "abcdefghijklmnopqrstuvwxyz",  # the alphabet
    "zyxwvutsrqponmlkjih",  # and backwards
    "12345678901234567890",
    "98765432109876543210",
    "qwertyuiopasdfghjkl",  # rows of the keyboard
    "1qaz2wsx3edc4rfv",  # columns of it
    "1q2w3e4r5t6y7u8i",  # zigzag
    "poiuytrewqlkjhgfdsa",
    "passwordpassword",
    "Password123456!",
    "P@ssw0rdP@ssw0rd1",
    "letmeinletmein2026",
    "grant panel 2026",
    "police police office office",
    "01/01/1990 01/01/1990",
    "qwerty123456789",
    "sunshine monkey dragon summer",
    "the cat and the dog",
)


@pytest.mark.parametrize("passphrase", EASY)
def test_what_is_tried_first_is_too_weak_however_long(passphrase: str) -> None:
    assert len(passphrase) >= 14
    assert strength_words(passphrase) == "Too weak"
    with pytest.raises(Refused):
        checked(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("orbit kettle maple signal", "Fair"),
        ("correct horse battery staple", "Fair"),
        ("orbit kettle maple signal ridge canoe", "Strong"),
        ("x7$Kq9!vB2mZ4p8wQ3&nT", "Strong"),
    ],
)
def test_strength_follows_what_a_guesser_must_try(passphrase: str, words: str) -> None:
    assert strength_words(passphrase) == words


def test_words_drawn_at_random_are_one_however_they_are_typed() -> None:
    words = suggested()

    assert one_spelling(f" {words.title()}\t") == one_spelling(words.upper()) == words
    assert one_spelling("Orbit kettle maple") == "Orbit kettle maple"
    assert is_weak("the cat and the dog")


def test_six_random_words_are_always_strong() -> None:
    for _ in range(50):
        assert strength_words(suggested()) == "Strong"


def test_more_of_the_same_adds_next_to_nothing() -> None:
    assert bits("orbit kettle") - bits("orbit") > 10
    assert bits("orbit orbit orbit") - bits("orbit") < 7
    assert bits("") == 0


def test_a_long_paste_is_weighed_at_once() -> None:
    assert bits("x7$Kq9!vB2" * 500) < 200
