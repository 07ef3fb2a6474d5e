"""``./yizhan packs check | diff | rehearse | publish | move | withdraw | new | export | reference``: departments' packs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from yizhan.cli import frontend, in_flight, moving, typefaces
from yizhan.cli.application import application
from yizhan.cli.speech import Fault, say, tell

help = tell(en="Check, compare, publish or begin packs", zh="检查、比较、发布、新建应用包")


def arguments(parser: ArgumentParser) -> None:
    """One verb; without names all packs are meant."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, words in (
        ("check", tell(en="say all that is wrong", zh="列出全部问题")),
        ("diff", tell(en="show what publishing would change", zh="显示发布会带来的变化")),
        ("publish", tell(en="make the packs' present state the one in force", zh="发布为现行版本")),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("packs", nargs="*", help=tell(en="codes of packs", zh="应用包代码"))
    rehearse = verbs.add_parser(
        "rehearse", help=tell(en="play the packs' journeys and undo all of it", zh="演练事例，全部撤销不留痕")
    )
    rehearse.add_argument("packs", nargs="*", help=tell(en="codes of packs", zh="应用包代码"))
    rehearse.add_argument(
        "--published",
        action="store_true",
        help=tell(en="the release in force", zh="演练现行版本，不用文件夹里的"),
    )
    rehearse.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="JOURNEY",
        help=tell(en="one of them", zh="只演练这个事例"),
    )
    rehearse.add_argument("--brief", action="store_true", help=tell(en="no accounts", zh="不写经过"))
    moving.arguments(verbs)
    withdraw = verbs.add_parser("withdraw", help=tell(en="take a pack out of use", zh="停用应用包"))
    withdraw.add_argument("code")
    export = verbs.add_parser(
        "export", help=tell(en="write a process as BPMN 2.0", zh="把流程导出为 BPMN 2.0")
    )
    export.add_argument("pack", help=tell(en="code of the pack", zh="应用包代码"))
    export.add_argument("--process", default="", help=tell(en="which of its processes", zh="哪个流程"))
    export.add_argument("--bpmn", required=True, type=Path, help=tell(en="file to write", zh="写到哪个文件"))
    verbs.add_parser("reference", help=tell(en="write docs/reference/packs.md", zh="生成键的索引"))
    new = verbs.add_parser("new", help=tell(en="begin a pack", zh="新建应用包"))
    new.add_argument("code")
    new.add_argument("--title", default="", help=tell(en="its Chinese title", zh="中文名称"))
    new.add_argument("--title-en", default="", help=tell(en="its English title", zh="英文名称"))
    new.add_argument("--unit", default="", help=tell(en="code of the unit that owns it", zh="主管单位代码"))


def run(options: Namespace) -> int:
    """Do one of the nine."""
    frontend.install_packages()  # papers are set on trial, with their fonts
    typefaces.install()
    with application():
        verbs = {
            "check": _check,
            "diff": _diff,
            "rehearse": _rehearse,
            "publish": _publish,
            "move": moving.run,
            "withdraw": _withdraw,
            "new": _new,
            "export": _export,
            "reference": _reference,
        }
        return verbs[options.verb](options)


def _check(options: Namespace) -> int:
    from yizhan.releases.faults import Weight  # noqa: PLC0415
    from yizhan.releases.pack import read  # noqa: PLC0415

    errors = warnings = 0
    for folder in _folders(options.packs):
        pack = read(folder)
        for fault in pack.faults:
            mark = "✗" if fault.weight is Weight.ERROR else "!"
            print(f"{mark} {folder.name}/{fault}")
        errors += len(pack.errors)
        warnings += len(pack.faults) - len(pack.errors)
    if not options.packs:
        _tell_left_behind()
    say(en=f"{errors} errors, {warnings} warnings", zh=f"错误 {errors} 项，提醒 {warnings} 项")
    return 1 if errors else 0


def _diff(options: Namespace) -> int:
    from yizhan.releases.comparing import changes  # noqa: PLC0415
    from yizhan.releases.pack import read  # noqa: PLC0415

    for folder in _folders(options.packs):
        found = changes(read(folder))
        print(f"{folder.name}: {len(found)}")
        for change in found:
            print(f"  {change}")
    return 0


def _rehearse(options: Namespace) -> int:
    from yizhan.cli import rehearsals  # noqa: PLC0415

    return rehearsals.run(
        _folders(options.packs), published=options.published, only=options.only, brief=options.brief
    )


