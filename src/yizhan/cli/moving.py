"""``./yizhan packs move PACK``: open cases of a pack are handled by another of its versions from now on.

A dry run lets every case go in a transaction that is undone; the real run is one act with a reason, and a step and an
event for each case. Run again, it finds those that are left.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yizhan.cli import move_report
from yizhan.cli.speech import Fault, say, tell

if TYPE_CHECKING:
    from yizhan.cases.move_lines import Line
    from yizhan.releases.models import Release

_TOLD = 20  # cases that stay, on the screen; the report has them all


def arguments(verbs: Any) -> None:
    """Announce the verb."""
    verb = verbs.add_parser(
        "move", help=tell(en="let open cases go over to another version", zh="在办件改用新版流程")
    )
    verb.add_argument("pack", help=tell(en="code of the pack", zh="应用包代码"))
    verb.add_argument("--item", default="", help=tell(en="of one item only", zh="只限一个事项"))
    verb.add_argument(
        "--from",
        dest="from_",
        type=int,
        default=0,
        help=tell(en="of one version only", zh="只限原来的某一版"),
    )
    verb.add_argument(
        "--to",
        type=int,
        default=0,
        help=tell(en="which version; else the one in force", zh="改用哪一版，不写为现行版"),
    )
    verb.add_argument("--reason", default="", help=tell(en="why", zh="理由"))
    verb.add_argument(
        "--limits",
        action="store_true",
        help=tell(
            en="running limits of tasks follow the new version too", zh="正在计时的环节时限也按新版计算"
        ),
    )
    verb.add_argument("--dry-run", action="store_true", help=tell(en="change nothing", zh="只试运行，不改变"))
    verb.add_argument(
        "--report",
        type=Path,
        default=None,
        help=tell(en="file to write: .csv, .json, or text", zh="逐件结果写到这个文件（.csv、.json 或文本）"),
    )


def run(options: Namespace) -> int:
    """Try, or do, and tell who went and who stays."""
    from yizhan.cases import move_orders  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415

    if not options.dry_run and not options.reason.strip():
        raise Fault(
            en="Say why with --reason, or try first with --dry-run.",
            zh="请用 --reason 写明理由；也可以先加 --dry-run 试运行。",
        )
    with scope.service():
        to = _release(options)
        cases = move_orders.meant(to, item=options.item, version=options.from_ or None)
        there = move_orders.already(to, item=options.item)
    lines = _tried(cases, to, options) if options.dry_run else _done(cases, to, options)
    _tell(lines, there, to, dry=options.dry_run)
    if options.report is not None:
        move_report.write(options.report, lines, to)
        print(options.report)
    return 0


def _release(options: Namespace) -> Release:
    from yizhan.releases.models import Current, Release, current  # noqa: PLC0415

    try:
        if options.to:
            return Release.objects.get(pack=options.pack, version=options.to)
        return current(options.pack)
    except Current.DoesNotExist as fault:
        raise Fault(
            en=f"No pack {options.pack} was ever published.", zh=f"从未发布过应用包 {options.pack}。"
        ) from fault
    except Release.DoesNotExist as fault:
        raise Fault(
            en=f"{options.pack} has no version {options.to}.",
            zh=f"应用包 {options.pack} 没有第 {options.to} 版。",
        ) from fault


def _tried(cases: Any, to: Release, options: Namespace) -> list[Line]:
    from yizhan.cases import move_orders  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415

    with scope.service():
        found = list(cases.order_by("number").prefetch_related("tokens"))
    return [move_orders.rehearse(case, to, with_limits=options.limits) for case in found]


def _done(cases: Any, to: Release, options: Namespace) -> list[Line]:
    from yizhan.cases import move_lines, move_orders  # noqa: PLC0415
    from yizhan.cases.refusals import Incomplete  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.identity.actor import HOUSE  # noqa: PLC0415

    try:
        with scope.service():
            if not cases.exists():
                return []
            move = move_orders.order(cases, to, reason=options.reason, with_limits=options.limits, by=HOUSE)
    except Incomplete as refusal:
        raise Fault(en=refusal.message, zh=refusal.message) from refusal
    move_orders.finish(move)
    with scope.service():
        return move_lines.lines(move)


def _tell(lines: list[Line], there: int, to: Release, *, dry: bool) -> None:
    stay = [line for line in lines if line.why is not None]
    went = len(lines) - len(stay)
    for line in stay[:_TOLD]:
        print(f"✗ {line.number}  {line.why}")
    if len(stay) > _TOLD:
        say(en=f"… and {len(stay) - _TOLD} more", zh=f"……另有 {len(stay) - _TOLD} 件")
    went_words = tell(en="can go", zh="可以改用") if dry else tell(en="gone over", zh="已改用")
    say(
        en=f"{to}: {went_words} {went}, staying {len(stay)}, there already {there}",
        zh=f"{to}：{went_words}这一版 {went} 件，仍用原版 {len(stay)} 件，原已使用这一版 {there} 件",
    )
