"""The windows, driven by keys and clicks without a display."""
