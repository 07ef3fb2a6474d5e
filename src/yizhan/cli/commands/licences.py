"""``./yizhan licences issue | resume | batches | gather``: many licences from one list, and those of other offices."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from yizhan.cli.application import application
from yizhan.cli.speech import Fault, say, tell

if TYPE_CHECKING:
    from yizhan.licences.models import Batch

help = tell(en="Issue many licences from one list", zh="按名单批量核发证照")


def arguments(parser: ArgumentParser) -> None:
    """Three verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    issue = verbs.add_parser(
        "issue",
        help=tell(
            en="read a list, all of it or nothing, and issue", zh="读取名单（有一行不合格即不收）并核发"
        ),
    )
    issue.add_argument(
        "file",
        type=Path,
        help=tell(en="CSV: code, name, number, begins", zh="CSV：号码、名称、证照编号、有效期自"),
    )
    issue.add_argument("--kind", required=True, help=tell(en="kind of licence", zh="证照类型"))
    issue.add_argument("--unit", required=True, help=tell(en="code of the issuing unit", zh="核发单位代码"))
    issue.add_argument("--because", required=True, help=tell(en="on what grounds", zh="核发依据或事由"))
    issue.add_argument(
        "--rejects",
        type=Path,
        help=tell(en="where to write the rows that are wrong", zh="不合格清单写到何处"),
    )
    resume = verbs.add_parser(
        "resume", help=tell(en="go on with a batch that was broken off", zh="继续中断的批次")
    )
    resume.add_argument("batch", type=int)
    gather = verbs.add_parser(
        "gather",
        help=tell(
            en="enter licences that another office issued, all or nothing",
            zh="登记外单位核发的证照（有一行不合格即不收）",
        ),
    )
    gather.add_argument("file", type=Path, help=tell(en="CSV", zh="CSV 文件"))
    gather.add_argument("--because", required=True, help=tell(en="on what grounds", zh="依据或事由"))
    gather.add_argument(
        "--rejects",
        type=Path,
        help=tell(en="where to write the rows that are wrong", zh="不合格清单写到何处"),
    )
    verbs.add_parser("batches", help=tell(en="how far each is", zh="各批次的进度"))


def run(options: Namespace) -> int:
    """Do one of the four."""
    verbs = {"issue": _issue, "resume": _resume, "batches": _list, "gather": _gather}
    with application():
        from yizhan.identity import scope  # noqa: PLC0415
        from yizhan.identity.actor import HOUSE  # noqa: PLC0415
        from yizhan.journal import access  # noqa: PLC0415

        with scope.service(), access.watching(HOUSE.viewer()):
            return verbs[options.verb](options)


def _issue(options: Namespace) -> int:
    from yizhan.identity.actor import HOUSE  # noqa: PLC0415
    from yizhan.identity.directory.reading import FileRefused  # noqa: PLC0415
    from yizhan.licences import batches  # noqa: PLC0415
    from yizhan.licences.refusals import Refused  # noqa: PLC0415
    from yizhan.registry import faults  # noqa: PLC0415

    order = batches.Order(options.kind, options.unit, HOUSE.key, options.because)
    try:
        report, batch = batches.take(_read(options.file), order)
    except (Refused, FileRefused, faults.Refused) as why:
        raise Fault(en=str(why), zh=str(why)) from why
    if batch is None:
        if options.rejects:
            options.rejects.write_bytes(report.rejects_csv())
        first = report.rejects[0]
        many = len(report.rejects)
        raise Fault(
            en=f"Nothing was taken: {many} rows are wrong. Row {first.row}: {first.reason.en}",
            zh=f"名单没有收下：{many} 行不合格。第 {first.row} 行：{first.reason.zh}",
        )
    return _go_on(batch)


def _gather(options: Namespace) -> int:
    from yizhan.identity.actor import HOUSE  # noqa: PLC0415
    from yizhan.identity.directory.reading import FileRefused  # noqa: PLC0415
    from yizhan.licences import gathering  # noqa: PLC0415
    from yizhan.registry import faults  # noqa: PLC0415

    try:
        report = gathering.gather(_read(options.file), by=HOUSE.key, because=options.because)
    except (FileRefused, faults.Refused) as why:
        raise Fault(en=str(why), zh=str(why)) from why
    if not report.loaded:
        if options.rejects:
            options.rejects.write_bytes(report.rejects_csv())
        first, many = report.rejects[0], len(report.rejects)
        raise Fault(
            en=f"Nothing was entered: {many} rows are wrong. Row {first.row}: {first.reason.en}",
            zh=f"没有登记：{many} 行不合格。第 {first.row} 行：{first.reason.zh}",
        )
    say(en=f"{report.new} of {report.rows} rows were new", zh=f"{report.rows} 行，新登记 {report.new} 行")
    return 0


def _resume(options: Namespace) -> int:
    from yizhan.licences.models import Batch  # noqa: PLC0415

    batch = Batch.objects.filter(pk=options.batch).first()
    if batch is None:
        raise Fault(en=f"There is no batch {options.batch}.", zh=f"没有批次 {options.batch}。")
    return _go_on(batch)


def _go_on(batch: Batch) -> int:
    from yizhan.licences import batches  # noqa: PLC0415

    say(en=f"Batch {batch.pk}: {batch.lines} licences", zh=f"批次 {batch.pk}：{batch.lines} 份证照")
    told = batches.run(
        batch, progress=lambda done, many: say(en=f"  {done} of {many}", zh=f"  {done} / {many}")
    )
    for line in batches.refused(batch)[:20]:
        say(en=f"  row {line.row}: {line.fault}", zh=f"  第 {line.row} 行：{line.fault}")
    if told.waiting:
        _tell_hindrance(batch, told.waiting)
        return 1
    say(
        en=f"{told.issued} issued, {told.refused} not; the worker seals their files.",
        zh=f"已核发 {told.issued} 份，未核发 {told.refused} 份；证照文件由后台陆续用印。",
    )
    return 0 if told.refused == 0 else 1


def _list(_options: Namespace) -> int:
    from yizhan.licences import batches  # noqa: PLC0415
    from yizhan.licences.models import Batch  # noqa: PLC0415

    for batch in Batch.objects.order_by("-id")[:50]:
        told = batches.standing(batch)
        say(
            en=f"{batch.pk}: {batch.kind}, {told.issued} of {batch.lines} issued, {told.refused} not, "
            f"{told.waiting} to come",
            zh=f"{batch.pk}：{batch.kind}，共 {batch.lines} 份，已核发 {told.issued}，未核发 {told.refused}，"
            f"待核发 {told.waiting}",
        )
        if unsealed := batches.unsealed(batch):
            say(en=f"  {unsealed} wait for their seal", zh=f"  {unsealed} 份待用印")
        if unsealed or told.waiting:
            _tell_hindrance(batch, told.waiting)
    return 0


def _tell_hindrance(batch: Batch, left: int) -> None:
    """Why a batch waits and who has to act; and what to do afterwards, where licences are still to come."""
    from yizhan.licences import batches  # noqa: PLC0415

    if why := batches.hindrance(batch):
        say(en=f"  Waits: {why}.", zh=f"  暂停：{why}。")
    if left:
        say(
            en=f"  {left} still to come: ./yizhan licences resume {batch.pk}",
            zh=f"  还有 {left} 份待核发，处理后运行 ./yizhan licences resume {batch.pk}",
        )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Fault(
            en=f"{file} cannot be read: {fault.strerror}.", zh=f"无法读取 {file}：{fault.strerror}。"
        ) from fault
