"""A text against a regulation: every reference and quotation found, judged and put in order."""

from collections.abc import Sequence

from assistant.cite_check.documents import Documents
from assistant.cite_check.findings import Raw, numbered, summary_of
from assistant.cite_check.folding import simplified
from assistant.cite_check.inputs import Source
from assistant.cite_check.judge_quote import Claim, judge_quote
from assistant.cite_check.judge_reference import judge_reference, provisions_of, there_is
from assistant.cite_check.judge_statement import judge_case, judge_statement
from assistant.cite_check.judgement import Judgement
from assistant.cite_check.law_text import law_text
from assistant.cite_check.linking import SAYS, Link, clusters_of, links_of_quotes
from assistant.cite_check.mentions import Mention, find_mentions, outside
from assistant.cite_check.models import Action, CiteReport, FindingKind, Verdict
from assistant.cite_check.quotations import Quoted, find_quoted, find_runs
from assistant.cite_check.statements import statement_of
from assistant.errors import UsageError
from assistant.law.pack import Pack
from assistant.law.types import LegalStatus
from assistant.precheck.wording import place_in_words

MAX_TEXT = 200_000
"""Characters; a letter has a few thousand."""


def check_text(
    text: str,
    pack: Pack,
    *,
    file: str = "",
    places: Sequence[tuple[int, str]] = (),
    notices: Sequence[str] = (),
) -> CiteReport:
    """The report on a text; the same for the same text and pack.

    `places`: from which offset on the text stands where in the file, in Chinese, in order; without them lines are
    counted. `notices`: what else is to be known of the text. Raises UsageError if it is empty or far too long.
    """
    if not text.strip():
        raise UsageError("没有可以核对的文字。", "请粘贴或上传要核对的文字。")
    if len(text) > MAX_TEXT:
        raise UsageError(f"文字有{len(text)}字，超过{MAX_TEXT}字的上限。", "请分成几份再核对。")
    reading = _Reading(text, pack)
    findings = numbered(reading.found(), text, places)
    about = pack.about
    return CiteReport(
        file=file,
        pack=pack.id,
        title=about.title,
        version=pack.version,
        status=about.status.value,
        pack_sha256=pack.sha256,
        summary=summary_of(findings),
        notices=[*reading.notices(), *notices],
        findings=findings,
        text=text,
    )


def check_source(source: Source, pack: Pack) -> CiteReport:
    """The report on a file's text."""
    places = [(piece.start, place_in_words(piece.place)) for piece in source.pieces]
    return check_text(source.text, pack, file=source.name, places=places, notices=source.notes)


