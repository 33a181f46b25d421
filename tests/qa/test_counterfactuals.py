"""The text decides: change it and the answer changes, put the missing rule in and the open question is settled.

Each pack is the real one with its source edited; nothing else knows of the edit.
"""

import pytest

from assistant.qa.models import Answer
from qa.conftest import Ask, AskEdited
from qa.samples import articles, cited, quotes, shown

# The edit, the question, what the answer has to quote then, what it must not say any more.
CHANGED_FIGURES = [
    (("不少于80人", "不少于60人"), "固定研发人员最少要多少人？", "不少于60人", "80"),
    (("不少于80人", "不少于六十人"), "固定研发人员最少要多少人？", "不少于六十人", "80"),
    (("不低于1000万元", "不低于3000万元"), "年度研发费用总额最低多少？", "不低于3000万元", "1000"),
    (("不低于1000万元", "不低于3000万元"), "研发费用的门槛是多少？", "不低于3000万元", "1000"),
    (("每三年进行一次评估", "每五年进行一次评估"), "多久评估一次？", "每五年进行一次评估", "三年"),
    (("三年内不予调整", "五年内不予调整"), "中心主任几年内不能换？", "五年内不予调整", "三年"),
    (("给予一年整改期", "给予两年整改期"), "整改期多长？", "给予两年整改期", "一年"),
    (("自发布之日起施行", "自2027年1月1日起施行"), "什么时候开始施行？", "自2027年1月1日起施行", "发布之日"),
    (("不合格四个等级", "不合格五个等级"), "评估结果分几个等级？", "五个等级", "四个"),
    (
        ("由企业、高校或科研院所牵头创建", "由链主企业牵头创建"),
        "由哪些单位牵头创建？",
        "由链主企业牵头创建",
        "科研院所牵头",
    ),
    (
        ("报省工业和信息化厅按程序审批", "报省科学技术厅按程序审批"),
        "名称变更由谁审批？",
        "报省科学技术厅按程序审批",
        "",
    ),
]

# The edit that puts a rule in, the question that it settles, the words that settle it, the article they stand in.
INSERTED = [
    pytest.param(
        ("（二）市级工信主管部门择优推荐申报省创中心；",
         "（二）市级工信主管部门择优推荐申报省创中心，申报截止日期为每年6月30日；"),
        "申报截止日期是哪天？", "申报截止日期为每年6月30日", 8, id="deadline",
    ),
    pytest.param(
        ("对符合条件的省创中心项目给予支持。", "对符合条件的省创中心项目给予支持。对新批复的省创中心给予500万元补助。"),
        "补助多少钱？", "500万元补助", 18, id="subsidy",
    ),
    pytest.param(
        ("对于评估结果为合格的",
         "对于评估结果为良好的省创中心，优先推荐申报省级科技项目；对于评估结果为合格的"),
        "评估结果为良好的有什么支持？", "对于评估结果为良好的省创中心，优先推荐申报省级科技项目", 17, id="good",
    ),
    pytest.param(
        ("按程序撤销命名。", "按程序撤销命名。对评估结果有异议的，可在15个工作日内向省工业和信息化厅申诉。"),
        "对评估结果不服，多少个工作日内可以申诉？", "可在15个工作日内向省工业和信息化厅申诉", 17, id="appeal period",
    ),
    pytest.param(
        ("制定本办法。", "制定本办法。“2211”产业体系是指先进装备制造、石化和精细化工、冶金新材料、消费品工业。"),
        "“2211”产业体系具体指哪些产业？", "先进装备制造、石化和精细化工", 1, id="2211",
    ),
    pytest.param(
        ("资本金满足基本需要，", "注册资本不低于5000万元，"),
        "注册资本最低多少？", "注册资本不低于5000万元", 7, id="registered capital",
    ),
    pytest.param(
        ("联盟型应立足省域，面向全国，", "联盟型应立足省域，面向全国，联盟成员单位不少于20家，"),
        "联盟至少几家？", "联盟成员单位不少于20家", 7, id="members of the alliance",
    ),
    pytest.param(
        ("由省工业和信息化厅负责解释，", "由省工业和信息化厅负责解释，咨询电话：024-86891234，"),
        "咨询电话是多少？", "024-86891234", 25, id="telephone",
    ),
    pytest.param(
        ("自发布之日起施行。", "自发布之日起施行，有效期五年。"),
        "这个办法的有效期是几年？", "有效期五年", 25, id="validity",
    ),
    pytest.param(
        ("给予一年整改期，", "给予一年整改期，整改期自评估结果公布之日起计算，"),
        "整改期从哪一天起算？", "自评估结果公布之日起计算", 17, id="start of the period",
    ),
]  # fmt: skip

