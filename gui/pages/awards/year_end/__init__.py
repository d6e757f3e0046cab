"""Year end: what was spent, what is carried forward by whose decision, and who was awarded."""
