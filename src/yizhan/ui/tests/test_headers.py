from yizhan.ui.middleware import CONTENT_POLICY


def test_pages_and_error_pages_carry_the_policy(visitor):
    for address in ("/preferences", "/nowhere", "/fails/broken"):
        headers = visitor.get(address).headers
        assert headers["Content-Security-Policy"] == CONTENT_POLICY
        assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_no_cache_hands_one_visitors_look_to_another(visitor):
    assert "Cookie" in visitor.get("/preferences").headers["Vary"]


def test_the_policy_allows_nothing_inline_and_no_frames():
    assert "unsafe" not in CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY
