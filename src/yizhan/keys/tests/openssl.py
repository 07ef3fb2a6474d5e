"""OpenSSL's command as a second opinion; where it is not installed, cryptography is asked, which knows no SM2."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

from asn1crypto import crl
from asn1crypto import x509 as asn1
from cryptography import x509

THERE = shutil.which("openssl")
AS_IN_CHINA = ("-vfyopt", "distid:1234567812345678")


def run(
    *arguments: str | Path, folder: Path, data: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["openssl", *map(str, arguments)], cwd=folder, input=data, capture_output=True, check=False
    )


def pem(kind: str, *ders: bytes) -> bytes:
    lines = []
    for der in ders:
        text = base64.encodebytes(der).decode().replace("\n", "")
        lines += [
            f"-----BEGIN {kind}-----",
            *(text[at : at + 64] for at in range(0, len(text), 64)),
            f"-----END {kind}-----",
        ]
    return ("\n".join(lines) + "\n").encode()


def accepts(
    leaf: bytes,
    chain: list[bytes],
    lists: list[bytes],
    folder: Path,
    *,
    at: int,
    purpose: str = "any",
    sm2: bool = False,
) -> str:
    """Empty when the chain holds with its lists; else what is wrong."""
    if not THERE:
        return _by_cryptography(leaf, chain, lists)
    wanted = ("-x509_strict", "-attime", str(at))
    if sm2:
        return _by_sm2_steps([leaf, *chain], wanted, purpose, folder) or _by_sm2_lists(
            leaf, chain, lists, folder
        )
    (folder / "leaf.pem").write_bytes(pem("CERTIFICATE", leaf))
    (folder / "root.pem").write_bytes(pem("CERTIFICATE", chain[-1]))
    (folder / "between.pem").write_bytes(pem("CERTIFICATE", *chain[:-1]))
    (folder / "lists.pem").write_bytes(pem("X509 CRL", *lists))
    by_lists = ("-check_ss_sig", "-crl_check_all", "-CRLfile", "lists.pem", "-purpose", purpose)
    files = ("-CAfile", "root.pem", "-untrusted", "between.pem", "leaf.pem")
    return _wrong(run("verify", *wanted, *by_lists, *files, folder=folder))


def _wrong(told: subprocess.CompletedProcess[bytes]) -> str:
    return "" if told.returncode == 0 else (told.stdout + told.stderr).decode()


def _by_sm2_steps(certificates: list[bytes], wanted: tuple[str, ...], purpose: str, folder: Path) -> str:
    """OpenSSL 3.0 gives the identity that SM2 signs with to the first certificate only, so each is the first once."""
    for below, above in pairwise(certificates):
        (folder / "below.pem").write_bytes(pem("CERTIFICATE", below))
        (folder / "above.pem").write_bytes(pem("CERTIFICATE", above))
        purposes = ("-purpose", purpose) if below is certificates[0] else ()
        files = ("-partial_chain", "-trusted", "above.pem", "below.pem")
        if wrong := _wrong(run("verify", *wanted, *purposes, *AS_IN_CHINA, *files, folder=folder)):
            return wrong
    root = asn1.Certificate.load(certificates[-1])
    body, signature = root["tbs_certificate"].dump(), root["signature_value"].native
    return (
        "" if signed_by(root.public_key.dump(), body, signature, folder) else "the root did not sign itself"
    )


def _by_sm2_lists(leaf: bytes, chain: list[bytes], lists: list[bytes], folder: Path) -> str:
    """OpenSSL checks lists without the identity that SM2 signs with, so their signatures are checked as bare ones."""
    below = [leaf, *chain]
    for one in lists:
        read = crl.CertificateList.load(one)
        above = next(each for each in map(asn1.Certificate.load, chain) if each.subject == read.issuer)
        if not signed_by(
            above.public_key.dump(), read["tbs_cert_list"].dump(), read["signature"].native, folder
        ):
            return "the list is not signed by its issuer"
        told = run("crl", "-inform", "DER", "-text", "-noout", folder=folder, data=one).stdout.decode()
        revoked = {int(number, 16) for number in re.findall(r"Serial Number: ([0-9A-F]+)", told)}
        if any(asn1.Certificate.load(each).serial_number in revoked for each in below):
            return "revoked"
    return ""


def signed_by(public_key: bytes, data: bytes, signature: bytes, folder: Path) -> bool:
    """Whether an SM2 signature is right."""
    for name, content in (("public", public_key), ("data", data), ("signature", signature)):
        (folder / name).write_bytes(content)
    told = run(
        "pkeyutl", "-verify", "-pubin", "-inkey", "public", "-keyform", "DER", "-rawin", "-digest", "sm3",
        "-in", "data", "-sigfile", "signature", "-pkeyopt", "distid:1234567812345678", folder=folder,
    )  # fmt: skip
    return told.returncode == 0


def _by_cryptography(leaf: bytes, chain: list[bytes], lists: list[bytes]) -> str:
    certificates = [x509.load_der_x509_certificate(one) for one in (leaf, *chain)]
    revoked = [x509.load_der_x509_crl(one) for one in lists]
    try:
        for below, above in zip(certificates, [*certificates[1:], certificates[-1]], strict=True):
            below.verify_directly_issued_by(above)
            if any(one.get_revoked_certificate_by_serial_number(below.serial_number) for one in revoked):
                return "revoked"
    except Exception as fault:
        return repr(fault)
    return ""
