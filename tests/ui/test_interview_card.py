"""The interview on the page: what may be picked, what a supposition changes, and the ledger; no text acts as markup."""

from collections.abc import Sequence

import pytest
from fake_engine import FakeEngine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.forms.submission import facts_in_text
from assistant.precheck.check import Desk
from assistant.qa.models import Answer, Asked, Flip, InterviewState, LedgerRow, StatedFact
from assistant.rules.facts import Facts
from assistant.rules.rulebook import load_rulebook
from assistant.ui.interview_card import RESULT, RESUME, UNKNOWN, interview_card, replies
from assistant.ui.interview_routes import interview_routes

ROW = LedgerRow(
    rule="rd-staff-minimum", field="rd_staff_fixed", label="固定<b>人员", stage="申报", force="必须",
    verdict="not_met", value="75人", gap="5人", message="还差5人", basis="第七条第（四）项", next_step="须补足5人",
)  # fmt: skip
FACT = StatedFact(field="rd_staff_fixed", label="固定人员", value="75人", raw="75人")


def answer_with(state: InterviewState) -> Answer:
    return FakeEngine().ask(["研发人员要多少人？"]).model_copy(update={"interview": state})


def asking(**more: object) -> InterviewState:
    asked = Asked(fields=["org_form"], question="中心以什么形式运行", choices=["公司", "联盟"])
    return InterviewState.model_validate({"move": "tell", "asked": asked, "facts": [FACT], "ledger": [ROW], **more})


def test_choices_can_be_picked_and_nobody_has_to_know() -> None:
    assert replies(answer_with(asking())) == ["公司", "联盟", UNKNOWN, RESULT]
    assert replies(answer_with(asking(paused=True))) == [RESUME]
    assert replies(FakeEngine().ask(["研发人员要多少人？"])) == []


def test_only_the_last_turn_offers_replies() -> None:
    answer = answer_with(asking())
    assert 'data-reply="0"' in interview_card(3, answer, ["a"], last=True)
    assert "data-reply" not in interview_card(3, answer, ["a"], last=False)


def test_the_ledger_names_gap_basis_and_step_and_escapes_them() -> None:
    shown = interview_card(0, answer_with(asking()), ['"><script>'], last=True)
    assert "固定&lt;b&gt;人员" in shown
    assert "还差5人" in shown
    assert "第七条第（四）项" in shown
    assert "<script>" not in shown
    assert '<details class="ledger"><summary>' in shown
    assert '<details class="ledger" open>' in interview_card(0, answer_with(asking(move="ledger")), [], last=True)


def test_a_supposition_shows_before_and_after() -> None:
    flip = Flip(
        rule="r", field="f", label="固定人员", before="not_met", after="met", value_before="75人", value_after="80人"
    )
    shown = interview_card(0, answer_with(asking(flips=[flip])), [], last=True)
    assert shown.index("不符合") < shown.index("75人") < shown.index("80人")
    assert "ledger" not in shown


class Telling(FakeEngine):
    def facts(self, turns: Sequence[str]) -> Facts:
        return facts_in_text("\n".join(turns), schema_of(self))


def schema_of(engine: FakeEngine):  # type: ignore[no-untyped-def]
    from assistant.forms.form_schema import load_form

    return load_form(engine.packs[0])


@pytest.fixture(scope="module")
def client() -> TestClient:
    engine = Telling()
    desk = Desk(engine.packs[0], load_rulebook(engine.packs[0]), schema_of(engine))
    return TestClient(Starlette(routes=interview_routes(engine, desk)))


@pytest.mark.parametrize(
    ("kind", "start"), [("xlsx", b"PK"), ("json", b"["), ("form-docx", b"PK"), ("form-xlsx", b"PK")]
)
def test_the_files_are_made_from_the_turns(client: TestClient, kind: str, start: bytes) -> None:
    sent = client.post(f"/interview/{kind}", json={"turns": ["固定研发人员75人"]})
    assert sent.status_code == 200
    assert sent.content.startswith(start)
    assert sent.headers["cache-control"] == "no-store"
    if kind == "json":
        checks = {check["rule"]: check for check in sent.json()[0]["checks"]}
        assert (checks["rd-staff-minimum"]["verdict"], checks["rd-staff-minimum"]["gap"]) == ("not_met", "5")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"turns": 5}', b'{"turns": [""]}', b"\xff", b'{"turns": ["\xe4\xbd\xa0"]}']
)
def test_anything_else_is_one_sentence(client: TestClient, body: bytes) -> None:
    sent = client.post("/interview/xlsx", content=body)
    assert sent.status_code == 400
    assert sent.json()["error"].endswith("。")


def test_there_is_no_other_kind(client: TestClient) -> None:
    assert client.post("/interview/exe", json={"turns": ["固定研发人员75人"]}).status_code == 400
