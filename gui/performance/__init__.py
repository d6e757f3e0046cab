"""What keeps the window quick: imports, garbage collection, preloading, slices of long work.

Does not belong here: anything that a person sees.
"""
