"""Parts of the window's frame: header, sidebar, notice bar, strips, toast and search box.

Does not belong here: what fills them, which is in `gui.shell`.
"""
