"""What force governs a word."""

import pytest

from assistant.verify import verify
from assistant.verify.polarity import forces
from assistant.verify.text import read


@pytest.mark.parametrize(
    ("text", "word", "force"),
    [
        ("应当支付租金", "支付", "must"),
        ("可以解除合同", "解除", "may"),
        ("不得收回承包地", "收回", "forbid"),
        ("不予支持", "支持", "encourage"),
        ("不得不支付租金", "支付", "must"),
        ("无需提交材料", "提交", "exempt"),
        ("有权请求赔偿", "请求", "may"),
        ("支付租金", "支付", ""),
        ("应当支付租金，解除合同", "解除", ""),
        ("可以经营下列业务：\n（一）境内旅游；\n（二）出境旅游。", "出境", "may"),
    ],
)
def test_the_nearest_cue_governs(text: str, word: str, force: str) -> None:
    reading = read(text)
    got = forces(reading)[reading.text.index(word)]
    assert got == force or (force == "encourage" and got in ("not", "encourage"))


@pytest.mark.parametrize("said", ["应当", "可以", "不得", "无需", "不"])
@pytest.mark.parametrize("law", ["应当", "可以", "不得", "无需"])
def test_forces_are_not_exchanged(said: str, law: str) -> None:
    same = {said} == {law} or (said, law) in {("不", "不得"), ("不", "无需")}
    assert verify(f"出租人{said}提高租金", [f"合同期内，出租人{law}提高租金。"]).ok is same


@pytest.mark.parametrize(("said", "law"), [("有效", "无效"), ("不承担责任", "承担责任"), ("承担责任", "不承担责任")])
def test_opposites_are_not_exchanged(said: str, law: str) -> None:
    assert not verify(f"合同双方恶意串通的，合同{said}", [f"合同双方恶意串通的，合同{law}。"]).ok
