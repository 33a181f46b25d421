"""The dialogues are well formed and apart from each other, and a wrong answer costs points."""

from qa.samples import LIAONING

from assistant.forms.form_schema import load_form
from assistant.law.pack import load_pack
from assistant.qa.models import Answer, InterviewState, Provenance, StatedFact
from eval.dialogues.cases import Turn, load_dialogues
from eval.dialogues.score import points


def test_both_parts_are_large_enough_and_their_fields_exist() -> None:
    schema = load_form(load_pack(LIAONING))
    assert schema is not None
    for split in ("dev", "test"):
        dialogues = load_dialogues(split)
        assert len(dialogues) >= 60
        assert sum(len(d.turns) for d in dialogues) >= 150
        assert len({d.id for d in dialogues}) == len(dialogues)
        named = {name for d in dialogues for t in d.turns for name in (*t.facts, *t.verdicts, *t.absent)}
        assert named <= schema.by_id.keys()


def test_no_dialogue_of_the_test_part_stands_in_the_development_part() -> None:
    dev, test = ({tuple(t.say for t in d.turns) for d in load_dialogues(split)} for split in ("dev", "test"))
    assert not dev & test


def test_a_wrong_fact_is_no_point() -> None:
    fact = StatedFact(field="rd_staff_fixed", label="x", value="75人", raw="75")
    answer = Answer(
        id="1", question="?", status="needs_facts", answer="x", interview=InterviewState(move="tell", facts=[fact]),
        provenance=Provenance(embedder="x", pack_sha256="x"),
    )  # fmt: skip
    right = points(Turn("x", facts={"rd_staff_fixed": "75"}, status="needs_facts"), answer)
    wrong = points(Turn("x", facts={"rd_staff_fixed": "85"}, absent=["rd_staff_fixed"], status="answered"), answer)
    assert [p.right for p in right] == [True, True]
    assert [p.right for p in wrong] == [False, False, False]
