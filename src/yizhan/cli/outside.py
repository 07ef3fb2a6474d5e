"""What ``doctor`` looks at outside the house 外部服务: the mail server, the SMS gateway, the virus scanner.

Each is tried the way the product uses it, as far as that goes without sending anything to anybody.
"""

from __future__ import annotations

import os
import shlex
import smtplib
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from yizhan.cli.machine import Finding
from yizhan.cli.speech import tell

_PATIENCE = 10.0  # seconds
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def examine() -> Iterator[Finding]:
    """Look at everything, one finding after another."""
    yield _mail(os.environ.get("YIZHAN_MAIL_SERVER", ""))
    yield _sms(os.environ.get("YIZHAN_SMS_GATEWAY", ""))
    yield _scanner(os.environ.get("YIZHAN_FILE_SCANNER", ""))


def _mail(address: str) -> Finding:
    name = tell(en="mail", zh="邮件")
    if not address:
        return _not_set(name, "YIZHAN_MAIL_SERVER", en="mail is kept and not sent", zh="邮件只留存、不发出")
    place = urlsplit(address)
    if place.scheme not in _MAIL_PORTS or not place.hostname:
        form = "smtp://host:25, smtp+tls://user:password@host:587, smtps://…:465"
        return _wrong(name, tell(en="no address", zh="地址无效"), "YIZHAN_MAIL_SERVER", form)
    try:
        _greet_mail_server(place)
    except (OSError, smtplib.SMTPException) as fault:
        return _wrong(name, f"{place.hostname}: {_words(fault)}", "YIZHAN_MAIL_SERVER")
    return Finding(name, tell(en=f"{place.hostname} answers", zh=f"{place.hostname} 应答正常"))


def _greet_mail_server(place: SplitResult) -> None:
    host, port = place.hostname or "", place.port or _MAIL_PORTS[place.scheme]
    secure = place.scheme == "smtps"
    server = (smtplib.SMTP_SSL if secure else smtplib.SMTP)(host, port, timeout=_PATIENCE)
    with server:
        if place.scheme == "smtp+tls":
            server.starttls()
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))


def _sms(address: str) -> Finding:
    name = tell(en="SMS", zh="短信")
    if not address:
        return _not_set(name, "YIZHAN_SMS_GATEWAY", en="SMS are kept and not sent", zh="短信只留存、不发出")
    place = urlsplit(address)
    if place.scheme not in {"http", "https"} or not place.hostname:
        return _wrong(name, tell(en="no address", zh="地址无效"), "YIZHAN_SMS_GATEWAY", "https://host/path")
    secure = place.scheme == "https"
    try:
        plain = socket.create_connection(
            (place.hostname, place.port or (443 if secure else 80)), timeout=_PATIENCE
        )
        with plain:
            if secure:
                ssl.create_default_context().wrap_socket(plain, server_hostname=place.hostname).close()
    except OSError as fault:
        return _wrong(name, f"{place.hostname}: {_words(fault)}", "YIZHAN_SMS_GATEWAY")
    return Finding(name, tell(en=f"{place.hostname} can be reached", zh=f"可连接 {place.hostname}"))


def _scanner(command: str) -> Finding:
    name = tell(en="virus scanner", zh="病毒查杀")
    if not command:
        return _not_set(
            name,
            "YIZHAN_FILE_SCANNER",
            en="uploads are checked for their form only",
            zh="上传的文件只做格式检查",
        )
    with tempfile.NamedTemporaryFile("w", prefix="yizhan-") as file:
        file.write("nothing bad\n")
        file.flush()
        try:
            words = [part.replace("{path}", file.name) for part in shlex.split(command)]
            done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        except (OSError, ValueError, subprocess.TimeoutExpired) as fault:
            return _wrong(name, _words(fault), "YIZHAN_FILE_SCANNER")
    if done.returncode:
        said = (done.stderr or done.stdout).strip().partition("\n")[0]
        seen = tell(
            en=f"a clean file is refused, and so is every upload (code {done.returncode}): {said}",
            zh=f"未通过正常文件（代码 {done.returncode}），所有上传都会被拒绝：{said}",
        )
        return _wrong(name, seen, "YIZHAN_FILE_SCANNER")
    return Finding(name, tell(en="passes a clean file", zh="正常文件可通过"))


def _not_set(name: str, variable: str, *, en: str, zh: str) -> Finding:
    seen = tell(en=f"{variable} is not set: {en}", zh=f"未设置 {variable}：{zh}")
    return Finding(name, seen, pending=True)


def _wrong(name: str, seen: str, variable: str, form: str = "") -> Finding:
    remedy = tell(
        en=f"write {variable} as {form}" if form else f"check {variable} and what it names",
        zh=f"{variable} 应写成 {form}" if form else f"请检查 {variable} 及其所指的服务",
    )
    return Finding(name, seen, remedy)


def _words(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return tell(en="no answer", zh="没有应答")
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return tell(en="user or password is refused", zh="用户名或密码被拒绝")
    if isinstance(fault, ConnectionRefusedError):
        return tell(en="nothing answers there (connection refused)", zh="该地址没有程序应答（连接被拒绝）")
    if isinstance(fault, socket.gaierror):
        return tell(en="no host of that name is known", zh="找不到该名称的主机")
    if isinstance(fault, FileNotFoundError):
        return tell(en=f"there is no program {fault.filename}", zh=f"找不到程序 {fault.filename}")
    if isinstance(fault, ssl.SSLError):
        return tell(en=f"no trusted TLS ({fault.reason})", zh=f"TLS 不可信（{fault.reason}）")
    return str(getattr(fault, "strerror", "") or fault)
