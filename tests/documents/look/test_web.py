"""A page in the hospital's look."""

from engine.documents.look import PLAIN, Fonts, Logo, Look, Palette
from engine.documents.look.web import dress

PAGE = (
    "<style>:root { --teal: #0f6e84; }</style><header class='band'><h1>&lt;header&gt; &lt;/style&gt;</h1></header>"
    '<rect fill="#0F6E84"/><p>#0F6E84</p>'
)


def test_the_program_s_own_look_leaves_a_page_alone() -> None:
    assert dress(PAGE, PLAIN) is PAGE


def test_colours_fonts_and_letterhead_are_put_in() -> None:
    logo = Logo(b"x", "image/png", 2, 1, b"x")
    look = Look(("湖畔医院", "<b>科</b>"), logo, Palette(main="7A1F2B", dark="58161F"), Fonts("仿宋"))
    page = dress(PAGE, look)
    style, _, rest = page.partition("</style>")
    assert "--teal: #7A1F2B; --dark: #58161F" in style and '--fonts: "Arial", "仿宋"' in style
    assert rest.startswith(
        '<header class=\'band\'>\n<div class="letterhead"><img src="data:image/png;base64,eA==" alt="">'
    )
    assert "<p>湖畔医院</p><p>&lt;b&gt;科&lt;/b&gt;</p>" in rest
    assert '<rect fill="#7A1F2B"/><p>#0F6E84</p>' in rest


def test_without_letterhead_the_head_stays() -> None:
    assert '<div class="letterhead">' not in dress(PAGE, Look(colours=Palette(main="7A1F2B")))


def test_pictures_that_are_painted_already_are_left_alone() -> None:
    look = Look(colours=Palette(main="0B4F5F", dark="063A46"))  # its main colour is the program's dark one
    page = dress('<style></style><rect fill="#0B4F5F"/>', look, painted=True)
    assert page.endswith('<rect fill="#0B4F5F"/>') and "--teal: #0B4F5F; --dark: #063A46" in page


def test_on_a_phone_a_wide_logo_stands_above_the_name() -> None:
    style = dress(PAGE, Look(("湖畔医院",))).partition("</style>")[0]
    assert "@media screen and (max-width: 640px) { .letterhead { flex-wrap: wrap;" in style
