"""Benchmarks: a file each, run by ``./yizhan bench NAME`` (see yizhan.cli.commands.bench)."""
