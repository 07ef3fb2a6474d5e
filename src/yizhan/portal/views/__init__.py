"""The portal's pages, one file a subject."""
