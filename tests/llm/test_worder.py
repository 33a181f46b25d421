"""From a reply to what may be shown, and why nothing may."""

import logging

import pytest

from assistant.config import Settings
from assistant.errors import SettingsError
from assistant.llm.failure import Fallback, LlmFailure
from assistant.llm.worder import Worder, open_worder
from llm.scripted import ESTABLISHED, MONEY, STAFF, Scripted, reply, strictly, worded

GOOD = reply((STAFF, [1]), (MONEY, [2]))


def test_supported_statements_that_answer_are_given() -> None:
    rewording, shown = worded(Scripted(GOOD))
    assert [s.text for s in shown] == [STAFF, MONEY]
    assert (rewording.fallback, rewording.dropped) == (None, 0)


def test_each_statement_is_given_before_the_next_piece_is_asked_for() -> None:
    end = GOOD.index("}") + 1
    endpoint = Scripted(GOOD[:end], GOOD[end:])
    steps = iter(Worder(endpoint, 5, strictly).word(ESTABLISHED, lambda _: True))
    assert next(steps).text == STAFF
    assert endpoint.given == 1


def test_a_lie_among_the_truth_is_dropped_and_counted() -> None:
    rewording, shown = worded(Scripted(reply((STAFF, [1]), ("60人就够了", [1]), (MONEY, [2]))))
    assert [s.text for s in shown] == [STAFF, MONEY]
    assert (rewording.fallback, rewording.dropped) == (None, 1)


@pytest.mark.parametrize(
    ("pieces", "why"),
    [
        ([reply((STAFF, [1]))], Fallback.INCOMPLETE),
        ([reply(("60人", [1]))], Fallback.UNSUPPORTED),
        ([reply()], Fallback.BROKEN_REPLY),
        (["我想一想"], Fallback.BROKEN_REPLY),
        ([], Fallback.BROKEN_REPLY),
        (["嗯"] * 40_000, Fallback.TOO_LONG),
    ],
)
def test_why_the_answer_stays_as_it_was(pieces: list[str], why: Fallback) -> None:
    assert worded(Scripted(*pieces))[0].fallback is why


@pytest.mark.parametrize("why", [Fallback.TIMEOUT, Fallback.UNREACHABLE, Fallback.SERVER_ERROR])
def test_a_failure_under_way_ends_it_though_statements_were_shown(why: Fallback) -> None:
    rewording, shown = worded(Scripted(GOOD[:-2], failure=LlmFailure(why)))
    assert len(shown) == 2
    assert rewording.fallback is why


def test_nothing_is_read_behind_the_list() -> None:
    endpoint = Scripted(GOOD, *["然后"] * 1000)
    assert worded(endpoint)[0].fallback is None
    assert endpoint.given == 1
    assert endpoint.closed


def test_said_twice_it_stands_once() -> None:
    assert len(worded(Scripted(reply((STAFF, [1]), (STAFF, [1]), (MONEY, [2]))))[1]) == 2


def test_a_check_that_breaks_lets_nothing_through(caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("sk-secret")

    with caplog.at_level(logging.DEBUG):
        rewording = Worder(Scripted(GOOD), 5, broken).word(ESTABLISHED, lambda _: True)  # type: ignore[arg-type]
        assert list(rewording) == []
    assert rewording.fallback is Fallback.INTERNAL
    assert "sk-secret" not in caplog.text


def test_without_a_base_url_there_is_no_model() -> None:
    assert open_worder(Settings(llm_base_url="", llm_model="m")) is None


def test_a_base_url_without_a_model_is_said() -> None:
    with pytest.raises(SettingsError, match="MIC_LLM_MODEL"):
        open_worder(Settings(llm_base_url="http://127.0.0.1:9/v1"))


def test_the_worder_bears_the_models_name() -> None:
    opened = open_worder(Settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="small"))
    assert opened
    assert opened.name == "small"
