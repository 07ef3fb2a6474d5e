"""Built files: compressed where the browser takes it, kept for ever, and nothing else of the folder."""

import gzip

import pytest

from yizhan.ui.built import BuiltFiles

SHEET = b"body { margin: 0 }"


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "public-Ds3WxA2-.css").write_bytes(SHEET)
    (tmp_path / "public-Ds3WxA2-.css.gz").write_bytes(gzip.compress(SHEET))
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path.parent / "outside-12345678.css").write_text("secret")

    def pages(environ, start_response):
        start_response("404 Not Found", [])
        return [b"the page for what is not there"]

    served = BuiltFiles(pages, tmp_path, "/assets/")

    def ask(path: str, method: str = "GET", **more: str) -> tuple[str, dict[str, str], bytes]:
        told = []
        environ = {"PATH_INFO": path, "REQUEST_METHOD": method, **more}
        body = b"".join(served(environ, lambda status, headers: told.extend([status, dict(headers)])))
        return told[0], told[1], body

    return ask


def test_a_built_file_is_kept_for_ever_and_comes_with_its_length(ask):
    status, headers, body = ask("/assets/public-Ds3WxA2-.css")
    assert (status, body) == ("200 OK", SHEET)
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    assert headers["Content-Length"] == str(len(SHEET))
    assert headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in headers


def test_a_browser_that_takes_compressed_files_gets_them(ask):
    _, headers, body = ask("/assets/public-Ds3WxA2-.css", HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert headers["Content-Encoding"] == "gzip"  # there is no .br beside this one
    assert gzip.decompress(body) == SHEET
    assert headers["Content-Length"] == str(len(body))


def test_a_head_request_has_the_headers_alone(ask):
    status, headers, body = ask("/assets/public-Ds3WxA2-.css", "HEAD")
    assert (status, body, headers["Content-Length"]) == ("200 OK", b"", str(len(SHEET)))


@pytest.mark.parametrize(
    "path",
    [
        "/assets/manifest.json",
        "/assets/public-Ds3WxA2-.css.gz",
        "/assets/gone-12345678.css",
        "/assets/../outside-12345678.css",
        "/assets/%2e%2e/outside-12345678.css",
        "/other",
    ],
)
def test_everything_else_is_for_the_pages(ask, path):
    assert ask(path)[0] == "404 Not Found"


def test_nothing_is_written_to_them(ask):
    assert ask("/assets/public-Ds3WxA2-.css", "POST")[0] == "404 Not Found"
