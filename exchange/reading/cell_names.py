"""Name cells as a spreadsheet does: F17, column H."""


def column_name(column: int) -> str:
    """Name a column counted from 1: 8 is "H", 27 is "AA"."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """Count a column named by letters from 1: "H" is 8."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """Name a cell by row and column counted from 1: row 17, column 6 is "F17"."""
    return f"{column_name(column)}{row}"
