"""The look as a value."""

from engine.documents.look import PLAIN, Fonts, Logo, Look


def test_plain_is_the_look_without_anything() -> None:
    assert Look() == PLAIN and not PLAIN.headed


def test_a_logo_keeps_its_ratio_in_a_frame() -> None:
    assert Logo(b"", "image/png", 400, 100, b"").fitted(6, 1.6) == (6, 1.5)
    assert Logo(b"", "image/png", 100, 400, b"").fitted(6, 1.6) == (0.4, 1.6)


def test_fonts_have_others_behind_them() -> None:
    assert Fonts("仿宋", "Times New Roman").css.startswith('"Times New Roman", "仿宋", "SimSun"')
    assert Fonts("仿宋").css.endswith(", serif") and Fonts("黑体").css.endswith(", sans-serif")
    assert "SimSun" in Fonts("华文中宋").alternatives and "Microsoft YaHei" in Fonts().alternatives


def test_a_font_s_name_cannot_leave_its_quotes() -> None:
    css = Fonts('x"; } </style><script>').css
    assert '"; }' not in css and "<" not in css


def test_the_letterhead_may_name_the_hospital() -> None:
    look = Look(letterhead=("示范市湖畔医院文件",))
    assert look.names("湖畔医院") and not look.names("") and not look.names("山前医院")
