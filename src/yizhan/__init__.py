"""Yizhan 一站: the open one-stop government platform for a district."""

__version__ = "0.1.0"
