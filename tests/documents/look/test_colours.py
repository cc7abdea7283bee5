"""Colours around one main colour: readable on white, in grey print, and on one another."""

import pytest

from engine.documents.look.colours import (
    LEAST_CONTRAST,
    TEAL,
    WHITE,
    Palette,
    contrast,
    darkened,
    grey,
    palette_of,
    readable,
)

MAIN = [f"{r:02X}{g:02X}{b:02X}" for r in range(0, 256, 51) for g in range(0, 256, 51) for b in range(0, 256, 51)]


def test_contrast_of_black_and_white_is_the_greatest() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert contrast("123456", "123456") == 1


def test_the_program_s_own_colour_is_its_own_palette() -> None:
    assert palette_of("#0f6e84") == Palette() and readable(TEAL)


def test_grey_is_what_a_printer_makes_of_it() -> None:
    assert (grey("FF0000"), grey("00FF00"), grey("0000FF"), grey("808080")) == ("4C4C4C", "969696", "1D1D1D", "808080")


@pytest.mark.parametrize("colour", ["FFD700", "7FFFD4", "FF0000", "FFFFFF", "9ACD32", "00A0E9"])
def test_light_colours_are_not_readable_and_a_darker_shade_is(colour: str) -> None:
    assert not readable(colour)
    assert readable(darkened(colour)) and darkened(darkened(colour)) == darkened(colour)


def test_a_colour_dark_in_colour_but_light_in_grey_is_refused() -> None:
    # A dull purple: a printer gives red and blue more weight than the eye does.
    near = [f"{a:02X}{g:02X}{a:02X}" for a in range(110, 135) for g in range(105, 120)]
    found = [c for c in near if contrast(c, WHITE) >= LEAST_CONTRAST and contrast(grey(c), WHITE) < LEAST_CONTRAST]
    assert found and not any(map(readable, found))


def test_whatever_stands_on_something_can_be_read() -> None:
    for main in filter(readable, MAIN):
        made = palette_of(main)
        assert contrast(made.tint, made.main) >= LEAST_CONTRAST, main
        assert contrast(made.dark, made.pale) >= LEAST_CONTRAST, main
        assert contrast(made.main, made.pale) >= 3, main  # figures of cards are large
        assert contrast(made.dark, WHITE) >= contrast(made.main, WHITE), main


def test_paint_changes_attributes_and_no_text() -> None:
    svg = '<svg><rect fill="#0F6E84" stroke="#0B4F5F"/><text fill="#1F2933">fill="#0F6E84" #0F6E84</text></svg>'
    assert palette_of("7A1F2B").paint(svg) == (
        '<svg><rect fill="#7A1F2B" stroke="#58161F"/><text fill="#1F2933">fill="#0F6E84" #0F6E84</text></svg>'
    )
    assert Palette().paint(svg) is svg
