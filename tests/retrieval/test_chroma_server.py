"""The index in Chroma's own server, a real one that the test starts."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from pack_samples import LAW, CountingEmbedding, write_pack

from assistant.config import Settings
from assistant.errors import SearchIndexError
from assistant.retrieval import chroma_server
from assistant.retrieval.chroma_server import ServerIndex
from assistant.retrieval.index import PassageIndex, index_status, open_index
from assistant.retrieval.search import Search

COUNT = 5  # passages of LAW
CHROMA = Path(sys.executable).with_name("chroma")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(CHROMA), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            assert process.poll() is None, (folder / "log").read_text()
            try:
                httpx.get(f"{url}/api/v2/heartbeat", timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> CountingEmbedding:
    monkeypatch.setattr("assistant.retrieval.index.embedder_name", lambda _: "counting 1")
    return CountingEmbedding(model_name="counting 1")


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A pack's id of its own for each test: they share the server."""
    return f"pack-{abs(hash(request.node.name)) % 10**8}"


def settings_of(folder: Path, url: str) -> Settings:
    return Settings(index_dir=folder / "indexes", chroma_url=url)


def opened(folder: Path, url: str, embedder: CountingEmbedding, name: str, text: str = LAW) -> PassageIndex:
    pack = write_pack(folder / "pack", text, name=name)
    return open_index(pack, settings_of(folder, url), embedder, lambda _: None)


def collections(url: str, name: str) -> list[str]:
    with ServerIndex(url, name, "x")._client() as client:
        return sorted(c.name for c in client.list_collections() if (c.metadata or {}).get("mic_pack") == name)


def test_it_holds_what_the_files_would(tmp_path: Path, server: str, embedder: CountingEmbedding, name: str) -> None:
    there = opened(tmp_path, server, embedder, name)
    pack = write_pack(tmp_path / "pack", LAW, name=name)
    here = open_index(pack, Settings(index_dir=tmp_path / "files"), embedder, lambda _: None)
    np.testing.assert_allclose(there.vectors, here.vectors, rtol=0, atol=1e-6)
    assert there.fingerprint == here.fingerprint
    assert not list((tmp_path / "indexes").rglob("chroma.sqlite3"))
    found, expected = (
        [(hit.passage.id, round(hit.score, 4)) for hit in Search(pack, settings, embedder=embedder).search("人员", 3)]
        for settings in (settings_of(tmp_path, server), Settings(index_dir=tmp_path / "files"))
    )
    assert found == expected


def test_it_is_built_once_and_named_by_its_fingerprint(
    tmp_path: Path, server: str, embedder: CountingEmbedding, name: str
) -> None:
    pack = write_pack(tmp_path / "pack", LAW, name=name)
    assert index_status(pack, settings_of(tmp_path, server)).state == "missing"
    first = opened(tmp_path, server, embedder, name)
    assert len(embedder.embedded) == COUNT
    assert collections(server, name) == [f"mic-{name}-{first.fingerprint}"]
    opened(tmp_path, server, embedder, name)
    assert len(embedder.embedded) == COUNT
    changed = opened(tmp_path, server, embedder, name, LAW.replace("二十人", "六十人"))
    assert changed.fingerprint != first.fingerprint
    assert len(collections(server, name)) == 2


def test_a_killed_build_leaves_nothing_that_is_opened(
    tmp_path: Path, server: str, embedder: CountingEmbedding, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "import chromadb.api.models.Collection as c, test_chroma_server as t\n"
        "c.Collection.modify = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
        "t.opened(Path(sys.argv[1]), sys.argv[2], t.CountingEmbedding(model_name='counting 1'), sys.argv[3])\n"
    )
    here = Path(__file__).parent
    command = [sys.executable, "-c", program, str(tmp_path), server, name]
    assert subprocess.run(command, cwd=here, check=False).returncode == -signal.SIGKILL
    (left,) = collections(server, name)
    assert "-building-" in left
    assert index_status(write_pack(tmp_path / "pack", LAW, name=name), settings_of(tmp_path, server)).state != "ready"
    monkeypatch.setattr(chroma_server, "_ABANDONED_SECONDS", -10)
    index = opened(tmp_path, server, embedder, name)
    assert len(index.passages) == COUNT
    assert index_status(write_pack(tmp_path / "pack", LAW, name=name), settings_of(tmp_path, server)).state == "ready"
    assert collections(server, name) == [f"mic-{name}-{index.fingerprint}"]


def test_a_damaged_collection_is_noticed_and_built_again(
    tmp_path: Path, server: str, embedder: CountingEmbedding, name: str
) -> None:
    good = opened(tmp_path, server, embedder, name)
    for damage in ("lost", "changed", "added"):
        with ServerIndex(server, name, good.fingerprint)._client() as client:
            collection = client.get_collection(f"mic-{name}-{good.fingerprint}", embedding_function=None)
            one = collection.get(limit=1)["ids"]
            if damage == "lost":
                collection.delete(ids=one)
            elif damage == "changed":
                collection.update(ids=one, embeddings=[[0.0] * (good.vectors.shape[1] - 1) + [1.0]])
            else:
                collection.add(ids=["stranger"], embeddings=good.vectors[:1].tolist())
        pack = write_pack(tmp_path / "pack", LAW, name=name)
        assert index_status(pack, settings_of(tmp_path, server)).state == "damaged"
        np.testing.assert_array_equal(opened(tmp_path, server, embedder, name).vectors, good.vectors)


def test_a_build_that_came_second_leaves_the_first(server: str, name: str) -> None:
    from llama_index.core.schema import TextNode

    index = ServerIndex(server, name, "same")
    vectors = np.eye(2, dtype=np.float32)
    for _ in range(2):
        index.build([TextNode(id_=str(i), text="x", embedding=vectors[i].tolist()) for i in range(2)], vectors)
    assert collections(server, name) == [f"mic-{name}-same"]
    np.testing.assert_array_equal(index.vectors(["0", "1"]), vectors)


def test_old_collections_go_and_those_of_others_stay(
    tmp_path: Path, server: str, embedder: CountingEmbedding, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_server, "KEPT", 2)
    other = opened(tmp_path, server, embedder, f"{name}-other")
    for number in ("三十人", "四十人", "五十人"):
        opened(tmp_path, server, embedder, name, LAW.replace("二十人", number))
    assert len(collections(server, name)) == 2
    assert collections(server, f"{name}-other") == [f"mic-{name}-other-{other.fingerprint}"]


def test_a_server_that_is_not_there_is_one_clear_sentence(
    tmp_path: Path, embedder: CountingEmbedding, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant import cli

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(SearchIndexError, match="连接不上"):
            opened(tmp_path, url, embedder, "nobody")
        monkeypatch.setenv("MIC_CHROMA_URL", url)
        monkeypatch.setenv("MIC_PACK_DIR", str(tmp_path / "pack"))
        monkeypatch.setenv("MIC_INDEX_DIR", str(tmp_path / "indexes"))
        assert cli.main(["index", "status"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "MIC_CHROMA_URL" in err
