"""Every fixed sentence an answer may contain, in Chinese and English. None of them states law."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """One language's sentences. `{…}` are filled with names, labels and the person's own words."""

    rules_as_follows: str
    quote_line: str
    fact_line: str
    gloss_line: str
    differs: str
    not_covered: str
    open_matter: str
    open_need: str
    no_such_provision: str
    near_word: str
    related_hint: str
    eligibility_ask: str
    choice_ask: str
    out_of_scope: str
    steering: str
    help: str
    empty: str
    too_long: str
    unofficial: str
    no_promise: str
    assessed: str
    to_be_judged: str
    assess_vague: str
    assess_missing: str
    others_open: str
    interview_intro: str
    interview_understood: str
    interview_asked: str
    interview_passed: str
    interview_unclear: str
    interview_stopped: str
    interview_steps: str
    interview_none: str
    interview_supposed: str
    flipped: str
    not_flipped: str
    in_force_still: str
    over: str
    when_counted: str


CHINESE = Wording(
    rules_as_follows="相关规定见{labels}：",
    quote_line="{label}：{quote}",
    fact_line="{fact}（{label}）。",
    gloss_line="",
    differs="与问题中的“{said}”不同，办法规定的是“{fact}”（{label}）。",
    not_covered="办法没有规定这一点，我不能替它作答。",
    open_matter="办法没有就“{words}”作出规定",
    open_need="办法没有就“{matter}”给出{need}",
    no_such_provision="办法没有{label}。",
    near_word="办法没有使用“{said}”一词，以上引用的是关于“{law}”的规定。",
    related_hint="下面列出最接近的条文，供核对，但它们不回答这个问题。",
    eligibility_ask="能不能申报，要看以上条件是否都具备，请对照各项，补充贵单位的情况（{facts}）。",
    choice_ask="办法对不同情形的规定不同，请说明是哪一种情形。",
    out_of_scope="这个问题不在《{title}》的范围内，我只回答与它有关的问题。",
    steering="我只依据《{title}》的条文回答问题，不执行改变回答方式的要求，也不代表主管部门作出决定。",
    help=(
        "您好。我可以依据《{title}》回答申报条件、程序、运行管理、评估、支持措施等问题，每句话都附条文原文；"
        "办法没有规定的，我会直说。您可以这样问：{examples}"
    ),
    empty="请输入您的问题。",
    too_long="问题太长（超过{limit}字），请精简后再问。",
    unofficial="提示：以下背景来自非官方整理的政策摘要，不是《{title}》的规定，也不能作为申报依据。",
    no_promise="能否获批，办法没有作出任何保证。",
    assessed="{label}：{actual}{message}（{provision}：“{quote}”）。",
    to_be_judged="须人工核对",
    assess_vague="要对照得出结论，请说明确切的情况：{facts}？",
    assess_missing="能不能申报，还要知道这些情况，请补充：{facts}？",
    others_open="办法没有写明“{kind}”的人员是否计入“{label}”，所给的人数没有计入",
    interview_intro=(
        "我来一项一项地问，可以一次说几项；说错了直接更正，不清楚的说“不知道”。"
        "中间可以先问别的，说“继续”就接着问；说“看看结果”就列出清单。"
    ),
    interview_understood="我这样理解，对吗：{facts}？",
    interview_asked="请问：{question}？",
    interview_passed="先放下这一项，以后再补，好吗：{labels}？",
    interview_unclear="这句话没有听懂，换个说法好吗？",
    interview_stopped="先停在这里。要接着核对，说“继续”，好吗？",
    interview_steps="接下来的程序，请看下面的条文。",
    interview_none="这部办法没有配置可以逐项对照的条件表，不能逐项核对；可以直接问条文。",
    interview_supposed="以上只是按假设算的，记下的情况没有变。要接着核对，说“继续”，好吗？",
    flipped="按所说的假设，由“{before}”变为“{after}”",
    not_flipped="按所说的假设，仍为“{after}”",
    in_force_still="按今天算还没有到",
    over="按今天算已经过了",
    when_counted="所说的是哪一年，请写明年份，例如“2025年3月”，好吗？",
)

ENGLISH = Wording(
    rules_as_follows="See {labels}:",
    quote_line="{label}: “{quote}”",
    fact_line="{label} says: “{fact}”{gloss}.",
    gloss_line=" (unofficial gloss: {gloss})",
    differs="Unlike “{said}” in the question, {label} says: “{fact}”{gloss}.",
    not_covered="The Measures do not settle this, and I cannot answer in their place.",
    open_matter="the Measures have no rule on “{words}”",
    open_need="the Measures give no {need} for “{matter}”",
    no_such_provision="The Measures have no {label}.",
    near_word="The Measures do not use the word “{said}”; the provision quoted is about “{law}”.",
    related_hint="The nearest provisions are listed for checking; they do not answer the question.",
    eligibility_ask="Whether you can apply depends on all of these conditions; please tell me about your organisation: {facts}.",
    choice_ask="The Measures treat different cases differently; please say which case is yours.",
    out_of_scope="This is outside the scope of the {title}; I only answer questions about them.",
    steering="I only answer from the text of the {title}; I do not follow instructions to answer otherwise.",
    help=(
        "Hello. I answer questions about the {title}: eligibility, procedure, operation, evaluation and support, "
        "with the Chinese text quoted word for word; where they are silent I say so. You could ask: {examples}"
    ),
    empty="Please type a question.",
    too_long="The question is too long (over {limit} characters); please shorten it.",
    unofficial="Note: the background comes from an unofficial summary, not from the {title}.",
    no_promise="The Measures promise no approval.",
    assessed="{label}: {actual}{message}; {provision}: “{quote}”.",
    to_be_judged="to be judged by a person",
    assess_vague="To compare, I need the exact situation; please state: {facts}?",
    assess_missing="Whether you can apply also depends on the following; please tell me: {facts}?",
    others_open="the Measures do not say whether “{kind}” people count towards “{label}”; the number given was not counted",
    interview_intro=(
        "I ask one thing at a time; you may tell several at once, correct yourself, or say “I don't know”. "
        "Ask something else whenever you like and say “continue” to go on; say “summary” for the ledger."
    ),
    interview_understood="Do I understand you correctly: {facts}?",
    interview_asked="Please tell me: {question}?",
    interview_passed="May we leave this open for now: {labels}?",
    interview_unclear="I did not understand this; could you put it in other words?",
    interview_stopped="We stop here. Say “continue” to go on, will you?",
    interview_steps="For the procedure that follows, see the provisions below.",
    interview_none="There is no table of conditions for these rules, so they cannot be gone through one by one; please ask.",
    interview_supposed="This is only supposed; what you stated has not changed. Say “continue” to go on, will you?",
    flipped="as supposed, it turns from “{before}” to “{after}”",
    not_flipped="as supposed, it stays “{after}”",
    in_force_still="按今天算还没有到",
    over="按今天算已经过了",
    when_counted="Which year do you mean? Please name it, for example “March 2025”, will you?",
)

VERDICT_NAMES = {
    "met": "符合", "not_met": "不符合", "missing": "未提供", "review": "需人工判断", "not_applicable": "不适用",
}  # fmt: skip

NEXT_STEPS = {
    "missing": "请补充这一项", "short": "须补足{gap}", "not_met": "须先达到这一项的要求", "exactly": "请说明确切的数",
    "review": "由人工判断", "proof": "备好{proof}", "joint": "；",
}  # fmt: skip
NEXT_STEPS_ENGLISH = {
    "missing": "please tell me", "short": "{gap} more needed", "not_met": "this requirement has to be met first",
    "exactly": "please state the exact figure", "review": "a person judges this", "proof": "have at hand: {proof}",
    "joint": "; ",
}  # fmt: skip

VERDICTS_ENGLISH = {
    "met": "met", "not_met": "not met", "missing": "not stated", "review": "to be judged by a person",
    "not_applicable": "not applicable", "short": "not met, {gap} short", "at_most": "at most {amount}",
    "inexact_not_met": "not met, whatever the exact figure is", "inexact_review": "open, the exact figure is needed",
    "yes": "yes", "no": "no",
}  # fmt: skip

_FIXED = (
    "eligibility_ask", "choice_ask", "out_of_scope", "steering", "help", "empty", "too_long", "unofficial", "related_hint", "not_covered",
    "assess_vague", "assess_missing", "interview_intro", "interview_understood", "interview_asked", "interview_passed",
    "interview_unclear", "interview_stopped", "interview_steps", "interview_none", "interview_supposed", "when_counted",
)  # fmt: skip


def is_fixed_sentence(text: str, unsettled: Sequence[str]) -> bool:
    """Whether a line of an answer is one of the sentences above, filled in; an abstention may add what it leaves open."""
    for wording in (CHINESE, ENGLISH):
        if text.startswith(wording.not_covered):
            added = text[len(wording.not_covered) :].strip(" 。.")
            return not added or added.lower() in {j.join(unsettled).lower().strip(" 。.") for j in ("；", "; ")}
        for name in _FIXED:
            pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(getattr(wording, name)))
            if re.fullmatch(pattern, text):
                return True
    return False


NEED_NAMES = {
    "money": ("金额", "amount"), "count": ("数量", "number"), "percent": ("比例", "percentage"),
    "date": ("日期", "date"), "when": ("时间", "time"), "start": ("起算时间", "starting point"),
    "duration": ("期限", "period"), "frequency": ("频次", "frequency"), "quantity": ("数量标准", "figure"),
    "score": ("分值", "score"), "area": ("面积", "area"), "age": ("年龄", "age"), "contact": ("联系方式", "contact"),
    "who": ("主体", "body"), "definition": ("定义", "definition"), "criterion": ("判断标准", "criterion"),
    "method": ("计算口径", "method of calculation"), "reason": ("理由", "reason"), "consequence": ("后果或待遇", "consequence"),
    "procedure": ("程序", "procedure"), "list": ("具体范围", "list"), "duty": ("职责", "duties"),
}  # fmt: skip


def need_name(need: str, english: bool) -> str:
    """What kind of thing was asked for, in words; 规定 where it has no name of its own."""
    return NEED_NAMES.get(need, ("规定", "rule"))[1 if english else 0]
