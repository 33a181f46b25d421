"""Permalinks: the provision in its place, the quoted words marked, and a clear page where there is none."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from api_samples import asked, service_of
from retrieval.pack_samples import write_pack
from starlette.testclient import TestClient
from ui.fake_engine import FakeEngine

from assistant.api.law_page import citation_link, permalink
from assistant.law.pack import Pack

QUOTE = "固定研究与试验发展人员数不少于80人"


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def client(engine: FakeEngine, tmp_path: Path) -> Iterator[TestClient]:
    with asked(service_of(tmp_path, engine)) as client:
        yield client


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_a_citations_link_shows_its_quote_in_its_place(client: TestClient, engine: FakeEngine) -> None:
    got = client.get("/" + citation_link(engine.cite(1, "art_7.item_4", QUOTE)))
    assert got.status_code == 200
    assert re.findall(r"<mark>(.*?)</mark>", got.text) == [QUOTE]
    assert "第七条 › 第七条第（四）项" in words(got.text)
    assert "尚未施行" in got.text
    assert "版本征求意见稿" in words(got.text)
    assert 'lang="zh-CN"' in got.text
    assert '<a rel="prev" href="art_6">' in got.text
    assert '<a rel="next" href="art_8">' in got.text


def test_the_page_runs_nothing_and_loads_nothing(client: TestClient, engine: FakeEngine) -> None:
    got = client.get("/" + citation_link(engine.cite(1, "art_7.item_4", QUOTE)))
    assert not re.search(r"<script|<link|<img|<iframe|javascript:|\bon\w+=|https?://", got.text)
    assert "default-src 'none'" in got.headers["content-security-policy"]
    home = re.findall(r'href="([^"]*)">回到条文问答', got.text)
    assert home == ["../../../../"]


def test_every_provision_has_a_page_that_holds_its_words(client: TestClient, engine: FakeEngine) -> None:
    pack = engine.packs[0]
    for document in pack.documents:
        for p in document.provisions:
            got = client.get("/" + permalink(pack.id, pack.version, document.id, str(p.locator), (p.start, p.end)))
            assert got.status_code == 200
            shown = "".join(unescape(m) for m in re.findall(r"<mark>(.*?)</mark>", got.text))
            assert "".join(shown.split()) == "".join(p.text.split())


@pytest.mark.parametrize("span", ["0-5", "5-0", "1-", "x", "99999999999-1", "-1-5", "1492-999999", "<b>"])
def test_a_quote_that_is_none_of_this_provision_is_not_marked(
    client: TestClient, engine: FakeEngine, span: str
) -> None:
    pack = engine.packs[0]
    got = client.get(f"/{permalink(pack.id, pack.version, 'measures', 'art_7')}", params={"quote": span})
    assert got.status_code == 200
    assert "<mark>" not in got.text
    assert "没有标出" in got.text
    assert "<b>&" not in got.text


@pytest.mark.parametrize(
    "path",
    [
        "liaoning-mic/第九稿/measures/art_7",
        "liaoning-mic/征求意见稿/measures/art_99",
        "liaoning-mic/征求意见稿/nothing/art_7",
        "nothing/征求意见稿/measures/art_7",
        "liaoning-mic/征求意见稿/measures/<script>",
        "liaoning-mic/征求意见稿/measures/art_" + "9" * 4900,
        "liaoning-mic",
        "",
        "%00/%FF/a/b",
    ],
)
def test_an_address_that_leads_nowhere_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    got = client.get(f"/law/{path}")
    assert got.status_code == 404
    assert "没有这一条" in got.text
    assert "<script" not in got.text
    assert got.headers["content-type"].startswith("text/html")


def test_a_summary_says_that_it_is_none_of_the_law(client: TestClient, engine: FakeEngine) -> None:
    pack = engine.packs[0]
    got = client.get(f"/{permalink(pack.id, pack.version, 'related-policies', 'sec_4.item_2')}")
    assert "非官方整理，不是政策原文" in got.text
    assert "尚未施行" not in got.text


def test_old_versions_keep_their_own_text(tmp_path: Path) -> None:
    law = "示范管理办法\n第一条 人员不少于{}人。\n第二条 <i>其他</i>&事项。\n"

    def version(name: str, number: str) -> Pack:
        pack = write_pack(tmp_path / number, law.format(number))
        about = pack.about.model_copy(update={"version": name})
        return Pack(pack.path, about, pack.documents, pack.lexicon, pack.sha256)

    engine = FakeEngine()
    engine.packs = (version("2026/一", "六十"), version("旧 稿?#", "八十"))
    with asked(service_of(tmp_path, engine)) as client:
        for pack, number in zip(engine.packs, ("六十", "八十"), strict=True):
            got = client.get(f"/{permalink(pack.id, pack.version, 'measures', 'art_1')}")
            assert f"人员不少于{number}人" in got.text
            assert 'href="../../../../">回到' in got.text
        assert "<i>" not in client.get(f"/{permalink('demo', '旧 稿?#', 'measures', 'art_2')}").text
