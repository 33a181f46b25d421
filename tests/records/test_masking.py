"""What tells who somebody is goes; amounts, counts, dates, provisions and organisations stay."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.identity import _ID_CHECKS, _ID_WEIGHTS, is_credit_code
from assistant.records.masking import Masks
from assistant.records.names import names_in
from assistant.records.numbers import ACCOUNT, EMAIL, IDENTITY, LANDLINE, MOBILE

NAME = "〔姓名〕"


def masked(text: str) -> str:
    return Masks(names_in(text)).mask(text)


FULL_WIDTH = str.maketrans(string.digits + "-()@.", "０１２３４５６７８９－（）＠．")
digits = st.text("0123456789", min_size=8, max_size=8)
mobiles = st.builds(lambda second, rest: f"1{second}{rest}0", st.sampled_from("3456789"), digits)
# How people write eleven digits.
spellings = st.sampled_from(
    (
        lambda n: n,
        lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
        lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
        lambda n: f"{n[:3]}　{n[3:6]}　{n[6:]}",
        lambda n: f"{n[:4]}-{n[4:7]}-{n[7:]}",
        lambda n: f"{n[:3]}.{n[3:7]}.{n[7:]}",
        " ".join,
        lambda n: f"+86 {n}",
        lambda n: f"0086-{n[:3]}-{n[3:7]}-{n[7:]}",
        lambda n: n[:5] + "\u200b" + n[5:],
        lambda n: n.translate(FULL_WIDTH),
        lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}".translate(FULL_WIDTH),
    )
)
around = st.sampled_from(
    (("", ""), ("我的手机是", "，请回电"), ("电话：", "。"), ("（", "）"), ("请拨打", "找我"), ("1200 ", " 80"))
)


@given(mobiles, spellings, around)
def test_mobile_numbers_are_masked_however_they_are_written(number, spelling, words) -> None:  # type: ignore[no-untyped-def]
    text = words[0] + spelling(number) + words[1]
    assert masked(text) == words[0] + MOBILE + words[1]


@given(st.sampled_from(("010", "024", "0411", "0427")), st.sampled_from("2345678"), digits, around)
def test_landlines_are_masked(area: str, first: str, rest: str, words: tuple[str, str]) -> None:
    number = first + rest[: 6 if len(area) == 4 else 7]
    for written in (
        f"{area}-{number}",
        f"{area}{number}",
        f"（{area}）{number[:4]} {number[4:]}",
        f"{area} {number}转801",
    ):
        assert masked(f"{words[0]}{written}{words[1]}") == f"{words[0]}{LANDLINE}{words[1]}"
        assert masked(f"座机{written.translate(FULL_WIDTH)}。") == f"座机{LANDLINE}。"


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(("210102", "110105", "659001", "810000")))
    born = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 1, 1)))
    body = f"{region}{born:%Y%m%d}{draw(st.integers(1, 999)):03d}"
    return body + _ID_CHECKS[sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True)) % 11]


@given(identity_numbers(), around)
def test_identity_numbers_are_masked(number: str, words: tuple[str, str]) -> None:
    mistyped = number[:17] + ("0" if number[17] != "0" else "1")
    short = number[:6] + number[8:17]  # as they were until 1999
    grouped = f"{number[:6]} {number[6:14]} {number[14:]}"
    for written in (number, number.lower(), mistyped, short, grouped, number.translate(FULL_WIDTH)):
        assert masked(f"{words[0]}{written}{words[1]}") == f"{words[0]}{IDENTITY}{words[1]}", written


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("邮箱 zhang.san_1@mail.example.com.cn。", f"邮箱 {EMAIL}。"),
        ("写到ｌｉｓｉ＠ｑｑ．ｃｏｍ吧", f"写到{EMAIL}吧"),
        ("微信号：li_si-99，QQ：1234567", f"微信号：{ACCOUNT}，QQ：{ACCOUNT}"),
        ("加我微信13812345678", f"加我微信{ACCOUNT}"),
        ("一三八零零一三八零零零", MOBILE),
        ("联系人：张三，欧阳建国也行", f"联系人：{NAME}，欧阳建国也行"),
        ("联系人：张三、欧阳建国和王五", f"联系人：{NAME}、{NAME}和{NAME}"),
        ("我叫李四想问一下，李四能当主任吗", None),
        ("负责人 王小明（13912345678）", f"负责人 {NAME}（{MOBILE}）"),
        ("王小明 13912345678", f"{NAME} {MOBILE}"),
        ("13912345678（王小明）", f"{MOBILE}（{NAME}）"),
        ("中心主任是王 强，联系电话23456789", f"中心主任是{NAME}，联系电话{LANDLINE}"),
        ("法定代表人：阿不都·热合曼", f"法定代表人：{NAME}"),
        ("My name is John Smith, contact: Li Hua.", f"My name is {NAME}, contact: {NAME}."),
    ],
)
def test_addresses_accounts_and_names_are_masked(text: str, kept: str | None) -> None:
    found = masked(text)
    assert found == kept or (kept is None and "李四" not in found and NAME in found)


@pytest.mark.parametrize(
    "text",
    [
        "年度研发费用12,000,000元，固定研发人员80人，2025年3月1日批复，第七条第（四）项。",
        "13812345678元",
        "13,812,345,678.00元", "投资 13800000000 元", "¥13812345678", "13812345678.50", "0.13812345678",
        "15800000000万元", "15 80 120 1000", "1.3.2 1.3.3 1.3.4 1.3", "2025-03-01 2026-04-01", "20250301 20260401",
        "统一社会信用代码91210100MA0P4B1C86", "信用代码：12210000463002345X", "注册号：210100000012345",
        "专利号：ZL202110123456.7", "辽工信发〔2025〕12号", "场地3000平方米，设备0.8亿元，12345678元", "1000万元",
        "联系方式是什么？", "联系市工信局", "中心主任是由谁聘任？", "负责人是高级职称的吗",
        "主任 任期三年", "负责人为项目经理",
        "我是沈阳的。", "我是单位员工，我们是高校", "联系人要写谁", "法人是公司吗", "姓名：", "公众号 liaoning_gxt",
        "沈阳机床股份有限公司牵头，联合东北大学", "The director must be appointed; name the centre.",
    ],
)  # fmt: skip
def test_amounts_counts_dates_codes_and_organisations_stay(text: str) -> None:
    assert masked(text) == text


units = st.sampled_from(("元", "万元", "亿元", "人", "名", "项", "件", "%", "平方米", "台", "年", "家"))


@given(st.integers(0, 10**10 - 1), units, st.booleans())
def test_no_amount_is_a_telephone_number(number: int, unit: str, is_grouped: bool) -> None:
    text = f"共{number:,}{unit}。" if is_grouped else f"共{number}{unit}。"
    assert masked(text) == text


@given(st.text(max_size=80))
def test_any_text_can_be_masked_and_masking_twice_changes_nothing(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
    once.encode()


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Nd", "Nl", "No")), max_size=60))
def test_a_text_without_details_stays(text: str) -> None:
    if (
        "@" not in text
        and "＠" not in text
        and not names_in(text)
        and not set(text) & set("〇零一二两三四五六七八九幺")
    ):
        assert Masks().mask(text) == text


def test_names_go_wherever_they_stand_and_the_laws_numbers_stay() -> None:
    masks = Masks({"王小明"}, ["咨询电话：024-86891234"])
    assert masks.mask("王小明、王 小 明，024-86891234，024-86895678") == f"{NAME}、{NAME}，024-86891234，{LANDLINE}"


def test_a_persons_field_keeps_only_whether_something_was_there() -> None:
    assert [Masks().hide(words) for words in ("王小明，教授", "", " ", "无", "待定")] == [NAME, "", " ", "无", "待定"]


def test_names_in_a_field_for_names() -> None:
    assert names_in("总经理张三，工商管理硕士；副总经理李小四（博士）、王五", is_name=True) == {
        "张三",
        "李小四",
        "王五",
    }
    assert names_in("待定", is_name=True) == set()


def test_a_credit_code_checks_out() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("short")
