"""What must be done before the system can run 启动步骤: each does nothing when nothing has changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from yizhan.cli import environment, home, inside, migrations, translations
from yizhan.cli.beside import Beside
from yizhan.cli.children import complete, its_own_sentence
from yizhan.cli.cluster_use import Watch
from yizhan.cli.places import (
    FILES,
    HOME,
    SOURCES,
    Stamp,
    digest,
    pack_folders,
    private_folder,
    write_whole,
)
from yizhan.cli.speech import step

REFERENCE = "yizhan.cli.reference:load"
PUBLISH = "yizhan.releases.publishing:publish_all"
LOAD_DEMO = "yizhan.demo.load:ensure"
"""Called with the scale."""
BEFORE_DEMO = "yizhan.demo.load:require_no_real_district"
TELL_PEOPLE = "yizhan.demo.load:people_in_every_language"
"""The text it returns tells the people one can be, by language, and is shown at each start."""

PEOPLE = HOME / "demo-people.json"


@dataclass
class Start:
    """One start: where the database is, which district, which clock, and the server that the start began."""

    where: environment.Database
    demo: str  # the scale of the demo district, or nothing
    clock: dict[str, str]
    server: Popen[bytes] | None = None
    watch: Watch | None = field(default=None, repr=False)
    beside: Beside = field(default_factory=Beside, repr=False)

    def variables(self) -> dict[str, str]:
        """The environment of web, worker and of the stages that work with the application's rights."""
        return {
            **environment.as_application(self.where),
            **self.clock,
            "YIZHAN_DEMO": "1" if self.demo else "",
        }


@dataclass(frozen=True)
class Stage:
    """One step of a start, with its name in both languages."""

    do: Callable[[Start], None]
    en: str
    zh: str
    applies: Callable[[Start], bool] = lambda _: True


def run(start: Start) -> None:
    """All stages, each with a line of progress and its seconds.

    Raises:
        Fault: one failed.
    """
    with start.beside:
        _do(start, STAGES)


def make_ready(where: environment.Database) -> None:
    """What a command needs of the embedded database that it uses by itself; silent where that is done.

    Raises:
        Fault: a stage failed.
    """
    if where.cluster and not all(stamp.holds() for stamp in _stamps_of_readiness(where)):
        _do(Start(where, "", {}), (_ROLES, _TABLES, _REFERENCE))


def _do(start: Start, stages: tuple[Stage, ...]) -> None:
    private_folder(FILES)
    for stage in stages:
        if stage.applies(start):
            with step(en=stage.en, zh=stage.zh):
                stage.do(start)


def begin_database(start: Start) -> None:
    """Start the embedded server with its roles, or see that the user's own server can be used."""
    cluster = start.where.cluster
    if cluster is None:
        _our_command("database", "check", variables=environment.as_owner(start.where))
        return
    start.watch = Watch(cluster)
    start.server = start.watch.begin()
    make_roles(start)


def make_roles(start: Start) -> None:
    """Make both roles and the database on the embedded server, which runs."""

    def make() -> None:
        admin = {"DATABASE_ADMIN_URL": start.where.superuser}
        _our_command("database", "prepare", variables={**environment.as_owner(start.where), **admin})

    _once(_stamp(start, "prepared", _what_makes_roles()), make)


def bring_tables_up_to_date(start: Start) -> None:
    """Run the migrations that are missing."""
    _once(migrations.of_cluster(start.where), lambda: migrations.migrate(start.where))


def load_reference(start: Start) -> None:
    """Load codes, divisions and working days."""
    _once(
        _stamp(start, "reference", _reference_data()),
        lambda: inside.call(REFERENCE, environment=start.variables()),
    )


def publish_packs(start: Start) -> None:
    """Publish the packs that lie in the packs' folders, where they have changed."""
    files = [path for folder in pack_folders() for path in folder.rglob("*") if path.is_file()]
    rooms = SOURCES.glob("yizhan/*/kinds.py")
    stamp = _stamp(start, "published", digest([*files, *rooms, *SOURCES.glob("yizhan/*/migrations/*.py")]))
    _once(stamp, lambda: inside.call(PUBLISH, environment=start.variables(), speaking=True))


def load_demo(start: Start) -> None:
    """Load the synthetic district."""
    stamp = _stamp(start, "demo", start.demo + digest(_sources_of_the_demo()))

    def load() -> None:
        if start.where.cluster is None:  # another folder's real district may lie there
            inside.call(BEFORE_DEMO, environment=start.variables(), speaking=True)
        home.keep_district("demo")  # also when the loading is cut off
        inside.call(LOAD_DEMO, start.demo, environment=start.variables())
        write_whole(PEOPLE, inside.call(TELL_PEOPLE, environment=start.variables()))

    _once(stamp, load)


_ROLES = Stage(make_roles, en="database", zh="数据库")
_TABLES = Stage(bring_tables_up_to_date, en="tables", zh="数据表")
_REFERENCE = Stage(load_reference, en="codes and calendar", zh="代码与日历")

STAGES = (
    Stage(lambda _: translations.compile_stale(), en="translations", zh="译文"),
    Stage(begin_database, en="database", zh="数据库"),
    _TABLES,
    _REFERENCE,
    Stage(lambda start: start.beside.end(), en="front end and typefaces", zh="前端资源与公文字体"),
    Stage(publish_packs, en="packs", zh="应用包"),
    Stage(
        load_demo,
        en="demo district",
        zh="演示区",
        applies=lambda start: bool(start.demo) and inside.exists(LOAD_DEMO),
    ),
)


def _stamps_of_readiness(where: environment.Database) -> list[Stamp]:
    start = Start(where, "", {})
    stamps = (
        _stamp(start, "prepared", _what_makes_roles()),
        migrations.of_cluster(where),
        _stamp(start, "reference", _reference_data()),
    )
    return [stamp for stamp in stamps if stamp]


def _what_makes_roles() -> str:
    return digest([SOURCES / "yizhan/database/roles.py"])


def _reference_data() -> str:
    return digest([*SOURCES.glob("yizhan/codes/data/*"), *SOURCES.glob("yizhan/calendar/data/*")])


def _sources_of_the_demo() -> list[Path]:
    """Not its tests, pages and translations: the district that they make, show or name is the same."""
    folder = SOURCES / "yizhan/demo"
    return [*folder.glob("*.py"), *(path for path in (folder / "data").rglob("*") if path.is_file())]


def _stamp(start: Start, name: str, inputs: str) -> Stamp | None:
    """Kept beside the data it speaks of; a server of the user's own is asked each time."""
    return Stamp(name, inputs, start.where.cluster.folder) if start.where.cluster else None


def _once(stamp: Stamp | None, do: Callable[[], object]) -> None:
    if stamp is None or not stamp.holds():
        do()
    if stamp is not None:
        stamp.set()


def _our_command(*arguments: str, variables: dict[str, str]) -> None:
    complete([sys.executable, "-m", "yizhan.cli", *arguments], variables, explained=its_own_sentence)
