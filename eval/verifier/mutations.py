"""A supported statement with one fact changed: number, period, polarity, subject or article."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from eval.verifier.statements import Base, value_of

KINDS = ("number", "period", "polarity", "subject", "article")
_NUM = r"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千万]+"
_TIME = r"个?工作日|个月|年|月|日|天|周岁|小时"
_THING = r"%|倍|人|名|次|万元|元|级|家|户|份|个"
_PERIOD = re.compile(rf"(?<![第零一二两三四五六七八九十百千万0-9])({_NUM})({_TIME})(?!龄)")
_NUMBER = re.compile(
    rf"(?<![第零一二两三四五六七八九十百千万0-9同任每])({_NUM})({_THING})(?![性])|(?<=百分之)([一二三四五六七八九十百]+)()|(?<=第)([一二三四五])(顺序)|([一二三四五六七八九])(?=分之)()"
)
_WRITTEN = "零一二三四五六七八九"

_EXCHANGED = """
不应当>应当 应当>可以 应当>不得 必须>可以 不得>可以 不得>应当 可以>不得 可以>应当 有权>无权
无权>有权 不承担>承担 承担>不承担 无效>有效 有效>无效 以上>以下 以下>以上 不予>应予 禁止>允许
不超过>不少于 不低于>不超过 不能>可以 不享有>享有 享有>不享有 没有约定>已经约定 不负>应负
不支持>支持 予以支持>不予支持 属于>不属于 不属于>属于 同意>拒绝 之前>之后 之后>之前 包括>不包括
合法>违法 违法>合法 优先>不优先 不影响>影响
"""
_POLARITY = [pair.split(">") for pair in _EXCHANGED.split()]
_WORDS_AROUND = re.compile(r"应当(?=事人)|有权(?=利|属)|可以(?=自)|不能(?=力)")

_ROLES = """
人民法院 人民检察院 公安机关 用人单位 劳动者 生产者 销售者 经营者 消费者 出租人 承租人 出卖人
买受人 债权人 债务人 保证人 担保人 抵押人 抵押权人 质权人 出质人 承揽人 定作人 承包人 发包人
承包方 发包方 委托人 受托人 行纪人 中介人 存货人 保管人 寄存人 仓储人 托运人 承运人 旅客 旅行社
旅游者 旅游经营者 旅游辅助服务者 保险人 投保人 被保险人 受益人 继承人 被继承人 遗嘱人 受遗赠人
赠与人 受赠人 监护人 被监护人 夫妻 父母 子女 配偶 侵权人 被侵权人 受害人 行为人 用工单位
劳务派遣单位 医疗机构 医务人员 患者 业主 业主大会 业主委员会 建设单位 物业服务企业 物业服务人
施工单位 监理单位 设计单位 股东 董事 监事 经理 董事会 股东会 监事会 公司 合伙人 行政机关 登记机构
市场监督管理部门 卫生行政部门 商标局 商标评审委员会 商标注册人 著作权人 专利权人 演员 演出单位 表演者
录音制作者 网络服务提供者 网络用户 个人信息处理者 教育机构 学校 国务院 村民委员会 居民委员会 仲裁机构
公证机构 税务机关 海关 债权受让人 让与人 受让人 所有权人 用益物权人 土地承包经营权人 建设用地使用权人
居住权人 地役权人 供役地权利人 融资租赁公司 保理人 应收账款债务人 个体工商户 农户 农民 失踪人 申请人
被申请人 原告 被告 证人 鉴定人 犯罪嫌疑人 被害人 单位
"""
_AGENTS = _ROLES.split()
_AGENT = re.compile("|".join(sorted(map(re.escape, _AGENTS), key=len, reverse=True)))
_VAGUE = frozenset(["单位", "公司", "行为人", "申请人", "个体工商户"])
_ARTICLE_NAME = re.compile(r"(?P<law>.*?)第(?P<number>[零一二三四五六七八九十百千]+)条(?P<branch>之[一二三四五])?$")


@dataclass(frozen=True)
class Mutation:
    base: Base
    kind: str
    text: str
    change: str


def mutations(base: Base, kind: str, most: int) -> list[Mutation]:
    """Up to `most` changes of a kind, drawn the same way each time."""
    makers = {
        "number": lambda b: _figures(b, _NUMBER), "period": lambda b: _figures(b, _PERIOD), "polarity": _polarity,
        "subject": _subjects, "article": _articles,
    }  # fmt: skip
    found = list(dict.fromkeys(m for m in makers[kind](base) if m[0] != base.text))
    random.Random(f"{base.question}:{base.text}:{kind}").shuffle(found)  # noqa: S311 - a reproducible draw
    return [Mutation(base, kind, text, change) for text, change in found[:most]]


def written(number: int) -> str:
    """An integer as Chinese laws write it, up to 9999."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap else "") + _WRITTEN[digit] + name
            gap = False
        elif text:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


