"""The verbs of papers 文书: draw up, issue, withdraw.

A paper is a row with a number and a code, issued within the step that decides; its file, set and sealed, follows
(:mod:`yizhan.records.originals`). Whoever has the code learns whether the paper is in force
(:mod:`yizhan.records.verification`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.database.rows import Part, entered, new
from yizhan.journal import writing
from yizhan.journal.models import News
from yizhan.records import numbering, originals, verification_code
from yizhan.records.documents import Document, English
from yizhan.records.models import Original, Paper, StoredFile, Withdrawal
from yizhan.registry import masking
from yizhan.releases.models import definition, release

BOTH = "both"
"""The language of a paper with the English beneath the Chinese."""


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
    def is_person(self) -> bool:
        """Whether the name is nobody's business."""
        return bool(self.name) and not self.key.startswith("entity:")

    @property
    def shown(self) -> str:
        """The name as a stranger may see it."""
        return masking.name(self.name) if self.is_person else self.name


NOBODY = Holder()


def drawn_up(
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
    mark: str = "",
    by: str = "house",
    once: str | None = None,
    english: English | None = None,
) -> Paper:
    """A paper with its number and all that it says, still to be written: by :func:`issue`, or with a step's other rows.

    Its number is given: whoever does not write the paper lets the transaction fail, or the number is missing.

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
        mark: of the office and the matter, for rules that have a place for it; the issuer's name when left out.
        by: who issues it.
        once: the key of the step that asks, which gets no second one.
        english: what stands beneath the Chinese, for a document that has English.

    Raises:
        KeyError: the release has no such document.
        WrongData: see :meth:`yizhan.records.documents.Document.read`.
    """
    document = definition(release_id, "paper", key, Document)
    pack = release(release_id).pack
    wanted = document.read(data)
    if english is not None:
        wanted = document.in_both(wanted, english)
    paper: Paper = new(
        Paper,
        release_id=release_id,
        pack=pack,
        document=key,
        kind=document.kind,
        title=document.heading,
        number=number or numbering.next_number(document.number, pack=pack, mark_of=mark or issuer),
        issuer=issuer,
        issued_at=clock.now(),
        issued_by=by,
        language=BOTH if english is not None else document.language,
        code=verification_code.new(),
        factor=verification_code.new_factor() if holder.is_person else "",
        data=wanted,
        holder_key=holder.key,
        holder=holder.shown,
        holder_name=holder.name,
        owner=owner,
        account=account,
        units=sorted(set(units)),
        once=once,
    )
    paper.digest = originals.sheet_of(paper).digest
    return paper


def issue(paper: Paper) -> Paper:
    """Issue a paper that was drawn up; its file follows.

    Raises:
        NumberTaken: see there.
    """
    if not entered(paper, once="pack, document, number"):
        raise NumberTaken(paper.number)
    writing.tell(news_of(paper))
    return paper


def news_of(paper: Paper) -> News:
    """That it was issued, for whoever writes it with other rows."""
    said = {"owner": paper.owner, "document": paper.document, "number": paper.number, "digest": paper.digest}
    return writing.line("paper.issued", subject=paper.key, actor=paper.issued_by, data=said)


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
_OF_OWNER = f"""select {_PAPER.columns}, f.size, (w.paper_id is not null)
    from records_paper p left join records_original o on o.paper_id = p.id
    left join records_storedfile f on f.id = o.file_id
    left join records_withdrawal w on w.paper_id = p.id
    where p.owner = %s order by p.issued_at, p.number"""  # noqa: S608 (columns of our model)


@dataclass(frozen=True)
class Listed:
    """A paper in the list of its owner; ``size`` is that of its file in bytes, None as long as there is none."""

    paper: Paper
    size: int | None
    withdrawn: bool


def of_owner(owner: str) -> list[Listed]:
    """The owner's papers, oldest first; plainly, since every page of a case asks."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_OWNER, [owner])
        return [Listed(_PAPER.made(row[:-2]), row[-2], row[-1]) for row in cursor.fetchall()]


def file_of(paper: Any, *, owner: str) -> StoredFile | None:
    """The file of one of the owner's papers, by the paper's id; None where there is no such paper, or no file yet."""
    found = Original.objects.select_related("file").filter(paper=paper, paper__owner=owner).first()
    return found.file if found else None
