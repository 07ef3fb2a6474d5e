"""The room as Django sees it."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """workflow 流程."""

    name = "yizhan.workflow"
    verbose_name = "流程与决策"

    def ready(self) -> None:
        """Announce the kinds of definitions this room understands."""
        from yizhan.workflow import kinds  # noqa: F401, PLC0415 (it needs the tables of releases)
