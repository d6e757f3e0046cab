"""What a program says when its window is painted."""

SHOWN = "shown"
