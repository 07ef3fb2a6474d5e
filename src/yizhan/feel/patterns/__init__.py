"""Regular expressions as XPath writes them 正则表达式, run in linear time: no pattern of a pack can hang.

``pattern(r"\\d{3}", "i")`` is compiled once; ``reading`` translates it for the library that runs it.
"""

from yizhan.feel.patterns.pattern import Pattern, pattern
from yizhan.feel.patterns.reading import PatternFault
from yizhan.feel.patterns.replacing import Replacement

__all__ = ["Pattern", "PatternFault", "Replacement", "pattern"]
