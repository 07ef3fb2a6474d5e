"""What is added to a sealed file so that it shows something else 增量修改, as viewers would show it."""

from __future__ import annotations

import io
from collections.abc import Callable
from unittest.mock import patch

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers

from tests.proofs.rig.seal.cases import Bench
from tests.proofs.rig.seal.damage import marks
from tests.proofs.rig.seal.signing import signed
from yizhan import clock
from yizhan.seals import sealing
from yizhan.seals.found import Why
from yizhan.seals.stamps import Place
from yizhan.seals.tests.mint import SEALED_AT, Mint

Change = Callable[[IncrementalPdfFileWriter], None]
CHANGED = (Why.CHANGED_AFTER, Why.APPENDED)


def updated(content: bytes, change: Change) -> bytes:
    """A revision more."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: IncrementalPdfFileWriter, number: int = 0) -> generic.DictionaryObject:
    ref, _resources = writer.find_page_for_modification(number)
    page = ref.get_object()
    writer.mark_update(ref)
    return page


def overlay(writer: IncrementalPdfFileWriter) -> None:
    """Other words over those of the first page."""
    page = _page(writer)
    drawn = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 40 Tf 72 500 Td (9,000,000) Tj ET"))
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), drawn])


def replaced(writer: IncrementalPdfFileWriter) -> None:
    """Other words in the place of those of the first page."""
    ref = _page(writer).raw_get("/Contents").reference
    writer.objects[(ref.generation, ref.idnum)] = generic.StreamObject(
        stream_data=b"BT /F1 12 Tf 9 9 Td (no) Tj ET"
    )


def annotated(writer: IncrementalPdfFileWriter) -> None:
    """A text annotation."""
    page = _page(writer)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 100))),
            pdf_name("/Contents"): generic.pdf_string("paid"),
            pdf_name("/DA"): generic.pdf_string("/Helv 12 Tf"),
        }
    )
    known = list(page.get("/Annots", []))
    page[pdf_name("/Annots")] = generic.ArrayObject([*(one for one in known), writer.add_object(note)])


def _kids(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    tree = writer.root["/Pages"]
    writer.update_container(tree)
    return tree


def without_a_page(writer: IncrementalPdfFileWriter) -> None:
    """The last page is gone."""
    tree = _kids(writer)
    tree[pdf_name("/Kids")] = generic.ArrayObject(list.__getitem__(tree["/Kids"], slice(None, -1)))
    tree[pdf_name("/Count")] = generic.NumberObject(tree["/Count"] - 1)


def reordered(writer: IncrementalPdfFileWriter) -> None:
    """The pages stand in another order."""
    tree = _kids(writer)
    tree[pdf_name("/Kids")] = generic.ArrayObject(
        [*list.__getitem__(tree["/Kids"], slice(1, None)), tree["/Kids"].raw_get(0)]
    )


def opens_with_action(writer: IncrementalPdfFileWriter) -> None:
    """Opening the file does something."""
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/URI"), pdf_name("/URI"): generic.pdf_string("https://example.com")}
    )
    writer.update_root()


def titled(writer: IncrementalPdfFileWriter) -> None:
    """Another title in the file's properties."""
    writer.set_info(
        writer.add_object(generic.DictionaryObject({pdf_name("/Title"): generic.pdf_string("批准一百万元")}))
    )


def empty_field(writer: IncrementalPdfFileWriter) -> None:
    """A field for a seal, with a face that covers the page."""
    fields.append_signature_field(writer, fields.SigFieldSpec("Later", box=(0, 0, 500, 500)))


