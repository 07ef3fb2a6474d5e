import pytest


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "没有找到这一页"),
        ("/fails/denied", 403, "您没有查看这一页的权限"),
        ("/fails/large", 413, "上传的内容太大"),
        ("/fails/often", 429, "操作太频繁"),
        ("/fails/broken", 500, "系统出了问题"),
        ("/fails/away", 503, "系统暂时无法使用"),
    ],
)
def test_every_failure_says_what_happened_what_was_kept_and_what_to_do(visitor, address, status, words):
    answer = visitor.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert all(heading in page for heading in ("发生了什么", "已保存的内容", "接下来怎么做"))


def test_a_fault_tells_nothing_of_the_machine_room(visitor):
    page = visitor.get("/fails/broken").content.decode()
    assert "secret" not in page
    assert "Traceback" not in page


def test_who_asks_too_often_is_told_when_to_come_back(visitor):
    answer = visitor.get("/fails/often")
    assert answer.headers["Retry-After"] == "30"
    assert "请在 1 分钟后再试。" in answer.content.decode()


def test_while_the_database_is_away_one_is_told_to_wait(visitor):
    assert visitor.get("/fails/away").headers["Retry-After"] == "30"


def test_a_part_of_a_page_fails_in_the_place_for_notices(visitor):
    answer = visitor.get("/fails/denied", headers={"hx-request": "true"})
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "<html" not in answer.content.decode()
    assert "您没有查看这一页的权限" in answer.content.decode()


def test_a_form_that_came_too_late(settings, visitor):
    settings.CSRF_FAILURE_VIEW = "yizhan.ui.errors.csrf_failure"
    visitor.handler.enforce_csrf_checks = True
    answer = visitor.post("/guarded")
    assert answer.status_code == 403
    assert "页面放得太久" in answer.content.decode()


def test_english_visitors_read_english(visitor):
    page = visitor.get("/nowhere", headers={"accept-language": "en"}).content.decode()
    assert "We cannot find this page" in page
    assert "What was kept" in page


def test_an_address_that_takes_forms_only_says_so(visitor):
    answer = visitor.get("/act")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "这个地址不能直接打开" in answer.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW"])
def test_other_methods_reach_no_view(visitor, method):
    answer = visitor.generic(method, "/form")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert "asked for" not in answer.content.decode()


def test_the_head_of_a_page_can_be_asked_for_wherever_the_page_can(visitor):
    answer = visitor.head("/form")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.wsgi_request.method == "HEAD"


@pytest.mark.parametrize("query", ["?q=%00", "?a=1&b=x%00y"])
def test_what_no_text_can_hold_is_not_our_fault(visitor, query):
    answer = visitor.get(f"/fails/unkeepable{query}")
    assert answer.status_code == 400
    assert "没有看懂这次请求" in answer.content.decode()
    assert visitor.post("/fails/unkeepable", {"words": "a\0b"}).status_code == 400


def test_anything_else_that_the_database_refuses_is(visitor):
    assert visitor.get("/fails/unkeepable?q=a").status_code == 500
