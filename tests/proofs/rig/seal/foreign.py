"""Files of other makers 他方签名文件: authority, keys and CMS by OpenSSL; signatures by pyHanko as it comes."""

from __future__ import annotations

import io
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import crl, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.signers import SignatureObject, cms_embedder
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.proofs.rig.seal.cases import Bench
from tests.proofs.rig.seal.damage import flipped, marks
from tests.proofs.rig.seal.signing import signed, stamped
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.signing import CertifiedSigner
from yizhan.keys.tests import openssl
from yizhan.seals.found import Why
from yizhan.seals.tests.mint import SEALED_AT, Mint
from yizhan.seals.trust import Trust

_AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
_SIGNER = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n"
_IN_CHINA = "distid:1234567812345678"


class OpenSSL:
    """Root, signer and signatures by OpenSSL's command, in a folder that is gone afterwards."""

    def __init__(self, *key: str, digest: str = "sha256") -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="yizhan-openssl-")
        self.digest, self._sm = digest, digest == "sm3"
        place = self.place
        (place / "ca.ext").write_text(_AUTHORITY)
        (place / "signer.ext").write_text(_SIGNER)
        for who, subject in (
            ("ca", "/C=CN/O=Another/CN=Another Root"),
            ("signer", "/C=CN/O=Another/OU=Office/CN=Office"),
        ):
            self.run("genpkey", *key, "-out", f"{who}.key")
            self.run(
                "req",
                "-new",
                "-key",
                f"{who}.key",
                "-subj",
                subject,
                f"-{digest}",
                *self._signs(),
                "-out",
                f"{who}.csr",
            )
        self._certify("ca", "-signkey", "ca.key")
        self._certify("signer", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "77")

    def _signs(self) -> tuple[str, ...]:
        return ("-sigopt", _IN_CHINA) if self._sm else ()

    def _certify(self, who: str, *by: str) -> None:
        verify = ("-vfyopt", _IN_CHINA) if self._sm else ()
        self.run(
            "x509", "-req", "-in", f"{who}.csr", "-days", "3650", f"-{self.digest}", *by, *self._signs(), *verify,
            "-extfile", f"{who}.ext", "-out", f"{who}.pem",
        )  # fmt: skip

    def run(self, *arguments: str, data: bytes | None = None) -> bytes:
        """One command of OpenSSL's."""
        done = subprocess.run(
            ["openssl", *arguments], cwd=self._folder.name, input=data, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    @property
    def place(self) -> Path:
        """Where its files lie."""
        return Path(self._folder.name)

    @property
    def trust(self) -> Trust:
        """Its root, and nothing else."""
        return Trust((pem.unarmor((self.place / "ca.pem").read_bytes())[2],))

    def cms(self, data: bytes, *more: str) -> bytes:
        """A detached signature."""
        (self.place / "data").write_bytes(data)
        return self.run(
            "cms", "-sign", "-binary", "-in", "data", "-signer", "signer.pem", "-inkey", "signer.key", "-md", self.digest,
            "-outform", "DER", "-nosmimecap", *more,
        )  # fmt: skip

    def signed(self, content: bytes, *more: str, subfilter: str = "ADOBE_PKCS7_DETACHED") -> bytes:
        """A file with a signature that OpenSSL made over its bytes."""
        steps = cms_embedder.PdfCMSEmbedder().write_cms(
            field_name="Office", writer=IncrementalPdfFileWriter(io.BytesIO(content))
        )
        next(steps)
        holds = SignatureObject(
            subfilter=fields.SigSeedSubFilter[subfilter], bytes_reserved=12_000, timestamp=SEALED_AT
        )
        steps.send(cms_embedder.SigObjSetup(sig_placeholder=holds))
        digest, out = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False))
        whole = out.getvalue()
        covered = whole[: digest.reserved_region_start] + whole[digest.reserved_region_end :]
        steps.send(self.cms(covered, *more))
        return bytes(out.getvalue())


@dataclass(frozen=True)
class _Key:
    """A key of OpenSSL's that signs by its command."""

    made: OpenSSL
    public_key: bytes
    algorithm: Algorithm = Algorithm.SM2

    def sign(self, data: bytes) -> bytes:
        (self.made.place / "data").write_bytes(data)
        return self.made.run(
            "pkeyutl",
            "-sign",
            "-inkey",
            "signer.key",
            "-rawin",
            "-digest",
            "sm3",
            "-in",
            "data",
            "-pkeyopt",
            _IN_CHINA,
        )


