"""The base register 基础库: persons, households, places; as-of history, provenance, one way to the data.

Services ask :func:`yizhan.registry.facts.facts` for values of a person and say for which purpose; nothing
else in the house reads personal data of the register.
"""
