"""Processes 流程: where a case can stand, who acts there, where each answer leads."""
