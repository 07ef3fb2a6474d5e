"""Reading the papers of a case in tests."""

from __future__ import annotations

from yizhan.identity import scope
from yizhan.records import files
from yizhan.records.models import Paper
from yizhan.records.tests.reading import opened, text_of


def said_by(paper: Paper) -> str:
    """What a paper says, without its line breaks and spaces."""
    with scope.service(), files.open_for_reading(paper.original.file) as content:
        return "".join(text_of(opened(content.read())).split())
