"""Pages for what went wrong 出错页: what happened, what was kept, what to do. Never a stack trace.

The root address file names the handlers: ``handler404 = "yizhan.ui.errors.not_found"`` and so on.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@dataclass(frozen=True)
class Explanation:
    """The three sentences of an error page."""

    title: str | Promise
    happened: str | Promise
    kept: str | Promise
    to_do: str | Promise


class TooManyRequests(Exception):
    """Raised by a view when a visitor asks too often; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


NOTHING_CHANGED = _("您之前保存的内容都在，没有受到影响。")

EXPLANATIONS = {
    400: Explanation(
        _("没有看懂这次请求"),
        _("网页发来的内容不完整，或者链接不正确。"),
        NOTHING_CHANGED,
        _("请返回上一页重新操作；链接是别人发来的，请从首页重新进入。"),
    ),
    403: Explanation(
        _("您没有查看这一页的权限"),
        _("这一页只对承办人员或者本人开放。"),
        NOTHING_CHANGED,
        _("如果您是本人，请登录后再试；工作人员请切换到有权限的岗位，或者联系本单位管理员。"),
    ),
    404: Explanation(
        _("没有找到这一页"),
        _("网址可能输错了，或者这一页已经移走。"),
        NOTHING_CHANGED,
        _("请检查网址，或者从首页搜索您要办的事。"),
    ),
    405: Explanation(
        _("这个地址不能直接打开"),
        _("它只接收网页上的按钮或表单提交的内容，不是一页可以看的网页。"),
        NOTHING_CHANGED,
        _("请返回上一页，在网页上操作；或者从首页重新进入。"),
    ),
    413: Explanation(
        _("上传的内容太大"),
        _("文件超过了这一页允许的大小，没有收下。"),
        _("您填写并保存过的内容还在，只是这次上传的文件没有收下。"),
        _("请压缩图片或者分几次上传，然后重试。"),
    ),
    429: Explanation(
        _("操作太频繁，请稍等"),
        _("短时间内从您这里来的请求太多，系统暂时停止响应，以保护大家的正常使用。"),
        NOTHING_CHANGED,
        _("请等一会儿再试。"),
    ),
    500: Explanation(
        _("系统出了问题"),
        _("这是我们的问题，不是您的操作有误。故障已经记录。"),
        _("没有提交成功的内容没有收下；之前保存的内容都在。"),
        _("请过几分钟再试；急需办理请拨打服务热线，或者到就近的服务站。"),
    ),
    503: Explanation(
        _("系统暂时无法使用"),
        _("数据库没有应答，系统正在自动恢复。故障已经记录。"),
        _("没有提交成功的内容没有收下；之前保存的内容都在。"),
        _("请过一两分钟再试；急需办理请拨打服务热线，或者到就近的服务站。"),
    ),
}

FORGED = Explanation(
    _("页面放得太久，没有提交成功"),
    _("为了保护您的账户，每个表单只在一段时间内有效；也可能是浏览器没有保存本站的 Cookie。"),
    _("您之前保存的内容都在，这一次提交没有收下。"),
    _("请返回上一页，刷新以后再提交一次。"),
)


def page(request: HttpRequest, status: int, explanation: Explanation | None = None) -> HttpResponse:
    """The error page of a status, or only its notice when htmx asked for a part of a page."""
    context = {"status": status, "explanation": explanation or EXPLANATIONS[status]}
    if "HX-Request" not in request.headers:
        return render(request, "ui/errors/page.jinja", context, status=status)
    response = render(request, "ui/errors/part.jinja", context, status=status)
    # The page keeps what it shows; only its place for notices changes.
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 where Django means that too much was sent."""
    return page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return page(request, 404)


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    """405, with the methods that are."""
    response = page(request, 405)
    response.headers["Allow"] = methods
    return response


def too_many_requests(request: HttpRequest, exception: TooManyRequests) -> HttpResponse:
    """429, with the time to wait."""
    minutes = -(-exception.retry_after // 60)
    how_long = ngettext("请在 %(n)s 分钟后再试。", "请在 %(n)s 分钟后再试。", minutes) % {"n": minutes}
    response = page(request, 429, replace(EXPLANATIONS[429], to_do=how_long))
    response.headers["Retry-After"] = str(exception.retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn like the others on the bare layout, which asks nothing of rooms that may be broken.

    503 where the database is away: proxies and monitors know by it that waiting helps.
    """
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return page(request, 500)
    response = page(request, 503)
    response.headers["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: a form that came too late or from elsewhere."""
    return page(request, 403, FORGED)
