"""A language model that only words what is established: asked, timed, read, and checked sentence by sentence.

    established   what the model is told, and what its words have to carry
    prompts       how it is told
    wire          the connection: the key, the limits, servers that do not stream
    endpoint      the OpenAI protocol through LlamaIndex (its types stay there)
    reply         text as it comes -> statements as they become complete
    check         one statement -> kept or dropped; with assistant.verify and verdicts
    enough        whether what was kept still answers
    worder        all of it in order: `open_worder(settings)`, `Worder.word(...)`

It knows nothing of questions and answers; qa hands over what is established and decides what goes out.
"""
