"""Whole cases through three engines: the product's own code, a hand-written state table, SpiffWorkflow."""
