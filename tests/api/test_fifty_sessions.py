"""Fifty conversations at once over loopback: each gets the answers to its own questions, and none an error."""

import asyncio
from pathlib import Path

import httpx
from api_samples import service_of
from qa.samples import LIAONING, FakeSearch

from assistant.api.app import build_api
from assistant.law.pack import load_pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.models import Answer
from assistant.qa.service import Assistant
from assistant.ui.serving import bound, serving_in_thread
from tests.loops import run_alone

SESSIONS = 50


def turns_of(number: int) -> list[str]:
    """A conversation in which only the figure is its own; the second turn says what is known from the first."""
    return [f"我们有{20 + number}名固定研发人员，够不够？", "那年度研发费用要多少？"]


def test_fifty_sessions_have_no_error_and_no_word_of_each_other(tmp_path: Path) -> None:
    assistant = Assistant([PackAnswerer(load_pack(LIAONING), FakeSearch(load_pack(LIAONING)))])
    service = service_of(tmp_path, assistant, api_per_minute=100_000)
    app = build_api(service)
    app.state.end_streams = lambda: None

    async def session(client: httpx.AsyncClient, number: int) -> list[Answer]:
        turns, answers = turns_of(number), []
        for count in range(1, len(turns) + 1):
            got = await client.post("/api/v1/ask", json={"turns": turns[:count]})
            assert got.status_code == 200, got.text
            answers.append(Answer.model_validate(got.json()))
        return answers

    async def all_at_once(address: str) -> list[list[Answer]]:
        limits = httpx.Limits(max_connections=SESSIONS)
        async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits, trust_env=False) as client:
            return await asyncio.gather(*(session(client, number) for number in range(SESSIONS)))

    with bound("127.0.0.1", 0) as listener, serving_in_thread(app, listener, service.settings):
        answered = run_alone(all_at_once(f"http://127.0.0.1:{listener.getsockname()[1]}"))

    identities = {answer.id for answers in answered for answer in answers}
    assert len(identities) == 2 * SESSIONS
    for number, (first, second) in enumerate(answered):
        stated, (judged,) = 20 + number, first.assessments
        assert first.question == turns_of(number)[0]
        assert (judged.actual, judged.required) == (str(stated), "80")
        assert judged.verdict == ("met" if stated >= 80 else "not_met")
        assert judged.gap == (None if stated >= 80 else str(80 - stated))
        alone = assistant.ask(turns_of(number))
        assert second.model_copy(update={"id": alone.id}) == alone
