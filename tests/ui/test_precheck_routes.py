import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import gradio as gr
import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.config import Settings
from assistant.precheck.check import open_desk
from assistant.ui.precheck import PrecheckHandlers
from assistant.ui.precheck_routes import ROOM_HEADER, precheck_routes
from assistant.ui.reception import Reception, open_reception
from assistant.ui.sources import Sources
from assistant.ui.upload_rooms import RoomLimits, Rooms

FORM = json.dumps({"center_name": "机器人省级制造业创新中心", "rd_staff_fixed": 75}).encode()


class House:
    """Routes and handlers over the same rooms, as on the page."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rooms = Rooms(root, RoomLimits(file_bytes=10_000))
        reception = Reception(open_desk(Settings()), self.rooms)
        self.handlers = PrecheckHandlers(reception, Sources((reception.desk.pack,)))
        self.client = TestClient(Starlette(routes=precheck_routes(reception)))

    def send(self, secret: str, name: str, data: bytes) -> dict[str, object]:
        headers = {ROOM_HEADER: secret}
        answer = self.client.post(f"/precheck/files?name={quote(name)}", content=data, headers=headers)
        return dict(answer.json())

    def checked(self) -> str:
        """A room in which one draft was checked."""
        _, secret = self.handlers.arrive()
        assert self.send(secret, "甲.json", FORM) == {"received": True}
        assert "还差5人" in list(self.handlers.check(secret))[-1]
        return secret


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.rooms.close()


def event(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def test_a_draft_comes_in_and_its_reports_go_out_to_its_own_room_only(house: House) -> None:
    secret = house.checked()
    other = house.rooms.open()
    got = house.client.get("/precheck/reports/xlsx", headers={ROOM_HEADER: secret})
    assert openpyxl.load_workbook(io.BytesIO(got.content)).sheetnames[0] == "总览"
    assert unquote(got.headers["content-disposition"]).endswith("预审报告.xlsx")
    assert got.headers["cache-control"] == "no-store"
    report = house.client.get("/precheck/reports/json", headers={ROOM_HEADER: secret}).json()
    assert report[0]["file"] == "甲.json"
    notice = house.client.get("/precheck/drafts/0/notice", headers={ROOM_HEADER: secret})
    assert notice.content.startswith(b"PK")
    for path in ("reports/xlsx", "drafts/0/notice", "drafts/0/comments"):
        for key in (other, "", "x", secret[:-1]):
            refused = house.client.get(f"/precheck/{path}", headers={ROOM_HEADER: key})
            assert refused.status_code == 400
            assert set(refused.json()) == {"error"}
    shown = house.handlers.choose(other, event(draft=0))
    assert "甲.json" not in shown
    assert "<mark>" not in house.handlers.cite(other, event(draft=0, check=0))
    assert "<mark>" in house.handlers.cite(secret, event(draft=0, check=0))


@pytest.mark.parametrize("path", ["reports/exe", "drafts/9/notice", "drafts/0/secret", "drafts/0/comments"])
def test_what_there_is_not_is_one_sentence(house: House, path: str) -> None:
    answer = house.client.get(f"/precheck/{path}", headers={ROOM_HEADER: house.checked()})
    assert answer.status_code == 400
    assert answer.json()["error"].count("。") == 1


def test_the_blank_form_needs_no_room(house: House) -> None:
    assert house.client.get("/precheck/forms/docx").content.startswith(b"PK")
    assert house.client.get("/precheck/forms/xlsx").content.startswith(b"PK")
    assert house.client.get("/precheck/forms/exe").status_code == 400


def test_leaving_deletes_at_once(house: House) -> None:
    secret = house.checked()
    assert house.client.post("/precheck/end", content="x" * 5000).status_code == 204
    assert house.rooms.get(secret)
    house.client.post("/precheck/end", content=secret)
    assert not list(house.root.rglob("*.json"))
    assert "文件已删除" in house.handlers.choose(secret, event(draft=0))
    assert "文件已删除" in list(house.handlers.check(secret))[-1]
    assert "文件已删除" in str(house.send(secret, "甲.json", FORM))


def test_what_a_browser_says_of_a_file_is_not_believed(house: House) -> None:
    _, secret = house.handlers.arrive()
    assert "不支持" in str(house.send(secret, "甲.exe", FORM))
    assert "上限" in str(house.send(secret, "甲.json", b"x" * 10_001))
    headers = {ROOM_HEADER: secret, "content-length": "5"}
    lied = house.client.post("/precheck/files?name=a.json", content=iter([b"x" * 9000]), headers=headers)
    assert lied.status_code == 400
    assert not list(house.root.rglob("*.json"))
    assert house.send(secret, "甲.docx", b"not a document") == {"received": True}
    assert "无法读取" in list(house.handlers.check(secret))[-1]


def test_clearing_empties_the_room_and_one_may_go_on(house: House) -> None:
    secret = house.checked()
    assert house.handlers.clear(secret)[0] == ""
    assert not list(house.root.rglob("*.json"))
    assert house.send(secret, "乙.json", FORM) == {"received": True}
    assert "乙.json" in list(house.handlers.check(secret))[-1]


@pytest.mark.parametrize(
    "data", [{}, {"draft": -1}, {"draft": "0"}, {"draft": True}, {"draft": 9, "check": 9}, None, []]
)
def test_a_chip_that_is_none_opens_nothing(house: House, data: object) -> None:
    secret = house.checked()
    assert "<mark>" not in house.handlers.cite(secret, gr.EventData(None, data))
    assert "甲.json" in house.handlers.choose(secret, gr.EventData(None, data))


def test_a_pack_without_a_form_has_no_pre_check(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    assert open_reception(Settings(pack_dir=str(tmp_path / "pack"), data_dir=tmp_path)) is None
