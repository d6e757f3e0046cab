"""One migration a file, named by the format number it leads to: 0001_..., 0002_...."""
