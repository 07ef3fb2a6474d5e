"""Opening a stranger's file 打开文件: a reader and the signatures in it, or why there is nothing to examine."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from yizhan.seals import limits, skimming
from yizhan.seals.found import Why

_KNOWN = {one.value for one in SigSeedSubFilter}
for _name in ("pyhanko", "pyhanko_certvalidator"):
    # Each oddity of each stranger's file would stand in the house's log; what it means is the answer.
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Opened:
    """A file that can be read.

    Attributes:
        marks: its signatures and time stamps, in the order in which they were put on.
        empty: names of signature fields that nobody signed in.
    """

    content: bytes
    reader: PdfFileReader
    marks: tuple[EmbeddedPdfSignature, ...]
    empty: frozenset[str]


def opened(content: bytes) -> Opened | Why:
    """The file, or why it cannot be examined; whatever its bytes are, this ends."""
    if len(content) > limits.LARGEST:
        return Why.TOO_LARGE
    if not content[:1024].lstrip().startswith(b"%PDF-"):
        return Why.NOT_A_PDF
    try:
        reader = PdfFileReader(io.BytesIO(skimming.skimmed(content)), decode_limits=limits.DECODING)
        if reader.encrypted:
            return Why.ENCRYPTED
        if _is_too_much(reader):
            return Why.TOO_MANY
        return _with_marks(content, reader)
    except skimming.TooMuch:
        return Why.TOO_MANY
    except Exception:  # a parser stumbles over hostile bytes in every way there is; all of it means this
        return Why.DAMAGED if b"/ByteRange" in content else Why.NOT_A_PDF


def _is_too_much(reader: PdfFileReader) -> bool:
    many = reader.xrefs.total_revisions
    return many > limits.MOST_REVISIONS or int(reader.trailer["/Size"]) > limits.MOST_OBJECTS


def _with_marks(content: bytes, reader: PdfFileReader) -> Opened | Why:
    marks, empty = [], set()
    for number, (name, value, field) in enumerate(enumerate_sig_fields(reader)):
        if number >= limits.MOST_MARKS:
            return Why.TOO_MANY
        if value is None:
            empty.add(str(name))
        elif str(value.get_object().get("/SubFilter")) not in _KNOWN:
            return Why.UNKNOWN_KIND
        else:
            marks.append(EmbeddedPdfSignature(reader, field, name))
    marks.sort(key=lambda one: one.signed_revision)
    return Opened(content, reader, tuple(marks), frozenset(empty)) if marks else Why.UNSEALED
