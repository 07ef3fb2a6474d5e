"""``./yizhan check-seal FILE … --roots FOLDER``: whether sealed files are genuine, told by a root certificate alone.

It asks no database, no network and nothing of an installation, so it also runs where nobody has one. What a file
cannot tell of itself is said at the end.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yizhan.cli.speech import Fault, say, tell

if TYPE_CHECKING:
    from datetime import datetime

    from yizhan.seals.found import Examined, Found
    from yizhan.seals.trust import Trust

help = tell(en="Whether sealed files are genuine, by a root certificate alone", zh="脱机核验文件上的电子印章")

_OFFLINE = ("as_issued", "authorised", "in_force")


def arguments(parser: ArgumentParser) -> None:
    """Files, and whom one trusts."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=tell(en="sealed PDF", zh="盖章的 PDF 文件")
    )
    parser.add_argument(
        "--roots", type=Path, required=True, metavar="FOLDER",
        help=tell(en="root certificates that are trusted (PEM or DER)", zh="所信任的根证书（PEM 或 DER）所在文件夹"),
    )  # fmt: skip
    parser.add_argument(
        "--lists", type=Path, metavar="FOLDER",
        help=tell(en="newer lists of revoked certificates, where there are any", zh="较新的证书撤销列表所在文件夹"),
    )  # fmt: skip
    parser.add_argument(
        "--at", metavar="TIME",
        help=tell(en="as of this moment (ISO) instead of now", zh="按此时刻（ISO 格式）核验，默认现在"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=tell(en="for programs", zh="以 JSON 输出"))


def run(options: Namespace) -> int:
    """Tell of each; 0 only when all hold."""
    from yizhan.cli.apart import without_a_database  # noqa: PLC0415

    with without_a_database():
        from yizhan.cli.trusted_files import trusted  # noqa: PLC0415 (it brings the rooms)

        at, trust = _moment(options.at), trusted(options.roots, options.lists)
        found = {file: _looked(file, trust, at) for file in options.files}
        if options.json:
            told = {
                "holds": all(_holds(one) for one in found.values()),
                "files": [{"file": str(file), **_plain(one)} for file, one in found.items()],
                "not_known_offline": list(_OFFLINE),
            }
            print(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for file, one in found.items():
                _tell(file, one)
            _tell_limits()
    return 0 if all(_holds(one) for one in found.values()) else 1


def _moment(text: str | None) -> datetime:
    from yizhan import clock  # noqa: PLC0415

    try:
        return clock.parse(text) if text else clock.now()
    except ValueError as fault:
        raise Fault(
            en=f"{text} is no moment; write 2026-11-20T09:30.",
            zh=f"{text} 不是时间，请写作 2026-11-20T09:30。",
        ) from fault


def _looked(file: Path, trust: Trust, at: datetime) -> Examined | Fault:
    """What is on a file, or why it cannot be read: the other files are looked at all the same."""
    from yizhan.cli.trusted_files import read  # noqa: PLC0415
    from yizhan.seals import examiners, limits  # noqa: PLC0415

    try:
        return examiners.examine(read(file, most=limits.LARGEST), trust, at=at)
    except Fault as fault:
        return fault
    except examiners.TooLong as fault:
        return Fault(en=f"{file}: {fault}", zh=f"{file}：{fault}")


def _holds(one: Examined | Fault) -> bool:
    return not isinstance(one, Fault) and one.holds


def _plain(one: Examined | Fault) -> dict[str, Any]:
    if isinstance(one, Fault):
        return {"holds": False, "why": "unreadable", "seals": [], "told": str(one)}
    from yizhan.seals.words import WHY  # noqa: PLC0415

    return {**one.plain(), "told": str(WHY[one.reason]) if one.reason else ""}


def _tell(file: Path, one: Examined | Fault) -> None:
    """A line for the file, one for each seal, one for the whole."""
    if isinstance(one, Fault):
        sys.stdout.write(f"✗ {one}\n")
        return
    from yizhan.seals.words import WHY  # noqa: PLC0415

    sys.stdout.write(f"{'✓' if one.holds else '✗'} {file}\n")
    for seal in one.seals:
        _tell_seal(seal)
    whole = tell(
        en="the seals cover the whole file, and nothing was changed since", zh="印章覆盖全文，盖章后没有改动"
    )
    sys.stdout.write(f"    {WHY[one.why] if one.why else whole}\n")


def _tell_seal(seal: Found) -> None:
    from yizhan import clock  # noqa: PLC0415
    from yizhan.seals.words import WHY  # noqa: PLC0415

    said = str(WHY[seal.why]) if seal.why else tell(en="holds", zh="有效")
    when = f"{seal.at.astimezone(clock.ZONE):%Y-%m-%d %H:%M:%S}" if seal.at else ""
    proven = tell(en="proven by a time stamp", zh="有时间戳证明")
    unproven = tell(en="not proven", zh="没有证明")
    moment = f"{when}, {proven if seal.proven else unproven}" if when else unproven
    name = f"{seal.name or '—'} · {seal.unit}" if seal.unit and seal.unit != seal.name else seal.name or "—"
    mark = "✓" if seal.why is None else "✗"
    say(
        en=f"    {mark} {name}: {said}. {moment}",
        zh=f"    {mark} {name}：{said}。{moment.replace(', ', '，')}",
    )


def _tell_limits() -> None:
    say(
        en="Not known offline: whether this is the file as it was issued, whether the seal was to be used on it, whether "
        "the document is still in force. Ask the issuing authority, with the code on the paper.",
        zh="脱机无法得知：是否为签发时的原文件、用印是否经过批准、文书是否仍然有效。请凭文书上的核验码向签发单位查询。",
    )
