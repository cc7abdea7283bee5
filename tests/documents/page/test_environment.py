"""What the pages' templates are given to write with."""

from engine.documents.page.environment import whole


def test_dates_shares_and_options_stay_on_one_line() -> None:
    assert whole("2026年5月19日起") == '<span class="whole">2026年5月19日</span>起'
    assert whole("占58.7%（61/104）。") == '占<span class="whole">58.7%（61/104）</span>。'
    assert whole("of 58.7% (61/104)") == 'of <span class="whole">58.7% (61/104)</span>'
    assert whole("运行 --explain 看") == '运行 <span class="whole">--explain</span> 看'


def test_a_date_in_digits_stays_on_one_line_in_a_cell_too() -> None:
    assert whole("（2026-04-24修好）") == '（<span class="day">2026-04-24</span>修好）'
    assert whole("编号 12026-04-245") == "编号 12026-04-245"


def test_everything_else_is_escaped_and_free_to_break() -> None:
    assert whole("<b>5%</b> & 2026年 --") == "&lt;b&gt;5%&lt;/b&gt; &amp; 2026年 --"
    assert whole("1%（" + "9" * 40 + "/1）") == "1%（" + "9" * 40 + "/1）"
    assert whole('" onload=--x') == "&#34; onload=--x"
