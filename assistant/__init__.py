"""The map of the house: which way a question travels, and which room may know which.

A regulation is data: one pack under `corpus/`. A source becomes law, law becomes passages that can be searched and
sentences that can serve as evidence, and a question is answered from that evidence or not at all.

    files/      bytes -> text of a source: txt, md, docx, pdf; bytes -> tables, lines and entries of a draft, with
                places: docx, xlsx, csv, json, txt, md, pdf, scans and photos; limits, and a process for each reader
    law/        text -> Regulation: numerals, locators, references, parser, values, lexicon, packs; which versions are
                installed, which is current, and by what words they are called
    retrieval/  Regulation -> Hits: passages, embedder, index (Chroma through LlamaIndex), BM25, fusion, search
    reader/     question x sentences -> margins: a small trained model, by how much each sentence answers, and whether
                the question is of the text's subject at all
    verify/     statement x quotes -> Support: whether the quotes carry what a statement says, whoever wrote it
    llm/        what is established -> words for it: a language model behind an endpoint, where one is set; every
                sentence of its is verified, and the answer stays as it was where that leaves too little
    rules/      facts x rulebook -> Findings: amounts, three-valued evaluation, demands read from the law's text
    forms/      a draft or what a person says -> facts: the form's schema, and the finding of its fields
    interview/  turns -> State: facts as people say them, the move of each turn, what to ask next, what a turn supposes;
                a pure function of the turns, so that nothing is kept
    qa/         question -> Answer:
                normalise -> scope -> interview_answer | own_dates -> question (terms, needs) -> lookup | own_answer
                (own facts of all turns, assessed by the rulebook) | eligibility | choice | search_law (with
                evidence and supply) -> settling: weighing (the words and the reader), facets -> compose -> endings
                -> guard,
                and where a model is set once more -> reworded -> guard; `service.Assistant` is the one entrance, where
                version_choice and routing first tell by which version of which regulation a conversation is answered
    precheck/   a draft form -> Report: check, compare, blank forms, report writers, batch
    cite_check/ any text -> CiteReport: documents named, references, quotations, each judged; marked files
    open_matters/ questions not covered, and the text -> what the law leaves open, for those who draft it
    records/    what was asked and answered, masked, in a log that only grows, each entry with the hash of the one
                before; `recording` stands around an assistant, so that an answer is written before it is handed out
    staff/      who works at the desk and on what: accounts, sessions, throttle; the queue, which follows the log and
                keeps no word of it; corrections -> cases and lexicon proposals, for review
    versions/   two versions of a regulation -> PackDiff: alignment, changes, word_diff, what they touch (touched,
                resting); drafts under both -> verdict_changes; their pages
    api/        the service for other programs: rest (under /api/v1), mcp_tools, law_page behind permalinks, metrics;
                `gate` (keys, rates, sizes) stands before them, `service.Service` is what all of them and the page share
    desk/       the staff's pages under /staff, written by the server: `doorkeeper` stands before all of them
    ui/         the page: chat and pre-check beside the law, rendering, wording, the rooms that uploads lie in;
                `web_app` mounts it into the service, and `serving` serves all of it
    commands/   the commands of the contract, a file for each group; cli.py puts them together; app.py starts the page
                alone

Imports point left only: files -> law -> retrieval, reader, verify -> llm, rules -> forms -> interview -> qa, and from
forms -> precheck; both -> ui (qa and precheck do not know each other; chat and form meet in rules and forms, so they
cannot disagree). cli.py and commands/ may import anything, config.py and errors.py may be imported by all. LlamaIndex
and Chroma stay in retrieval/, and LlamaIndex in llm/endpoint.py, Gradio in ui/ and app.py. A test keeps it so.

Nothing about one regulation is written in code: terms, places and programmes stand in its pack, and
`qa/vocabulary.toml` holds general language only.
"""
