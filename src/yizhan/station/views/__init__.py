"""The window's pages, one file a subject."""
