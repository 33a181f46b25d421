"""The page's sections on what is measured beside the questions: dialogues, forms, attacks, silence, the verifier."""

from collections.abc import Iterable, Mapping

from eval.evaluation.models import Evaluation
from eval.figures import Figure, Figures, Part
from eval.page.shapes import Group, Section, Table, bar, cell, chart, group, table_of
from eval.page.wording import (
    ATTACKS,
    DIALOGUES,
    EDITS,
    FORM_PARTS,
    FORMS,
    LEAVE_ONE_OUT,
    LECOQA,
    REGULATIONS,
    SPLITS,
    WAYS,
)


def sections(evaluation: Evaluation) -> list[Section]:
    """Those for which there are figures."""
    made = [
        _dialogues(evaluation.dialogues),
        _forms(evaluation.other("forms")),
        _leave_one_out(evaluation.other("leave-one-out")),
        _other_texts(evaluation),
        _attacks(evaluation.other("attacks")),
        _lecoqa(evaluation.other("lecoqa")),
        _consistency(evaluation),
    ]
    return [section for section in made if section is not None]


def _by_part(
    figures: Figures, names: Iterable[str], words: Mapping[str, str], low: Iterable[str] = ()
) -> list[Group | None]:
    lower = set(low)
    return [
        group(words[n], [bar(SPLITS.get(p, p), v.get(n), p) for p, v in figures.parts.items()], low=n in lower)
        for n in names
    ]


def _dialogues(figures: Figures) -> Section:
    return Section(
        "dialogues",
        "对话：一步步问清能不能申报",
        "多轮对话里，助手有没有听懂对方的情况、结论对不对、接下来问得对不对。",
        charts=chart("对话的主要指标", _by_part(figures, ("facts", "verdicts", "turns"), DIALOGUES)),
        tables=[table_of("对话的全部指标", "指标", _named(figures.parts), DIALOGUES)],
        notes=["调试题和保留题由同一人所写，写的人也写程序，所以比真实来访者的说法要好答。"],
    )


def _forms(figures: Figures | None) -> Section | None:
    if figures is None:
        return None
    parts = {_form_part(name): values for name, values in figures.parts.items()}
    tones = {"dev": "dev", "test": "test", "fresh": "test", "unseen": "fresh"}
    verdicts = [
        bar(_form_part(name), values.get("verdicts"), tones.get(name.split(",")[0], "test"))
        for name, values in figures.parts.items()
    ]
    words = {"forms": "份数", **FORMS, "false_met": "不符合却判为符合（处）", "unread": "误拒或误收的文件（份）"}
    return Section(
        "forms",
        "预审自评表",
        "各种格式的自评表草稿，逐栏判断符合、不符合、缺少还是须人工核对。最要紧的是不把不符合的判成符合。",
        charts=chart("每个栏目结论正确的比例", [group("", verdicts)]),
        tables=[table_of("自评表的全部指标", "指标", parts, words)],
        stamp=figures.stamp,
    )


def _form_part(name: str) -> str:
    return "，".join(FORM_PARTS.get(piece.strip(), piece.strip()) for piece in name.split(","))


def _leave_one_out(figures: Figures | None) -> Section | None:
    if figures is None:
        return None
    return Section(
        "silence",
        "拿掉依据之后：还会不会说话",
        "把一个问题所依据的条文从办法里删去再问一遍，应当答“没有规定”。公开的参照（RGB 基准，任务不同）："
        "只给无关材料时，ChatGPT 对中文问题拒答 43.3%（由模型判）或 5.3%（按字面判）。",
        charts=chart("删去依据后的表现", _by_part(figures, ("passed", "of_answered"), LEAVE_ONE_OUT)),
        tables=[table_of("删去依据后的全部指标", "指标", _named(figures.parts), LEAVE_ONE_OUT)],
        stamp=figures.stamp,
    )


def _other_texts(evaluation: Evaluation) -> Section | None:
    regulations = [
        group(
            REGULATIONS.get(r.name, r.name) + f"（{r.questions} 题）", [bar("类型正确", r.measures["status"], r.split)]
        )
        for r in evaluation.regulations
    ]
    edits = [
        [SPLITS[e.split], EDITS.get(e.kind, e.kind), str(e.cases), *(cell(e.measures.get(n)) for n in _EDITED)]
        for e in evaluation.edits
        if e.kind != "all"
    ]
    if not regulations and not edits:
        return None
    head = ["题组", "改法", "例数", "改前类型正确", "改后类型正确", "引出了新的字句", "旧的不再出现", "全对"]
    return Section(
        "texts",
        "换一部办法、改一处条文",
        "答复要跟着文本走：换成别的办法（虚构的，没有任何专门设置），或把本办法改一处，答复应随之改变。",
        charts=chart("别的办法上回答类型正确的比例", regulations),
        tables=[Table("改动本办法的副本", head, edits)] if edits else [],
    )


_EDITED = ("status_before", "status_after", "quote_after", "absent_after", "passed")


def _attacks(figures: Figures | None) -> Section | None:
    if figures is None:
        return None
    parts = _named(figures.parts)
    return Section(
        "attacks",
        "接上会说谎的大模型",
        "大模型只负责措辞，默认不用。这里让一个假模型用各种办法说谎、出错、拖延，看有没有不实的话漏到页面上，"
        "原来的答复有没有因此丢失；0% 是目标。",
        charts=chart("被显示的不实的话", _by_part(figures, ("got_through", "lost"), ATTACKS, ("got_through", "lost"))),
        tables=[table_of("全部指标", "指标", parts, {"attacks": "攻击种数", **ATTACKS})],
        stamp=figures.stamp,
    )


def _lecoqa(figures: Figures | None) -> Section | None:
    if figures is None:
        return None
    caught = [name for name in LECOQA if name.startswith("detected")]
    alarms = [name for name in LECOQA if name.startswith("false_alarm")]
    return Section(
        "verifier",
        "核对程序本身靠不靠得住",
        "用公开的法律问答数据（LeCoQA）考核对程序：把律师的话改动一处，看能否拦住；没有改的，看会不会误拦。",
        charts=[
            *chart("改动后被拦住的比例", _by_part(figures, caught, LECOQA)),
            *chart("对的话被误拦的比例", _by_part(figures, alarms, LECOQA, alarms)),
        ],
        tables=[table_of("核对程序的全部指标", "指标", _named(figures.parts), LECOQA)],
        stamp=figures.stamp,
    )


def _consistency(evaluation: Evaluation) -> Section:
    bars = [bar(WAYS.get(name, name), value, "test") for name, value in evaluation.consistency.items()]
    return Section(
        "same",
        "从哪里问，答复都一样",
        "同一个问题从批量命令、网页和命令行各问一遍，与程序直接给出的答复逐字段比较（编号除外）。",
        charts=chart("与直接给出的答复完全相同的比例", [group("", bars)]),
    )


def _named(parts: Mapping[str, Part]) -> dict[str, Mapping[str, Figure | int]]:
    return {SPLITS.get(name, name): values for name, values in parts.items()}
