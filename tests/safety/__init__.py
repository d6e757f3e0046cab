"""The table of safety goals, row by row, and the tests of those rows that belong to no one package."""
