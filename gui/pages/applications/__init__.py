"""The Applications page: what came in, its gates, what went before, duplicates, and the form by hand."""
