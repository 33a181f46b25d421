"""What asks nothing of a regulation: greetings, thanks, leave, and questions about the assistant itself."""

import re
from functools import cache

from assistant.qa.vocabulary import general_vocabulary

_BETWEEN = r"[\s,，。.!！?？~～、…啊呀呢哦喔哈啦了嘛吧哟呦噢的我你您都就这那]*"
_ME = r"(?:请问|那|话说)?(?:你|您)(?!们)(?:这个|这|个|的)?(?:小?助手|机器人|系统|程序|客服|小编|ai)?"
_ABOUT_ME = re.compile(
    rf"^\W*(?:(?:你好|您好|hello|hi)\W*)?{_ME}(?:到底|究竟|都|又|还|平时|具体)?"
    r"(?:(?:能|会|可以|懂|知道|管|负责)(?:帮我|帮人|帮|给我|为我)?(?:做|干|回答|解答|解决|处理|查|问|说|聊)?"
    r"(?:点|些|的)?(?:什么|啥|哪些|哪方面|哪类)(?:方面|问题|事|事儿|活|内容|类型)?(?:的问题|的事)?"
    r"|(?:是|算)(?:不是)?(?:个|一个)?(?:谁|什么|啥|干什么|干啥|真人|人工|人|机器人|机器|ai|客服|程序)\S{0,10}"
    r"|(?:叫|姓)(?:什么|啥)(?:名字|名儿|名)?|有(?:什么|啥|哪些)(?:功能|用|用处|本事|能耐)|怎么(?:用|使))\W*$"
    r"|^\W*(?:介绍|说说|讲讲)(?:一下|下)?(?:你|您)自己\W*$"
    r"|^\W*(?:这|这个|这东西|这玩意儿?)?(?:该)?(?:怎么|咋)(?:用|使|使用)\W*$"
    r"|^\W*(?:hello\W*|hi\W*)?(?:who am i (?:talking|speaking) (?:to|with)|who (?:are|is) (?:you|this)|"
    r"are you (?:a |an )?"
    r"(?:bot|robot|human|person|real person|ai)|what are you|how do (?:i|you) (?:use|work)(?: this)?)\W*$",
    re.IGNORECASE,
)

# The same inside a short text.
_CAPABILITY = re.compile(
    r"你(?:能|可以|会)(?:帮我)?(?:做|干|回答|问|解决)?(?:点|些)?(?:什么|啥|哪些)|能帮我做什么|"
    r"你是(?:谁|什么|干什么|干啥|机器人)|怎么(?:使用|用)(?:你|这个助手)|你有(?:什么|啥)(?:功能|用)|使用说明|帮助$|^help$|"
    r"what can you do|who are you|how (?:do|can) (?:i|you) (?:use|help)|what (?:do|are) you\b",
    re.IGNORECASE,
)
_SHORT = 40


def is_small_talk(text: str) -> bool:
    """Whether a text is made of such words only."""
    return _only_small_talk().match(text) is not None


def is_about_the_assistant(text: str) -> bool:
    """Whether it is asked what the assistant is or can do."""
    return _ABOUT_ME.match(text) is not None or (len(text) <= _SHORT and _CAPABILITY.search(text) is not None)


@cache
def _only_small_talk() -> re.Pattern[str]:
    longest_first = sorted(general_vocabulary().small_talk, key=len, reverse=True)
    phrases = "|".join(rf"{re.escape(p)}\b" if p.isascii() else re.escape(p) for p in longest_first)
    return re.compile(rf"^{_BETWEEN}(?:(?:{phrases}){_BETWEEN})+$", re.IGNORECASE)
