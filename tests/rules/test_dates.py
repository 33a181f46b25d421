"""Days as people name them, and what lies some years after."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.rules.dates import NamedDay, find_day

TODAY, RELATIVE = date(2026, 6, 15), {"今年": 0, "去年": -1, "前年": -2, "last year": -1}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2025年3月上任的主任", "2025年3月"),
        ("2024年6月15日聘的", "2024年6月15日"),
        ("二〇二五年三月", "2025年"),
        ("2024-06-15", "2024年6月15日"),
        ("2023年评的", "2023年"),
        ("去年评估不合格", "2025年"),
        ("去年9月", "2025年9月"),
        ("failed last year", "2025年"),
        ("appointed in March 2025", "2025年3月"),
    ],
)
def test_a_day_is_read_as_exactly_as_it_is_named(text: str, named: str) -> None:
    assert str(find_day(text, TODAY, RELATIVE)) == named


def test_without_today_last_year_names_no_year() -> None:
    assert find_day("去年评估不合格", None, RELATIVE) is None
    assert find_day("85人", TODAY, RELATIVE) is None


def test_years_later() -> None:
    assert str(NamedDay(2025, 3).later(Decimal(3))) == "2028年3月"
    assert str(NamedDay(2024, 2, 29).later(Decimal(1))) == "2025年2月28日"


def test_whether_it_has_passed() -> None:
    assert NamedDay(2026, 5).passed(TODAY) is True
    assert NamedDay(2028, 3).passed(TODAY) is False
    assert NamedDay(2026).passed(TODAY) is None
