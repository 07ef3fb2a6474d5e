"""Bytes that are other than they were 字节损坏: flipped, cut, added, put elsewhere."""

from __future__ import annotations

import io
import re

from asn1crypto import parser
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from tests.proofs.rig.seal.cases import Bench
from tests.proofs.rig.seal.signing import signed
from yizhan.seals.found import Why


def flipped(content: bytes, at: int) -> bytes:
    """One bit of one byte is another."""
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def marks(content: bytes) -> list[EmbeddedPdfSignature]:
    """Signatures and time stamps, in their order."""
    return list(PdfFileReader(io.BytesIO(content)).embedded_signatures)


def within(content: bytes, mark: EmbeddedPdfSignature, part: bytes, *, turn: int = 1) -> bytes:
    """A file in which one bit of a part of the signature is another."""
    own = bytes(mark.pkcs7_content)
    at = own.index(part) + len(part) - 1
    place = int(mark.byte_range[1]) + 1 + 2 * at
    return content[:place] + f"{own[at] ^ turn:02x}".encode() + content[place + 2 :]


def ranged(content: bytes, mark: EmbeddedPdfSignature, *numbers: int) -> bytes:
    """Other numbers in the place of a signature's ``/ByteRange``, in as many characters."""
    before = b" ".join(str(int(one)).encode() for one in mark.byte_range)
    found = re.search(rb"/ByteRange\s*\[\s*" + before + rb"\s*\][ ]*", content)
    assert found is not None
    after = ("/ByteRange [" + " ".join(map(str, numbers)) + "]").encode()
    return content[: found.start()] + after.ljust(len(found[0])) + content[found.end() :]


def flips(bench: Bench) -> None:
    """One bit: in what is said, in the tables, in the signature, in its certificate."""
    sealed = bench.sealed
    mark = marks(sealed)[0]
    body = len(bench.plain)
    for number in range(1, 6):
        at = bench.random.randrange(20, body)
        reasons = (Why.ALTERED, Why.DAMAGED, Why.NOT_A_PDF, Why.TOO_MANY, Why.CHANGED_AFTER)
        bench.refused(f"a bit anywhere below the seal ({number})", flipped(sealed, at), *reasons)
    words = sealed.index(b"Tj")
    bench.refused("a bit in the words of a page", flipped(sealed, words - 4), Why.ALTERED)
    table = sealed.rindex(b"startxref", 0, body)
    bench.refused("a bit in the last table of objects", flipped(sealed, table - 30), Why.ALTERED, Why.DAMAGED)
    alone = signed(bench.plain, bench.classic.unit(), time=bench.classic.stamper)
    own, trust = marks(alone)[0], bench.classic.trust()
    signature = own.signer_info["signature"].native
    bench.refused("a bit in the signature", within(alone, own, signature), Why.BAD_SIGNATURE, trust=trust)
    digest = own.signer_info["signed_attrs"][1]["values"][0].native
    bench.refused(
        "a bit in the hash that was signed",
        within(alone, own, digest),
        Why.ALTERED,
        Why.BAD_SIGNATURE,
        trust=trust,
    )
    key = own.signer_cert.public_key["public_key"].native
    key = key if isinstance(key, bytes) else own.signer_cert.public_key.dump()[-20:]
    bench.refused(
        "a bit in the signer's key", within(alone, own, key), Why.BAD_SIGNATURE, Why.UNTRUSTED, trust=trust
    )
    number = own.signer_cert["signature_value"].native
    bench.refused(
        "a bit in what the authority signed",
        within(alone, own, number),
        Why.BAD_SIGNATURE,
        Why.UNTRUSTED,
        trust=trust,
    )
    bench.refused(
        "a bit in the signature below a time stamp",
        within(sealed, mark, mark.signer_info["signature"].native),
        Why.ALTERED,
    )


