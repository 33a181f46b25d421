"""Which field a label names, in whatever words: numbering, units, years, remarks in brackets do not matter."""

import re
from dataclasses import dataclass
from enum import IntEnum

from assistant.forms.form_schema import FieldType, FormField, FormSchema
from assistant.forms.label_words import (
    A_NAME,
    A_SENTENCE,
    ASKED,
    BRACKETS,
    DENIED,
    EITHER,
    LOOSE_FROM,
    MAX_ASKED,
    MAX_GUESSED,
    MAX_LABEL,
    SAYS_NO,
    UNIT_AT_END,
    WITHOUT,
    YEAR,
    a_part,
    asked_plainly,
    asks_more,
    loose,
    numberless,
    of_another,
    of_more,
    one_language,
    plain_words,
    remarks_in,
    unit_of,
    variants,
)
from assistant.forms.words import plain


class Closeness(IntEnum):
    """How well a name fits its field; the smaller, the better."""

    SAME = 0
    NEAR = 1
    WIDER = 2
    TOTAL = 3


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """What a label says: the field, how close, its unit and year where named. `inverse`: yes there is no here."""

    field: FormField
    closeness: Closeness
    written: str
    unit: str = ""
    year: str = ""
    inverse: bool = False
    by_id: bool = False


_SHORT_REMARK = re.compile(r"[(\[【〔][^()\[\]【】〔〕]{0,8}[)\]】〕]")


def _any_of(words: list[str], remarks: list[str]) -> bool:
    return any(word in remark for word in words for remark in remarks)


