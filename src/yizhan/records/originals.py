"""The file of a paper 正本: what the sheet says, the pages set from it, and the sealed file that is kept.

The same row gives the same pages, always, so that they can be set after the step that issued the paper, and again
where a worker was stopped between setting and sealing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from yizhan import journal
from yizhan.records import files, printing, typesetting
from yizhan.records.models import Original, Paper, StoredFile
from yizhan.records.typesetting import SealPlace, Sheet
from yizhan.releases.models import release


@dataclass(frozen=True)
class Says:
    """All that a paper says, in the order in which it is hashed."""

    template: str
    data: dict[str, Any]
    paper: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of template, data and elements: what is approved when a seal is approved."""
        said = [hashlib.sha256(self.template.encode()).hexdigest(), self.data, self.paper]
        return hashlib.sha256(
            json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        ).hexdigest()


class NotAsApproved(Exception):
    """The row no longer says what it said when it was issued; it is not set, and nobody's seal comes on it."""


def sheet_of(paper: Paper) -> Says:
    """What the paper says."""
    template = release(paper.release_id).raw("template", paper.document)
    return Says(template, paper.data, printing.elements_of(paper))


def pages_of(paper: Paper) -> Sheet:
    """The paper as it is given to the press.

    Raises:
        NotAsApproved: see there.
    """
    says = sheet_of(paper)
    if says.digest != paper.digest:
        raise NotAsApproved(str(paper.pk))
    return Sheet(says.template, paper.issued_at, says.data, printing.shown_on(paper))


def typeset(paper: Paper) -> bytes:
    """The pages of the paper as PDF/A-3, without seals; raises as :func:`typeset_with_places`."""
    return typeset_with_places(paper)[0]


def typeset_with_places(paper: Paper) -> tuple[bytes, list[SealPlace]]:
    """The pages of the paper as PDF/A-3, and where seals belong on them.

    Raises:
        NotAsApproved: see there.
        yizhan.records.fonts.FontsMissing: no fonts are installed.
        yizhan.records.typesetting.CharacterMissing: a name has a character that no font has.
        yizhan.records.typesetting.TypesettingFailed: the template does not work with these data.
    """
    pages, places = typesetting.house().pdf_with_places(pages_of(paper))
    # What is added later begins on a line of its own.
    return (pages if pages.endswith(b"\n") else pages + b"\n"), places


def complete(paper: Paper, content: bytes) -> Original:
    """Keep the file of a paper as it leaves. Of two that come at once the first stays, and both get it."""
    try:
        with transaction.atomic():
            return _kept(paper, content)
    except IntegrityError:
        return Original.objects.select_related("file").get(paper=paper)


def _kept(paper: Paper, content: bytes) -> Original:
    file = files.keep_made(
        content,
        StoredFile(
            media_type="application/pdf",
            name=f"{paper.title} {paper.number}.pdf",
            kept_by=paper.issued_by,
            owner=paper.owner,
            account=paper.account,
            holder_key=paper.holder_key,
            units=paper.units,
        ),
    )
    original = Original.objects.create(paper=paper, file=file, sha256=file.sha256)
    journal.write("paper.completed", subject=paper.key, owner=paper.owner, sha256=file.sha256)
    return original
