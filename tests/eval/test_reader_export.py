"""Writing the trained reader out: what the folder holds, and what is needed for it."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from assistant.reader.heads import Heads
from eval.reader import export
from eval.reader.export import expectation_weights, head_weights, write_heads
from tests.eval.reader_samples import EXAMPLES, IDS, small_network


def test_heads_are_all_parameters_but_the_encoders() -> None:
    weights = head_weights(small_network())
    parts = {name.split(".")[0] for name in weights}
    assert parts == {"tq", "ts", "imp", "pq", "ps", "mix", "lin", "shift", "null"}
    assert {values.dtype for values in weights.values()} == {np.dtype(np.float32)}


def test_the_version_changes_with_the_weights(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"encoder")
    versions = set()
    for seed in (0, 1, 0):
        write_heads(head_weights(small_network(seed)), tmp_path)
        about = json.loads((tmp_path / "about.json").read_text(encoding="utf-8"))
        content = b"encoder" + (tmp_path / "heads.npz").read_bytes()
        assert about["version"] == hashlib.sha256(content).hexdigest()[:12]
        versions.add(about["version"])
    assert len(versions) == 2
    assert about["licence"] == "MIT"


def test_the_runtime_reads_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"encoder")
    network = small_network()
    width = network.tq.weight.shape[1]
    prior = {"prior.weight": np.ones(width, np.float32), "prior.bias": np.array([0.5], np.float32)}
    write_heads(head_weights(network) | prior, tmp_path)
    states = np.random.default_rng(0).standard_normal((5, width)).astype(np.float32)
    mean = states.mean(axis=0)
    assert Heads(tmp_path).expectation(states) == pytest.approx(mean.sum() / np.linalg.norm(mean) + 0.5, abs=1e-5)


def test_what_to_expect_is_not_learnt_from_the_liaoning_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def count(_reader: object, _ids: object, examples: list[object]) -> np.ndarray:
        asked.append(len(examples))
        return np.zeros((2, 3))

    monkeypatch.setattr(export, "question_means", count)
    monkeypatch.setattr(export, "fit", lambda _features, _settled: (np.zeros(3), 0.0))
    weights = expectation_weights(small_network(), IDS, EXAMPLES)
    assert asked == [0]
    assert {name: values.shape for name, values in weights.items()} == {"prior.weight": (3,), "prior.bias": (1,)}


def test_a_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(export, "find_spec", lambda _name: None)
    assert export.main([str(tmp_path / "state.pt"), "--out", str(tmp_path / "weights")]) == 1
    assert "onnx" in capsys.readouterr().err
    assert not (tmp_path / "weights").exists()