class _Reading:
    """One text on its way to findings. `plain` is in simplified characters, of the same length."""

    def __init__(self, text: str, pack: Pack) -> None:
        self.text, self.pack = text, pack
        self.plain = simplified(text)
        self.law = law_text(pack.regulation)
        self.documents = Documents(self.plain, pack.about)
        self.quoted = find_quoted(self.plain)
        self.mentions = find_mentions(self.plain, self.documents)
        self.used: set[int] = set()

    def found(self) -> list[Raw]:
        quotes = self._quotes()
        spans = [(raw.start, raw.end) for raw in quotes]
        self.mentions = outside(self.mentions, spans)
        runs = self._runs(spans)
        firm = [run for run in runs if not _is_soft(run)]
        statements = self._statements([*quotes, *firm])
        told = [(raw.start, raw.end) for raw in statements]
        runs = [run for run in runs if run in firm or not any(a < run.end and run.start < b for a, b in told)]
        return [*quotes, *runs, *statements, *self._references(), *self._titles()]

    # Words in quotation marks

    def _quotes(self) -> list[Raw]:
        found: list[Raw] = []
        unquoted = outside(self.mentions, [(q.start, q.end) for q in self.quoted])
        links = links_of_quotes(self.plain, self.quoted, unquoted, self.documents)
        for quote, link in zip(self.quoted, links, strict=True):
            raw = self._quote(quote, link)
            if raw is not None:
                found.append(raw)
        return found

    def _quote(self, quote: Quoted, link: Link) -> Raw | None:
        words = self.text[quote.start : quote.end]
        foreign = [m for m in link.mentions if m.standing == "other"]
        if link.other or (foreign and len(foreign) == len(link.mentions)):
            name = (link.other or foreign[0].title).strip("《》")
            if judge_quote(Claim(words), self.law) is None and not self._right_beside(quote, link):
                return None
            reason = f"引用的是《{name}》，不是本办法，未核对。"
            judgement = Judgement(Verdict.OTHER_DOCUMENT, Action.NONE, reason)
            return Raw(FindingKind.QUOTATION, quote.start, quote.end, judgement, _cited(link.mentions, self.plain))
        mine = tuple(m for m in link.mentions if m.standing != "other" and m.locators)
        sure = tuple(m for m in mine if m.standing == "mine")
        claim = self._claim(
            quote.start,
            quote.end,
            mine,
            said=bool(sure or link.named) and self._right_beside(quote, link),
            named=link.named,
        )
        judgement_ = judge_quote(claim, self.law)
        if judgement_ is None:
            return None
        if mine and not sure and judgement_.verdict is not Verdict.EXACT:
            judgement_ = judge_quote(Claim(words), self.law)
            if judgement_ is None:
                return None
        self.used.update(m.start for m in mine if judgement_.verdict is not Verdict.WRONG_PLACE or sure)
        return Raw(FindingKind.QUOTATION, quote.start, quote.end, judgement_, _cited(mine, self.plain))

    def _claim(
        self, start: int, end: int, mentions: Sequence[Mention], *, said: bool, named: bool = False, marked: bool = True
    ) -> Claim:
        cited = provisions_of(mentions, self.law)
        before = self.plain[max(0, start - 20) : start]
        absent = bool(mentions) and not cited
        return Claim(self.text[start:end], cited, said, bool(mentions) or named, absent, marked, before)

    def _right_beside(self, quote: Quoted, link: Link) -> bool:
        """Whether nothing but 规定 or a mark stands between a reference and the quotation."""
        before = max((m.end for m in link.mentions if m.end <= quote.outer_start), default=-1)
        if any(m.start >= quote.outer_end for m in link.mentions):
            return True
        if before < 0:
            title = self.documents.last_before(quote.outer_start)
            before = title.end if title else self._own_kind_before(quote.outer_start)
        if before < 0:
            return False
        between = self.plain[before : quote.outer_start]
        previous = [q for q in self.quoted if before <= q.outer_start and q.outer_end <= quote.outer_start]
        if previous:
            between = self.plain[before : previous[0].outer_start]
        says = SAYS.fullmatch(between)
        return says is not None or (len(between) <= 4 and not between.strip(" 的中里：:，,\u3000\n"))

    def _own_kind_before(self, position: int) -> int:
        place = self.plain.rfind(self.documents.own.kind, max(0, position - 20), position)
        return place + len(self.documents.own.kind) if place >= 0 else -1

    # The law's words without marks

    def _runs(self, taken: Sequence[tuple[int, int]]) -> list[Raw]:
        named = [(m.start, m.end) for m in self.mentions] + [(t.start, t.end) for t in self.documents.titles]
        skipped = [*taken, *((start, self._behind(end)) for start, end in named)]
        found: list[Raw] = []
        for start, end in find_runs(self.plain, self.law, skipped):
            quote = Quoted(start, end, start, end)
            link = links_of_quotes(self.plain, [quote], self.mentions, self.documents)[0]
            mine = tuple(m for m in link.mentions if m.standing == "mine" and m.locators)
            if link.other or (link.mentions and not mine):
                continue
            said = bool(mine) and self._right_beside(quote, link)
            claim = self._claim(start, end, mine if said or self._only(mine, start) else (), said=said, marked=False)
            judgement = judge_quote(claim, self.law)
            if judgement is None:
                continue
            raw = Raw(FindingKind.RUN, start, end, judgement, _cited(mine if claim.linked else (), self.plain))
            if (claim.cited or claim.absent) and not _is_soft(raw):
                self.used.update(m.start for m in mine)
            found.append(raw)
        return found

    def _behind(self, position: int) -> int:
        """Behind 规定 and the like that follow a reference or a name."""
        says = SAYS.match(self.plain, position)
        return says.end() if says else position

    def _only(self, mentions: Sequence[Mention], position: int) -> bool:
        """Whether a reference in the sentence speaks for what follows it: no other words of its own in between."""
        if not mentions or mentions[-1].end > position:
            return bool(mentions)
        return len(self.plain[mentions[-1].end : position].strip()) <= 12

    # What a provision is said to say

    def _statements(self, others: Sequence[Raw]) -> list[Raw]:
        found: list[Raw] = []
        mine = [m for m in self.mentions if m.standing == "mine" and m.locators and not m.heading]
        clusters = list(clusters_of(self.plain, mine))
        borders = sorted([*(raw.start for raw in others), *(m.named_from or m.start for m in self.mentions)])
        ends = sorted([*(raw.end for raw in others), *(m.end for m in self.mentions)])
        for group in clusters:
            if any(m.start in self.used for m in group):
                continue
            following = next((b for b in borders if b >= group[-1].end), len(self.plain))
            preceding = max((e for e in ends if e <= group[0].start), default=0)
            told = statement_of(self.plain, group, following, preceding)
            cited = provisions_of(group, self.law)
            if told is None or not cited:
                continue
            words = self.plain[told.start : told.end]
            judgement = (
                judge_case(words, cited, self.law, self.pack.lexicon)
                if told.of_case
                else judge_statement(words, cited, self.law, self.pack.lexicon, said=told.said)
            )
            if judgement is not None:
                self.used.update(m.start for m in group)
                found.append(Raw(FindingKind.PARAPHRASE, told.start, told.end, judgement, _cited(group, self.plain)))
        return [*found, *self._of_the_whole([*others, *found])]

    def _of_the_whole(self, others: Sequence[Raw]) -> list[Raw]:
        """《办法》规定… without an article: held against the provision that is nearest."""
        found: list[Raw] = []
        for title in self.documents.own_names():
            says = SAYS.match(self.plain, title.end)
            if not title.mine or not says:
                continue
            stop = min((raw.start for raw in others if raw.start >= title.end), default=len(self.plain))
            end = next(
                (i for i in range(says.end(), len(self.plain)) if self.plain[i] in "。！？!?；;\n"), len(self.plain)
            )
            end = min(end, stop)
            if end - says.end() < 8 or any(says.end() <= m.start < end for m in self.mentions):
                continue
            judgement = judge_statement(self.plain[says.end() : end], (), self.law, self.pack.lexicon, said=True)
            if judgement is not None and judgement.verdict is not Verdict.UNCHECKED:
                found.append(Raw(FindingKind.PARAPHRASE, says.end(), end, judgement, ()))
        return found

    # References and names by themselves

    def _references(self) -> list[Raw]:
        found: list[Raw] = []
        for mention in self.mentions:
            judgement = judge_reference(mention, self.law)
            if mention.heading and mention.start not in self.used:
                reason = "在行首，像是文中自己的条号，不作为对本办法的引用。"
                judgement = Judgement(Verdict.UNCHECKED, Action.NONE, reason)
            elif mention.standing == "unclear" and mention.start in self.used:
                continue
            elif judgement is None:
                if mention.start in self.used:
                    continue
                judgement = there_is(mention, self.law)
            cited = _cited([mention], self.plain)
            found.append(Raw(FindingKind.REFERENCE, mention.start, mention.end, judgement, cited))
        return found

    def _titles(self) -> list[Raw]:
        """Names that look like the regulation's and are another version's or another document's."""
        found: list[Raw] = []
        for title in self.documents.titles:
            if title.mine or not (title.why or self.documents.own.resembles(title.name)):
                continue
            reason = (
                f"{title.why or '名称与《' + self.pack.about.title + '》不同'}，不是本办法的现有文本，相关内容未核对。"
            )
            judgement = Judgement(Verdict.OTHER_DOCUMENT, Action.LOOK, reason)
            found.append(Raw(FindingKind.TITLE, title.start, title.end, judgement, ()))
        return found

    def notices(self) -> list[str]:
        """What holds for the whole text."""
        about = self.pack.about
        found = []
        if about.status is LegalStatus.DRAFT_FOR_COMMENT:
            found.append(f"核对所依据的是《{about.title}》，正式文本公布后要重新核对。")
            named = [t for t in self.documents.titles if t.mine]
            if named and not any(note in self.plain for note in self.documents.own.notes):
                found.append(
                    f"文中引用时没有注明是{'、'.join(self.documents.own.notes) or '征求意见稿'}，请核对所引的版本。"
                )
        return found


def _is_soft(run: Raw) -> bool:
    """Words without marks that only resemble the law's: what is told of a provision may say the same in its own way."""
    return run.judgement.verdict is Verdict.DIFFERS and run.judgement.action is Action.LOOK


def _cited(mentions: Sequence[Mention], text: str) -> tuple[str, ...]:
    """How the text names them."""
    return tuple(dict.fromkeys(" ".join(text[m.start : m.end].split()) for m in mentions))