def _figures(base: Base, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Another value in the figure's place, also one that the statute gives for something else; another unit."""
    other_units = {
        "日": "个月",
        "天": "个月",
        "个月": "年",
        "年": "个月",
        "个工作日": "个月",
        "工作日": "个月",
        "万元": "亿元",
        "人": "家",
        "倍": "%",
    }
    for match in pattern.finditer(base.text):
        numeral = next(g for g in match.groups() if g)
        start = base.text.index(numeral, match.start())
        unit = base.text[start + len(numeral) : match.end()]
        value = int(value_of(numeral))
        if value <= 1 and unit in ("个", "份", "次", "人", "名", "家"):
            continue
        elsewhere = {
            int(value_of(n)) for n, u in (g[:2] for g in pattern.findall("\n".join(base.quotes))) if n and u == unit
        }
        near = {value + step for step in (-10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 20, 50)}
        values = near | {value * 2, value * 10, value // 10, value // 2, value * 3} | elsewhere
        for new in sorted(values - {value}):
            figure = str(new) if numeral[0].isdigit() else written(new)
            if 0 < new < 10_000 and not _same(new, unit, value):
                yield base.text[:start] + figure + base.text[start + len(numeral) :], f"{numeral}{unit}>{figure}{unit}"
        if unit in other_units:
            end = start + len(numeral)
            yield (
                base.text[:end] + other_units[unit] + base.text[end + len(unit) :],
                f"{numeral}{unit}>{other_units[unit]}",
            )


def _same(new: int, unit: str, old: int) -> bool:
    """One of a thing is how Chinese says a thing: no figure to change into."""
    return new == old or (new == 1 and unit in ("个", "份", "次", "人", "名", "家"))


def _polarity(base: Base) -> Iterator[tuple[str, str]]:
    skip = {m.start() for m in _WORDS_AROUND.finditer(base.text)}
    for old, new in _POLARITY:
        for match in re.finditer(re.escape(old), base.text):
            before = base.text[max(0, match.start() - 1) : match.start()]
            # 不承担 is another row; 属于 in 不属于, 当事人 and the like are no words of their own.
            if match.start() in skip or (before in "不未无非没" and before) or (old == "同意" and before == "未"):
                continue
            yield base.text[: match.start()] + new + base.text[match.end() :], f"{old}>{new}"


def _subjects(base: Base) -> Iterator[tuple[str, str]]:
    """An agent changed for another of the statute or for a stranger, everywhere it stands; or two agents exchanged."""
    said = list(dict.fromkeys(_AGENT.findall(base.text)))
    law = [a for a in dict.fromkeys(_AGENT.findall("\n".join(base.quotes))) if a not in _VAGUE]
    chance = random.Random(f"{base.question}:{base.text}")  # noqa: S311 - a reproducible draw
    strangers = chance.sample([a for a in _AGENTS if a not in law and a not in _VAGUE], 3)
    for old in said:
        for new in (*law, *strangers):
            if new not in said and new not in old and old not in new:
                yield _replaced(base.text, {old: new}), f"{old}>{new}"
    for index, one in enumerate(said):
        for other in said[index + 1 :]:
            together = re.search(
                rf"{one}(?:、|和|与|或|或者|及|以及){other}|{other}(?:、|和|与|或|或者|及|以及){one}", base.text
            )
            if not together and one not in other and other not in one and other in law and one in law:
                yield _replaced(base.text, {one: other, other: one}), f"{one}<>{other}"


def _replaced(text: str, to: dict[str, str]) -> str:
    return _AGENT.sub(lambda m: to.get(m.group(), m.group()), text)


def cited(base: Base, index: int = 0) -> str | None:
    """The statement under the name of a statute: 根据《…》第…条的规定，…"""
    found = _ARTICLE_NAME.match(base.names[index])
    if not found:
        return None
    rest = re.sub(r"^您好[，,]?|^根据法律(?:的)?规定[，,]?", "", base.text)
    return f"根据《{found['law']}》第{found['number']}条{found['branch'] or ''}的规定，{rest}"


def _articles(base: Base) -> Iterator[tuple[str, str]]:
    """The name of a statute put before the statement, with another number, branch or law."""
    right = {(m["law"], value_of(m["number"])) for n in base.names if (m := _ARTICLE_NAME.match(n))}
    for name in base.names:
        found = _ARTICLE_NAME.match(name)
        text = cited(base, base.names.index(name))
        if not found or text is None:
            continue
        number = int(value_of(found["number"]))
        for new in (number + 1, number - 1, number + 10, number * 2, number + 100):
            if new > 0 and (found["law"], float(new)) not in right:
                changed = text.replace(f"第{found['number']}条", f"第{written(new)}条", 1)
                yield changed, f"{found['number']}>{written(new)}"
        other = "中华人民共和国城乡规划法" if "规划" not in found["law"] else "中华人民共和国民法典"
        yield text.replace(f"《{found['law']}》", f"《{other}》", 1), "law"
