"""A matrix of products: tiers side by side, a card for each product, arrows from a product to the one it leads to."""

from __future__ import annotations

from collections.abc import Sequence

from engine.documents.charts.arrows import Arrow, Grid, draw_arrow, draw_head, tracks_of
from engine.documents.charts.canvas import SIZE, SMALL, WIDTH, Canvas, Fill, sentence
from engine.documents.charts.measure import fit, tidy, width, wrap
from engine.documents.charts.values import Card, Tier
from engine.documents.charts.words import EMPTY, NO_CARD, NOT_UP, chosen, more, told
from engine.documents.word.look import DARK
from engine.text import Language

MOST_TIERS, MOST_CARDS, MOST_LINES = 4, 7, 3  # what fits the width and the height of a page
_GUTTER, _GAP, _PAD = 46.0, 20.0, 9.0
_STRIPS: tuple[Fill, ...] = ("frame", "hatch", "solid")  # over the first tier, those between, the last


def matrix(tiers: Sequence[Tier], *, title: str, arrow: str = "", language: Language = "zh") -> str:
    """The tiers from left to right as SVG. `arrow` says what an arrow means. An arrow that does not lead to a tier
    further right is dashed, and a sentence says so."""
    rows = [row for tier in tiers for row in _told(tier, tiers, arrow, language)]
    if not any(tier.cards for tier in tiers):
        return sentence(title, chosen(EMPTY, language))
    shown = [Tier(tier.title, tier.band, tier.cards[:MOST_CARDS]) for tier in tiers[:MOST_TIERS]]
    left_out = sum(len(tier.cards) for tier in tiers) - sum(len(tier.cards) for tier in shown)
    places = {card.key: (lane, row) for lane, tier in enumerate(shown) for row, card in enumerate(tier.cards)}
    arrows = [
        Arrow(places[card.key], places[card.onward])
        for tier in shown
        for card in tier.cards
        if card.onward in places and card.onward != card.key
    ]
    canvas = Canvas()
    wide = _lane_width(len(shown), arrows)
    if arrows and arrow:
        _legend(canvas, arrow)
    _heads(canvas, shown, wide)
    room = wide - 2 * _PAD
    cards = [card for tier in shown for card in tier.cards]
    lines = max((len(wrap(card.label, room, SIZE, MOST_LINES)) for card in cards), default=1)
    below = any(_beside(card, room) is None for card in cards)
    grid = Grid(canvas.y, wide, _GUTTER, 36 + 16.0 * lines + (16 if below else 0), _GAP)
    tracks = tracks_of(arrows)
    for one in arrows:
        draw_arrow(canvas, grid, one, tracks)
    for lane, tier in enumerate(shown):
        if not tier.cards:
            canvas.text(grid.left(lane), grid.top(0) + 18, chosen(NO_CARD, language), muted=True)
        for row, card in enumerate(tier.cards):
            canvas.bar(grid.left(lane), grid.top(row), wide, grid.high, "paper")
            _card(canvas, card, grid.left(lane) + _PAD, grid.top(row) + 20, room, 16.0 * lines + 4)
    canvas.y = canvas.lowest + 10
    notes = [chosen(NOT_UP, language)] if any(not one.up for one in arrows) else []
    notes += [more(left_out, language)] if left_out else []
    for note in notes:
        canvas.remark(note)
    return canvas.svg(title, told(title, rows, notes, language))


def _lane_width(lanes: int, arrows: Sequence[Arrow]) -> float:
    """As wide as the page allows; behind the last tier there is room for arrows only where one needs it."""
    behind = 1 if any(one.gutters[0] == lanes or one.gutters[1] == lanes for one in arrows) else 0
    return (WIDTH - (lanes - 1 + behind) * _GUTTER) / lanes


def _legend(canvas: Canvas, arrow: str) -> None:
    canvas.line(1, canvas.y + 6, 20, canvas.y + 6, colour=DARK, thick=1.6)
    draw_head(canvas, 28, canvas.y + 6, 1)
    canvas.fitted(36, canvas.y + 10, arrow, WIDTH - 40, size=SMALL)
    canvas.y += 22


def _heads(canvas: Canvas, tiers: Sequence[Tier], wide: float) -> None:
    """A strip, the name and the band of each tier."""
    bands = [wrap(tier.band, wide, SMALL) if tier.band else [] for tier in tiers]
    for lane, (tier, lines) in enumerate(zip(tiers, bands, strict=True)):
        x = lane * (wide + _GUTTER)
        strip = _STRIPS[0] if lane == 0 else _STRIPS[-1] if lane == len(tiers) - 1 else _STRIPS[1]
        canvas.bar(x, canvas.y, wide, 7, strip)
        canvas.text(x, canvas.y + 25, fit(tier.title, wide, SIZE), bold=True, full=tier.title)
        for index, line in enumerate(lines):
            full = tier.band if line.endswith("…") else ""
            canvas.text(x, canvas.y + 42 + index * 15, line, size=SMALL, muted=True, full=full)
    canvas.y += 34 + 15 * max(map(len, bands)) + 12


def _card(canvas: Canvas, card: Card, x: float, y: float, room: float, down: float) -> None:
    """The name in up to three lines from `y` on; the price in bold, `down` below; the note beside it or under it."""
    for index, line in enumerate(wrap(card.label, room, SIZE, MOST_LINES)):
        canvas.text(x, y + index * 16, line, full=card.label if line.endswith("…") else "")
    canvas.text(x, y + down, fit(card.text, room, SIZE), bold=True, full=card.text)
    beside = _beside(card, room)
    if not card.note:
        return
    if beside is None:
        canvas.fitted(x, y + down + 17, card.note, room, size=SMALL, muted=True)
    else:
        canvas.fitted(x + beside, y + down, card.note, room - beside, size=SMALL, muted=True)


def _beside(card: Card, room: float) -> float | None:
    """How far behind the price the note stands; None where there is no room for it."""
    start = width(fit(card.text, room, SIZE), SIZE) * 1.06 + 8
    return start if not card.note or start + width(tidy(card.note), SMALL) <= room else None


def _told(tier: Tier, tiers: Sequence[Tier], arrow: str, language: Language) -> list[tuple[str, ...]]:
    """The tier with its band, then each product with its price and where it leads."""
    names = {card.key: card.label for other in tiers for card in other.cards}
    colon = "：" if language == "zh" else ": "
    found: list[tuple[str, ...]] = [(tier.title, tier.band or chosen(NO_CARD, language))]
    for card in tier.cards:
        onward = names.get(card.onward) if card.onward is not None and card.onward != card.key else None
        found.append((card.label, card.text, card.note, f"{arrow or '→'}{colon}{onward}" if onward else ""))
    return found
