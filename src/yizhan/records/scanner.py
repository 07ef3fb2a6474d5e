"""The virus scanner 病毒查杀: a command of the district's choice, named in ``FILE_SCANNER``.

``{path}`` in the command stands for the file, such as ``clamdscan --no-summary --fdpass {path}``. It ends
with 0 for a clean file and 1 for an infected one, as ClamAV does; anything else means that it did not work,
and then nothing is taken in. Without a command nothing is scanned, and :func:`status` says so.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.records.refusals import Infected, ScannerAway

SECONDS = 60
_CLEAN, _INFECTED = 0, 1


@dataclass(frozen=True)
class Status:
    """Whether files are scanned, in words for whoever runs the house."""

    on: bool
    works: bool
    words: str


def status() -> Status:
    """What the check-up of the house says about scanning."""
    command = _command()
    if not command:
        return Status(False, False, _("未配置病毒查杀（YIZHAN_FILE_SCANNER），上传的文件只做格式检查"))
    if shutil.which(command[0]) is None:
        return Status(True, False, _("找不到查杀程序 %(name)s，所有上传都会被拒绝") % {"name": command[0]})
    return Status(True, True, _("上传的文件由 %(name)s 查杀") % {"name": command[0]})


def scan(path: Path) -> None:
    """Have a file scanned, where a scanner is named.

    Raises:
        Infected: the scanner found something.
        ScannerAway: the scanner did not do its work.
    """
    command = [part.replace("{path}", str(path)) for part in _command()]
    if not command:
        return
    try:
        ended = subprocess.run(  # noqa: S603 (the command stands in the settings of whoever runs the house)
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise ScannerAway from fault
    if ended.returncode == _INFECTED:
        raise Infected
    if ended.returncode != _CLEAN:
        raise ScannerAway


def _command() -> list[str]:
    return shlex.split(getattr(settings, "FILE_SCANNER", ""))
