"""A stand-in for the assistant: a few prepared answers, their quotes cut from the real law."""

import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from assistant.law.citation import Citation
from assistant.law.locator import Locator
from assistant.law.pack import Pack, load_pack
from assistant.qa.models import Answer, Assessment, Provenance, RelatedProvision, Statement
from assistant.rules.facts import Facts

PACK = Path(__file__).resolve().parents[2] / "corpus" / "liaoning-mic"


class FakeEngine:
    """Answers by a word in the last question. `asked` records what it was given."""

    def __init__(self) -> None:
        self.packs: tuple[Pack, ...] = (load_pack(PACK),)
        self.asked: list[tuple[str, ...]] = []

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:  # noqa: ARG002
        answer = self.ask(turns)
        if "逐句" in turns[-1]:
            # As a language model's answer grows: one statement, then the whole.
            worded = answer.provenance.model_copy(update={"composer": "llm:fake"})
            first = answer.statements[0]
            shown = f"{first.text}[{first.citations[0]}]"
            yield answer.model_copy(update={"answer": shown, "statements": [first], "provenance": worded})
            if "慢" in turns[-1]:
                time.sleep(1.5)
            answer = answer.model_copy(update={"provenance": worded})
        yield answer

    def facts(self, turns: Sequence[str]) -> Facts:  # noqa: ARG002
        """Nobody states anything here."""
        return {}

    def ask(self, turns: Sequence[str]) -> Answer:
        self.asked.append(tuple(turns))
        question = turns[-1]
        if "慢" in question:
            time.sleep(1.5)
        if "出错" in question:
            raise RuntimeError("secret detail /srv/path")
        if "人员" in question or "多少人" in question:
            return self._staff(question)
        if "程序" in question or "流程" in question:
            return self._procedure(question)
        if "国家" in question:
            return self._unsettled(question, with_background=True)
        if "能申报" in question:
            return self._facts(question)
        if "时间" in question or "主任" in question:
            return self._unsettled(question)
        return self._make(question, "out_of_scope", "这个问题与本办法无关。可以问申报条件、遴选程序、评估等。")

    def _make(self, question: str, status: str, answer: str, **rest: object) -> Answer:
        return Answer.model_validate(
            {
                "id": "test",
                "question": question,
                "status": status,
                "answer": answer,
                "notices": ["draft_for_comment"],
                "provenance": Provenance(embedder="fake", pack_sha256=self.packs[0].sha256),
                **rest,
            }
        )

    def _staff(self, question: str) -> Answer:
        first, second = "固定研究与试验发展人员数不少于80人", "配备相对稳定的固定研究与试验发展人员"
        return self._make(
            question,
            "answered",
            f"- {second} [2]\n- {first} [1]",
            statements=[Statement(text=second, citations=[2]), Statement(text=first, citations=[1])],
            citations=[self.cite(1, "art_7.item_4", first), self.cite(2, "art_7.item_4", second)],
            unsettled=["“研发人员”按哪一年、按谁的职工统计，办法没有说明。"],
        )

    def _procedure(self, question: str) -> Answer:
        pack = self.packs[0]
        steps = [pack.regulation.get(Locator.parse(f"art_8.item_{i}")) for i in range(1, 5)]
        texts = [step.text for step in steps if step]
        return self._make(
            question,
            "answered",
            "\n".join(["办法规定的遴选程序：", *(f"- {text} [{i}]" for i, text in enumerate(texts, 1))]),
            statements=[Statement(text=text, citations=[i]) for i, text in enumerate(texts, 1)],
            citations=[self.cite(i, f"art_8.item_{i}", text) for i, text in enumerate(texts, 1)],
        )

    def _facts(self, question: str) -> Answer:
        quote = "固定研究与试验发展人员数不少于80人"
        return self._make(
            question,
            "needs_facts",
            "要判断能否申报，还需要知道以下情况：\n- 年度研发费用总额是多少万元？\n- 是否建立技术专家委员会？"
            f"\n\n{quote} [1]",
            statements=[Statement(text=quote, citations=[1])],
            citations=[self.cite(1, "art_7.item_4", quote)],
            assessments=[
                Assessment(
                    rule="rd-staff-minimum", field="rd_staff_fixed", verdict="not_met", actual="75",
                    required="80", unit="人", gap="5", message="还差5人", citations=[1],
                )
            ],
        )  # fmt: skip

    def _unsettled(self, question: str, *, with_background: bool = False) -> Answer:
        pack = self.packs[0]
        near = pack.regulation.get(Locator.parse("art_12"))
        assert near
        rest: dict[str, object] = {
            "related": [RelatedProvision(document="measures", locator="art_12", label=near.label, quote=near.text)],
            "authority": [self.cite(1, "art_25", "本办法由省工业和信息化厅负责解释")],
        }
        if with_background:
            quote = "国家制造业创新中心每年进行一次考核，一般每三年进行一次评估，评估当年不再考核。"
            rest["background"] = [self.cite(1, "sec_4.item_2", quote, document="related-policies")]
            rest["notices"] = ["draft_for_comment", "unofficial_summary"]
        return self._make(question, "not_covered", "现有条文没有规定这件事，不能据此下结论。", **rest)

    def cite(self, n: int, locator: str, quote: str, document: str = "measures") -> Citation:
        pack = self.packs[0]
        text = pack.document(document)
        assert text
        place = Locator.parse(locator)
        provision = text.get(place)
        assert provision
        start = text.text.index(quote, provision.start, provision.end)
        return Citation(
            n=n, pack=pack.id, version=pack.version, document=document, locator=locator, label=place.label,
            article=place.article, quote=quote, start=start, end=start + len(quote),
        )  # fmt: skip
