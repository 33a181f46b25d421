"""Training the reader: how regulations are altered, what is learnt from a question, and where a run sets out."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from eval.reader import train  # noqa: E402
from eval.reader.examples import LIAONING, Alterations, ExampleSet  # noqa: E402
from eval.reader.train import Alterer, Candidates, Trainer, loss_of, set_out_from  # noqa: E402
from tests.eval.reader_samples import EXAMPLES, IDS, SENTENCES, example, small_network  # noqa: E402

TRAINING = EXAMPLES.training(final=False)
ALTERATIONS = Alterations(settling={"a-3": "此事由省里定。"}, weakened={"a-2": "此事另行规定。"})


class Letters:
    """A tokenizer that keeps the texts it is given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, text: str) -> "Letters":
        self.texts.append(text)
        self.ids = [20, 21, 22]
        return self


class Chance:
    """Draws the same number every time, and the first of whatever there is to choose from."""

    def __init__(self, number: float) -> None:
        self.number = number

    def random(self) -> float:
        return self.number

    def choice(self, among: list[str]) -> str:
        return among[0]


def alterer(number: float) -> tuple[Alterer, Letters]:
    tokenizer = Letters()
    made = Alterer(IDS, EXAMPLES, ALTERATIONS, tokenizer)  # type: ignore[arg-type]
    made.chance = Chance(number)  # type: ignore[assignment]
    return made, tokenizer


def test_an_unaltered_regulation_is_as_labelled() -> None:
    added, candidates = alterer(0.99)[0].candidates(LIAONING, TRAINING)
    assert added == []
    assert candidates == [
        Candidates([0], [1, 2, 3]),
        Candidates([1], [0, 3]),
        Candidates([], [0, 1, 2, 3]),
        Candidates([], [0, 1, 2, 3]),
    ]


def test_labels_follow_what_is_put_in_and_taken_out() -> None:
    made, tokenizer = alterer(0)
    added, candidates = made.candidates(LIAONING, TRAINING)
    assert added == [[0, 20, 21, 22, 2]] * 2
    assert tokenizer.texts == ["passage: 第1章｜此事另行规定。", "passage: 第0章｜此事由省里定。"]
    assert candidates == [
        Candidates([], [1, 2, 3]),  # what answers it is taken out
        Candidates([], [0, 3, 4]),  # and here something weaker put in its place
        Candidates([5], [0, 1, 2, 3]),  # settled
        Candidates([], [0, 1, 2, 3]),  # nothing is written for it
    ]


def test_the_loss_falls_when_the_right_one_of_sentence_and_silence_rises() -> None:
    logits, silence = torch.tensor([1.0, 2.0, 3.0]), torch.tensor(2.0)
    settled, left_open = Candidates([0], [1, 2]), Candidates([], [0, 1, 2])
    higher = torch.tensor([2.0, 2.0, 3.0])
    assert loss_of(higher, silence, settled) < loss_of(logits, silence, settled)
    assert loss_of(higher, silence, left_open) > loss_of(logits, silence, left_open)
    assert loss_of(logits, silence + 1, left_open) < loss_of(logits, silence, left_open)


def test_a_sentence_that_is_only_near_is_neither_right_nor_wrong() -> None:
    silence, candidates = torch.tensor(2.0), Candidates([0], [1])
    high, low = torch.tensor([1.0, 0.0, 9.0]), torch.tensor([1.0, 0.0, -9.0])
    assert loss_of(high, silence, candidates) == loss_of(low, silence, candidates)


def test_what_is_trained_on_is_learnt() -> None:
    network = small_network()
    altered = Alterer(IDS, EXAMPLES, Alterations({}, {}), Letters())  # type: ignore[arg-type]
    trainer = Trainer(network, IDS, EXAMPLES, altered, TRAINING)
    before = {name: p.detach().clone() for name, p in network.named_parameters()}
    losses = []
    for step in range(15):
        trainer.set_rate(1e-3, step, 30)
        losses.append(trainer.step((LIAONING, TRAINING)))
    assert losses[-1] < losses[0]
    changed = {name for name, p in network.named_parameters() if not torch.equal(p, before[name])}
    assert changed == {name for name, p in network.named_parameters() if p.requires_grad}


def test_a_run_writes_its_state_and_reports_before_and_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = small_network()
    altered = Alterer(IDS, EXAMPLES, Alterations({}, {}), Letters())  # type: ignore[arg-type]
    Trainer(network, IDS, EXAMPLES, altered, TRAINING).run(epochs=1, rate=1e-3, out=tmp_path / "state.pt")
    assert capsys.readouterr().out.count(f"{LIAONING}: 1+1") == 2
    other = small_network(1)
    other.load_state_dict(torch.load(tmp_path / "state.pt"))
    assert torch.equal(other.tq.weight, network.tq.weight)


def test_the_rate_rises_and_falls() -> None:
    trainer = Trainer(small_network(), IDS, EXAMPLES, alterer(0)[0], TRAINING)
    rates = []
    for step in (0, 30, 150, 299):
        trainer.set_rate(1.0, step, 300)
        rates.append([group["lr"] for group in trainer.optimizer.param_groups])
    encoder = [each[0] for each in rates]
    assert encoder == pytest.approx([1 / 30, 0.9, 0.5, 0.02])
    assert [each[1] for each in rates] == pytest.approx([15 * rate for rate in encoder])


def test_an_epoch_asks_every_question_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "BATCH", 3)
    many = [example(f"a-{i}") for i in range(7)]
    altered = Alterer(IDS, ExampleSet({}, many), Alterations({}, {}), Letters())  # type: ignore[arg-type]
    plan = Trainer(small_network(), IDS, EXAMPLES, altered, many).plan()
    assert sorted(len(batch) for _, batch in plan) == [1, 3, 3]
    assert sorted(e.id for _, batch in plan for e in batch) == sorted(e.id for e in many)


def test_a_run_sets_out_from_an_earlier_state_of_another_vocabulary(tmp_path: Path) -> None:
    earlier = small_network(1).state_dict()
    del earlier["null.weight"]
    earlier["enc.word.weight"] = torch.zeros(3, 24)
    torch.save(earlier, tmp_path / "state.pt")
    network = small_network(0)
    own = network.enc.word.weight.clone()
    set_out_from(network, tmp_path / "state.pt")
    assert torch.equal(network.tq.weight, earlier["tq.weight"])
    assert torch.equal(network.enc.word.weight, own)


def test_a_state_of_another_network_is_refused(tmp_path: Path) -> None:
    torch.save({"other.weight": torch.zeros(1)}, tmp_path / "state.pt")
    with pytest.raises(ValueError, match=r"other\.weight"):
        set_out_from(small_network(), tmp_path / "state.pt")


def test_sentences_are_encoded_with_what_is_added() -> None:
    altered, _ = alterer(0)
    trainer = Trainer(small_network(), IDS, EXAMPLES, altered, TRAINING)
    asked: list[int] = []
    states = trainer.reader.states
    trainer.reader.states = lambda rows: asked.append(len(rows)) or states(rows)  # type: ignore[func-returns-value]
    trainer.step((LIAONING, TRAINING))
    assert asked == [len(SENTENCES) + 2, len(TRAINING)]