# The rule that is taken out, the question that it settled.
REMOVED = [
    (("，固定研究与试验发展人员数不少于80人", ""), "固定研发人员最少要多少人？"),
    (("年度研发费用总额不低于1000万元。", ""), "年度研发费用总额最低多少？"),
    (("给予一年整改期，整改期满仍为不合格的按程序撤销命名", "按程序撤销命名"), "整改期多长？"),
    (("第十五条 省工业和信息化厅对省创中心原则上每三年进行一次评估。", "第十五条 省工业和信息化厅对省创中心进行评估。"),
     "多久评估一次？"),
    (("（原则上三年内不予调整）", ""), "中心主任几年内不能换？"),
    (("分为优秀、良好、合格、不合格四个等级", "按规定评定"), "评估结果分几个等级？"),
    (("，资本金满足基本需要", ""), "对资本金有什么要求？"),
    (("，自发布之日起施行", ""), "这个办法从什么时候开始施行？"),
    (("，英文名称为“LiaoNing Manufacturing Innovation Center for XXXX”", ""), "英文名称怎么写？"),
]  # fmt: skip


def assert_open(answer: Answer) -> None:
    assert answer.status == "not_covered", shown(answer)
    assert answer.citations == []


@pytest.mark.parametrize(
    ("edit", "question", "quote", "gone"), CHANGED_FIGURES, ids=[f"{e[1]}: {q}" for e, q, _, _ in CHANGED_FIGURES]
)
def test_an_answer_follows_the_text(
    ask: Ask, ask_edited: AskEdited, edit: tuple[str, str], question: str, quote: str, gone: str
) -> None:
    before, after = ask(question), ask_edited(edit)(question)
    assert before.status == after.status == "answered", shown(after)
    assert quote not in quotes(before), "the edit changes nothing that is quoted"
    assert quote in quotes(after), shown(after)
    assert quote in after.answer, shown(after)
    assert not gone or gone not in after.answer, shown(after)


@pytest.mark.parametrize(("edit", "question", "quote", "article"), INSERTED)
def test_a_rule_put_into_the_text_settles_what_was_open(
    ask: Ask, ask_edited: AskEdited, edit: tuple[str, str], question: str, quote: str, article: int
) -> None:
    assert_open(ask(question))
    after = ask_edited(edit)(question)
    assert after.status == "answered", shown(after)
    assert quote in quotes(after), shown(after)
    assert article in articles(after), shown(after)


def test_taken_out_again_the_rules_leave_their_questions_open(ask_edited: AskEdited) -> None:
    edits = [parameters.values[0] for parameters in INSERTED]
    back = ask_edited(*edits, *[edit[::-1] for edit in reversed(edits)])
    for parameters in INSERTED:
        question, quote = parameters.values[1], parameters.values[2]
        answer = back(question)
        assert_open(answer)
        assert quote not in answer.answer


@pytest.mark.parametrize(("edit", "question"), REMOVED, ids=[q for _, q in REMOVED])
def test_a_rule_taken_out_of_the_text_leaves_its_question_open(
    ask: Ask, ask_edited: AskEdited, edit: tuple[str, str], question: str
) -> None:
    assert ask(question).status == "answered"
    assert_open(ask_edited(edit)(question))


def test_a_condition_more_makes_the_list_longer(ask_edited: AskEdited) -> None:
    item = "形成持续发展能力。"
    answer = ask_edited((item, item + "\n（七）信用记录良好。依托单位近三年内无严重失信行为。"))(
        "省创中心的申报条件有哪些？"
    )
    assert answer.status == "answered"
    assert cited(answer) == {"art_7", *(f"art_7.item_{n}" for n in range(1, 8))}, shown(answer)
    assert "共7项" in answer.answer


def test_an_added_article_is_found_by_its_number(ask: Ask, ask_edited: AskEdited) -> None:
    edit = ("自发布之日起施行。", "自发布之日起施行。\n第二十六条 本办法有效期五年。")
    assert ask("第二十六条").status == "not_covered"
    assert cited(ask_edited(edit)("第二十六条")) == {"art_26"}


def test_a_premise_is_judged_by_the_text_as_it_is_now(ask_edited: AskEdited) -> None:
    answer = ask_edited(("不少于80人", "不少于100人"))("听说固定研发人员要100人，对吗？")
    assert answer.status == "answered"
    assert "不同" not in answer.answer, shown(answer)
    assert "不少于100人" in answer.answer
