"""Words around the values of a made form, and boxes to tick."""

from eval.forms.plan import Row
from eval.forms.table import Split

TITLE: dict[Split, str] = {
    "dev": "辽宁省制造业创新中心自评表",
    "test": "省级制造业创新中心创建自我评价表",
    "fresh": "辽宁省制造业创新中心申报自评情况表",
    "unseen": "创建省级制造业创新中心申报条件自查表",
}
INSTRUCTIONS = ("填表说明", "1. 请如实填写，数据截至上年末。", "2. 金额保留两位小数。")
REMARK = "见附件"
PLACEHOLDER = "单击或点击此处输入文字。"


def marked(row: Row, marks: str) -> str:
    """The value, or its boxes where the layout has some: "☑企业 ☐高校 ☐科研院所"."""
    if not marks or not row.options or row.tick is None:
        return row.text
    ticked, empty = marks[0], marks[1]
    return " ".join(f"{ticked if option == row.tick else empty}{option}" for option in row.options)
