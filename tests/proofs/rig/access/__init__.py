"""Who reads what he may not 越权查验: a district with planted values, posts that look everywhere, and the rule beside it."""
