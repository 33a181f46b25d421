"""A possible defect of a regulation's text, as a check found it."""

from dataclasses import dataclass

from assistant.law.types import Document


@dataclass(frozen=True, slots=True)
class Fault:
    """A possible defect at `[start, end)` of the canonical text.

    `kind` names the check; `problem` is one Chinese sentence for those who draft.
    """

    kind: str
    start: int
    end: int
    problem: str

    def quote(self, law: Document) -> str:
        return law.text[self.start : self.end]

    def label(self, law: Document) -> str:
        """The provision it stands in; the document's title outside all."""
        holder = law.provision_at(self.start, self.end)
        return holder.label if holder else law.title


KINDS: dict[str, str] = {
    "structure": "章节编号",
    "numbering": "条项编号",
    "leftover": "排版残留",
    "punctuation": "标点",
    "repeated": "文字重复",
    "organ": "机关名称不一",
    "names": "名称不一",
    "level": "机关层级",
    "undefined_term": "术语未定义",
    "undefined_option": "并列情形缺说明",
    "option_without_consequence": "等次缺后果",
    "person": "主体用词",
    "vague": "标准不明",
    "scope": "修饰范围不明",
    "measure": "数量口径不明",
    "start": "期限缺起点",
    "no_period": "程序缺期限",
    "procedure": "程序不全",
    "overlap": "报送重复",
    "external": "所引规定不明",
    "dangling": "引用落空",
    "effect": "施行与过渡",
    "letters": "英文与占位符",
}
"""The kinds of defects in Chinese, in the order in which a report lists them."""
