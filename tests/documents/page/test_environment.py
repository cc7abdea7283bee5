"""What the pages' templates are given to write with."""

from engine.documents.page.environment import whole


def test_dates_shares_and_options_stay_on_one_line() -> None:
    assert whole("2026年5月19日起") == '<span class="day">2026年5月19日</span>起'
    assert whole("2026年4月11日 02:30前") == '<span class="whole">2026年4月11日 02:30</span>前'
    assert whole("占58.7%（61/104）。") == '占<span class="whole">58.7%（61/104）</span>。'
    assert whole("of 58.7% (61/104)") == 'of <span class="whole">58.7% (61/104)</span>'
    assert whole("运行 --explain 看") == '运行 <span class="whole">--explain</span> 看'


def test_a_date_in_digits_stays_on_one_line_in_a_cell_too() -> None:
    assert whole("（2026-04-24修好）") == '（<span class="day">2026-04-24</span>修好）'
    assert whole("编号 12026-04-245") == "编号 12026-04-245"


def test_a_number_keeps_its_unit() -> None:
    assert whole("完成后 3 个工作日内") == '完成后 <span class="day">3 个工作日</span>内'
    assert whole("广告法第16、58条；") == '广告法第16、<span class="day">58条</span>；'
    assert whole("民法典第1226条") == '民法典<span class="day">第1226条</span>'
    assert whole("收入6,550,000元") == '收入<span class="day">6,550,000元</span>'
    assert whole("办法第八条") == '办法<span class="day">第八条</span>'
    assert whole("规程 第2版") == '规程 <span class="day">第2版</span>'
    assert whole("单位1,290.91元/人") == '单位<span class="day">1,290.91元/人</span>'
    assert whole("反馈 4/4 条") == '反馈 <span class="day">4/4 条</span>'
    assert whole("S-010 至 S-013") == '<span class="day">S-010</span> 至 <span class="day">S-013</span>'
    assert whole("12345678901234元") == "12345678901234元"


def test_a_few_words_in_brackets_are_not_torn() -> None:
    assert whole("季度复盘（已完成）") == '季度复盘<span class="day">（已完成）</span>'
    assert whole("收入（之前十二个月）") == "收入（之前十二个月）"


def test_short_entries_between_dots_are_not_torn_and_no_line_begins_with_a_dot() -> None:
    due = '<span class="whole">截止 2026年3月12日\N{NO-BREAK SPACE}·</span>'
    assert whole("4 授权签字 · 截止 2026年3月12日 · 赵立") == (
        f'<span class="whole">4 授权签字\N{NO-BREAK SPACE}·</span> {due} <span class="whole">赵立</span>'
    )
    long = "第二步打造样板案例服务样板共同设计方案包"
    assert whole(f"{long} · a") == f'{long}\N{NO-BREAK SPACE}· <span class="whole">a</span>'
    assert whole(f"{long} · ") == f"{long}\N{NO-BREAK SPACE}· "


def test_everything_else_is_escaped_and_free_to_break() -> None:
    assert whole("<b>5%</b> & 2026 --") == "&lt;b&gt;5%&lt;/b&gt; &amp; 2026 --"
    assert whole("a · <b>") == '<span class="whole">a\N{NO-BREAK SPACE}·</span> <span class="whole">&lt;b&gt;</span>'
    assert whole("1%（" + "9" * 40 + "/1）") == "1%（" + "9" * 40 + "/1）"
    assert whole('" onload=--x') == "&#34; onload=--x"
