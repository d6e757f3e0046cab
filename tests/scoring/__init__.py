"""The sums, held to worked answers and to the rules in general."""
