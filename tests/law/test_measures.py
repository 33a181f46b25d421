"""The reviewed parse of the measures: `corpus/liaoning-mic/articles.json` is what it has to be."""

import json
from pathlib import Path

from assistant.law.canonical import canonical_text
from assistant.law.parser import Parse, parse_regulation

PACK = Path(__file__).parents[2] / "corpus/liaoning-mic"
SNAPSHOT = json.loads((PACK / "articles.json").read_text(encoding="utf-8"))


def measures() -> tuple[str, Parse]:
    source = PACK / "source/liaoning-mic-measures.source.txt"
    text, _ = canonical_text(source.read_text(encoding="utf-8"))
    return text, parse_regulation(text)


def snapshot_of(parse: Parse) -> dict[str, object]:
    """To review a changed parse, dump this with `ensure_ascii=False, indent=2` and compare."""
    return {
        "document": "measures",
        "title": parse.title,
        "provisions": [
            {
                "locator": str(p.locator),
                "label": p.label,
                "heading": p.heading,
                "text": p.text,
                "start": p.start,
                "end": p.end,
            }
            for p in parse.provisions
        ],
    }


def test_the_parse_is_the_reviewed_one() -> None:
    _, parse = measures()
    assert snapshot_of(parse) == SNAPSHOT


def test_the_reviewed_parse_has_all_articles_items_and_chapters() -> None:
    locators = [p["locator"] for p in SNAPSHOT["provisions"]]
    assert [x for x in locators if x.startswith("art") and "." not in x] == [f"art_{n}" for n in range(1, 26)]
    items = [f"art_{article}.item_{n}" for article, count in ((6, 8), (7, 6), (8, 4)) for n in range(1, count + 1)]
    assert [x for x in locators if "." in x] == items
    assert [(p["locator"], p["heading"]) for p in SNAPSHOT["provisions"] if p["locator"].startswith("ch")] == [
        ("ch_2", "工作职责"),
        ("ch_3", "申报条件与遴选程序"),
        ("ch_4", "运行管理"),
        ("ch_5", "评估"),
        ("ch_6", "支持措施"),
        ("ch_7", "附则"),
    ]


def test_every_character_is_the_title_or_stands_in_a_provision() -> None:
    text, parse = measures()
    rest = list(text)
    for provision in parse.provisions:
        rest[provision.start : provision.end] = [""] * (provision.end - provision.start)
    assert "".join("".join(rest).split()) == parse.title


def test_what_is_odd_in_the_source_is_reported() -> None:
    _, parse = measures()
    assert [a.kind for a in parse.anomalies] == ["articles_before_first_chapter", "chapter_numeral"]
    assert "第二章" in parse.anomalies[0].message
    assert "第4章" in parse.anomalies[1].message
