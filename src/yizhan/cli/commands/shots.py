"""``./yizhan shots``: takes the pictures in docs/pictures anew, from a product of its own on a fixed day."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, Namespace

from yizhan.cli import testing
from yizhan.cli.places import CHECKOUT
from yizhan.cli.speech import tell

help = tell(en="Take the pictures of the main pages anew", zh="重新拍摄主要页面的截图")
requirements = "test"


def arguments(parser: ArgumentParser) -> None:
    """Which pictures; all if none is named."""
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=tell(en="pictures, without .png; all if none is named", zh="图片名，不带 .png；不写则全部重拍"),
    )


def run(options: Namespace) -> int:
    """Prepare like a test, then let the browser walk."""
    with testing.variables() as environment:
        testing.prepare(environment)
        command = [sys.executable, "-m", "tests.journeys.pictures", *options.names]
        return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode
