"""The round workbook, read and written."""
