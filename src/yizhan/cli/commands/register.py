"""``./yizhan register source | template | load``: what a department's register holds, from its extract of it.

``./yizhan register retention`` says what is past its term by the table of terms, and clears what may be cleared.
``./yizhan register derive`` works out again by what persons are sorted and found; set by set, so that it can be
broken off and run once more.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from yizhan.cli.application import application
from yizhan.cli.environment import database
from yizhan.cli.speech import Fault, counted, say, tell

help = tell(en="Bring the registers' data in from files", zh="从文件导入登记数据")


def arguments(parser: ArgumentParser) -> None:
    """Six verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    load = verbs.add_parser(
        "load", help=tell(en="enter a CSV file, all of it or nothing", zh="导入 CSV 文件")
    )
    load.add_argument("file", type=Path)
    load.add_argument(
        "--source", required=True, help=tell(en="code of the register it comes from", zh="数据来源代码")
    )
    _of_register(load)
    _described(load)
    load.add_argument(
        "--rejects",
        type=Path,
        help=tell(en="where to write the rows that are wrong", zh="不合格清单写到何处"),
    )
    source = verbs.add_parser(
        "source",
        help=tell(
            en="declare a register that values come from, or its unit anew", zh="登记数据来源及负责单位"
        ),
    )
    source.add_argument("source", help=tell(en="its code", zh="数据来源代码"))
    _described(source)
    source.add_argument(
        "--categories",
        type=lambda text: text.split(","),
        metavar="A,B",
        help=tell(
            en="categories that it may answer for, such as marriage,birth; all if left out",
            zh="来源所含的信息类别，如 marriage,birth；不写即为全部",
        ),
    )
    template = verbs.add_parser(
        "template", help=tell(en="write an empty file with the headings", zh="生成模板")
    )
    template.add_argument("file", type=Path)
    _of_register(template)
    derive = verbs.add_parser(
        "derive",
        help=tell(en="work out again by what people are sorted and found", zh="重算人员的排序和检索信息"),
    )
    derive.add_argument(
        "--anew",
        action="store_true",
        help=tell(
            en="all at once, for after the rules have changed; names are found slowly meanwhile",
            zh="规则变动后全部重算；重算期间按姓名检索较慢",
        ),
    )

    carry = verbs.add_parser(
        "carry",
        help=tell(
            en="a division has ended: move what lies in it to its successors",
            zh="区划撤并后，将地址和人员转到承接区划",
        ),
    )
    carry.add_argument("division", help=tell(en="its code, twelve digits", zh="已撤销区划的 12 位代码"))
    carry.add_argument(
        "--on",
        type=date.fromisoformat,
        required=True,
        metavar=tell(en="DAY", zh="日期"),
        help=tell(en="from this day on, like 2026-11-01", zh="自何日起，如 2026-11-01"),
    )

    retention = verbs.add_parser(
        "retention",
        help=tell(
            en="what is past its term; nothing is deleted without --apply",
            zh="列出已过保存期限的数据；不加 --apply 不删除任何内容",
        ),
    )
    retention.add_argument(
        "--apply",
        action="store_true",
        help=tell(
            en="clear what may be cleared: drafts, contact entries never proved",
            zh="清理可以清理的：过期草稿、未确认的联系方式",
        ),
    )


def _of_register(verb: ArgumentParser) -> None:
    verb.add_argument(
        "--register",
        default="persons",
        choices=("persons", "companies", "buildings", "grids", "facilities", "laws"),
        help=tell(
            en="which register: persons, companies, buildings, grids, facilities, laws",
            zh="哪个登记簿：人口、法人、楼栋、网格、设施、法规政策",
        ),
    )


def _described(verb: ArgumentParser) -> None:
    verb.add_argument("--title", required=True, help=tell(en="Chinese title of that register", zh="来源名称"))
    verb.add_argument("--title-en", required=True, help=tell(en="its English title", zh="来源英文名称"))
    verb.add_argument(
        "--unit", required=True, help=tell(en="code of the unit that answers for it", zh="负责单位代码")
    )


def run(options: Namespace) -> int:
    """Do one of the six."""
    verbs = {
        "template": _template, "source": _source, "load": _load, "derive": _derive, "carry": _carry,
        "retention": _retention,
    }  # fmt: skip
    options.owner = database().owner  # before the process becomes the application
    with application():
        return verbs[options.verb](options)


def _source(options: Namespace) -> int:
    from yizhan.identity import scope  # noqa: PLC0415

    with scope.service():
        _declare(options)
    say(
        en=f"{options.source} is answered for by {options.unit}; its keeper finds it under Register data.",
        zh=f"{options.source} 由 {options.unit} 负责；该单位的登记数据管理员可在“登记数据导入”中选用。",
    )
    return 0


def _declare(options: Namespace) -> None:
    from yizhan.identity.models import Unit  # noqa: PLC0415
    from yizhan.registry import sources  # noqa: PLC0415
    from yizhan.registry.catalogue import CATEGORIES  # noqa: PLC0415
    from yizhan.registry.faults import UnknownKey  # noqa: PLC0415

    if not Unit.objects.open().filter(code=options.unit).exists():
        raise Fault(
            en=f"There is no unit {options.unit}; bring the units in first.",
            zh=f"没有代码为 {options.unit} 的单位，请先导入单位。",
        )
    try:
        sources.declare(
            options.source,
            zh=options.title,
            en=options.title_en,
            unit=options.unit,
            categories=getattr(options, "categories", None),
        )
    except UnknownKey as unknown:
        known = ", ".join(CATEGORIES)
        raise Fault(
            en=f"{unknown}; there are: {known}.", zh=f"没有这一信息类别：{unknown}。可用：{known}。"
        ) from unknown


