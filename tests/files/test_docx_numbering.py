"""Labels that Word shows and the document's text does not hold."""

from docx_samples import abstract, docx_bytes, level, listed, num, p

from assistant.files.docx_text import docx_text

ARTICLES = level(0, "chineseCountingThousand", "第%1条")
ITEMS = level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>')


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return docx_text(docx_bytes(body, numbering, styles)).splitlines()


def test_articles_and_items_get_their_labels_and_items_start_again() -> None:
    body = listed("甲") + listed("子", level=1) + listed("丑", level=1) + listed("乙") + listed("寅", level=1)
    found = lines(body, abstract(0, ARTICLES, ITEMS) + num(1, 0))
    assert found == ["第一条 甲", "（一）子", "（二）丑", "第二条 乙", "（一）寅"]


def test_text_between_the_articles_does_not_stop_the_counting() -> None:
    found = lines(listed("甲") + p("第二章 职责") + listed("乙"), abstract(0, ARTICLES) + num(1, 0))
    assert found == ["第一条 甲", "第二章 职责", "第二条 乙"]


def test_articles_go_on_over_chapters_where_the_level_never_restarts() -> None:
    chapters = level(0, "chineseCounting", "第%1章")
    articles = level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>')
    body = listed("总则") + listed("甲", level=1) + listed("职责") + listed("乙", level=1)
    found = lines(body, abstract(0, chapters, articles) + num(1, 0))
    assert found == ["第一章 总则", "第一条 甲", "第二章 职责", "第二条 乙"]


def test_a_level_may_restart_only_after_a_certain_higher_one() -> None:
    third = level(2, "decimal", "%3.", '<w:lvlRestart w:val="1"/>')
    both = [level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "第%2条"), third]
    body = "".join(listed("x", level=at) for at in (0, 1, 2, 1, 2, 0, 2))
    found = [line.split()[0] for line in lines(body, abstract(0, *both) + num(1, 0))]
    assert found == ["第一章", "第一条", "1.", "第二条", "2.", "第二章", "1."]


def test_start_value_and_several_levels_in_one_label() -> None:
    levels = [level(0, "chineseCounting", "%1、", start=3), level(1, "decimal", "%1.%2", "<w:isLgl/>")]
    found = lines(listed("甲") + listed("乙", level=1), abstract(0, *levels) + num(1, 0))
    assert found == ["三、 甲", "3.1 乙"]


def test_two_lists_of_one_kind_count_together_unless_the_second_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, ARTICLES) + num(1, 0) + num(2, 0) + num(3, 0, restart)
    body = listed("甲", 1) + listed("乙", 2) + listed("丙", 3) + listed("丁", 3)
    assert lines(body, numbering) == ["第一条 甲", "第二条 乙", "第一条 丙", "第二条 丁"]


def test_an_override_may_replace_the_whole_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)")}</w:lvlOverride>'
    assert lines(listed("甲"), abstract(0, ARTICLES) + num(1, 0, override)) == ["1) 甲"]


def test_numbering_comes_from_the_style_and_what_it_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="项"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    items = ITEMS.replace("<w:suff", '<w:pStyle w:val="Item"/><w:suff')
    plain = '<w:pStyle w:val="Mine"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", '<w:pStyle w:val="Mine"/>') + p("子", '<w:pStyle w:val="Item"/>') + p("无号", plain)
    found = lines(body + p("乙", '<w:pStyle w:val="Base"/>'), abstract(0, ARTICLES, items) + num(1, 0), styles)
    assert found == ["第一条 甲", "（一）子", "无号", "第二条 乙"]


def test_a_list_that_only_links_to_a_list_style() -> None:
    properties = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="L">{properties}</w:style>'
    link = abstract(0, more='<w:numStyleLink w:val="L"/>')
    real = abstract(1, ARTICLES, more='<w:styleLink w:val="L"/>')
    assert lines(listed("甲"), link + real + num(1, 0) + num(2, 1), styles) == ["第一条 甲"]


def test_bullets_and_unknown_lists_give_no_label() -> None:
    numbering = abstract(0, level(0, "bullet", "\uf06c")) + num(1, 0)
    assert lines(listed("甲") + listed("乙", 77), numbering) == ["甲", "乙"]


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert lines(p("甲", '<w:pStyle w:val="A"/>'), "", styles) == ["甲"]
