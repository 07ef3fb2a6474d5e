"""What installers (uv, pip, npm) write when the world is at fault, and the sentence for a person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from yizhan.cli.speech import Fault


@dataclass(frozen=True)
class _Trouble:
    """What is wrong, and the words by which the installers' output shows it."""

    marks: tuple[str, ...]
    en: str
    zh: str


_TROUBLES = (
    _Trouble(
        ("No space left on device", "ENOSPC"),
        en="the disk is full; free 2 GB and start again",
        zh="磁盘已满，请腾出 2 GB 空间后重新启动",
    ),
    _Trouble(
        ("certificate", "CERTIFICATE", "UnknownIssuer", "SELF_SIGNED_CERT", "UNABLE_TO_GET_ISSUER"),
        en="the certificate of the package registry is not trusted here; if a proxy signs the traffic, name "
        "its certificate in SSL_CERT_FILE, PIP_CERT and NODE_EXTRA_CA_CERTS",
        zh="软件包仓库的证书不受信任；代理的证书请用 SSL_CERT_FILE、PIP_CERT 和 NODE_EXTRA_CA_CERTS 指明",
    ),
    _Trouble(
        ("THESE PACKAGES DO NOT MATCH", "Hash mismatch", "EINTEGRITY"),
        en="a package is not the one that was locked; the registry may be damaged or dishonest; not used",
        zh="软件包与锁定的摘要不符，仓库可能已损坏或被篡改，未予采用",
    ),
    _Trouble(
        (
            *(
                "onnectionError",
                "onnection refused",
                "onnection reset",
                "onnect error",
                "ProxyError",
                "unnel",
            ),
            *("dns error", "name resolution", "timed out", "unreachable", "error sending request"),
            *("ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN"),
        ),
        en="the package registry cannot be reached; check the network, HTTPS_PROXY, and the mirrors",
        zh="无法连接软件包仓库，请检查网络、HTTPS_PROXY 以及 pip 或 npm 所设的镜像",
    ),
    _Trouble(
        ("No matching distribution", "No solution found", "not found in the package registry", "E404"),
        en="the package registry lacks a locked package; use a complete mirror",
        zh="软件包仓库缺少锁定的软件包，请换用完整的镜像",
    ),
)


def explain(output: str, log: Path) -> Fault:
    """One sentence for what an installer wrote when it failed; the whole text lies in ``log``."""
    for trouble in _TROUBLES:
        if any(mark in output for mark in trouble.marks):
            return Fault(
                en=f"Packages: {trouble.en} (details: {log}).", zh=f"依赖：{trouble.zh}（详见 {log}）。"
            )
    last = last_line(output)
    return Fault(en=f"Packages: {last} (details: {log}).", zh=f"依赖：{last}（详见 {log}）。")


def full_disk(output: str, log: Path) -> Fault | None:
    """The sentence where a program of ours, the database included, found no room; else None."""
    if "No space left on device" not in output:
        return None
    return Fault(
        en=f"The disk is full: free 2 GB and start again; nothing half-done is kept (details: {log}).",
        zh=f"磁盘已满：请腾出 2 GB 空间后重新启动，未完成的部分不会留下（详见 {log}）。",
    )


def what_failed(output: str) -> str:
    """The words of the exception when the output ends with a traceback, else the last line."""
    lines = output.strip().splitlines()
    for at in range(len(lines) - 1, 0, -1):
        if lines[at - 1].startswith("    ") and not lines[at].startswith(" "):
            return "\n".join([_short(lines[at]), *lines[at + 1 :]])
    return last_line(output)


def _short(line: str) -> str:
    """``package.module.SomeError: words`` without the package."""
    kind, colon, words = line.partition(":")
    return kind.rpartition(".")[2] + colon + words


def last_line(output: str) -> str:
    """The last line with something on it."""
    return next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "-")
