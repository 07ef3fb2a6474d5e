"""Rehearsing packs 演练: worked examples of cases' whole lives, run by the house's own verbs and undone."""