def another_face(writer: IncrementalPdfFileWriter) -> None:
    """The seal looks like another's."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    face = field["/AP"].raw_get("/N").reference
    drawn = writer.get_object(face)
    made = generic.StreamObject(
        {key: value for key, value in drawn.items() if key not in ("/Filter", "/Length")},
        stream_data=b"0 0 1 rg 0 0 99 99 re f",
    )
    writer.objects[(face.generation, face.idnum)] = made


def changes(bench: Bench) -> None:
    """Each of them on a file that was sealed for good, and on one that has no time stamp over it all."""
    open_ended = bench.classic.seal(bench.plain, bench.classic.unit(), place=Place(1, 120, 220), last=False)
    for change in (
        overlay, replaced, annotated, without_a_page, reordered, opens_with_action, titled, empty_field, another_face,
    ):  # fmt: skip
        name = change.__name__.replace("_", " ")
        bench.refused(f"added afterwards: {name}", updated(bench.sealed, change), *CHANGED)
        bench.refused(f"added to a file without time stamp: {name}", updated(open_ended, change), *CHANGED)
    bench.refused("SM2, added afterwards: overlay", updated(bench.sealed_sm, overlay), *CHANGED)
    twice = updated(updated(bench.sealed, overlay), taken_back)
    bench.refused("overlaid, and taken back in a further revision", twice, *CHANGED)


def taken_back(writer: IncrementalPdfFileWriter) -> None:
    """The first page as it was."""
    page = _page(writer)
    page[pdf_name("/Contents")] = list.__getitem__(page["/Contents"], 0)


def forms(bench: Bench) -> None:
    """A field that is filled in after the seal."""
    with_field = updated(bench.plain, _text_field)
    sealed = bench.classic.seal(with_field, bench.classic.unit())
    bench.genuine("a form, filled in before the seal", sealed)
    bench.refused("a form, filled in after the seal", updated(sealed, _filled), *CHANGED)


def _text_field(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    words = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Tx"}
    field = generic.DictionaryObject({pdf_name(key): pdf_name(value) for key, value in words.items()})
    field[pdf_name("/T")] = generic.pdf_string("amount")
    field[pdf_name("/V")] = generic.pdf_string("100")
    field[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 80)))
    ref = writer.add_object(field)
    page[pdf_name("/Annots")] = generic.ArrayObject([ref])
    writer.root[pdf_name("/AcroForm")] = writer.add_object(
        generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject([ref])})
    )
    writer.update_root()


def _filled(writer: IncrementalPdfFileWriter) -> None:
    for ref in writer.root["/AcroForm"]["/Fields"]:
        field = ref.get_object()
        if field["/T"] == "amount":
            field[pdf_name("/V")] = generic.pdf_string("9000000")
            writer.update_container(field)


def others(bench: Bench) -> None:
    """What other hands put on a sealed file."""
    stranger = Mint(organisation="云津区人民政府")
    mine = bench.classic
    bench.refused(
        "a stranger's seal beside a genuine one",
        signed(bench.sealed, stranger.unit(), time=stranger.stamper),
        Why.UNTRUSTED,
    )
    bench.refused(
        "a stranger's time stamp over it", _stamped(bench.sealed, stranger, seen=False), Why.UNTRUSTED_TIME
    )
    bench.genuine("one more time stamp of the house over it", _stamped(bench.sealed, mine, seen=False))
    bench.refused(
        "a time stamp of the house with a face", _stamped(bench.sealed, mine, seen=True), Why.CHANGED_AFTER
    )
    bench.refused(
        "written anew by another program", _rewritten(bench.sealed), Why.NOT_COVERED, Why.ALTERED, Why.DAMAGED
    )
    bench.refused(
        "its signature in an unsealed file", _grafted(bench.plain, bench.sealed), Why.NOT_COVERED, Why.DAMAGED
    )
    locked = signed(bench.plain, mine.unit(), certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES)
    with patch.object(signers.PdfSigner, "_enforce_certification_constraints"):
        again = signed(locked, mine.unit("云津区财政局"), name="Signature2")
    bench.refused(
        "a second signature where the first allows none", again, *CHANGED, trust=mine.trust(), at=SEALED_AT
    )


def _stamped(content: bytes, by: Mint, *, seen: bool) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    if seen:
        fields.append_signature_field(writer, fields.SigFieldSpec("Clock", box=(0, 0, 500, 500)))
        field = writer.root["/AcroForm"]["/Fields"][-1]
        face = generic.StreamObject(stream_data=b"0 0 500 500 re f")
        for key, value in {"/Type": "/XObject", "/Subtype": "/Form"}.items():
            face[pdf_name(key)] = pdf_name(value)
        face[pdf_name("/BBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500)))
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(face)})
        writer.update_container(field)
    with clock.standing_at(SEALED_AT):
        maker = signers.PdfTimeStamper(
            sealing._HouseTime(by.stamper.token), field_name="Clock" if seen else None
        )
        out: io.BytesIO = maker.timestamp_pdf(writer, "sha256")
    return out.getvalue()


def _rewritten(content: bytes) -> bytes:
    out = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(content))).write(out)
    return out.getvalue()


def _grafted(plain: bytes, sealed: bytes) -> bytes:
    """The whole signature dictionary, put into other pages."""
    its = marks(sealed)[0].sig_object

    def graft(writer: IncrementalPdfFileWriter) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("Seal1"))
        field = writer.root["/AcroForm"]["/Fields"][0]
        copied = generic.DictionaryObject({key: its.raw_get(key) for key in its})
        field[pdf_name("/V")] = writer.add_object(copied)
        writer.update_container(field)

    return updated(plain, graft)
