"""Reads a chart back: its bars, its texts, and whether any text lies where it should not."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from engine.documents.charts.measure import width

SVG = "{http://www.w3.org/2000/svg}"
NASTY = [
    "<script>alert(1)</script>",
    "]]>&amp;\"'--",
    "\u202e倒着的字\u200f",
    "😀🏥 emoji",
    "一二三四五六七八九十" * 3,
    "很长" * 5000,
    "a" * 10_000,
    "",
    "\x00\x0b\ud800\uffff",
    "{{7*7}} ${x} %s",
    "url(#hatch-MARK) -\0)",
]


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # raises where it is not well formed


def texts(svg: str) -> list[str]:
    """What is written in the picture, top to bottom as drawn; tool tips left out."""
    return [(found.text or "") + "".join(child.tail or "" for child in found) for found in tree(svg).iter(f"{SVG}text")]


def tips(svg: str) -> list[str]:
    return [tip.text or "" for found in tree(svg).iter(f"{SVG}text") for tip in found.iter(f"{SVG}title")]


def rects(svg: str, fill: str) -> list[tuple[float, float, float, float]]:
    """(x, y, width, height) of the bars of a fill (`#0F6E84`, `hatch`, `over` …), without those of patterns."""
    root = tree(svg)
    inside = {rect for pattern in root.iter(f"{SVG}pattern") for rect in pattern.iter(f"{SVG}rect")}
    return [
        (float(r.get("x", "0")), float(r.get("y", "0")), float(r.get("width", "0")), float(r.get("height", "0")))
        for r in root.iter(f"{SVG}rect")
        if r not in inside and fill.lower() in r.get("fill", "").lower()
    ]


def boxes(svg: str) -> list[tuple[float, float, float, float, str]]:
    """(left, top, right, bottom, text) of every text, as wide as the measure says."""
    found = []
    for element in tree(svg).iter(f"{SVG}text"):
        text = (element.text or "") + "".join(child.tail or "" for child in element)
        size = float(element.get("font-size", "13"))
        x, y, room = float(element.get("x", "0")), float(element.get("y", "0")), width(text, size)
        left = {"end": x - room, "middle": x - room / 2}.get(element.get("text-anchor", ""), x)
        found.append((left, y - size * 0.85, left + room, y + size * 0.15, text))
    return found


def assert_sound(svg: str) -> None:
    """Well formed, told in words, every text inside the picture and on no other one, no id used twice."""
    root = tree(svg)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and desc is not None and desc.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert set(
        re.findall(r"url\(#([^)]+)\)", re.sub(r"<(text|title|desc)\b.*?</\1>", "", svg, flags=re.DOTALL))
    ) <= set(ids)
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    left, top, wide, high = map(float, root.get("viewBox", "").split())
    assert wide <= 642
    found = boxes(svg)
    for a in found:
        assert a[0] >= left - 0.1 and a[2] <= left + wide + 4, a
        assert a[1] >= top - 0.1 and a[3] <= top + high, a
    for index, a in enumerate(found):
        for b in found[index + 1 :]:
            apart = a[2] <= b[0] + 0.1 or b[2] <= a[0] + 0.1 or a[3] <= b[1] + 0.1 or b[3] <= a[1] + 0.1
            assert apart, (a, b)
