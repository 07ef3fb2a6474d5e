"""The settings of the embedded PostgreSQL 数据库参数: little memory, safe, reachable by its socket alone."""

from __future__ import annotations

import os
import re
from pathlib import Path

from yizhan.cli.speech import Fault

ACCESS = """\
# Written by ./yizhan at each start. Nobody gets in without a password, and there is no port.
local all all scram-sha-256
local replication all scram-sha-256
"""

OWN_SETTINGS = "# Settings of your own; they win over postgresql.conf, which ./yizhan writes at each start.\n"

_UNITS = {"MB": 1, "GB": 1024}


def settings(socket_folder: Path, *, lasting: bool, shared: bool = False) -> str:
    """The text of postgresql.conf.

    ``shared``: several accounts connect, and who of them may is decided by the folder that the socket lies in.

    ``YIZHAN_DATABASE_MEMORY`` (shared buffers, for example ``4GB``; 128MB when unset) scales what
    depends on memory.

    Raises:
        Fault: that variable is no amount of memory.
    """
    megabytes = _memory(os.environ.get("YIZHAN_DATABASE_MEMORY") or "128MB")
    lines = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0777" if shared else "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "shared_buffers": f"{megabytes}MB",
        "effective_cache_size": f"{megabytes * 3}MB",
        "maintenance_work_mem": f"{max(64, megabytes // 8)}MB",
        "work_mem": "8MB",
        "huge_pages": "try" if megabytes >= 1024 else "off",
        "io_workers": "2",
        "jit": "off",  # compiling costs more than it saves on short queries
        "random_page_cost": "1.1",
        "min_wal_size": "80MB",
        "max_wal_size": "1GB",
        "wal_compression": "pglz",
        "checkpoint_timeout": "10min",
        # One forgotten transaction would hold back all news (journal) and all cleaning of dead rows.
        "idle_in_transaction_session_timeout": "15min",
        "log_timezone": "UTC",
        "timezone": "UTC",
        "lc_messages": "C",
        "log_line_prefix": "%m [%p] %u ",
        "log_min_messages": "warning",
        "log_lock_waits": "on",
        "log_parameter_max_length_on_error": "0",  # no personal data in the log
        "log_parameter_max_length": "0",
        "log_min_error_statement": "panic",
    }
    if not lasting:
        lines |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
        }
        # To count tables while a test's rows are not committed is to take them for empty, and to plan for that.
        lines |= {"max_wal_senders": "0", "autovacuum": "off"}
    body = "".join(f"{name} = '{value}'\n" for name, value in lines.items())
    return (
        "# Written by ./yizhan at each start; put settings of your own into own.conf beside this file.\n"
        f"{body}include 'own.conf'\n"
    )


def _memory(text: str) -> int:
    """An amount like 512MB or 4GB, in megabytes."""
    match = re.fullmatch(r"(\d+) *(MB|GB)", text.strip(), re.IGNORECASE)
    if not match or not int(match[1]):
        raise Fault(
            en=f"YIZHAN_DATABASE_MEMORY is {text!r}; write an amount such as 512MB or 4GB.",
            zh=f"YIZHAN_DATABASE_MEMORY 的值为 {text!r}，应写成 512MB 或 4GB 这样的容量。",
        )
    return int(match[1]) * _UNITS[match[2].upper()]
