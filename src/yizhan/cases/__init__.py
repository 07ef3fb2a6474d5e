"""Cases 办件: the one unit of work, from the draft to the archive."""
