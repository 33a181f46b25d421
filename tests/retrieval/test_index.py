"""The index is built once, embeds only what is new, and survives kills, races and damage."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pack_samples import LAW, CountingEmbedding, write_pack

from assistant.config import Settings
from assistant.errors import SearchIndexError
from assistant.law.pack import load_pack
from assistant.retrieval import index as index_module
from assistant.retrieval.index import PassageIndex, index_status, open_index
from assistant.retrieval.passages import make_passages

NOBODY = 65534
COUNT = 5  # passages of LAW


def opened(folder: Path, embedder: CountingEmbedding, text: str = LAW) -> PassageIndex:
    settings = Settings(index_dir=folder / "indexes")
    return open_index(write_pack(folder / "pack", text), settings, embedder, lambda _: None)


@pytest.fixture
def embedder() -> CountingEmbedding:
    return CountingEmbedding(model_name="counting 1")


def folders(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "indexes" / "demo").glob("[!.]*"))


def test_is_built_once(tmp_path: Path, embedder: CountingEmbedding) -> None:
    first = opened(tmp_path, embedder)
    assert len(embedder.embedded) == COUNT
    second = opened(tmp_path, embedder)
    assert len(embedder.embedded) == COUNT
    assert first.path == second.path
    np.testing.assert_array_equal(first.vectors, second.vectors)


def test_vectors_stand_in_the_order_of_the_passages(tmp_path: Path, embedder: CountingEmbedding) -> None:
    index = opened(tmp_path, embedder)
    expected = [embedder.get_text_embedding(p.indexed_text) for p in index.passages]
    np.testing.assert_allclose(index.vectors, np.array(expected), atol=1e-6)


def test_a_changed_text_embeds_only_what_is_new(tmp_path: Path, embedder: CountingEmbedding) -> None:
    opened(tmp_path, embedder)
    embedder.embedded.clear()
    opened(tmp_path, embedder, LAW.replace("二十人", "三十人"))
    assert embedder.embedded == ["申报条件 申报单位应具备下列条件： 人员不少于三十人；"]
    embedder.embedded.clear()
    opened(tmp_path, embedder)
    assert embedder.embedded == []


def test_another_model_embeds_everything(tmp_path: Path, embedder: CountingEmbedding) -> None:
    opened(tmp_path, embedder)
    other = CountingEmbedding(model_name="counting 2")
    opened(tmp_path, other)
    assert len(other.embedded) == COUNT
    assert len(folders(tmp_path)) == 2


def test_another_passage_scheme_makes_another_index(
    tmp_path: Path, embedder: CountingEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened(tmp_path, embedder)
    monkeypatch.setattr(index_module, "PASSAGE_SCHEME", "next")
    assert opened(tmp_path, embedder).path != before.path


NUMBERS = "三四五六七"


def test_versions_in_use_are_not_built_again_at_every_start(tmp_path: Path, embedder: CountingEmbedding) -> None:
    def started() -> list[tuple[Path, int]]:
        """What one start opens: where it lies, and the file itself, which is another one after each building."""
        indexes = [opened(tmp_path, embedder, LAW.replace("二十人", f"{n}十人")) for n in NUMBERS]
        return [(Path(i.path), (Path(i.path) / "manifest.json").stat().st_ino) for i in indexes]

    first = started()
    assert len(set(first)) == len(NUMBERS) > index_module.KEPT
    assert started() == first


def test_of_what_nobody_opened_for_long_three_stay(tmp_path: Path, embedder: CountingEmbedding) -> None:
    long_ago = time.time() - 2 * index_module.IN_USE_SECONDS
    paths = []
    for place, number in enumerate(NUMBERS):
        path = Path(opened(tmp_path, embedder, LAW.replace("二十人", f"{number}十人")).path)
        os.utime(path / "manifest.json", (long_ago + place, long_ago + place))
        paths.append(path)
    last = opened(tmp_path, embedder)
    assert folders(tmp_path) == sorted([Path(last.path), *paths[-2:]])


def test_what_is_in_use_is_bounded(
    tmp_path: Path, embedder: CountingEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "MOST_IN_USE", 4)
    for number in NUMBERS:
        last = opened(tmp_path, embedder, LAW.replace("二十人", f"{number}十人"))
    assert len(folders(tmp_path)) == 4
    assert last.path in folders(tmp_path)


@pytest.mark.parametrize("damage", ["manifest", "no manifest", "data", "missing data"])
def test_a_damaged_index_is_built_again(tmp_path: Path, embedder: CountingEmbedding, damage: str) -> None:
    index = opened(tmp_path, embedder)
    database = index.path / "chroma" / "chroma.sqlite3"
    match damage:
        case "manifest":
            (index.path / "manifest.json").write_text("{not json", encoding="utf-8")
        case "no manifest":
            (index.path / "manifest.json").unlink()
        case "data":
            database.write_bytes(b"\x00" * 4096 + database.read_bytes()[4096:])
        case _:
            database.unlink()
    again = opened(tmp_path, embedder)
    np.testing.assert_array_equal(again.vectors, index.vectors)
    assert len(embedder.embedded) == COUNT
    assert opened(tmp_path, embedder).path == again.path


def test_a_damaged_vector_in_the_cache_is_embedded_again(tmp_path: Path, embedder: CountingEmbedding) -> None:
    opened(tmp_path, embedder)
    kept = sorted((tmp_path / "indexes" / "embeddings").glob("*.npy"))
    kept[0].write_bytes(b"garbage")
    embedder.embedded.clear()
    opened(tmp_path, embedder, LAW + "第四条 本办法自发布之日起施行。\n")
    assert len(embedder.embedded) == 2


def _open_in_process(folder: Path) -> int:
    return len(opened(folder, CountingEmbedding(model_name="counting 1")).passages)


def test_several_processes_build_at_once(tmp_path: Path) -> None:
    write_pack(tmp_path / "pack")
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.map(_open_in_process, [tmp_path] * 3) == [COUNT] * 3
    assert len(folders(tmp_path)) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.retrieval import index
from pack_samples import CountingEmbedding
from test_index import opened

stage, folder = sys.argv[1], Path(sys.argv[2])

class Slow(CountingEmbedding):
    def _get_text_embedding(self, text):
        if stage == "embedding" and len(self.embedded) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._get_text_embedding(text)

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if stage == "storing":
    index._file_hashes = die
if stage == "renaming":
    Path.rename = die
opened(folder, Slow(model_name="counting 1", embed_batch_size=1))
"""


