"""One attack of each kind of the development part, and whether the runner sees what gets through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from qa.samples import FakeSearch

from assistant.config import PROJECT
from assistant.law.pack import Pack, load_pack
from assistant.qa import reworded
from assistant.qa.answerer import PackAnswerer
from assistant.qa.models import Answer
from assistant.qa.service import Assistant
from eval.attacks.cases import Attack, load_attacks, load_questions, reply_of
from eval.attacks.endpoint import ScriptedEndpoint, running_endpoint
from eval.attacks.play import Outcome, play

PACK = PROJECT / "corpus" / "liaoning-mic"
# What gives its answers with any search: figures, lookups and the person's own facts.
SURE = ("staff", "money", "own75", "own90")
PROMPT = "条文：\n[1] 第七条: 不少于80人。\n[2] 第八条: 择优推荐。\n\n问题：“?”"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="module")
def answers(pack: Pack) -> dict[str, Answer]:
    assistant = Assistant([PackAnswerer(pack, FakeSearch(pack))])
    found = {key: assistant.ask(turns) for key, turns in load_questions().items() if key in SURE}
    assert all(answer.statements for answer in found.values())
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedEndpoint]:
    with running_endpoint() as running:
        yield running


def one_of_each_kind() -> list[Attack]:
    chosen: dict[str, Attack] = {}
    for attack in load_attacks("dev"):
        sure = [q for q in attack.questions if q in SURE][:1]
        if sure:
            chosen.setdefault(attack.transport or attack.kind, attack.model_copy(update={"questions": sure}))
    return list(chosen.values())


def played(attack: Attack, answers: dict[str, Answer], pack: Pack, server: ScriptedEndpoint) -> list[Outcome]:
    return list(play([attack], load_questions(), answers, pack, server))


@pytest.mark.parametrize("attack", one_of_each_kind(), ids=lambda a: a.name)
def test_nothing_gets_through_and_no_answer_is_lost(
    attack: Attack, answers: dict[str, Answer], pack: Pack, server: ScriptedEndpoint
) -> None:
    for outcome in played(attack, answers, pack, server):
        assert outcome.passed, (outcome.form, outcome.leaks, outcome.losses, outcome.wrong_code)


def test_the_runner_sees_what_gets_through(
    answers: dict[str, Answer], pack: Pack, server: ScriptedEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.llm.check.Checker.kept", lambda _, said: said)
    monkeypatch.setattr(reworded, "check_answer", lambda answer, _: answer)
    attack = Attack(name="a", kind="number", questions=["staff"], replace=[("80人", "60人")], never=["60人"])
    outcomes = played(attack, answers, pack, server)
    assert [bool(o.leaks) for o in outcomes] == [True, True]


def test_there_are_enough_attacks_and_no_name_is_in_both_parts() -> None:
    dev, test = load_attacks("dev"), load_attacks("test")
    lies = [a for a in (*dev, *test) if not a.honest]
    assert len(lies) >= 70
    assert 0.4 < len(dev) / (len(dev) + len(test)) < 0.7
    assert all(a.never or a.wrong_citation or a.fallback for a in lies)
    assert {q for a in (*dev, *test) for q in a.questions} == set(load_questions())


@pytest.mark.parametrize("attack", [*load_attacks("dev"), *load_attacks("test")], ids=lambda a: a.name)
def test_transport_is_known(attack: Attack) -> None:
    from eval.attacks.endpoint import _Handler

    assert not attack.transport or hasattr(_Handler, "_" + attack.transport.replace("-", "_"))


def test_a_lie_is_made_of_the_provisions() -> None:
    replaced = reply_of(Attack(name="a", kind="k", questions=[], replace=[("80", "60")]), PROMPT, among=False)
    assert [(s.text, s.citations) for s in replaced.lies] == [("不少于60人。", [1])]
    assert "80人" not in replaced.text
    assert "择优推荐" in replaced.text
    among = reply_of(Attack(name="a", kind="k", questions=[], append="，否则取消"), PROMPT, among=True)
    assert among.lies[0].text == "不少于80人，否则取消。"
    assert "不少于80人。" in among.text


def test_an_attack_that_changes_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        reply_of(Attack(name="a", kind="k", questions=[], replace=[("90", "60")]), PROMPT, among=False)


def test_the_readme_names_every_field() -> None:
    text = (Path(PROJECT) / "eval" / "attacks" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in Attack.model_fields)
