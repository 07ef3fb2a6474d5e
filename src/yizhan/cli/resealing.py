"""The secret of the keys is changed 更换密钥口令: in the database, and in the file where it is kept in one.

The new secret lies beside the old one before the database is touched, and takes its place afterwards: stopped anywhere,
the same command goes on where it stood.
"""

from __future__ import annotations

import os
from pathlib import Path

from yizhan.cli import environment, home
from yizhan.cli.cluster_use import in_use
from yizhan.cli.places import SECRETS, private_folder, write_whole
from yizhan.cli.secret import COMING, secret
from yizhan.cli.speech import Fault, counted, say, tell

_NEW, _USED = "YIZHAN_NEW_KEY_SECRET", "YIZHAN_KEY_SECRET"
_FILE = "keys.key"


def reseal(file: Path | None, former: Path | None = None) -> int:
    """Seal every key anew; the exit code.

    Args:
        file: the new secret, in a file; None where it stands in ``YIZHAN_NEW_KEY_SECRET`` or is to be made.
        former: a secret before the one in use, in a file, for keys that a forgotten process added under it.

    Raises:
        Fault: there is no new secret, the old one opens nothing, or the system runs.
    """
    in_file = not os.environ.get(_USED)
    given = _read(file) if file else os.environ.get(_NEW, "")
    earlier = _read(former) if former else ""
    if not in_file and not given:
        raise Fault(
            en=f"The secret stands in {_USED}: give the new one in {_NEW} or with --new-secret FILE.",
            zh=f"现用口令由 {_USED} 给出：请把新口令放进 {_NEW}，或用 --new-secret 指明文件。",
        )
    with home.claimed("keys reseal"):
        if in_file:
            anew, before = _by_files(given, earlier)
        else:
            anew, before = _in_database(os.environ[_USED], given, earlier)
    say(
        en=f"{counted(anew, 'key', 'keys')} sealed with the new secret; {before} were already.",
        zh=f"已用新口令重新加密 {anew} 把密钥，另有 {before} 把此前已用新口令加密。",
    )
    _tell_what_remains(in_file=in_file)
    return 0


def _read(file: Path) -> str:
    try:
        found = file.read_text().strip()
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else tell(en="it is no text", zh="不是文本")
        raise Fault(en=f"{file} cannot be read: {why}.", zh=f"无法读取 {file}：{why}。") from None
    if not found:
        raise Fault(en=f"{file} is empty: it holds no secret.", zh=f"{file} 是空的，没有口令。")
    return found


def _by_files(given: str, former: str) -> tuple[int, int]:
    """The new secret beside the old one, then the keys, then the one in the other's place."""
    coming = private_folder(SECRETS) / COMING
    cut_off = coming.exists()
    if given and not cut_off:
        write_whole(coming, given, 0o600)
    new = secret(COMING)
    if given and new != given:
        raise Fault(
            en="An earlier change was cut off; run the command without a new secret first, and it is finished.",
            zh="上次更换口令未完成，请不指定新口令重新运行本命令。",
        )
    try:
        done = _in_database(secret(_FILE), new, former)
    except Fault:
        if not cut_off:  # nothing was changed, and nobody needs it
            coming.unlink()
        raise
    coming.replace(SECRETS / _FILE)
    return done


def _in_database(old: str, new: str, former: str) -> tuple[int, int]:
    import django  # noqa: PLC0415
    import psycopg  # noqa: PLC0415

    from yizhan.cli import stages  # noqa: PLC0415

    where = environment.database()
    with in_use(where.cluster):
        stages.make_ready(where)
        environment.become(environment.as_application(where))
        django.setup()
        from django.utils import translation  # noqa: PLC0415

        from yizhan.keys import resealing  # noqa: PLC0415
        from yizhan.keys.faults import KeysFault  # noqa: PLC0415

        with translation.override(tell(en="en", zh="zh-hans")), psycopg.connect(where.owner) as owner:
            try:
                return resealing.reseal(owner, old=old, new=new, former=former)
            except KeysFault as refused:
                raise Fault(en=str(refused), zh=str(refused)) from None


def _tell_what_remains(*, in_file: bool) -> None:
    if in_file:
        say(
            en=f"It lies in {SECRETS / _FILE}. Other machines: copy the file there, then start their processes.",
            zh=f"新口令在 {SECRETS / _FILE}。还有其他机器的，把这个文件复制过去，再启动那里的进程。",
        )
    else:
        say(
            en=f"Set {_USED} to the new secret on every machine, then start the processes.",
            zh=f"请在每台机器上把 {_USED} 改成新口令，再启动进程。",
        )
    say(
        en="Make a backup now. Earlier backups open with the old secret: keep it with them, or destroy both. Whoever had "
        "the old secret and a copy of the data has every key, those of root, issuing certificate and time stamps too: "
        "then found the whole authority anew with `./yizhan keys found --anew`, which withdraws the root.",
        zh="请立即做一次备份。此前的备份仍要用旧口令打开：旧口令与备份一起保存，或者一起销毁。"
        "旧口令和数据副本可能同时泄露的，根证书、签发证书和时间戳的密钥也已泄露，"
        "须用 ./yizhan keys found --anew 停用原根证书，重新建立证书认证。",
    )
