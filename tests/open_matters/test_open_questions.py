"""Grouping: the same whatever the order, the question's own wording, nothing personal."""

import json
from pathlib import Path

import pytest

from assistant.errors import UnreadableFileError
from assistant.open_matters.questions import grouped, question_of, questions_in

NEAR = [("art_8", "第八条", "省创中心遴选程序包括")]


def test_questions_of_one_kind_are_one_group_named_by_one_of_them() -> None:
    texts = ["公示几天？", "公示期是几天？", "申报后公示几天？"]
    questions = [question_of(text, NEAR) for text in texts] + [question_of("能补助多少钱？", [])]
    groups = grouped(questions)
    assert [g.count for g in groups] == [3, 1]
    assert groups[0].typical in texts
    assert groups[0].label == "第八条"
    assert groups[1].label == ""
    assert grouped(questions[::-1]) == groups


def test_personal_details_are_masked() -> None:
    question = question_of("我叫张三，电话13912345678，邮箱zs@example.com，公示几天？", NEAR)
    assert not any(word in question.text for word in ("张三", "13912345678", "zs@example.com"))
    assert "公示几天" in question.text


def test_answers_of_a_batch_are_read_and_others_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    rows = [
        {"question": "公示几天？", "status": "not_covered", "related": []},
        {"question": "研发人员要多少人？", "status": "answered", "related": []},
        {"id": "x", "error": "看不懂"},
    ]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert [q.text for q in questions_in(file)] == ["公示几天？"]
    file.write_text("no json", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="第1行"):
        questions_in(file)
