"""What a change of the text touches in a pack: its rules, the fields of its form, the entries of its lexicon."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.forms.form_schema import FormField, load_form
from assistant.law.lexicon import LexiconFile
from assistant.law.pack import Pack
from assistant.law.pack_file import read_pack_file
from assistant.law.sentences import split_sentences
from assistant.law.types import Document
from assistant.rules.numbers import plain
from assistant.rules.quote_template import Comparison, Reading
from assistant.rules.rulebook import Rule, Rulebook, load_rulebook
from assistant.versions.correspondence import Correspondence, label_of
from assistant.versions.models import TouchedField, TouchedRule, TouchedTerm

_RULES, _LEXICON = "rules.toml", "lexicon.toml"
_COMPARED = {
    Comparison.AT_LEAST: "至少", Comparison.MORE_THAN: "多于", Comparison.AT_MOST: "至多", Comparison.LESS_THAN: "少于",
}  # fmt: skip


def touched_rules(old: Pack, new: Pack, found: Correspondence) -> Iterator[TouchedRule]:
    """The rules of the old version that do not simply go on.

    The new version's own entry of a rule is judged where it has one; else the old entry against the new text. Both by
    the rulebook's loader, which is what answers and pre-checks go by.
    """
    own = load_rulebook(new)
    carried = load_rulebook(replace(new, path=old.path))
    for before in load_rulebook(old).rules:
        reviewed = _of_id(own, before.id)
        after = reviewed or _of_id(carried, before.id)
        if after is None:
            continue
        touched = _touched_rule(before, after, found, is_own=reviewed is not None)
        if touched:
            yield touched


def _of_id(rulebook: Rulebook, rule_id: str) -> Rule | None:
    return next((rule for rule in rulebook.rules if rule.id == rule_id), None)


def _touched_rule(before: Rule, after: Rule, found: Correspondence, *, is_own: bool) -> TouchedRule | None:
    def made(state: str, reason: str) -> TouchedRule:
        return TouchedRule.model_validate(
            {
                "rule": before.id,
                "label": before.entry.label,
                "field": before.field,
                "state": state,
                "before": _as_it_stands(found.old, before.reading),
                "after": _as_it_stands(found.new, after.reading),
                "old_provision": label_of(found.old, str(before.provision)),
                "new_provision": label_of(found.new, str(after.provision)) if after.reading else "",
                "quote": after.entry.quote,
                "reason": reason,
                "by": "new" if is_own else "old",
            }
        )

    if before.reading is None:  # it had fallen away before
        return None
    if after.reading is None:
        return made("gone", f"{after.disabled}。改好并核对之前，这一条停用，结论一律为“需人工判断”。")
    differs = requirement_change(before.reading, after.reading)
    if differs:
        return made("changed", f"要求不同：{differs}。要求从条文读出，已随条文改变，请核对。")
    expected = found.new_locator(str(before.provision))
    if before.provision != after.provision and not (is_own and after.entry.provision == expected):
        return made("moved", "依据的文字没有变，所在条款变了；请更新 provision。")
    if not _sentence_stands(before.reading, found):
        return made("reworded", "依据的文字没有变，所在句子的其他文字有改动；请核对这一条是否仍然完整。")
    return None


def _sentence_stands(reading: Reading, found: Correspondence) -> bool:
    """Whether the whole sentence that a rule's words stand in is in the new text, blanks aside."""
    text = found.old.text
    provision = found.old.provision_at(reading.start, reading.end)
    start, end = (provision.body_start, provision.end) if provision else (0, len(text))
    around = [s.text for s in split_sentences(text, start, end) if s.start < reading.end and reading.start < s.end]
    new = "".join(found.new.text.split())
    return all("".join(sentence.split()).rstrip("。；;") in new for sentence in around)


def requirement_change(before: Reading, after: Reading) -> str:
    """至少80 → 至少60, where what two readings require differs; else ""."""
    one, other = _requirement(before), _requirement(after)
    return "" if one == other else f"{one or '（无）'} → {other or '（无）'}"


def _requirement(reading: Reading) -> str:
    words = _COMPARED[reading.comparison] if reading.comparison else ""
    number = plain(reading.threshold) if reading.threshold is not None else ""
    return f"{words}{number}" or "、".join(reading.choices) or reading.name


def _as_it_stands(document: Document, reading: Reading | None) -> str:
    return "".join(document.text[reading.start : reading.end].split()) if reading else ""


def touched_fields(old: Pack, new: Pack, found: Correspondence, rules: Sequence[TouchedRule]) -> Iterator[TouchedField]:
    """The fields of the old version's form whose provisions changed. What the new version's own form already says of
    a provision's new place is not told again. `rules`: those that are touched; a field that is judged by others only
    is touched by no other words of its provision."""
    schema, own = load_form(old), load_form(new)
    book = load_rulebook(old) if schema else Rulebook()
    hit = {rule.field for rule in rules if rule.state != "moved"}
    for field in schema.fields if schema else ():
        if not field.provision:
            continue
        now = found.new_locator(field.provision)
        mine = own.by_id.get(field.id) if own else None
        judged = bool(book.of_field(field.id))
        is_placed = mine is not None and mine.provision == now
        reason = _field_reason(field, now, found, is_placed=is_placed, is_hit=field.id in hit or not judged)
        if reason:
            yield TouchedField(
                field=field.id,
                label=field.label,
                old_provision=label_of(found.old, field.provision),
                new_provision=label_of(found.new, now),
                reason=reason,
            )


def _field_reason(field: FormField, now: str, found: Correspondence, *, is_placed: bool, is_hit: bool) -> str:
    if not now:
        return "所依据的条款已不在新文本中；请核对这一项还要不要填。"
    parts = []
    if now != field.provision and not is_placed:
        parts.append("所依据的条款换了位置，请更新 provision")
    changed = [entry for entry in found.changed([field.provision]) if entry.reworded]
    figures = [f.old for entry in changed for f in entry.figures if f.old and f.old in field.hint]
    if figures:
        parts.append(f"填写说明里的“{'、'.join(dict.fromkeys(figures))}”已不是条文的数")
    elif changed and is_hit:
        parts.append("所依据的条款有改动，请核对填写说明")
    return "；".join(parts) + "。" if parts else ""


def touched_terms(old: Pack, new: Pack) -> Iterator[TouchedTerm]:
    """The entries of the old version's lexicon that the new text does not bear out."""
    file = old.path / _LEXICON
    if not file.is_file():
        return
    before, after = old.regulation.text, new.regulation.text
    for entry in read_pack_file(file, LexiconFile).term:
        if entry.law in before and entry.law not in after:
            reason = f"“{entry.law}”已不在新文本中，这一条会停用；请改成新文本的用语或删去。"
            yield TouchedTerm(law=entry.law, said=[*entry.same, *entry.near], state="gone", reason=reason)
            continue
        said = [w for w in (*entry.same, *entry.near) if w in after and w not in before and w not in entry.law]
        if said and entry.law in after:
            reason = f"“{'、'.join(said)}”在新文本中已是条文用语，请核对是否还与“{entry.law}”同义。"
            yield TouchedTerm(law=entry.law, said=said, state="now_law", reason=reason)
