"""English around verbatim Chinese."""

import pytest

from assistant.verify import Reason, verify

QUOTE = "固定研究与试验发展人员数不少于80人。"


@pytest.mark.parametrize(
    "statement",
    [
        "Article 7(4) says: “固定研究与试验发展人员数不少于80人”.",
        "See Article 7(4): “固定研究与试验发展人员数不少于80人”",
        "Article 7(4): “不少于80人” (unofficial gloss: 不少于 = no fewer than).",
    ],
)
def test_fixed_frames_are_supported(statement: str) -> None:
    assert verify(statement, [QUOTE], known=["no fewer than"], labels=["第七条第（四）项"]).ok


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("You need at least 80 R&D staff to apply.", Reason.LANGUAGE),
        ("Article 7(4) says: “固定研究与试验发展人员数不少于60人”.", Reason.ADDED),
        ("Article 7(5) says: “固定研究与试验发展人员数不少于80人”.", Reason.ARTICLE),
        ("Article 7(4) says you must not have “固定研究与试验发展人员数不少于80人”.", Reason.LANGUAGE),
        ("Article 7(4) says 60: “固定研究与试验发展人员数不少于80人”.", Reason.NUMBER),
    ],
)
def test_english_of_its_own_is_refused(statement: str, reason: Reason) -> None:
    assert verify(statement, [QUOTE], labels=["第七条第（四）项"]).reason is reason


def test_quotation_marks_inside_the_quote_leave_it_a_quote() -> None:
    law = "基地命名为“××省级创新基地”，英文名称为“Innovation Base for XXXX”。"
    assert verify(f"Article 24 says: “{law[:-1]}”.", [law], labels=["Article 24"]).ok
    assert not verify(f"Article 24 says: “{law[:-1]}” (forever).", [law], labels=["Article 24"]).ok
