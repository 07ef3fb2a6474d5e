"""The commands. One file is one command, found because it exists 一文件一命令.

``commands/<name>.py`` becomes ``./yizhan <name>`` (an underscore becomes a hyphen)::

    help = tell(en="Say hello", zh="问好")

    def arguments(parser: ArgumentParser) -> None:
        parser.add_argument("--loud", action="store_true")

    def run(options: Namespace) -> int:       # the exit code
        ...

Optional names:

``requirements = "test"``  the environment must hold requirements/test.txt, not only run.txt.
``takes_rest = True``      arguments unknown to the parser arrive as the list ``options.rest``.

Rules:

* ``help`` is written exactly so: ``./yizhan --help`` reads it without importing the file.
* A command that needs the database or a room works inside ``with application():``. That finds or
  starts the embedded database, fills ``os.environ``, and sets Django up with the application's role. Rooms
  are imported inside that block (or in a module that is), since models need Django to be set up.
* What a person must mend is raised as ``speech.Fault`` in both languages; a stack trace is a defect.
* Figures (``bench``) go through ``yizhan.cli.report``.
"""
