"""Which composer made an answer, in words for the person who reads it."""

from assistant.llm.failure import Fallback
from assistant.qa.models import Provenance

_EXTRACTIVE = "答复由条文原文直接摘编，未使用语言模型。"
_WORDED = "文字由语言模型 {name} 组织，每句话都已按所注条文核对；引文为条文原文。"
_NOT_WORDED = "答复由条文原文直接摘编：{why}。"

_WHY = {
    Fallback.TIMEOUT: "语言模型没有按时答复",
    Fallback.UNREACHABLE: "连不上语言模型",
    Fallback.RATE_LIMITED: "语言模型暂时不接受请求",
    Fallback.SERVER_ERROR: "语言模型的服务出错",
    Fallback.NOT_AUTHORISED: "语言模型没有接受密钥",
    Fallback.REQUEST_REFUSED: "语言模型没有接受请求",
    Fallback.BROKEN_REPLY: "语言模型的答复读不出来",
    Fallback.EMPTY_REPLY: "语言模型没有答复",
    Fallback.TOO_LONG: "语言模型的答复过长",
    Fallback.BUSY: "语言模型正忙",
    Fallback.UNSUPPORTED: "语言模型的说法没有通过核对",
    Fallback.INCOMPLETE: "语言模型的说法通过核对的不足以回答",
    Fallback.LANGUAGE: "外文答复不由语言模型改写",
    Fallback.PREMISE: "对提问说法的更正不由语言模型改写",
    Fallback.INTERNAL: "改写时出错",
}


def composer_text(provenance: Provenance) -> str:
    """One sentence."""
    if provenance.composer.startswith("llm:"):
        return _WORDED.format(name=provenance.composer.removeprefix("llm:"))
    if provenance.fallback in set(Fallback):
        return _NOT_WORDED.format(why=_WHY[Fallback(provenance.fallback)])
    return _EXTRACTIVE
