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


def test_the_sign_in_the_tab_shows_the_sites_character(visitor, settings):
    settings.SITE = {"district": {"zh": "荔湾区", "en": "Liwan District"}}
    for address in ("/favicon.svg", "/favicon.ico"):
        answer = visitor.get(address)
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert ">荔</text>" in answer.content.decode()
    page = visitor.get("/preferences").content.decode()
    assert '<link rel="icon" href="/favicon.svg" type="image/svg+xml">' in page
