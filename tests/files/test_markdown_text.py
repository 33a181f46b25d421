"""Marks that hide a heading go, the words and everything else stay."""

import pytest

from assistant.files.markdown_text import plain_markdown


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("# 管理办法", "管理办法"),
        ("## 第一章 总则 ##", "第一章 总则"),
        ("##第二章  工作职责", "第二章  工作职责"),
        ("**第一条** 为推动创新", "第一条 为推动创新"),
        ("### **第一条**　为推动创新", "第一条　为推动创新"),
        ("***第一条*** 甲 *乙* 丙", "第一条 甲 乙 丙"),
        ("__第一条__ 甲", "第一条 甲"),
        ("> 第一条 甲", "第一条 甲"),
        ("> > **第一条** 甲", "第一条 甲"),
        ("- （一）甲", "（一）甲"),
        ("* **（一）** 甲", "（一） 甲"),
        ("  - 1. 甲", "  1. 甲"),
        ("- 第三条 甲", "第三条 甲"),
        ("- 甲", "- 甲"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("日期：____年____月", "日期：____年____月"),
        ("a_b_c __init__", "a_b_c __init__"),
        (r"\*不是强调\*", r"\*不是强调\*"),
        ("#", "#"),
        ("    第一条 甲", "    第一条 甲"),
        ("****", "****"),
        ("| a | b |", "| a | b |"),
    ],
)
def test_one_line(line: str, plain: str) -> None:
    assert plain_markdown(line) == plain


def test_line_breaks_stay_as_they_are() -> None:
    assert plain_markdown("# 甲\r\n\r\n## 乙\n\n**丙**") == "甲\r\n\r\n乙\n\n丙"
