"""Reads sentences for a question: a small trained model that says which of them answer, and how sure silence is.

`model` holds the weights, `sentences` the encoded law, `scores` compares the two. What the model was trained on and
how is in `eval/reader/`.
"""
