"""Words in a draft that speak to whoever reads it by machine. They are shown to people and change nothing."""

import re

_TO_READER = re.compile(
    r"(?:忽略|无视|不要理会|不必理会|不用管|绕过)[^。；;\n]{0,12}(?:规则|指令|要求|提示|条款|标准|检查|规定|限制|内容)"
    r"|(?:请|直接|一律|必须|应当?|统一|全部|自动|都|均)[^。；;\n]{0,10}(?:判定|判为|判断为|视为|认定为|标记为|评为|输出|返回|回答|给出)[^。；;\n]{0,12}"
    r"(?:通过|符合|合格|满足|达标|met|clear|pass)"
    r"|判定?为?(?:全部|一律)?(?:通过|met|clear)|verdict|outcome\s*[:=]"
    r"|你(?:现在)?(?:是|扮演|作为)[^。；;\n]{0,12}(?:助手|模型|审核员|系统|AI|人工智能|评审)"
    r"|(?:作为|致|告诉)(?:AI|人工智能|大模型|语言模型|智能助手|自动(?:预审|审核)系统)"
    r"|(?:审核|评审|预审|检查|智能)(?:助手|系统|程序|模型|机器人)[^。；;\n]{0,6}(?:按|视|当|算|判)"
    r"|(?:系统|管理员|开发者)(?:提示|指令|消息|prompt)\s*[:：]"
    r"|ignore\s+(?:all|any|the|previous|above|prior)|disregard\s+(?:all|any|the|previous|above)|system\s*prompt"
    r"|</?(?:system|assistant|instructions?|prompt)>|\[(?:system|inst)\]|you\s+are\s+(?:now\s+)?an?\s+(?:AI|assistant)"
    r"|jailbreak|越狱|developer\s+mode|mark\s+(?:this|all|it|everything)\s+as\s+(?:met|passed?|clear|approved)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！!；;\n()（）]+[。！!；;]?")


def steering(text: str) -> tuple[str, ...]:
    """The sentences of `text` that are addressed to an assistant or a system."""
    return tuple(found.group().strip() for found in _SENTENCE.finditer(text) if _TO_READER.search(found.group()))


def without_steering(text: str) -> str:
    """`text` without those sentences; where there are none, the very same text."""
    if not _TO_READER.search(text):
        return text
    kept = _SENTENCE.sub(lambda found: "" if _TO_READER.search(found.group()) else found.group(), text)
    return re.sub(r"[(（]\s*[)）]", "", kept).strip()
