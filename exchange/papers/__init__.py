"""The papers: each as a PDF, workbook, document or list, how they are read back and compared.

Does not belong here: the values they are written from (`models.papers`).
"""
