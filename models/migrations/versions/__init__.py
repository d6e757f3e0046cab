"""One migration a file, named by the format number it leads to: 0028_..., 0029_....

Formats 1 to 27 were those of builds before the first release; their records are refused.
"""
