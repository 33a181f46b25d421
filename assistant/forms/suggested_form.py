"""The rules file and the form to fill in that a new pack begins with, as the text of their files."""

import tomli_w

from assistant.forms.form_schema import FORM_FILE
from assistant.law.pack import Pack
from assistant.rules.rule_schema import Threshold
from assistant.rules.suggested import Suggestion, suggest_rules

RULES_FILE = "rules.toml"
_RULES_HEAD = """\
# 草稿：程序在条文里见到的、带有比较词（不少于、不超过、以上、满……）的数，每条一项，供核对。
# 带 draft = true 的规则不会起作用。逐条核对，改好后删去那一行，才会启用；不是要求的，整条删去。
# quote 逐字取自条文，花括号处由程序读出数。force 按条文的用词（必须、原则上）填写，没有这类词的写“无”；
# stage（申报、遴选、命名、运行、变更、评估）和 label 是按上下文推测的，请务必核对。
# 只有“必须”的项可以“不符合”；拿不准的，写上 at_best = "review"，由人判断。格式见 docs/packs.md。
"""
_FORM_HEAD = """\
# 草稿：与 rules.toml 的草稿逐项对应的自评表，一条规则一个字段，供核对。
# 核对好以后删去 draft = true 那一行，才会启用。rules.toml 里删去的规则，这里的字段也一并删去。
"""


def suggested_files(pack: Pack) -> dict[str, str]:
    """File names with their content; none where the text states no threshold."""
    suggestions = suggest_rules(pack.regulation)
    if not suggestions:
        return {}
    return {RULES_FILE: _rules_text(suggestions), FORM_FILE: _form_text(pack, suggestions)}


def _rules_text(suggestions: list[Suggestion]) -> str:
    parts = [_RULES_HEAD]
    for suggestion in suggestions:
        content = suggestion.entry.model_dump(mode="json", exclude_defaults=True)
        test = {k: v for k, v in content["test"].items() if v is not None}
        rule = {key: value for key, value in content.items() if key not in ("test", "draft")}
        where = suggestion.entry.provision
        words = " ".join(suggestion.words.split())
        parts.append(f"\n# 原文（{where}）：{words}\n[[rule]]\n{tomli_w.dumps(rule)}draft = true\n")
        parts.append("[rule.test]\n" + tomli_w.dumps(test | {"kind": "threshold"}))
    return "".join(parts)


def _form_text(pack: Pack, suggestions: list[Suggestion]) -> str:
    fields = [
        {
            "id": s.entry.field,
            "label": s.entry.label,
            "section": "conditions",
            "type": "integer" if isinstance(s.entry.test, Threshold) and s.entry.test.whole else "decimal",
            "unit": s.entry.unit,
            "hint": " ".join(s.words.split()),
            "provision": s.entry.provision,
        }
        for s in suggestions
    ]
    content = {
        "draft": True,
        "title": f"{pack.about.title}自评表",
        "file_name": "自评表",
        "section": [{"id": "conditions", "title": "条文中有数的要求"}],
        "field": fields,
    }
    return _FORM_HEAD + tomli_w.dumps(content)
