"""What the registers' benchmark looks at: one file for each kind of figure."""
