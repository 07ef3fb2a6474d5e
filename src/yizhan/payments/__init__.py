"""Paying out 发放: who is entitled to what, and the list of each month. Collecting fees 收费 comes later."""
