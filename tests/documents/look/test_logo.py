"""Pictures that may be a logo, and why others may not."""

import base64

import pytest

from engine.documents.look.logo import read_logo
from engine.documents.look.value import LookError
from tests.documents.look.making import SVG, png

# One grey pixel, JFIF.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8Q"
    "EBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="
)


def why(content: bytes) -> str:
    with pytest.raises(LookError) as caught:
        read_logo(content)
    return caught.value.message.zh


def test_a_png_is_taken_as_it_is() -> None:
    logo = read_logo(png(40, 20))
    assert (logo.media, logo.width, logo.height, logo.png) == ("image/png", 40, 20, png(40, 20))


def test_a_jpeg_is_taken_as_it_is() -> None:
    logo = read_logo(JPEG)
    assert (logo.media, logo.width, logo.height) == ("image/jpeg", 1, 1)


def test_an_svg_comes_with_a_png_for_word() -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    logo = read_logo(SVG)
    assert (logo.media, logo.width, logo.height) == ("image/svg+xml", 200, 100)
    drawn = read_logo(logo.png)
    assert (drawn.media, drawn.width / drawn.height) == ("image/png", 2)


@pytest.mark.parametrize(
    "content", [png()[:-20], png()[:40] + b"x" + png()[41:], JPEG[:60], b"<svg", b"\x89PNG\r\n\x1a\n"]
)
def test_a_broken_picture_is_refused(content: bytes) -> None:
    assert "损坏" in why(content)


@pytest.mark.parametrize("content", [b"GIF89a" + bytes(20), b"%PDF-1.7", b"hello"])
def test_another_kind_is_refused(content: bytes) -> None:
    assert why(content) == "不是 PNG、JPEG 或 SVG 图片"


def test_a_banner_is_no_logo() -> None:
    assert "2000×20" in why(png(2000, 20))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="x()"/>',
        '<image href="http://example.org/a.png"/>',
        '<image href="//example.org/a.png"/>',
        '<image href=" file:///etc/passwd"/>',
        '<use href="other.svg#a"/>',
        '<a href="#x"/>',
        "<style>@import 'x.css';</style>",
        "<style>rect { fill: url(http://example.org/) }</style>",
        '<rect fill="url(http://example.org/a)"/>',
        "<foreignObject/>",
        '<image href="data:image/svg+xml;base64,AAAA"/>',
    ],
)
def test_an_svg_asks_for_nothing_outside_itself(inside: str) -> None:
    assert "脚本、链接或外部内容" in why(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()
    )


def test_an_svg_with_entities_is_refused_before_it_is_read() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">&a;</svg>'
    assert "DOCTYPE" in why(bomb)


def test_an_svg_must_say_how_large_it_is() -> None:
    assert "大小" in why(b'<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>')
    pytest.importorskip("typst", reason="not installed: typst")
    plain = b'<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="15mm"><rect width="9" height="9"/></svg>'
    assert read_logo(plain).fitted(6, 6) == (6, 3)


def test_a_gradient_inside_the_picture_is_fine() -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><linearGradient id="g"><stop stop-color="#f00"/>'
        b'</linearGradient><rect width="9" height="9" fill="url(#g)"/></svg>'
    )
    assert read_logo(svg).width == 9
