"""The verbs of papers 文书: make, withdraw, verify.

A paper is a row, a stored file and a code printed on it. Whoever has the code learns whether the paper is in
force, and with the file in hand whether it is the one that was issued; of its holder only a masked name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Literal

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.database.rows import Part
from yizhan.records import files, numbering, printing, storage, typesetting, verification_code
from yizhan.records.documents import Document
from yizhan.records.models import Paper, StoredFile, Withdrawal
from yizhan.registry import masking
from yizhan.releases.models import definition, release

LARGEST = 50 * 1024 * 1024


class NumberTaken(Exception):
    """Another paper of this kind bears the number."""

    def __init__(self, number: str) -> None:
        super().__init__(_("文号“%(number)s”已被使用") % {"number": number})


class AlreadyWithdrawn(Exception):
    """The paper was withdrawn before."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(_("%(paper)s已经撤回，不必再次撤回") % {"paper": paper})


@dataclass(frozen=True)
class Holder:
    """Whom a paper is for: ``person:…`` or ``entity:…``, and the name; only persons are masked."""

    key: str = ""
    name: str = ""

    @property
    def shown(self) -> str:
        """The name as a stranger may see it."""
        return masking.name(self.name) if self.name and not self.key.startswith("entity:") else self.name


NOBODY = Holder()


@dataclass(frozen=True)
class Verification:
    """What verifying a code tells; nothing but the state where it is unknown."""

    state: Literal["unknown", "in force", "withdrawn"]
    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_at: datetime | None = None
    holder: str = ""
    sha256: str = ""
    withdrawn_at: datetime | None = None


def make(
    release_id: int,
    key: str,
    data: Mapping[str, Any],
    *,
    owner: str,
    issuer: str,
    holder: Holder = NOBODY,
    account: int | None = None,
    units: Iterable[str] = (),
    number: str | None = None,
    by: str = "house",
    once: str | None = None,
) -> Paper:
    """Issue a paper.

    Args:
        release_id: the release of the pack that defines it.
        key: which of the pack's documents.
        data: what its definition wants.
        owner: what it belongs to, ``case:…``.
        issuer: the name of the authority, as it stands at the head and above the date.
        holder: whom it is for.
        account: the holder's account, which may see it.
        units: codes of the units whose staff may see it.
        number: its number; the next of its rule when left out.
        by: who issues it.
        once: the key of the effect that asks; the same key again gives the same paper.

    Raises:
        KeyError: the release has no such document.
        WrongData: see :meth:`yizhan.records.documents.Document.read`.
        NumberTaken: see there.
        yizhan.records.fonts.FontsMissing: no fonts are installed.
        yizhan.records.typesetting.CharacterMissing: a name has a character that no font has.
        yizhan.records.typesetting.TypesettingFailed: the template does not work with these data.
    """
    if once is not None and (made := Paper.objects.filter(once=once).first()):
        return made
    document = definition(release_id, "paper", key, Document)
    pack = release(release_id).pack
    wanted = document.read(data)
    units = sorted(set(units))
    with transaction.atomic():
        paper = Paper(
            release_id=release_id,
            pack=pack,
            document=key,
            kind=document.kind,
            title=document.heading,
            number=number or numbering.next_number(document.number, pack=pack),
            issuer=issuer,
            issued_at=clock.now(),
            issued_by=by,
            language=document.language,
            code=verification_code.new(),
            holder_key=holder.key,
            holder=holder.shown,
            owner=owner,
            account=account,
            units=units,
            once=once,
        )
        content = _set(paper, release(release_id).raw("template", key), wanted)
        paper.file = files.keep_made(
            content,
            StoredFile(
                media_type="application/pdf",
                name=f"{paper.title} {paper.number}.pdf",
                kept_by=by,
                owner=owner,
                account=account,
                holder_key=holder.key,
                units=units,
            ),
        )
        paper.sha256 = paper.file.sha256
        _insert(paper)
        journal.write(
            "paper.issued", subject=paper.key, actor=by, owner=owner, document=key,
            number=paper.number, sha256=paper.sha256,
        )  # fmt: skip
    return paper


def withdraw(paper: Paper, *, by: str, reason: str, replaced_by: Paper | None = None) -> Withdrawal:
    """Say that a paper does not hold any more; whoever verifies it is told.

    Raises:
        AlreadyWithdrawn: see there.
    """
    try:
        with transaction.atomic():
            withdrawal = Withdrawal.objects.create(paper=paper, by=by, reason=reason, replaced_by=replaced_by)
    except IntegrityError as fault:
        raise AlreadyWithdrawn(paper) from fault
    journal.write("paper.withdrawn", subject=paper.key, actor=by, owner=paper.owner)
    return withdrawal


_PAPER = Part(Paper, "p")
_OF_OWNER = f"select {_PAPER.columns} from records_paper p where p.owner = %s order by p.issued_at, p.number"  # noqa: S608


def of_owner(owner: str) -> list[Paper]:
    """The owner's papers, oldest first; plainly, since every page of a case asks."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_OWNER, [owner])
        return [_PAPER.made(row) for row in cursor.fetchall()]


def verify(code: str) -> Verification:
    """What anybody may know of the paper with this code, typed in whatever way.

    Codes cannot be guessed, yet the page that calls this limits how often one may ask.
    """
    read = verification_code.read(code)
    if read is None:
        return Verification("unknown")
    with connection.cursor() as cursor:
        cursor.execute("select * from records_verification(%s)", [read])
        row = cursor.fetchone()
    if row is None:
        return Verification("unknown")
    title, number, issuer, issued_at, holder, sha256, withdrawn_at = row
    return Verification(
        "in force" if withdrawn_at is None else "withdrawn",
        title, number, issuer, issued_at.astimezone(clock.ZONE), holder, sha256,
        withdrawn_at and withdrawn_at.astimezone(clock.ZONE),
    )  # fmt: skip


def matches(code: str, content: bytes | BinaryIO) -> bool:
    """Whether these bytes are the issued paper, to the last one; a scan or a printout never is.

    Raises:
        TooLarge: more than any paper has.
    """
    known = verify(code).sha256
    return bool(known) and storage.digest(storage.chunks_of(content), largest=LARGEST) == known


def _set(paper: Paper, template: str, data: dict[str, Any]) -> bytes:
    return typesetting.house().pdf(
        typesetting.Sheet(template, paper.issued_at, data, printing.shown_on(paper))
    )


def _insert(paper: Paper) -> None:
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError as fault:
        if "records_paper_number" not in str(fault):
            raise
        raise NumberTaken(paper.number) from fault
