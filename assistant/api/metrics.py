"""What operators see of the service, in the Prometheus format: counts and times, never words of a person."""

import time
from collections.abc import Iterator, Sequence
from datetime import date

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest

from assistant.api.engine import Engine
from assistant.law.pack import Pack
from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.rules.facts import Facts

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_SLOW = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


class Metrics:
    """The figures of one service, in a registry of its own."""

    def __init__(self) -> None:
        own = CollectorRegistry()
        self._registry = own
        self._requests = Counter(
            "mic_http_requests", "Requests by route, method and status.", ["route", "method", "status"], registry=own
        )
        self._request_seconds = Histogram(
            "mic_http_request_seconds", "Time until a response was sent.", ["route"], buckets=_QUICK, registry=own
        )
        self._running = Gauge("mic_http_requests_running", "Requests being answered now.", registry=own)
        self._answers = Counter(
            "mic_answers", "Answers by channel, status and composer.", ["channel", "status", "composer"], registry=own
        )
        self._answer_seconds = Histogram(
            "mic_answer_seconds", "Time until an answer was whole.", ["channel"], buckets=_QUICK, registry=own
        )
        self._failures = Counter("mic_answer_failures", "Questions not processed.", ["channel"], registry=own)
        self._dropped = Counter(
            "mic_dropped_statements", "Statements of a language model that failed the check.", ["channel"], registry=own
        )
        self._fallbacks = Counter(
            "mic_fallbacks", "Answers in the law's words because the model's failed.", ["reason"], registry=own
        )
        self._prechecks = Counter(
            "mic_prechecks", "Pre-checked drafts by channel and outcome.", ["channel", "outcome"], registry=own
        )
        self._precheck_seconds = Histogram(
            "mic_precheck_seconds", "Time to pre-check one draft.", ["channel"], buckets=_SLOW, registry=own
        )
        self._index = Gauge(
            "mic_index_ready", "1 if the index of a pack is open.", ["pack", "version", "sha256"], registry=own
        )
        self._info = Info("mic", "The service.", registry=own)

    def service(self, *, version: str, embedder: str, composer: str, packs: Sequence[Pack]) -> None:
        """What runs: said once, when it is open."""
        self._info.info({"version": version, "embedder": embedder, "composer": composer})
        for pack in packs:
            self._index.labels(pack.id, pack.version, pack.sha256[:12]).set(1)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        self._requests.labels(route, method, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def running(self, change: int) -> None:
        self._running.inc(change)

    def answer(self, answer: Answer, channel: str, seconds: float) -> None:
        made = answer.provenance
        self._answers.labels(channel, answer.status, made.composer).inc()
        self._answer_seconds.labels(channel).observe(seconds)
        self._dropped.labels(channel).inc(made.dropped)
        if made.fallback:
            self._fallbacks.labels(made.fallback).inc()

    def failure(self, channel: str) -> None:
        self._failures.labels(channel).inc()

    def precheck(self, report: Report, channel: str, seconds: float) -> None:
        self._prechecks.labels(channel, report.outcome).inc()
        self._precheck_seconds.labels(channel).observe(seconds)

    def exposition(self) -> bytes:
        """Everything, as Prometheus reads it (text format 0.0.4)."""
        return generate_latest(self._registry)


class Counted:
    """An engine whose answers are counted for one channel."""

    def __init__(self, engine: Engine, metrics: Metrics, channel: str) -> None:
        self._engine, self._metrics, self._channel = engine, metrics, channel

    @property
    def packs(self) -> tuple[Pack, ...]:
        return self._engine.packs

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:
        """The engine's own steps; the last one is counted before it is handed on."""
        start, last = time.perf_counter(), None
        try:
            for step in self._engine.ask_in_steps(turns, today):
                if last is not None:
                    yield last
                last = step
        except Exception:
            self._metrics.failure(self._channel)
            raise
        if last is not None:
            self._metrics.answer(last, self._channel, time.perf_counter() - start)
            yield last

    def facts(self, turns: Sequence[str]) -> Facts:
        return self._engine.facts(turns)
