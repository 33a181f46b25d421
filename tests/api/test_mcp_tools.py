"""The service as tools for assistants: in this process, over HTTP, and on standard input and output."""

import asyncio
import base64
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from api_samples import service_of
from mcp import Client, StdioServerParameters

from assistant.api.app import build_api
from assistant.api.mcp_tools import build_mcp
from assistant.api.service import Service
from assistant.config import PROJECT
from assistant.qa.models import Answer
from tests.loops import run_alone

STAFF = "研发人员要多少人？"
FORM = base64.b64encode(json.dumps({"center_name": "甲省级制造业创新中心", "rd_staff_fixed": 75}).encode()).decode()


def talk(server: Any, conversation: Callable[[Client], Awaitable[None]]) -> None:
    async def talking() -> None:
        async with Client(server) as client:
            await conversation(client)

    run_alone(asyncio.wait_for(talking(), 300))


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return service_of(tmp_path, max_file_mb=1)


def test_the_tools_tell_an_assistant_how_to_pass_on_what_they_say(service: Service) -> None:
    async def conversation(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "provision", "precheck"}
        assert "一字不改" in (tools["ask"].description or "")
        assert "没有规定" in (tools["ask"].description or "")
        assert "不是审批" in (tools["precheck"].description or "")
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())

    talk(build_mcp(service), conversation)


def test_a_question_a_provision_and_a_draft(service: Service) -> None:
    async def conversation(client: Client) -> None:
        got = await client.call_tool("ask", {"question": STAFF, "earlier": ["你好"]})
        answer = Answer.model_validate(got.structured_content)
        assert answer.citations[0].quote == "固定研究与试验发展人员数不少于80人"
        found = (await client.call_tool("provision", {"reference": "第七条第（四）项"})).structured_content
        assert found
        assert found["provisions"][0]["locator"] == "art_7.item_4"
        checked = await client.call_tool("precheck", {"name": "甲.json", "content": FORM})
        assert "还差5人" in str(checked.structured_content)

    talk(build_mcp(service), conversation)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("provision", {"reference": "art_99"}, "没有第九十九条"),
        ("provision", {"reference": "art_7", "version": "第九版"}, "没有叫"),
        ("precheck", {"name": "a.json", "content": "%%%"}, "Base64"),
        ("precheck", {"name": "a.json", "content": "A" * 1_500_000}, "上限"),
        ("ask", {"question": "出错"}, "没有处理成功"),
        ("ask", {"question": "长" * 2001}, "question"),
    ],
)
def test_what_cannot_be_done_is_said_without_the_inside(
    service: Service, tool: str, arguments: dict[str, Any], said: str
) -> None:
    async def conversation(client: Client) -> None:
        got = await client.call_tool(tool, arguments)
        assert got.is_error
        text = str(got.content)
        assert said in text
        assert "secret" not in text

    talk(build_mcp(service), conversation)


def test_from_elsewhere_no_file_can_be_named(service: Service) -> None:
    async def conversation(client: Client) -> None:
        got = await client.call_tool("precheck_file", {"path": "/etc/passwd"})
        assert got.is_error
        assert "Unknown tool" in str(got.content)

    talk(build_mcp(service), conversation)


def test_only_a_program_on_this_machine_may_name_a_file(service: Service, tmp_path: Path) -> None:
    draft = tmp_path / "甲.json"
    draft.write_bytes(base64.b64decode(FORM))

    async def conversation(client: Client) -> None:
        got = await client.call_tool("precheck_file", {"path": str(draft)})
        assert "还差5人" in str(got.structured_content)
        gone = await client.call_tool("precheck_file", {"path": str(tmp_path / "nothing.docx")})
        assert "找不到这个文件" in str(gone.structured_content)

    talk(build_mcp(service, local=True), conversation)
    assert draft.exists()


def test_over_http(service: Service) -> None:
    from assistant.ui.serving import bound, serving_in_thread

    app = build_api(service)
    app.state.end_streams = lambda: None

    async def conversation(client: Client) -> None:
        got = await client.call_tool("ask", {"question": STAFF})
        assert Answer.model_validate(got.structured_content).status == "answered"

    with bound("127.0.0.1", 0) as listener, serving_in_thread(app, listener, service.settings):
        talk(f"http://127.0.0.1:{listener.getsockname()[1]}/mcp", conversation)
    assert 'mic_answers_total{channel="mcp",composer="extractive",status="answered"} 1.0' in (
        service.metrics.exposition().decode()
    )


def test_on_standard_input_and_output(tmp_path: Path) -> None:
    program = (
        "import assistant.qa.service as s; from ui.fake_engine import FakeEngine\n"
        "s.open_assistant = lambda *_: FakeEngine()\n"
        "import sys; from assistant.cli import main; sys.exit(main(['mcp']))\n"
    )
    environment = {"PYTHONPATH": f"{PROJECT}:{PROJECT / 'tests'}", "MIC_DATA_DIR": str(tmp_path), "PATH": ""}
    parameters = StdioServerParameters(command=sys.executable, args=["-c", program], env=environment)

    async def conversation(client: Client) -> None:
        assert "precheck_file" in {tool.name for tool in (await client.list_tools()).tools}
        got = await client.call_tool("ask", {"question": STAFF})
        assert Answer.model_validate(got.structured_content).status == "answered"

    talk(parameters, conversation)
