"""The workbench's pages, one file a subject."""
