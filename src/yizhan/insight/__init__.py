"""Supervision and analysis 监察与分析: reads what the house does, and never changes it."""
