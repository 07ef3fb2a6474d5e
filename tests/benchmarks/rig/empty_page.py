"""The unit of all pages: a stock Django project's hello world, served exactly as the product is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from tests.benchmarks.rig.visitor import Refused
from tests.product import free_port, wait_for_port
from yizhan.cli import parts

PATH = "/hello"
_VIEW = """
from django.http import HttpResponse

urlpatterns.append(path("hello", lambda request: HttpResponse("Hello, world")))
"""
_AS_IN_USE = """
DEBUG = False
ALLOWED_HOSTS = ["*"]
"""


class EmptyPage:
    """A project fresh from ``startproject`` with one view, behind the same server with the same settings."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._workers = workers
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> EmptyPage:
        self._write()
        command = parts.web("127.0.0.1", self.port, self._workers, "empty.wsgi:application")
        environment = {**os.environ, "PYTHONPATH": str(self._folder), parts.MARK: "empty page"}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self._process = subprocess.Popen(command, env=environment, start_new_session=True)
        if not wait_for_port(self.port):
            raise Refused("the empty page does not answer")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(30)

    def pids(self) -> list[int]:
        """The server's processes: the main one and its workers."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return [self._process.pid, *(int(pid) for file in children for pid in file.read_text().split())]

    def _write(self) -> None:
        """Leave a project that is there already."""
        if (self._folder / "manage.py").exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        start = [sys.executable, "-m", "django", "startproject", "empty", str(self._folder)]
        subprocess.run(start, check=True)
        for name, more in (("urls.py", _VIEW), ("settings.py", _AS_IN_USE)):
            with (self._folder / "empty" / name).open("a") as file:
                file.write(more)
