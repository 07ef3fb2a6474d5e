"""FEEL beside two other engines: the same questions, asked in a process of each one's own environment."""