def _template(options: Namespace) -> int:
    from yizhan.registry import importing  # noqa: PLC0415

    try:
        with options.file.open("xb") as file:
            file.write(importing.template(options.register))
    except OSError as fault:
        raise _unusable(options.file, fault) from fault
    say(en=f"The headings are in {options.file}.", zh=f"模板已写入 {options.file}。")
    return 0


def _carry(options: Namespace) -> int:
    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.identity.actor import HOUSE  # noqa: PLC0415
    from yizhan.registry import carrying  # noqa: PLC0415
    from yizhan.registry.faults import Refused  # noqa: PLC0415

    try:
        with scope.service():
            told = carrying.carry_over(options.division, on=options.on, by=HOUSE)
    except Refused as refused:
        raise Fault(en=str(refused), zh=str(refused)) from refused
    say(
        en=f"Moved to {', '.join(told.successors)}: {told.buildings} buildings, {told.addresses} addresses, "
        f"{told.households} households, {told.persons} people.",
        zh=f"已转到 {'、'.join(told.successors)}：楼栋 {told.buildings} 栋，地址 {told.addresses} 条，"
        f"户 {told.households} 户，人员 {told.persons} 人。",
    )
    for kind, key, why in told.left:
        say(en=f"  stays: {kind} {key} ({why})", zh=f"  未转：{kind} {key}（{why}）")
    return 0


def _retention(options: Namespace) -> int:
    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.registry import retention  # noqa: PLC0415

    with scope.service():
        found = retention.due(apply=options.apply)
    for one in found:
        kept = one.kept
        many = "" if one.many is None else tell(en=f"; past it: {one.many}", zh=f"；已过期 {one.many}")
        gone = (
            "" if one.cleared is None else tell(en=f", cleared {one.cleared}", zh=f"，已清理 {one.cleared}")
        )
        by = {
            "itself": tell(en="by itself", zh="自动"),
            "command": tell(en="by this command", zh="由本命令"),
            "nobody": tell(en="by nobody", zh="不清理"),
        }[kept.handled_by]
        say(
            en=f"{kept.title.en}: {kept.term.en}; {by}{many}{gone}",
            zh=f"{kept.title.zh}：{kept.term.zh}；{by}{many}{gone}",
        )
    if not options.apply:
        say(en="Nothing was deleted: add --apply.", zh="没有删除任何内容；确认后请加 --apply。")
    return 0


def _derive(options: Namespace) -> int:
    from yizhan.cli import deriving_anew  # noqa: PLC0415
    from yizhan.registry import deriving  # noqa: PLC0415

    began, persons, changed = time.monotonic(), 0, 0
    if options.anew:
        persons, changed = deriving_anew.derive(options.owner, _told)
    else:
        for _last, many, wrong in deriving.all_again():
            persons, changed = persons + many, changed + wrong
            _told(persons, changed)
    seconds = time.monotonic() - began
    say(
        en=f"All done: {persons:,} people in {seconds:.0f} s, {changed:,} were not as they should be.",
        zh=f"全部完成：{persons:,} 人，用时 {seconds:.0f} 秒，更新 {changed:,} 人。",
    )
    return 0


def _told(persons: int, changed: int) -> None:
    say(en=f"{persons:,} people, {changed:,} changed", zh=f"已核 {persons:,} 人，更新 {changed:,} 人")


def _load(options: Namespace) -> int:
    from django.db import transaction  # noqa: PLC0415

    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.identity.directory import FileRefused  # noqa: PLC0415
    from yizhan.registry import importing  # noqa: PLC0415
    from yizhan.registry.faults import Refused  # noqa: PLC0415
    from yizhan.registry.importing import Loading  # noqa: PLC0415

    try:
        data = options.file.read_bytes()
    except OSError as fault:
        raise _unusable(options.file, fault) from fault
    with scope.service(), transaction.atomic():
        _declare(options)
        try:
            how = Loading(source=options.source, name=options.file.name, kind=options.register)
            report = importing.load(data, how)
        except (FileRefused, Refused) as refused:
            raise Fault(en=str(refused), zh=str(refused)) from refused
        if not report.loaded:
            raise _refused(report, options.rejects)
    for warning in report.warnings:
        print(f"! {warning}")
    say(
        en=f"{counted(report.rows, 'row', 'rows')}: {report.new} entered, {report.changed} changed, "
        f"{report.same} as they were.",
        zh=f"共 {report.rows} 行：新登记 {report.new}，更新 {report.changed}，未变 {report.same}。",
    )
    return 0


def _refused(report: object, target: Path | None) -> Fault:
    """Nothing was entered; the first wrong row is named, all of them are in the file."""
    from yizhan.identity.directory import Report  # noqa: PLC0415

    assert isinstance(report, Report)
    if target is not None:
        try:
            target.write_bytes(report.rejects_csv())
        except OSError as fault:
            return _unusable(target, fault)
    first, many = report.rejects[0], len(report.rejects)
    listed = tell(en=f"; all are in {target}", zh=f"；全部列在 {target}") if target else ""
    return Fault(
        en=f"Nothing was entered: {many} wrong, the first in row {first.row}, {first.column}: {first.reason.en}{listed}",
        zh=f"没有导入任何内容：有 {many} 处不合格，第一处在第 {first.row} 行“{first.column}”：{first.reason.zh}{listed}",
    )


def _unusable(path: Path, fault: OSError) -> Fault:
    return Fault(en=f"{path} cannot be used: {fault.strerror}.", zh=f"无法使用 {path}：{fault.strerror}。")
