"""What is no question about the regulation: greetings, attempts to steer, another subject, place or programme."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.law.pack import Pack
from assistant.qa.normalise import is_english
from assistant.qa.parts import Question
from assistant.qa.small_talk import is_about_the_assistant, is_small_talk
from assistant.qa.vocabulary import general_vocabulary

_STEERING = re.compile(
    r"(?:忽略|无视|忘掉|忘记|抛开|绕过|不要管|别管|跳过).{0,14}(?:指令|指示|规则|规定|限制|设定|提示|要求|条文|约束|办法)|系统提示|提示词|system\s*prompt|"
    r"^\W*(?:system|assistant|developer)\s*[:：]|(?:你现在是|现在起你|你就是|你扮演|扮演一个|假装|假设你是|假如你是|角色扮演|开发者模式|越狱|jailbreak|DAN模式)|"
    r"ignore (?:all |your |the |any |previous |prior )+|disregard (?:all|your|the|any|previous)|pretend (?:to|you|that)|you are now|act as|"
    r"reveal .{0,20}(?:prompt|instruction|key)|(?:hidden|secret) (?:instruction|prompt)|(?:密钥|口令|api ?key|源代码|文件路径|数据库密码|环境变量)|"
    r"(?:直接|就)(?:回答|回复|说|写|宣布|告诉我)[^，。]{0,12}(?:批准|通过|符合|合格|可以申报|没问题)|按我说的(?:写|说|答)|照我说的|别引用|不要引用|不用引用|"
    r"以后都(?:这么|照这|按这)|新规则|(?:把|将).{0,16}(?:改成|改为|换成|说成|写成).{0,16}(?:回答|答复|输出|回复|再答|告诉)|随便编|编一条|编造|帮我(?:造|编|伪造)|"
    r"(?:教|帮)我.{0,10}(?:骗|造假|蒙混|作假|编材料|糊弄)|repeat after me|print your|output your|(?:请)?只(?:回答|回复|输出)[“\"']?(?:是|可以|通过|OK|yes)|"
    r"(?:别|不用|不要|无需|甭|莫)(?:看|查|管|按|依|照|翻)(?:着|了)?[^，。]{0,4}(?:条文|法条|办法|规定|原文|法规|文件)(?:来|了|说)|改口说|"
    r"(?:你|您)(?:都|就|只要?)(?:回|答|说|吱|讲)(?:一?[声句个])?[“\"「『'‘]|just (?:answer|say|reply|tell me|respond)\b[^?]{0,20}[\"“'‘]|"
    r"门槛(?:已|已经)?改为|保证(?:我们)?(?:能|一定)?(?:通过|批下来)[，,].{0,8}(?:写|出具|给我)",
    re.IGNORECASE,
)
_PROVINCES = ["北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾", "深圳", "广州", "杭州", "苏州", "南京", "武汉", "成都", "青岛", "西安", "长春", "哈尔滨"]  # fmt: skip


_PROMISE = re.compile(
    r"(?:一定|肯定|保证|包|百分之百|稳)(?:能|会|可以)?(?:批|通过|过(?!程)|评上|拿下|成)|(?:能不能|会不会|能否)(?:保证|承诺)|"
    r"(?:通过率|成功率|把握|概率|几率|胜算)|guarantee|certainly be approved|chances? of",
    re.IGNORECASE,
)


def asks_promise(text: str) -> bool:
    """Whether a text asks for a promise that an application will succeed."""
    return _PROMISE.search(text) is not None


class Outside(StrEnum):
    """Why a text is not answered from the law."""

    GREETING = "greeting"
    STEERING = "steering"
    OTHER_PLACE = "other_place"
    OTHER_PROGRAMME = "other_programme"
    OTHER_SUBJECT = "other_subject"


@dataclass(frozen=True)
class ScopeJudge:
    """Decides what is outside one pack's scope."""

    pack: Pack

    def before_reading(self, text: str) -> Outside | None:
        """Greetings and steering show in the words alone."""
        if _STEERING.search(text):
            return Outside.STEERING
        if is_small_talk(text) or is_about_the_assistant(text):
            return Outside.GREETING
        return None

    def other_place(self, text: str) -> str:
        """The name of another province or of its city that the question is about, or ""."""
        scope = self.pack.about.scope
        if not scope.jurisdiction:
            return ""
        for place in _PROVINCES:
            at = text.find(place)
            if at < 0 or place in scope.jurisdiction or place in scope.places:
                continue
            rest = text[at + len(place) : at + len(place) + 14]
            names = "|".join(map(re.escape, scope.subject)) or "办法"
            if re.match(rf"[省市]?(?:那边|这边|那里|当地)?的?(?:{names}|办法|政策|规定|要求|条件)", rest):
                return place
        return ""

    def other_programme(self, text: str) -> str:
        """The name of another programme, if the question does not name this one beside it, or ""."""
        scope = self.pack.about.scope
        rest = text
        for programme in scope.other_programmes:
            rest = rest.replace(programme, " ")
        named = next((p for p in scope.other_programmes if p in text), "")
        return named if named and not any(s in rest for s in scope.subject if len(s) > 2) else ""

    def after_reading(self, question: Question) -> Outside | None:
        """A question without a word of the law and without a word about applying is about something else."""
        if any(t.subject for t in question.terms):
            return None
        known = [t for t in question.terms if t.known]
        unknown = [t for t in question.terms if not t.known]
        process = general_vocabulary().process
        if any(word in question.text for word in (*process, *self.pack.lexicon.gone) if len(word) >= 2):
            return None
        if any(t.matter for t in question.terms) and is_english(question.text):
            return None
        if known and (not unknown or max(t.weight for t in known) >= 2.0):
            return None
        return Outside.OTHER_SUBJECT
