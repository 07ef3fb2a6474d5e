"""The commands of the house 命令: one file in ``commands`` is one command."""
