"""Seals 印章: whose they are, who let them be used on what, and how a stranger can tell that a sealed file is genuine."""
