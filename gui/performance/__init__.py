"""What keeps the window quick: imports, garbage collection, preloading, turns and slices of long work.

Does not belong here: anything that a person sees.
"""
