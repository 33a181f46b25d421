from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import UsageError
from assistant.files.limits import Limits
from assistant.ui.upload_rooms import RoomLimits, Rooms, rooms_of


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def put(rooms: Rooms, secret: str, name: str, data: bytes = b"{}") -> None:
    room = rooms.get(secret)
    assert room
    with rooms.receiving(room, name, len(data)) as stream:
        stream.write(data)


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_a_room_is_known_by_its_secret_alone(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, RoomLimits())
    first, second = rooms.open(), rooms.open()
    put(rooms, first, "甲.json")
    put(rooms, second, "甲.json")
    mine, theirs = rooms.get(first), rooms.get(second)
    assert mine
    assert theirs
    assert mine.folder != theirs.folder
    assert [name for _, name in mine.received] == ["甲.json"]
    for guess in ("", mine.folder.name, str(mine.folder), first[:-1], None, 0, ["x"]):
        assert rooms.get(guess) is None
    assert all(first not in str(path) and second not in str(path) for path in files(tmp_path))
    assert {path.stat().st_mode & 0o077 for path in files(tmp_path)} == {0}
    assert mine.folder.stat().st_mode & 0o077 == 0


def test_ending_deletes_one_room_and_leaves_the_other(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, RoomLimits())
    first, second = rooms.open(), rooms.open()
    put(rooms, first, "甲.json")
    put(rooms, second, "乙.json")
    rooms.end(first)
    rooms.end("no such room")
    assert rooms.get(first) is None
    assert len(files(tmp_path)) == 1
    rooms.close()
    assert list(tmp_path.iterdir()) == []


def test_time_ends_a_room_unless_it_is_used(tmp_path: Path) -> None:
    clock = Clock()
    rooms = Rooms(tmp_path, RoomLimits(seconds=60), clock)
    used, left = rooms.open(), rooms.open()
    put(rooms, used, "甲.json")
    put(rooms, left, "乙.json")
    clock.now = 50
    assert rooms.get(used)
    clock.now = 70
    assert rooms.get(left) is None
    rooms.sweep()
    assert len(files(tmp_path)) == 1
    assert rooms.get(used)


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("甲.exe", 1, "不支持这种文件"),
        ("甲", 1, "不支持这种文件"),
        ("甲.docx/", 1, "不支持这种文件"),
        ("甲.docx", 0, "文件是空的"),
        ("甲.docx", 101, "上限"),
        ("甲.zip", 201, "上限"),
    ],
)
def test_what_is_not_taken_is_said(tmp_path: Path, name: str, size: int, words: str) -> None:
    rooms = Rooms(tmp_path, RoomLimits(file_bytes=100, room_bytes=200))
    room = rooms.get(rooms.open())
    assert room
    with pytest.raises(UsageError, match=words), rooms.receiving(room, name, size):
        pass
    assert room.used == 0
    assert files(tmp_path) == []


def test_a_room_and_the_house_are_full_at_some_point(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, RoomLimits(files=2, file_bytes=100, room_bytes=150, all_bytes=220))
    first, second, third = rooms.open(), rooms.open(), rooms.open()
    put(rooms, first, "a.json", b"x" * 100)
    with pytest.raises(UsageError, match="合计"):
        put(rooms, first, "b.json", b"x" * 60)
    put(rooms, first, "b.json", b"x" * 20)
    with pytest.raises(UsageError, match="最多预审2个"):
        put(rooms, first, "c.json", b"x")
    put(rooms, second, "a.json", b"x" * 100)
    with pytest.raises(UsageError, match="暂时收不下"):
        put(rooms, third, "a.json", b"x")
    rooms.end(second)
    put(rooms, third, "a.json", b"x")


def test_nothing_stays_of_an_upload_that_breaks_off(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, RoomLimits())
    room = rooms.get(rooms.open())
    assert room
    with pytest.raises(ZeroDivisionError), rooms.receiving(room, "甲.json", 5) as stream:
        stream.write(b"{" * (1 // 0))
    with pytest.raises(UsageError, match="没有收下"), rooms.receiving(room, "乙.json", 1):
        rooms.clear(room)
    assert (room.used, room.count, room.received, files(tmp_path)) == (0, 0, [], [])


def test_a_name_is_only_words(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, RoomLimits())
    secret = rooms.open()
    put(rooms, secret, "../../etc/甲\x00\u202e.JSON")
    put(rooms, secret, "C:\\tmp\\" + "长" * 500 + ".json")
    room = rooms.get(secret)
    assert room
    assert room.received[0][1] == "甲\ufffd\ufffd.JSON"
    assert len(room.received[1][1]) == 120
    assert all(path.parent == room.folder for path, _ in room.received)


def test_drafts_of_one_name_are_told_apart_and_a_broken_zip_is_one(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, RoomLimits())
    secret = rooms.open()
    for name in ("甲.json", "甲.json", "包.zip"):
        put(rooms, secret, name)
    room = rooms.get(secret)
    assert room
    rooms.admit(room, Limits())
    assert [draft.input.name for draft in room.drafts] == ["甲.json", "甲.json（2）", "包.zip"]
    assert room.drafts[2].input.error.startswith("压缩包已损坏")


def test_what_another_run_left_is_deleted_but_not_what_one_still_uses(tmp_path: Path) -> None:
    running = Rooms(tmp_path, RoomLimits())
    put(running, running.open(), "甲.json")
    left = tmp_path / "run-0000"
    left.mkdir()
    (left / "乙.json").write_bytes(b"{}")
    later = Rooms(tmp_path, RoomLimits())
    later.open()
    assert not left.exists()
    assert len(files(tmp_path)) == 1


def test_settings_set_the_limits() -> None:
    limits = rooms_of(Settings(upload_minutes=5, upload_files=3, max_file_mb=2, upload_total_mb=1)).limits
    assert (limits.seconds, limits.files) == (300, 3)
    assert limits.room_bytes == limits.file_bytes == 2 * 1024 * 1024
