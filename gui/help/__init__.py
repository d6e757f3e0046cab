"""Help beside a page, and the search over pages, applications and the guide.

Does not belong here: the guide's text, which is in `resources/help`, and its page (`gui.pages.guide`).
"""
