"""Importing the directory 组织目录导入: units, posts and staff from CSV files.

``preview`` says what a file would change and what is wrong with it; ``load`` does it, wholly or not at all.
Both look at every row. The same file loaded twice changes nothing the second time.
"""

from yizhan.identity.directory.loading import KINDS, load, preview, template
from yizhan.identity.directory.reading import FileRefused
from yizhan.identity.directory.report import Reject, Report

__all__ = ["KINDS", "FileRefused", "Reject", "Report", "load", "preview", "template"]
