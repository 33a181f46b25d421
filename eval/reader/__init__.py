"""The trained reader of `assistant/reader/`: what it is trained on, how it is trained and how it is written out.

`packed_e5` and `vocabulary` read the base model, `network` is the reader as torch sees it, `examples` and `held_out`
make the training set, `train` trains and `metrics` measures it on development questions, `export` writes the weights.
"""
