"""Workbooks and CSV that we write: cells, sheets, tables of rows, the finished file.

Does not belong here: what a paper says.
"""
