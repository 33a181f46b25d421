"""Claims about who does something: 省科技厅批的 is put right by the sentence that says who does it."""

import re
from dataclasses import replace

from assistant.qa.need import Ask, Need
from assistant.qa.parts import Part, Question, is_organ

_CLAIM = re.compile(r"是[^,。?!]{2,16}的|由|自己|就能|就可以|就行|对吧|是吧|没错|吧[?？]?$|不用|哪个|谁")
_PREMISE = re.compile(r"是[^,。?!]{2,16}的")
_ACT = re.compile(r"批|审|核|推荐|认定|撤销|评估|解释|报备|备案|设立|论证|管理|监督|受理|组织|负责|拨付|制定")


def without_organs(part: Part) -> Part | None:
    """The part as a question of who does it; None if it names no organ or no act of one."""
    organs = [t for t in part.required if is_organ(t)]
    rest = tuple(t for t in part.terms if not is_organ(t) and not t.subject)
    acts = [t for t in rest if t.known and any(_ACT.search(f) for f in t.forms)]
    if not organs or not acts or any(not t.known for t in rest):
        return None
    ask = Ask(Need.WHO, 0, 0, "")
    return replace(part, asks=(ask, *part.asks), terms=tuple(t for t in rest if t.known), fallback=None)


def claim_of(question: Question, part: Part) -> Part | None:
    """The act that a question ascribes to an organ anywhere in it (…是省科技厅批的, 材料递到科技厅哪个处)."""
    if not any(is_organ(t) and len(t.text) >= 3 for t in question.terms) or not _CLAIM.search(question.text):
        return None
    others = [t for t in part.required if not t.known and not is_organ(t)]
    if (part.need is not Need.WHO and others) or (part.need is Need.WHO and not _PREMISE.search(question.text)):
        return None
    acts = tuple(
        t
        for t in question.terms
        if t.known and not t.subject and not is_organ(t) and any(_ACT.search(f) for f in t.forms)
    )
    if not acts:
        return None
    return replace(part, asks=(Ask(Need.WHO, 0, 0, ""), *part.asks), terms=acts, text=question.text, fallback=None)


def names_only_an_act(part: Part) -> bool:
    """省创中心是市里批的吗: an organ and its act and nothing else; who does it is what decides."""
    organs = [t for t in part.required if is_organ(t)]
    acts = [t for t in part.required if not is_organ(t)]
    return bool(organs) and bool(acts) and all(t.known and any(_ACT.search(f) for f in t.forms) for t in acts)
