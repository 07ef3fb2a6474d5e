"""Chinese text 汉字: tokens for search, pinyin, forms of names, keys for sorting. Pure, no database.

Searching and folding cost nothing to import. Readings need a dictionary of about 57 MB, which is loaded
when the first reading is asked for; see the README for where to ask.
"""

from yizhan.hanzi.folding import fold, is_han
from yizhan.hanzi.names import NameParts, name_parts, name_pinyin, name_words
from yizhan.hanzi.readings import initials, pinyin
from yizhan.hanzi.search import bigrams, query, query_tokens, tokens, vector
from yizhan.hanzi.sorting import name_sort_key, sort_key

__all__ = [
    "NameParts",
    "bigrams",
    "fold",
    "initials",
    "is_han",
    "name_parts",
    "name_pinyin",
    "name_sort_key",
    "name_words",
    "pinyin",
    "query",
    "query_tokens",
    "sort_key",
    "tokens",
    "vector",
]