def national_by_openssl(bench: Bench) -> None:
    """SM2 keys, certificates and signatures by OpenSSL, whose CMS knows no SM2: it is put together here."""
    if not openssl.THERE:
        return
    made, at = (
        OpenSSL("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", digest="sm3"),
        datetime.now(UTC),
    )
    leaf = pem.unarmor((made.place / "signer.pem").read_bytes())[2]
    by = CertifiedSigner(
        leaf, list(made.trust.roots), _Key(made, x509.Certificate.load(leaf).public_key.dump())
    )
    content = signed(bench.plain, by, at=at)
    bench.genuine("SM2 by OpenSSL", content, trust=made.trust, at=at)
    bench.refused(
        "SM2 by OpenSSL: a bit", flipped(content, 200), Why.ALTERED, Why.DAMAGED, trust=made.trust, at=at
    )
    bench.refused("SM2 by OpenSSL: another root", content, Why.UNTRUSTED, trust=bench.national.anchor, at=at)
    plain = signed(bench.plain, by, at=at, subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    bench.genuine("SM2 by OpenSSL, as plain CMS", plain, trust=made.trust, at=at)


def by_openssl(bench: Bench) -> None:
    """CMS by OpenSSL, with RSA, ECDSA and SM2; whole, flipped, and of nobody who is trusted."""
    if not openssl.THERE:
        return
    for name, made in {
        "RSA": OpenSSL("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
        "RSA of 3072 with SHA-384": OpenSSL(
            "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072", digest="sha384"
        ),
        "ECDSA": OpenSSL("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
        "ECDSA P-384 with SHA-384": OpenSSL(
            "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", digest="sha384"
        ),
    }.items():
        content, at = made.signed(bench.plain), datetime.now(UTC)
        bench.genuine(f"CMS by OpenSSL, {name}", content, trust=made.trust, at=at)
        bench.genuine(
            f"CMS by OpenSSL with the signer named, {name}",
            made.signed(bench.plain, "-cades"),
            trust=made.trust,
            at=at,
        )
        bench.refused(
            f"CMS by OpenSSL, {name}: a bit",
            flipped(content, 200),
            Why.ALTERED,
            Why.DAMAGED,
            trust=made.trust,
            at=at,
        )
        bench.refused(
            f"CMS by OpenSSL, {name}: a byte more", content + b"\n", Why.APPENDED, trust=made.trust, at=at
        )
        bench.refused(
            f"CMS by OpenSSL, {name}: another root", content, Why.UNTRUSTED, trust=bench.classic.anchor, at=at
        )
    weak = OpenSSL("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024")
    bench.refused(
        "CMS by OpenSSL, RSA of 1024 bits",
        weak.signed(bench.plain),
        Why.WEAK,
        trust=weak.trust,
        at=datetime.now(UTC),
    )
    old = OpenSSL("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    old.digest = "sha1"
    bench.refused(
        "CMS by OpenSSL, SHA-1", old.signed(bench.plain), Why.WEAK, trust=old.trust, at=datetime.now(UTC)
    )


def by_pyhanko(bench: Bench) -> None:
    """PAdES in all its levels, with pyHanko's own settings."""
    for mint, word in ((Mint(), "ECDSA"), (Mint(Algorithm.RSA_2048), "RSA")):
        by, trust = mint.unit(), mint.trust(SEALED_AT)
        context = trust.at(SEALED_AT)
        basic = signed(bench.plain, by)
        bench.genuine(f"PAdES B-B, {word}", basic, trust=trust, at=SEALED_AT)
        timed = signed(bench.plain, by, time=mint.stamper)
        bench.genuine(f"PAdES B-T, {word}", timed, trust=trust)
        long = {"embed_validation_info": True, "validation_context": context}
        lasting = signed(bench.plain, by, time=mint.stamper, **long)
        bench.genuine(f"PAdES B-LT, {word}", lasting, trust=mint.anchor)
        whole = signed(bench.plain, by, time=mint.stamper, use_pades_lta=True, **long)
        bench.genuine(f"PAdES B-LTA, {word}", whole, trust=mint.anchor)
        adobe = signed(
            bench.plain, by, time=mint.stamper, subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED, **long
        )  # fmt: skip
        bench.genuine(f"Adobe's attribute with the lists, {word}", adobe, trust=mint.anchor)
        second = signed(
            whole, mint.unit("云津区财政局"), time=mint.stamper, name="Signature2", use_pades_lta=True, **long
        )
        bench.genuine(f"two signers, each B-LTA, {word}", second, trust=mint.anchor)
        certified = signed(
            bench.plain, by, time=mint.stamper, certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS, **long
        )  # fmt: skip
        also = signed(certified, mint.unit("云津区财政局"), name="Signature2", time=mint.stamper, **long)
        bench.genuine(f"certified, then signed by another, {word}", also, trust=mint.anchor)
        closed = signed(
            bench.plain, by, time=mint.stamper, certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            use_pades_lta=True, **long,
        )  # fmt: skip
        bench.genuine(f"certified against every change, with time stamp, {word}", closed, trust=mint.anchor)
        bench.refused(
            f"PAdES B-LT, a line at the end, {word}", lasting + b"\n", Why.APPENDED, trust=mint.anchor
        )
        end = int(marks(timed)[0].byte_range[2]) + int(marks(timed)[0].byte_range[3])
        assert end == len(timed)
        bench.genuine(
            f"two time stamps over it, {word}",
            stamped(stamped(whole, mint.stamper), mint.stamper),
            trust=mint.anchor,
        )
        gap = _proofs_after(timed + b"% a remark\n", trust)
        bench.refused(f"bytes between signature and proofs, {word}", gap, Why.APPENDED, trust=mint.anchor)
        bench.genuine(f"proofs put in afterwards, {word}", _proofs_after(timed, trust), trust=mint.anchor)


def _proofs_after(content: bytes, trust: Trust) -> bytes:
    out = io.BytesIO(content)
    DocumentSecurityStore.add_dss(
        out, None, certs=[x509.Certificate.load(one) for one in trust.certificates],
        crls=[crl.CertificateList.load(one) for one in trust.revocations],
    )  # fmt: skip
    return out.getvalue()
