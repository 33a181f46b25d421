"""The desk's pages: the way in, what decisions need, and what is shown of a text that is no longer there."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.api.service import Service
from assistant.config import Settings
from assistant.desk.app import desk_routes
from assistant.desk.deciding import DecisionForm, decision_from
from assistant.desk.filters import Filters
from assistant.desk.provision_view import NOT_INSTALLED, shown_citation
from assistant.errors import UsageError
from assistant.law.citation import make_citation
from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.precheck.models import Report
from assistant.qa.models import Answer, Provenance, Statement
from assistant.records.models import Record
from assistant.records.recording import Recorder
from assistant.staff.accounts import Role
from assistant.staff.queue import Wanted
from assistant.staff.staff import open_staff
from assistant.staff.throttle import ACCOUNT

PASSWORD = "一串 很长的 correct horse"  # noqa: S105 - of no account
QUOTE = "固定研究与试验发展人员数不少于80人"


@pytest.fixture
def pack(service: Service) -> Pack:
    return service.packs[0]


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    staff = open_staff(service.settings)
    staff.accounts.add("甲", Role.ADMINISTRATOR, PASSWORD)
    app = Starlette(routes=desk_routes(service))
    with TestClient(app, base_url="http://desk.example", follow_redirects=False) as opened:
        yield opened
    staff.database.close()


def enter(client: TestClient, password: str = PASSWORD, back: str = "/", **headers: str) -> httpx.Response:
    data = {"name": "甲", "password": password, "next": back}
    return client.post("/staff/sign-in", data=data, headers=headers)


def csrf_in(client: TestClient) -> str:
    return client.get("/staff/password").text.split('name="csrf" value="')[1][:64]


def answered(pack: Pack, record_id: str = "a" * 32) -> Answer:
    document, provision = pack.regulation, pack.regulation.get(Locator.parse("art_7.item_4"))
    assert provision
    start = document.text.index(QUOTE)
    citation = make_citation(pack, document, provision, start, start + len(QUOTE), 1)
    return Answer(
        id=record_id, question="要多少人？", status="answered", answer=f"{QUOTE} [1]",
        statements=[Statement(text=QUOTE, citations=[1])], citations=[citation],
        provenance=Provenance(embedder="e", pack_sha256=pack.sha256),
    )  # fmt: skip


def test_the_cookie_is_for_the_desk_alone_and_secure_behind_https(client: TestClient) -> None:
    cookie = enter(client).headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/staff"))
    assert "secure" not in cookie
    data = {"name": "甲", "password": PASSWORD}
    assert "secure" in client.post("https://desk.example/staff/sign-in", data=data).headers["set-cookie"].lower()


def test_the_pages_forbid_everything_that_is_not_theirs(client: TestClient) -> None:
    for path in ("/staff/sign-in", "/staff/desk.css", "/staff/"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    page = client.get("/staff/sign-in")
    assert page.headers["cache-control"] == "no-store"
    assert "http" not in page.text.replace("http-equiv", "")
    assert " style=" not in page.text


def test_a_wrong_name_and_a_wrong_password_look_the_same_and_are_slowed_down(client: TestClient) -> None:
    def tried(name: str) -> tuple[int, str]:
        got = client.post("/staff/sign-in", data={"name": name, "password": "wrong"})
        return got.status_code, got.text.replace(name, "")

    assert tried("甲") == tried("无")
    assert tried("甲")[0] == 401
    for _ in range(ACCOUNT.free):
        last = client.post("/staff/sign-in", data={"name": "甲", "password": "wrong"})
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0
    assert "秒后再试" in last.text
    assert enter(client).status_code == 429


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/overview", "/staff/overview"),
        ("/items/a?reason=sample", "/staff/items/a?reason=sample"),
        ("//evil.example", "/staff/"),
        ("https://evil.example", "/staff/"),
        ("/\\evil.example", "/staff/"),
        ("/a\r\nSet-Cookie: x=y", "/staff/"),
        ("/sign-in", "/staff/"),
        ("", "/staff/"),
    ],
)
def test_one_comes_back_to_where_one_wanted_to_go_and_nowhere_else(client: TestClient, back: str, to: str) -> None:
    assert enter(client, back=back).headers["location"] == to


def test_a_sign_in_from_another_page_is_refused(client: TestClient) -> None:
    assert enter(client, Origin="https://evil.example").status_code == 403
    assert "set-cookie" not in enter(client, **{"Sec-Fetch-Site": "cross-site"}).headers


def test_too_much_is_not_read_also_when_it_does_not_say_how_much(client: TestClient) -> None:
    large = b"name=" + b"x" * 200_000
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/staff/sign-in", content=large, headers=form).status_code == 413
    streamed = client.post("/staff/sign-in", content=iter([large]), headers=form)
    assert streamed.status_code in (400, 413)
    assert client.post("/staff/cite-check", content=large, headers=form).status_code == 401


def test_another_password_ends_all_sessions(client: TestClient) -> None:
    enter(client)
    data = {"csrf": csrf_in(client), "old": PASSWORD, "new": PASSWORD + "2", "again": PASSWORD + "2"}
    assert client.post("/staff/password", data={**data, "again": "x"}).status_code == 422
    assert client.post("/staff/password", data={**data, "old": "x"}).status_code == 422
    done = client.post("/staff/password", data=data)
    assert done.headers["location"] == "/staff/sign-in?ended=password"
    assert client.get("/staff/").status_code == 303
    assert enter(client).status_code == 401
    assert enter(client, PASSWORD + "2").status_code == 303


def test_a_decision_beside_another_one_is_asked_for_again(client: TestClient, service: Service, pack: Pack) -> None:
    store = service.recorder.store
    assert store
    record_id = store.add_answer(["要多少人？"], answered(pack), channel="page")
    enter(client)
    sent = {"csrf": csrf_in(client), "verdict": "confirmed", "seen": "0"}
    assert client.post(f"/staff/items/{record_id}", data=sent).status_code == 303
    late = client.post(f"/staff/items/{record_id}", data={**sent, "verdict": "annotated", "note": "我的备注"})
    assert late.status_code == 422
    assert "刚才有人" in late.text
    assert "我的备注" in late.text
    record = store.get(record_id)
    assert record
    assert len(record.decisions) == 1


def test_what_is_broken_is_one_sentence_and_tells_nothing(client: TestClient) -> None:
    enter(client)
    for path, status in (
        ("/staff/nothing", 404),
        ("/staff/items/none", 404),
        ("/staff/versions/diff?old=x&new=y", 400),
    ):
        got = client.get(path)
        assert got.status_code == status
        assert "Traceback" not in got.text
    assert client.get("/staff/?page=x").status_code == 400
    assert client.get("/staff/?reason=%3Cscript%3E&status=%27&since=not-a-day").status_code == 200


def test_where_nothing_is_recorded_there_is_no_desk(service: Service, tmp_path: Path) -> None:
    bare = Service(service._assistant, Settings(data_dir=tmp_path), recorder=Recorder(None))
    assert desk_routes(bare) == []


def record_of(pack: Pack, **changes: object) -> Record:
    made = {"id": "a", "seq": 1, "kind": "answer", "at": "2026-01-01T00:00:00+00:00", "hash": "h", "status": "answered"}
    return Record.model_validate({**made, "answer": answered(pack), **changes})


def decided(record: Record, pack: Pack | None, **fields: object) -> object:
    form = DecisionForm.model_validate({"verdict": "overruled", **fields})
    return decision_from(form, record, pack, "甲")


@pytest.mark.parametrize(
    ("place", "locator"),
    [
        ("第七条第（三）项", "art_7.item_3"),
        ("art_7.item_3", "art_7.item_3"),
        ("第7条", "art_7"),
        (" 第十二条 ", "art_12"),
    ],
)
def test_a_provision_may_be_named_in_any_way_people_name_it(pack: Pack, place: str, locator: str) -> None:
    decision = decided(record_of(pack), pack, place=place, claim="0")
    assert (decision.locator, decision.document, decision.claim) == (locator, pack.regulation.id, 0)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "没有写明正确的条款"),
        ({"status": "answered"}, "没有写明正确的条款"),
        ({"place": "第九十九条"}, "没有第九十九条"),
        ({"place": "随便"}, "看不懂"),
        ({"place": "第七条、第八条"}, "只能填一个"),
        ({"place": "第七条", "claim": "7"}, "没有这一项"),
        ({"place": "第七条", "claim": "x"}, "没有这一项"),
        ({"place": "第七条", "term": "人手"}, "只填了一半"),
        ({"place": "第七条", "term": "人手", "law_term": "办法里没有的词"}, "不是办法里的用语"),
        ({"place": "第七条", "term": "人手。够吗", "law_term": "省创中心"}, "不含标点"),
        ({"place": "第七条", "term": "省创中心", "law_term": "省创中心"}, "相同"),
        ({"verdict": "annotated", "note": "  "}, "备注是空的"),
    ],
)
def test_a_correction_that_says_too_little_is_refused_with_what_is_missing(
    pack: Pack, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        decided(record_of(pack), pack, **fields)


def test_a_wrong_answer_may_be_one_that_the_law_does_not_give(pack: Pack) -> None:
    decision = decided(record_of(pack), pack, status="not_covered")
    assert (decision.status, decision.locator) == ("not_covered", "")  # type: ignore[attr-defined]


def test_a_precheck_is_corrected_by_a_provision_or_in_words(pack: Pack) -> None:
    report = record_of(pack, kind="precheck", answer=None, report=Report(file="a.docx", outcome="clear"))
    with pytest.raises(UsageError, match="哪里不对"):
        decided(report, pack)
    assert decided(report, pack, note="原件是80人")


def test_a_quote_is_marked_in_the_very_text_it_was_cut_from_and_in_no_other(pack: Pack) -> None:
    answer = answered(pack)
    shown = shown_citation([pack], answer.citations[0], pack.sha256, "c1")
    marked = [piece.text for _, pieces in shown.lines for piece in pieces if piece.kind == "mark"]
    assert "".join(marked) == QUOTE
    assert shown.link.startswith("law/")
    # The whole article stands around it, word for word.
    article = pack.regulation.get(Locator.parse("art_7"))
    assert article
    words = "".join(piece.text for _, pieces in shown.lines for piece in pieces)
    assert "".join(words.split()) == "".join(article.text.split())
    for packs, sha in (([], pack.sha256), ([pack], "another text")):
        gone = shown_citation(packs, answer.citations[0], sha, "c1")
        assert (gone.note, gone.link) == (NOT_INSTALLED, "")
        assert [piece.text for _, pieces in gone.lines for piece in pieces] == [QUOTE]


def test_filters_that_mean_nothing_are_not_chosen() -> None:
    assert Filters(state="x", reason="y", since="2026-13-01", until="9999-12-31").wanted() == Wanted()
    for day in ("0001-01-01", "1969-12-31", "9999-12-31", "2026-02-30", "x"):
        assert Filters(since=day, until=day).wanted() == Wanted()
    chosen = Filters(reason="sample", since="2026-03-01", until="2026-03-02")
    wanted = chosen.wanted()
    assert wanted.since
    assert wanted.until
    assert (wanted.until - wanted.since).days == 2
    assert chosen.address(2) == "?reason=sample&since=2026-03-01&until=2026-03-02&page=2"
    assert Filters().address() == ""


@pytest.mark.parametrize(
    "query", ["state=x", "state=%00", "since=0001-01-01", "until=9999-12-31", "page=-1", "reason=x"]
)
def test_an_address_that_means_nothing_shows_the_queue(client: TestClient, query: str) -> None:
    enter(client)
    assert client.get(f"/staff/?{query}").status_code == 200
    assert client.get(f"/staff/admin/records/export?{query}").status_code == 200


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "://", ""])
def test_an_origin_that_is_none_is_another_page(client: TestClient, origin: str) -> None:
    assert enter(client, origin=origin).status_code == 403


@pytest.mark.parametrize("name", ["甲", " 甲", "甲　"])
def test_nobody_locks_themselves_out_however_they_spell_their_name(
    client: TestClient, service: Service, name: str
) -> None:
    open_staff(service.settings).accounts.add("乙", Role.ADMINISTRATOR, PASSWORD)
    enter(client)
    data = {"csrf": csrf_in(client), "act": "disable", "name": name}
    refused = client.post("/staff/admin/accounts/change", data=data)
    assert refused.status_code == 422
    assert "不能停用自己的账号" in refused.text


def test_the_version_that_an_answer_rests_on_is_in_sight(client: TestClient, service: Service, pack: Pack) -> None:
    assert service.recorder.store
    told = answered(pack).model_copy(
        update={"notices": ["draft_for_comment", "这里没有“2030年版”。"], "status": "not_covered"}
    )
    service.recorder.store.add_answer(["按2030年版要多少人？"], told, channel="page")
    enter(client)
    assert "答复 · “征求意见稿” ·" in client.get("/staff/").text
    page = client.get(f"/staff/items/{told.id}").text
    assert "依据“征求意见稿” · 网页" in page
    assert "附言：这里没有“2030年版”。" in page
    assert "draft_for_comment" not in page


def test_any_record_is_found_by_its_words(client: TestClient, service: Service, pack: Pack) -> None:
    assert service.recorder.store
    for number, words in enumerate(("研发人员要多少人？", "名称变更怎么办？")):
        service.recorder.store.add_answer([words], answered(pack, f"{number}" * 32), channel="page")
    enter(client)
    page = client.get("/staff/", params={"state": "all", "words": "名称变更"}).text
    assert "名称变更怎么办？" in page
    assert "研发人员要多少人？" not in page
    assert "state=all&amp;words=%E5%90%8D" in page
    assert "没有符合条件的记录" in client.get("/staff/", params={"words": "<b>'\"%"}).text


def test_versions_to_choose_from_begin_with_what_tells_them_apart(client: TestClient) -> None:
    enter(client)
    # The other pages ask in the same way where several are installed.
    assert ">征求意见稿 · 辽宁省制造业创新中心管理办法" in client.get("/staff/open-matters").text


def test_what_an_administrator_does_with_accounts_stands_in_the_log(client: TestClient, service: Service) -> None:
    enter(client)
    csrf = {"csrf": csrf_in(client)}
    added = {"name": "乙", "password": PASSWORD, "role": "staff"}
    assert client.post("/staff/admin/accounts", data=csrf | added).status_code == 303
    for change in ({"act": "role", "role": "administrator"}, {"act": "disable"}):
        assert client.post("/staff/admin/accounts/change", data=csrf | {"name": "乙"} | change).status_code == 303
    own = client.post("/staff/admin/accounts/change", data=csrf | {"act": "role", "role": "staff", "name": "甲"})
    assert (own.status_code, "不能改变自己的角色" in own.text) == (422, True)
    assert service.recorder.store
    told = [(one.change.by, one.change.act, one.change.name) for one in service.recorder.store.account_changes()]
    assert told[:3] == [("甲", "disabled", "乙"), ("甲", "role", "乙"), ("甲", "added", "乙")]
    page = client.get("/staff/admin/accounts").text
    assert "甲：改为管理员 “乙”" in page
    assert "甲：停用 “乙”" in page


def test_the_checker_of_citations_is_loaded_when_it_is_used(client: TestClient) -> None:
    asked = "import sys, assistant.desk.app; print([name for name in sys.modules if 'cite_check' in name])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
    enter(client)
    words = "第七条第（四）项规定“固定研究与试验发展人员数不少于60人”。<script>"
    data = {"csrf": csrf_in(client), "text": words}
    page = client.post("/staff/cite-check", data=data)
    assert page.status_code == 200
    assert "60" in page.text
    assert "<script" not in page.text
    assert page.headers["content-security-policy"].startswith("sandbox")
    assert client.post("/staff/cite-check", data=data | {"form": "docx"}).content.startswith(b"PK")
    file = {"file": ("复函<img>.txt", words.encode())}
    marked = client.post("/staff/cite-check", data={"csrf": csrf_in(client)}, files=file)
    assert (marked.status_code, "<img" in marked.text) == (200, False)


def test_what_the_law_leaves_open_is_reported_from_the_records(client: TestClient, service: Service) -> None:
    store = service.recorder.store
    assert store
    made = Provenance(embedder="e", pack_sha256=service.packs[0].sha256)
    for number, status in enumerate(("not_covered", "answered")):
        words = f"能补助多少钱{number}？<script>"
        store.add_answer(
            [words],
            Answer(id=f"{number:032}", question=words, status=status, answer="。", provenance=made),
            channel="page",
        )
    enter(client)
    page = client.get("/staff/open-matters/report", params={"number": 0})
    assert "能补助多少钱0" in page.text
    assert "能补助多少钱1" not in page.text
    assert "<script" not in page.text
    later = client.get("/staff/open-matters/report", params={"number": 0, "until": "2020-01-01"})
    assert "能补助多少钱0" not in later.text
    assert "开始记录至2020-01-01" in later.text