def cuts(bench: Bench) -> None:
    """Bytes too few and too many."""
    sealed = bench.sealed
    bench.refused(
        "cut in the middle", sealed[: len(sealed) // 2], Why.NOT_A_PDF, Why.DAMAGED, Why.NOT_COVERED
    )
    bench.refused("cut before its last byte", sealed.rstrip()[:-1], Why.DAMAGED, Why.NOT_COVERED)
    bench.refused("a byte at the end", sealed + b"x", Why.APPENDED)
    bench.refused("a line at the end", sealed + b"\n", Why.APPENDED)
    bench.refused(
        "another file at the end",
        sealed + bench.plain,
        Why.UNSEALED,
        Why.APPENDED,
        Why.DAMAGED,
        Why.CHANGED_AFTER,
    )
    body = len(bench.plain)
    between = sealed[:body] + b"% a remark\n" + sealed[body:]
    bench.refused("bytes between pages and seal", between, Why.DAMAGED, Why.NOT_COVERED, Why.ALTERED)
    end = int(marks(sealed)[0].byte_range[2]) + int(marks(sealed)[0].byte_range[3])
    between = sealed[:end] + b"% a remark\n" + sealed[end:]
    bench.refused("bytes between seal and time stamp", between, Why.DAMAGED, Why.NOT_COVERED, Why.ALTERED)
    bench.refused("bytes before the beginning", b"\n" + sealed, Why.DAMAGED, Why.NOT_COVERED, Why.ALTERED)
    bench.refused("without its seal", bench.plain, Why.UNSEALED)
    bench.refused("no PDF", b"PK\x03\x04" + sealed[4:], Why.NOT_A_PDF)


def ranges(bench: Bench) -> None:
    """What the signature says that it covers."""
    content = signed(bench.plain, bench.classic.unit(), time=bench.classic.stamper)
    mark, trust = marks(content)[0], bench.classic.trust()
    _zero, before, after, rest = (int(one) for one in mark.byte_range)
    for name, numbers in {
        "a gap that is too long": (0, before, after + 40, rest - 40),
        "a gap that begins too early": (0, before - 40, after, rest),
        "ranges that overlap": (0, before, before - 10, rest),
        "an end that is too early": (0, before, after, rest - 20),
        "an end beyond the file": (0, before, after, rest + 999),
        "a beginning that is too late": (8, before - 8, after, rest),
        "one range alone": (0, before),
        "three ranges": (0, 1, 1, before - 1, after, rest),
        "a range of less than nothing": (0, before, after, -1),
    }.items():
        bench.refused(
            f"covered: {name}", ranged(content, mark, *numbers), Why.NOT_COVERED, Why.ALTERED, trust=trust
        )
    padding = after - 12
    bench.refused(
        "something beside the signature in its place", content[:padding] + b"41" + content[padding + 2 :],
        Why.NOT_COVERED, trust=trust,
    )  # fmt: skip


def transplants(bench: Bench) -> None:
    """Signatures of one file in another."""
    one = signed(bench.plain, bench.classic.unit(), time=bench.classic.stamper)
    two = signed(bench.plain.replace(b"page 1", b"page 9"), bench.classic.unit(), time=bench.classic.stamper)
    trust = bench.classic.trust()
    bench.refused("the signature of another file", _with_signature_of(one, two), Why.ALTERED, trust=trust)
    bench.refused("a sealed file with the pages of another", _with_pages(one), Why.ALTERED, trust=trust)


def _with_signature_of(one: bytes, two: bytes) -> bytes:
    mine, its = marks(one)[0], marks(two)[0]
    before, after = int(mine.byte_range[1]), int(mine.byte_range[2])
    own = its.pkcs7_content[: parser.peek(its.pkcs7_content)].hex().encode()
    return one[:before] + b"<" + own.ljust(after - before - 2, b"0") + b">" + one[after:]


def _with_pages(one: bytes) -> bytes:
    return one.replace(b"page 1", b"page 7", 1)
