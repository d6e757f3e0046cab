"""Small numbers in words, as sentences have them: "third of six"."""

_CARDINALS = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_OWN = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_OWN |= {"nine": "ninth", "twelve": "twelfth", "twenty": "twentieth"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def cardinal(number: int) -> str:
    """Return how many: "six" up to twenty, then "21"; `number` is nought or more."""
    return _CARDINALS[number] if number < len(_CARDINALS) else f"{number:,}"


def ordinal(number: int) -> str:
    """Return which one: "third" up to the twentieth, then "21st"; `number` is 1 or more."""
    if number < len(_CARDINALS):
        words = _CARDINALS[number]
        return _OWN.get(words, f"{words}th")
    is_teen = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if is_teen else _ENDINGS.get(number % 10, 'th')}"


def place_in_words(place: int, of: int, *, tied: bool) -> str:
    """Return "third of six", "equal third of six" where the place is shared, "the only one" of one."""
    if of == 1:
        return "the only one"
    return f"{'equal ' if tied else ''}{ordinal(place)} of {cardinal(of)}"
