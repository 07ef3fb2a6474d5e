"""The room as Django sees it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """desk 工作台."""

    name = "yizhan.desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Put the workbench's pages into its menus."""
        from yizhan.desk import menus  # noqa: PLC0415

        menus.announce()
