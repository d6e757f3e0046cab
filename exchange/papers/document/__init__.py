"""Papers in prose: one value for a paper's words and tables, written as a PDF or a Word document.

Belongs here: the blocks a paper is made of, and the two writers that set any paper made of them, so that
a notice, a report, minutes or a book look alike and its Word twin says the same. What a paper says does
not belong here; each paper makes its own blocks. The award schedule has writers of its own, since its
ten thousand lines need them.
"""
