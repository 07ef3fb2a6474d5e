"""``./yizhan keys list | revoke | renew | found | export-root | reseal``: the district's own certificates and keys.

They are issued with the seals that they belong to; here is what an operator looks at, and does when a key is lost.
"""

from __future__ import annotations

import os
import pwd
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from yizhan.cli import resealing
from yizhan.cli.application import application
from yizhan.cli.speech import Fault, counted, say, tell

if TYPE_CHECKING:
    from yizhan.keys.models import Certificate

help = tell(
    en="The district's certificates and keys: list, revoke, renew, found, reseal",
    zh="本区证书和密钥：查看、撤销、续期、重建、换口令",
)

_LONGEST_NAME = 100
_REASONS = ("unspecified", "key_compromise", "affiliation_changed", "superseded", "cessation_of_operation")


def arguments(parser: ArgumentParser) -> None:
    """Six verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    listed = verbs.add_parser("list", help=tell(en="who holds which, until when", zh="列出证书及有效期"))
    listed.add_argument(
        "--all",
        action="store_true",
        help=tell(en="also what was renewed or ended", zh="含已续期和已失效的证书"),
    )
    revoke = verbs.add_parser("revoke", help=tell(en="end a certificate before its time", zh="撤销证书"))
    revoke.add_argument("serial", help=tell(en="its number, as list shows it", zh="证书序列号"))
    revoke.add_argument("--because", required=True, help=tell(en="what happened", zh="撤销原因说明"))
    revoke.add_argument(
        "--reason",
        choices=_REASONS,
        default="unspecified",
        help=tell(en="what lists say of it", zh="列入撤销列表的原因代码"),
    )
    renew = verbs.add_parser(
        "renew",
        help=tell(en="a new certificate in the place of one that ends", zh="为证书续期（换发新证书）"),
    )
    renew.add_argument("serial", help=tell(en="its number, as list shows it", zh="证书序列号"))
    found = verbs.add_parser(
        "found",
        help=tell(
            en="make issuing certificate and time stamps again, after they were revoked",
            zh="签发证书撤销后，重新建立证书认证",
        ),
    )
    found.add_argument(
        "--anew",
        action="store_true",
        help=tell(
            en="withdraw the root too, and make all of it with new keys: its keys have leaked, or are lost",
            zh="密钥泄露或丢失时，停用根证书，全部用新密钥重建",
        ),
    )
    found.add_argument(
        "--because", default="", help=tell(en="what happened, with --anew", zh="与 --anew 同用：说明原因")
    )
    export = verbs.add_parser(
        "export-root",
        help=tell(
            en="write the root certificates, for whoever checks papers elsewhere",
            zh="导出根证书，供他处核验文件",
        ),
    )
    export.add_argument("folder", type=Path)
    reseal = verbs.add_parser(
        "reseal",
        help=tell(en="seal all private keys with another secret", zh="更换密钥口令，重新加密所有私钥"),
    )
    reseal.add_argument(
        "--new-secret",
        type=Path,
        metavar="FILE",
        help=tell(
            en="a file with the new secret (or YIZHAN_NEW_KEY_SECRET); made where the old one lies in a file",
            zh="存放新口令的文件（或用 YIZHAN_NEW_KEY_SECRET）；口令保存在文件中的，不给则自动生成",
        ),
    )
    reseal.add_argument(
        "--former-secret",
        type=Path,
        metavar="FILE",
        help=tell(
            en="a file with an earlier secret, where a forgotten process added keys under it",
            zh="存放更早口令的文件：有进程漏停、仍用该口令新增了密钥时使用",
        ),
    )


def run(options: Namespace) -> int:
    """Do one of the six; what the room refuses is told in its own words."""
    if options.verb == "reseal":
        return resealing.reseal(options.new_secret, options.former_secret)
    verbs = {"list": _list, "revoke": _revoke, "renew": _renew, "found": _found, "export-root": _export}
    with application():
        from yizhan.keys.faults import KeysFault  # noqa: PLC0415

        try:
            return verbs[options.verb](options)
        except KeysFault as refused:
            raise Fault(en=str(refused), zh=str(refused)) from refused


def _list(options: Namespace) -> int:
    from yizhan.keys import listing  # noqa: PLC0415

    found = listing.lines(everything=options.all)
    for one in found:
        print(f"{one.serial}  {one.family:7}  {one.until:%Y-%m-%d}  {one.state}  {one.holder}  {one.name}")
        if one.because:
            print(f"  {one.revoked_by or '—'}: {one.because}")
    if not found:
        say(
            en="There are no certificates yet; they come with the first seal.",
            zh="还没有证书；设立首枚印章时自动签发。",
        )
    return 0


def _revoke(options: Namespace) -> int:
    from yizhan.keys.revoking import Reason  # noqa: PLC0415
    from yizhan.seals import ending  # noqa: PLC0415

    found = _of(options.serial)
    ending.revoke(found, by=_whoever(), because=options.because, reason=Reason(options.reason))
    say(
        en=f"Revoked, and published in the list: {found.name}. What was sealed before stays valid.",
        zh=f"已撤销并列入撤销列表：{found.name}。此前加盖的印章仍然有效。",
    )
    if found.is_authority:
        say(
            en="All certificates below it end with it, and nothing can be sealed: `./yizhan keys found` makes another.",
            zh="其下的证书随之失效，暂时不能用印；请运行 ./yizhan keys found 重新建立证书认证。",
        )
    return 0


def _renew(options: Namespace) -> int:
    from yizhan.keys import authority  # noqa: PLC0415

    made = authority.renew(_of(options.serial))
    say(
        en=f"Renewed until {made.not_after:%Y-%m-%d}: {made.name}, {made.serial}.",
        zh=f"已续期至 {made.not_after:%Y-%m-%d}：{made.name}，{made.serial}。",
    )
    return 0


def _found(options: Namespace) -> int:
    from yizhan.keys import authority  # noqa: PLC0415
    from yizhan.seals import founding  # noqa: PLC0415

    if options.anew != bool(options.because.strip()):
        raise Fault(
            en="--anew and --because go together: say why the root is withdrawn.",
            zh="--anew 须与 --because 同用：请说明为什么停用根证书。",
        )
    if not authority.organisation():
        raise Fault(
            en="There is no authority yet; it is founded with the first seal.",
            zh="尚未建立证书认证；设立首枚印章时自动建立。",
        )
    done = founding.again(by=_whoever(), withdrawing_because=options.because.strip())
    say(
        en=f"{counted(len(done.made), 'certificate', 'certificates')} made. Seals get theirs with their next use.",
        zh=f"已建立 {len(done.made)} 张证书。各印章下次用印时自动签发新证书。",
    )
    if done.withdrawn:
        say(
            en="The root before is trusted no more, and files that were sealed under it prove nothing by themselves; the "
            "register of papers still answers for them. Give the new root (`./yizhan keys export-root`) to everybody "
            "who has the old one.",
            zh="原根证书不再受信任，此前盖章的文件不能再凭签章自证，凭核验码仍可查到登记；"
            "请用 ./yizhan keys export-root 导出新根证书，发给持有原根证书的各方。",
        )
    return 0


def _export(options: Namespace) -> int:
    from yizhan.keys import listing  # noqa: PLC0415

    files = listing.root_files()
    if not files:
        raise Fault(en="There is no authority yet, so there is no root.", zh="尚未建立证书认证，没有根证书。")
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (options.folder / name).write_bytes(content)
    except OSError as fault:
        raise Fault(
            en=f"{options.folder} cannot be used: {fault.strerror}.",
            zh=f"无法使用 {options.folder}：{fault.strerror}。",
        ) from fault
    for one in listing.roots():
        print(f"{one.family:7}  SHA-256 {listing.fingerprint(one)}")
    say(
        en=f"{counted(len(files), 'file', 'files')} in {options.folder}. Let whoever gets them compare the fingerprints "
        "by another way.",
        zh=f"已导出 {len(files)} 个文件到 {options.folder}。收到的人请通过其他途径核对指纹。",
    )
    return 0


def _whoever() -> str:
    """Who gives the command, as the journal names them: by their account on this machine, whatever variables say."""
    from yizhan.seals.register import OPERATOR  # noqa: PLC0415

    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:  # an account that the machine has no name for
        name = str(number)
    return f"{OPERATOR}:{name[:_LONGEST_NAME]}"


def _of(serial: str) -> Certificate:
    from yizhan.keys import listing  # noqa: PLC0415

    found = listing.find(serial)
    if found is None:
        raise Fault(
            en=f"There is no certificate {serial}; `./yizhan keys list --all` shows all.",
            zh=f"没有证书 {serial}；可用 ./yizhan keys list --all 查看全部证书。",
        )
    return found