class LabelIndex:
    """Looks labels up in the names of a form's fields."""

    def __init__(self, schema: FormSchema) -> None:
        self.schema = schema
        self._names: dict[str, tuple[FormField, Closeness, bool]] = {}
        for field in schema.fields:
            for name in (field.id, field.label, *field.same):
                self._names[plain(name)] = (field, Closeness.SAME, False)
        for field in schema.fields:
            for name in field.inverse:
                self._names.setdefault(plain(name), (field, Closeness.SAME, True))
            for name in field.near:
                self._names.setdefault(plain(name), (field, Closeness.NEAR, False))
            for name in field.wider:
                self._names.setdefault(plain(name), (field, Closeness.WIDER, False))
            for name in field.total:
                self._names.setdefault(plain(name), (field, Closeness.TOTAL, False))

        self._loose = self._loosened()
        firm = [name for name, (_, close, _) in self._names.items() if close is Closeness.SAME and len(name) > 2]
        alternatives = "|".join(re.escape(name) for name in sorted(firm, key=len, reverse=True))
        self.inside = re.compile(rf"(?:{alternatives})(?:名称|情况|数)?(?:[(][^()]{{0,12}}[)])?:")

        self._holds = [
            (re.compile(".*".join(f"({words})" for words in words.split())), field, closeness)
            for field in schema.fields
            for closeness, lists in zip(Closeness, (field.holds, field.holds_near, field.holds_wider), strict=False)
            for words in map(plain_words, lists)
        ]

        # Figures in the names themselves (2211) make no sentence of a label.
        words = " ".join(word for field in schema.fields for word in (*field.names(), *field.holds))
        self._own_figures = re.compile("|".join(sorted(set(re.findall(r"[0-9]{3,}", words)))) or "(?!)")

        self._answers = {
            plain(word)
            for field in schema.fields
            for words in (field.yes, field.no, *((one.value, *one.aliases, *one.near) for one in field.choices))
            for word in words
        }

    def guess(self, text: str) -> LabelMatch | None:
        """The field whose telling words `text` holds in their order; only for what stands where a label stands.

        Where several fields could be meant, the one that is named last (申报单位所在市 asks for a place), then the one
        of which most is said; None if two have an equal claim.
        """
        label = numberless(plain(text)).strip(":;,.。?*")
        return self._guess(label, text) or (
            self._guess(shorter, text) if (shorter := asked_plainly(label)) != label else None
        )

    def _guess(self, label: str, text: str) -> LabelMatch | None:
        foreign = label.isascii()
        longest = MAX_ASKED if foreign or ASKED.search(label) else MAX_GUESSED
        bare = _SHORT_REMARK.sub("", YEAR.sub("", self._own_figures.sub("", label))).replace("是否已", "是否")
        if not 1 < len(label) <= longest or (A_SENTENCE.search(bare) and not foreign):
            return None
        if label in self._answers or SAYS_NO.match(label):
            return None
        remarks = remarks_in(label)
        base = BRACKETS.sub("", label)
        # 推荐状态（市级工信主管部门）: where the words alone name nothing, the remark says what they are about.
        asked = (base, *(remark + base for remark in remarks if not unit_of(remark)))
        found = [claims for words in asked if (claims := self._claims(words, label))]
        if not found:
            return None
        # 研发队伍（全职）: with its remark a name may be closer than without.
        firm = (claims for claims in found if min(closeness for _, _, closeness in claims) < Closeness.WIDER)
        claims = next(firm, found[0])
        most = max(weight for weight, _, _ in claims)
        best = {(field.id, closeness) for weight, field, closeness in claims if weight == most}
        if len({field for field, _ in best}) > 1:
            return None
        name, closeness = min(best, key=lambda claim: claim[1])
        field = self.schema.by_id[name]
        unit = next((u for remark in remarks if (u := unit_of(remark))), "")
        if unit.endswith("元") and not field.unit.endswith("元"):
            return None
        inverse = field.type.is_yes_no and bool(DENIED.search(EITHER.sub("", base)))
        return LabelMatch(field, closeness, text.strip(), unit, inverse=inverse)

    def _claims(self, base: str, label: str) -> list[tuple[tuple[int, int], FormField, Closeness]]:
        """The fields whose telling words `base` holds, with how far those reach and how much they are."""
        return [
            ((found.end(), sum(len(word) for word in found.groups())), field, closeness)
            for words, field, closeness in self._holds
            if (found := words.search(base))
            and not asks_more(field, base[found.end() :])
            and not of_another(field, base)
            and not any(word in label for word in (*field.never, *field.parts, *field.others))
        ]

    def _loosened(self) -> dict[str, tuple[FormField, Closeness, bool]]:
        """The names without the small words that people put elsewhere; those that then mean two fields fall out."""
        found: dict[str, tuple[FormField, Closeness, bool] | None] = {}
        for name, meant in self._names.items():
            key = loose(name)
            known = found.setdefault(key, meant)
            if known is not None and (known[0].id, known[2]) != (meant[0].id, meant[2]):
                found[key] = None
        return {key: meant for key, meant in found.items() if meant is not None and len(key) >= LOOSE_FROM}

    def _narrowed(self, field: FormField, closeness: Closeness, remarks: list[str], text: str) -> Closeness:
        """研发队伍（全职） is narrower than its words, 研发费用（含合作单位） wider."""
        if field.type.is_number and any(of_more(remark) for remark in remarks):
            return max(closeness, Closeness.WIDER)
        if closeness < Closeness.WIDER or not remarks or _any_of(field.never, remarks):
            return closeness
        guessed = self.guess(text)
        return guessed.closeness if guessed is not None and guessed.field is field else closeness

    def _own_name(self, remark: str) -> tuple[FormField, Closeness, bool] | None:
        named = self._names.get(remark)
        return named if named is not None and named[1] is Closeness.SAME and len(remark) >= LOOSE_FROM - 1 else None

    def _listed(self, remarks: list[str]) -> FormField | None:
        """The choice of which a remark lists what may be chosen."""
        for field in self.schema.fields:
            offered = [plain(choice.value) for choice in field.choices if choice.offered]
            if any(sum(value in re.split(r"[/、,，|或和]", remark) for value in offered) >= 2 for remark in remarks):
                return field
        return None

    def match(self, text: str) -> LabelMatch | None:
        """The field that `text` as a whole is a label of; None if it is none."""
        if len(text) > 4 * MAX_LABEL:
            return None
        label = numberless(plain(text)).rstrip(":;,.。?")
        if not 0 < len(label) <= 2 * MAX_LABEL:
            return None
        whole = self._names.get(label)
        if whole:
            return LabelMatch(*whole[:2], text.strip(), inverse=whole[2], by_id=label == whole[0].id)
        label = one_language(asked_plainly(label))
        remarks = remarks_in(label)
        base = BRACKETS.sub("", label).strip(":;,.。*")
        unit = next((u for remark in remarks if (u := unit_of(remark))), "")
        if not unit and (found := UNIT_AT_END.search(base)):
            unit, base = found.group(1), base[: found.start()]
        year = next((y.group()[:4] for part in (base, *remarks) if (y := YEAR.search(part))), "")
        names = list(variants(base, remarks))
        found_name = next((self._names[name] for name in names if name in self._names), None)
        found_name = found_name or next(
            (self._loose[key] for name in names if (key := loose(name)) in self._loose), None
        )
        # 内部咨询机构（技术专家委员会）: the remark alone is a field's own name.
        if ":" not in base:
            own = (self._own_name(remark) for remark in BRACKETS.findall(label))
            found_name = found_name or next(filter(None, own), None)
        if not found_name:
            return None
        field, closeness, inverse = found_name
        if field.type is FieldType.TEXT and (listed := self._listed(remarks)) is not None:
            field = listed  # 牵头单位（企业/高校/科研院所） asks what it is, not what it is called
        if any(word in label for word in field.others) or (A_NAME.search(base) and not field.type.is_text):
            return None
        if of_another(field, base) or any(a_part(field, remark) for remark in remarks):
            return None
        for remark in remarks:
            if any(word in remark for word in field.never) and not WITHOUT.search(remark):
                if not re.search(r"[含加及和与、]|包括", remark):
                    return None  # 研发人员（兼职） is not what was asked for
                closeness = max(closeness, Closeness.WIDER)
        closeness = self._narrowed(field, closeness, remarks, text)
        return LabelMatch(field, closeness, text.strip(), unit, year, inverse)
