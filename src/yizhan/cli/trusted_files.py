"""Certificates and lists as files 证书文件: PEM or DER, from a folder that somebody trusts, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yizhan.cli.speech import Fault
from yizhan.keys import reading
from yizhan.seals.trust import Trust

_CERTIFICATES = {".pem", ".cer", ".crt", ".der"}
_LISTS = {".crl", ".pem", ".der"}
_LARGEST = 16 * 1024 * 1024


def trusted(roots: Path, lists: Path | None = None) -> Trust:
    """Whoever's certificates lie in a folder, or in one file, is trusted; and lists, where there are any.

    Raises:
        Fault: it cannot be read, or no certificate is in it.
    """
    anchors = tuple(dict.fromkeys(_certificates(roots)))
    if not anchors:
        raise Fault(
            en=f"There is no root certificate (*.pem, *.cer, *.crt, *.der) in {roots}; the authority whose seals these are "
            "gives them out: ./yizhan keys export-root FOLDER.",
            zh=f"{roots} 中没有根证书（*.pem、*.cer、*.crt、*.der）。根证书由签发单位提供：./yizhan keys export-root。",
        )
    return Trust(anchors, (), tuple(dict.fromkeys(_revocations(lists))) if lists else ())


def read(file: Path, *, most: int = _LARGEST) -> bytes:
    """The bytes of a file.

    Raises:
        Fault: it is a folder, is not there, is larger, or may not be read.
    """
    try:
        if file.is_dir():
            raise Fault(en=f"{file} is a folder, not a file.", zh=f"{file} 是文件夹，不是文件。")
        if file.stat().st_size > most:
            size, limit = file.stat().st_size // 2**20, most // 2**20
            raise Fault(
                en=f"{file} has {size} MB; {limit} MB is the most that is looked at.",
                zh=f"{file} 有 {size} MB，超过 {limit} MB，不予核验。",
            )
        return file.read_bytes()
    except OSError as fault:
        raise Fault(
            en=f"{file} cannot be read: {fault.strerror}.", zh=f"无法读取 {file}：{fault.strerror}。"
        ) from fault


def _files(place: Path, kinds: set[str]) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    if not place.is_dir():
        raise Fault(en=f"There is no folder {place}.", zh=f"没有文件夹 {place}。")
    yield from sorted(one for one in place.iterdir() if one.suffix.lower() in kinds and one.is_file())


def _certificates(place: Path) -> Iterator[bytes]:
    for file in _files(place, _CERTIFICATES):
        found = [der for kind, der in _ders(file) if kind in ("", "CERTIFICATE", "TRUSTED CERTIFICATE")]
        known = [der for der in found if reading.certificate(der) is not None]
        if not known or len(known) < len(found):
            raise Fault(en=f"{file} is no certificate (PEM or DER).", zh=f"{file} 不是证书（PEM 或 DER）。")
        yield from known


def _revocations(place: Path) -> Iterator[bytes]:
    for file in _files(place, _LISTS):
        found = [der for kind, der in _ders(file) if kind in ("", "X509 CRL")]
        if not found or any(reading.revocation_list(der) is None for der in found):
            raise Fault(
                en=f"{file} is no list of revoked certificates (PEM or DER).",
                zh=f"{file} 不是证书撤销列表（PEM 或 DER）。",
            )
        yield from found


def _ders(file: Path) -> list[tuple[str, bytes]]:
    try:
        return reading.ders(read(file))
    except ValueError as fault:
        raise Fault(en=f"{file} is no proper PEM file.", zh=f"{file} 不是完整的 PEM 文件。") from fault
