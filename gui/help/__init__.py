"""Help beside a page, the tour of the sample, the guide on paper, and the search over all of it.

Does not belong here: the guide's text, which is in `resources/help`, and its page (`gui.pages.guide`).
"""
