"""Two packs in, all that the change from one to the other means out."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.law.pack import Pack
from assistant.versions.compare import compare_texts, counts_of, version_info
from assistant.versions.correspondence import Correspondence
from assistant.versions.models import PackDiff
from assistant.versions.resting import Cited, touched_answers, touched_cases
from assistant.versions.touched import touched_fields, touched_rules, touched_terms


def diff_packs(old: Pack, new: Pack, cases: Sequence[Path] = (), answers: Iterable[Cited] = ()) -> PackDiff:
    """The regulation of each pack is compared; summaries settle nothing and are left out.

    `cases`: evaluation files; `answers`: what was answered by the old version, if that is known. Raises PackError if a
    rules, form or lexicon file is broken, UnreadableFileError if an evaluation file is.
    """
    entries = compare_texts(old.regulation, new.regulation)
    found = Correspondence(old.regulation, new.regulation, entries)
    rules = list(touched_rules(old, new, found))
    return PackDiff(
        old=version_info(old),
        new=version_info(new),
        counts=counts_of(entries),
        entries=entries,
        rules=rules,
        fields=list(touched_fields(old, new, found, rules)),
        terms=list(touched_terms(old, new)),
        cases=list(touched_cases(cases, found)),
        answers=touched_answers(answers, old.id, old.version, found),
        notices=_notices(old, new),
    )


def _notices(old: Pack, new: Pack) -> list[str]:
    notices = []
    if old.id != new.id:
        notices.append(f"两个资料包的 id 不同（{old.id}、{new.id}）：它们不是同一办法的两个版本，对照结果只供参考。")
    elif old.version == new.version:
        notices.append(f"两个资料包的 version 相同（{old.version}）：同时安装前，请给它们写上不同的 version。")
    if old.regulation.text == new.regulation.text:
        notices.append("两份文本完全相同。")
    return notices
