"""The general window 综合受理: clerks take applications in for people who come in person."""
