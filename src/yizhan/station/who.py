"""For whom the window is."""

CLERK = "platform.window_clerk"
"""The role of those who sit at a window 综合窗口人员."""
