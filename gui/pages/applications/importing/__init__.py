"""The import wizard: file, sheet and headings, columns, check, summary. Nothing is written before."""
