"""Which bytes signatures cover 覆盖范围: all of their revision but their own place, and together all of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asn1crypto import parser
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_field_visible
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from yizhan.seals.found import Why
from yizhan.seals.opening import Opened

_TAIL = re.compile(rb"[^%]{0,4000}startxref\s{1,4}\d{1,12}\s{1,4}%%EOF(\r\n|\r|\n)?", re.DOTALL)
_OBJECT = re.compile(rb"\s{0,4}\d{1,10}\s\d{1,5}\sobj\b.*\bendobj\s{0,4}", re.DOTALL)


def leaves_out_only_itself(content: bytes, mark: EmbeddedPdfSignature) -> bool:
    """Whether a signature covers all bytes from the first on but those of its own ``/Contents``, which hold only it."""
    numbers = list(mark.byte_range)
    if len(numbers) != 4 or not all(isinstance(one, int) and one >= 0 for one in numbers):
        return False
    start, before, after, rest = (int(one) for one in numbers)
    own = mark.pkcs7_content
    if start != 0 or after != before + 2 + 2 * len(own) or after + rest > len(content):
        return False
    gap = content[before:after]
    if gap[:1] != b"<" or gap[-1:] != b">" or gap[1:-1].lower() != own.hex().encode():
        return False
    return not any(own[_length(own) :])


def end_of(mark: EmbeddedPdfSignature) -> int:
    """Where the bytes end that a signature covers."""
    return int(mark.byte_range[2]) + int(mark.byte_range[3])


def of_the_whole(file: Opened, *, seals: Sequence[EmbeddedPdfSignature]) -> Why | None:
    """Why the file as a whole does not hold, whatever its seals say."""
    last = file.marks[-1]
    if not leaves_out_only_itself(file.content, last):
        return Why.NOT_COVERED
    if end_of(last) < len(file.content) and not _only_proofs_follow(file.content, last):
        return Why.APPENDED
    wrong = (_has_new_empty_fields, _has_time_stamps_to_be_seen, _says_something_else_of_itself)
    if seals and any(each(file, seals[0]) for each in wrong):
        return Why.CHANGED_AFTER
    return None


def _length(own: bytes) -> int:
    """How many bytes the signature itself takes; the rest of its place is filled with zeros."""
    if own[1:2] == b"\x80":  # of no told length: it ends with zeros anyway
        return len(own.rstrip(b"\0"))
    return int(parser.peek(own))


def _has_new_empty_fields(file: Opened, first: EmbeddedPdfSignature) -> bool:
    """A field for a seal that nobody put on may have a face, which covers what was sealed."""
    if not file.empty:
        return False
    then = file.reader.get_historical_resolver(first.signed_revision)
    return not file.empty <= {str(name) for name, _value, _field in enumerate_sig_fields(then)}


def _has_time_stamps_to_be_seen(file: Opened, first: EmbeddedPdfSignature) -> bool:
    """Anybody is given time stamps, so after a seal none of them may have a face."""
    return any(
        one.sig_object_type == "/DocTimeStamp"
        and one.signed_revision > first.signed_revision
        and is_field_visible(one.sig_field)  # type: ignore[no-untyped-call]
        for one in file.marks
    )


def _says_something_else_of_itself(file: Opened, first: EmbeddedPdfSignature) -> bool:
    """Whether its title, or who made it, is another: programs show that, and pyHanko lets it be changed."""
    if file.reader.xrefs.total_revisions == first.signed_revision + 1:
        return False
    then = file.reader.get_historical_resolver(first.signed_revision).document_meta_view
    now = file.reader.document_meta_view
    return any(
        getattr(then, name) != getattr(now, name)
        for name in ("title", "author", "subject", "keywords", "creator")
    )


def _only_proofs_follow(content: bytes, last: EmbeddedPdfSignature) -> bool:
    """Whether all that comes after is one revision with certificates and revocation lists, and not a byte more."""
    if getattr(last.diff_result, "modification_level", None) is not ModificationLevel.LTA_UPDATES:
        return False
    if last.signed_revision + 2 != last.reader.xrefs.total_revisions:
        return False
    listed = last.reader.xrefs.get_xref_container_info(last.reader.xrefs.total_revisions - 1)
    if _TAIL.fullmatch(content, listed.end_location) is None:
        return False
    return _nothing_between(content, last, listed.start_location)


def _nothing_between(content: bytes, last: EmbeddedPdfSignature, listed: int) -> bool:
    """Whether the objects of the last revision stand one after the other, from where the signed bytes end."""
    revision = last.signed_revision + 1
    refs = last.reader.xrefs.explicit_refs_in_revision(revision)
    places = [last.reader.xrefs.get_historical_ref(one, revision) for one in refs]
    starts = sorted({one for one in places if isinstance(one, int) and one >= end_of(last)})
    if not starts or content[end_of(last) : starts[0]].strip():
        return False
    ends = [*starts[1:], listed] if starts[-1] < listed else starts[1:]
    return all(
        _OBJECT.fullmatch(content, start, end) is not None for start, end in zip(starts, ends, strict=False)
    )