@pytest.mark.parametrize("stage", ["embedding", "storing", "renaming"])
def test_a_killed_build_leaves_nothing_broken(tmp_path: Path, embedder: CountingEmbedding, stage: str) -> None:
    here = Path(__file__).parent
    killed = subprocess.run([sys.executable, "-c", KILLED, stage, str(tmp_path)], cwd=here, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert folders(tmp_path) == []
    index = opened(tmp_path, embedder)
    assert len(index.passages) == COUNT
    assert len(embedder.embedded) == (2 if stage == "embedding" else 0)
    assert [p.name for p in (tmp_path / "indexes" / "demo").iterdir() if p.name.startswith(".aside")] == []


def test_an_index_folder_that_cannot_be_used_is_one_clear_sentence(tmp_path: Path, embedder: CountingEmbedding) -> None:
    (tmp_path / "indexes").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(SearchIndexError, match="索引文件夹"):
        opened(tmp_path, embedder)


@contextlib.contextmanager
def without_root() -> Iterator[None]:
    """Root may write everywhere, so it becomes nobody for a while."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_read_only_index_opens_and_refuses_to_build(embedder: CountingEmbedding) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = opened(folder, embedder)
        everything = [folder, *folder.rglob("*")]
        for path in everything:
            path.chmod(0o555 if path.is_dir() else 0o444)
        with without_root():
            settings = Settings(index_dir=folder / "indexes")
            same = load_pack(folder / "pack")
            assert open_index(same, settings, embedder, lambda _: None).path == index.path
            other = CountingEmbedding(model_name="counting 2")
            with pytest.raises(SearchIndexError, match="索引文件夹"):
                open_index(same, settings, other, lambda _: None)
        for path in everything:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_status_follows_the_index(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "indexes")
    pack = write_pack(tmp_path / "pack")
    assert index_status(pack, settings).state == "missing"
    same_name = CountingEmbedding(model_name=index_status(pack, settings).embedder)
    index = open_index(pack, settings, same_name, lambda _: None)
    assert index_status(pack, settings).state == "ready"
    (index.path / "manifest.json").write_text("{}", encoding="utf-8")
    assert index_status(pack, settings).state == "damaged"
    changed = write_pack(tmp_path / "pack", LAW.replace("二十人", "三十人"))
    assert index_status(changed, settings).state == "stale"


def test_counts_are_those_of_the_text(tmp_path: Path) -> None:
    assert len(make_passages(write_pack(tmp_path / "pack"))) == COUNT