def _publish(options: Namespace) -> int:
    from yizhan.releases.faults import PackRefused  # noqa: PLC0415
    from yizhan.releases.publishing import publish_all  # noqa: PLC0415

    _folders(options.packs)
    try:
        done = publish_all(by="command line", only=options.packs)
    except PackRefused as refused:
        for fault in refused.faults:
            print(f"✗ {fault}")
        raise Fault(
            en="Nothing was published: the packs above have errors.",
            zh="没有发布任何内容：以上应用包有错误。",
        ) from refused
    for one in done:
        state = tell(en="published", zh="已发布") if one.new else tell(en="unchanged", zh="没有变化")
        print(f"{one.release}  {state}")
        if told := in_flight.told(one.release.pack):
            print(f"  {told}")
    return 0


def _withdraw(options: Namespace) -> int:
    from yizhan.releases.models import Current  # noqa: PLC0415
    from yizhan.releases.publishing import folders, withdraw  # noqa: PLC0415

    if options.code in {folder.name for folder in folders()}:
        raise Fault(
            en=f"The folder of {options.code} is still there and would be published again: remove it first.",
            zh=f"应用包 {options.code} 的文件夹还在，下次启动会再次发布：请先移走。",
        )
    try:
        done = withdraw(options.code, by="command line")
    except Current.DoesNotExist as fault:
        raise Fault(
            en=f"No pack {options.code} was ever published.", zh=f"从未发布过应用包 {options.code}。"
        ) from fault
    state = tell(en="out of use; its cases go on", zh="已停用；已有办件照常办理")
    print(f"{done.release}  {state}")
    return 0


def _export(options: Namespace) -> int:
    from yizhan.cli.bpmn_kit import exported  # noqa: PLC0415

    (folder,) = _folders([options.pack])
    key, data = exported(folder, options.process)
    try:
        options.bpmn.write_bytes(data)
    except OSError as fault:
        raise Fault(
            en=f"{options.bpmn} cannot be written: {fault.strerror}.",
            zh=f"写不了 {options.bpmn}：{fault.strerror}。",
        ) from fault
    say(
        en=f"{key} → {options.bpmn} ({len(data):,} bytes)", zh=f"{key} → {options.bpmn}（{len(data):,} 字节）"
    )
    return 0


def _reference(_options: Namespace) -> int:
    from yizhan.cli import pack_reference  # noqa: PLC0415

    pack_reference.FILE.write_text(pack_reference.text(), encoding="utf-8")
    print(pack_reference.FILE)
    return 0


def _new(options: Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415

    from yizhan.cli import scaffold  # noqa: PLC0415

    titles = {"zh": f"示例事项（{options.code}）", "en": options.code.replace("_", " ").capitalize()}
    folder = scaffold.new(
        settings.PACKS[0],
        options.code,
        title=options.title or titles["zh"],
        title_en=options.title_en or titles["en"],
        unit=options.unit or _first_unit(),
    )
    print(folder)
    say(
        en=f"Read its README.md, change the files, then: ./yizhan packs check {options.code}",
        zh=f"请看其中的 README.md，改好文件后运行：./yizhan packs check {options.code}",
    )
    return 0


def _first_unit() -> str:
    """The district itself, where it is founded; a place to be filled in otherwise."""
    from yizhan.identity.models import Unit  # noqa: PLC0415

    root = Unit.objects.open().filter(parent=None).order_by("code").first()
    return root.code if root else "unit-code"


def _tell_left_behind() -> None:
    from yizhan.releases.publishing import left_behind  # noqa: PLC0415

    for release in left_behind():
        say(
            en=f"! {release} is in force, but its folder is gone: ./yizhan packs withdraw {release.pack}",
            zh=f"! {release} 仍在使用，但文件夹已不在：./yizhan packs withdraw {release.pack} 可停用",
        )


def _folders(codes: list[str]) -> list[Path]:
    from yizhan.releases.publishing import folders  # noqa: PLC0415

    found = {folder.name: folder for folder in folders()}
    unknown = sorted(set(codes) - set(found))
    if unknown:
        raise Fault(
            en=f"There is no pack {', '.join(unknown)}; known: {', '.join(found)}.",
            zh=f"没有应用包 {'、'.join(unknown)}；现有：{'、'.join(found)}。",
        )
    return [found[code] for code in codes] if codes else list(found.values())
