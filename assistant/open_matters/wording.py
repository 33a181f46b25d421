"""Sentences that both forms of the report share."""

from assistant.open_matters.report import OpenMatters

SHOWN_BARS = 12
SHOWN_GROUPS = 40
MACHINE = "以下由程序按通用规则找出，不针对某一部办法，可能有误报，是否属实、是否要改由起草人员判断。"
MASKED = (
    "问题中的姓名、电话、证件号和邮箱已经遮盖。同一组问题最接近的条款和所问的事项相同；组名是组内最有代表性的原问题。"
)


def heading(report: OpenMatters) -> str:
    return f"未决事项报告：《{report.title}》"


def opening(report: OpenMatters) -> list[str]:
    """What the report rests on, and its figures."""
    known = [d for d in report.known if d.found_by]
    lines = [f"文本版本：{report.version}。" + (f"问题的时间范围：{report.period}。" if report.period else "")]
    if report.asked:
        lines.append(f"共有{report.asked}个问题，办法没有规定，归为{len(report.groups)}组。")
    else:
        lines.append("没有办法未作规定的提问记录。")
    lines.append(f"程序在文本中找出{len(report.faults)}处可能的问题。")
    if report.known:
        lines.append(f"资料包已登记{len(report.known)}处已知问题，程序在其中{len(known)}处的位置也找到了问题。")
    return lines
