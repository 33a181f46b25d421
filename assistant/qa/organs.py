"""Claims about who does something: 省科技厅批的 is put right by the sentence that says who does it."""

import re
from dataclasses import replace

from assistant.qa.need import Ask, Need
from assistant.qa.question import Part, Term

_ORGAN = re.compile(r"[\u4e00-\u9fff]*(?:厅|局|部|委|办|政府|办公室|办公厅|部门|省里|市里|中心办|管委会)$|^(?:省里|市里|国家|省级|市级)$")
_ACT = re.compile(r"批|审|核|推荐|认定|撤销|评估|解释|报备|备案|设立|论证|管理|监督|受理|组织|负责|拨付|制定")


def is_organ(term: Term) -> bool:
    return _ORGAN.search(term.text) is not None or any(_ORGAN.search(f) for f in term.forms)


def without_organs(part: Part) -> Part | None:
    """The part as a question of who does it; None if it names no organ or no act of one."""
    organs = [t for t in part.required if is_organ(t)]
    rest = tuple(t for t in part.terms if not is_organ(t) and not t.subject)
    acts = [t for t in rest if t.known and any(_ACT.search(f) for f in t.forms)]
    if not organs or not acts or any(not t.known and t.noun for t in rest):
        return None
    ask = Ask(Need.WHO, 0, 0, "")
    return replace(part, asks=(ask, *part.asks), terms=tuple(t for t in rest if t.known), fallback=None)
