"""REST under /api/v1: what the commands do, for other programs, in the same JSON."""

import shutil
from pathlib import Path
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import FastAPI, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.api.engine import MAX_CHARS, MAX_TURNS
from assistant.api.headers import NoStore
from assistant.api.law_lookup import LawSlice, SearchRow
from assistant.api.problems import Problem, answer_problems, documented, problem
from assistant.api.service import Service, project_version
from assistant.api.workers import BusyError
from assistant.errors import UsageError
from assistant.precheck.inputs import Input
from assistant.precheck.models import Report
from assistant.precheck.printable import one_sentence
from assistant.qa.models import Answer

MOST_RESULTS = 50


def _encodable(text: str) -> str:
    """Raises ValueError for half of a surrogate pair, which no answer could repeat."""
    text.encode()
    return text


Said = Annotated[str, Field(min_length=1, max_length=MAX_CHARS, pattern=r"\S"), AfterValidator(_encodable)]
Short = Annotated[str, Query(max_length=200)]


class TurnsRequest(BaseModel):
    """A conversation: all its turns, oldest first; the last one is answered."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"turns": ["研发人员要多少人？"]}]})

    turns: list[Said] = Field(min_length=1, max_length=MAX_TURNS)


class QuestionRequest(BaseModel):
    """One question by itself."""

    model_config = ConfigDict(extra="forbid")

    question: Said


def _meant(said: object) -> str:
    return "TurnsRequest" if isinstance(said, dict) and "turns" in said else "QuestionRequest"


# A body is held against what it seems to be, so that an error says one thing, not two.
Asked = Annotated[
    Annotated[TurnsRequest, Tag("TurnsRequest")] | Annotated[QuestionRequest, Tag("QuestionRequest")],
    Discriminator(_meant),
]


class InstalledPack(BaseModel):
    """A regulation in one version; `sha256` identifies its text."""

    pack: str
    title: str
    version: str
    status: str
    sha256: str
    documents: list[str]


class Version(BaseModel):
    """What answers here. `composer`: extractive, or llm: with the model's name."""

    version: str
    packs: list[InstalledPack]
    embedder: str
    composer: str


def build_rest(service: Service) -> FastAPI:
    """The application that is mounted at /api/v1."""
    app = FastAPI(
        title="办法问答",
        version=project_version(),
        description="问答、预审、检索和条文。引文逐字出自办法原文；没有规定的，回答会说明没有规定。",
        docs_url=None,  # the framework's own pages fetch scripts from elsewhere
        redoc_url=None,
        responses=documented(401, 403, 429, 500, 503),
    )
    app.add_middleware(NoStore)
    answer_problems(app)
    app.add_exception_handler(BusyError, _busy)
    _add_asking(app, service)
    _add_precheck(app, service)
    _add_law(app, service)
    _describe(app)
    return app


def _add_asking(app: FastAPI, service: Service) -> None:
    @app.post("/ask", responses=documented(400, 413, 422), summary="提问")
    async def ask(said: Asked) -> Answer:
        """The answer to the last turn. Nothing is kept: a conversation is sent as a whole each time."""
        turns = said.turns if isinstance(said, TurnsRequest) else [said.question]
        return await service.ask(turns, "api")

    @app.get("/search", responses=documented(404, 422), summary="检索条文")
    async def search(
        q: Annotated[str, Query(min_length=1, max_length=MAX_CHARS, pattern=r"\S"), AfterValidator(_encodable)],
        k: Annotated[int, Query(ge=1, le=MOST_RESULTS)] = 10,
        version: Short = "",
    ) -> list[SearchRow]:
        """The provisions nearest to a text, best first."""
        try:
            return await service.search(q, k, version)
        except UsageError as error:  # no such version
            raise HTTPException(404, one_sentence(error)) from error


def _add_precheck(app: FastAPI, service: Service) -> None:
    file = {"type": "string", "format": "binary"}
    form = {
        "type": "object",
        "properties": {"files": {"type": "array", "items": file, "minItems": 1}},
        "required": ["files"],
    }
    body = {"required": True, "content": {"multipart/form-data": {"schema": form}}}

    @app.post(
        "/precheck",
        responses=documented(400, 404, 413, 415, 422),
        summary="预审自评表",
        openapi_extra={"requestBody": body},
    )
    async def precheck(request: Request) -> list[Report]:
        """The report of each draft, in order; one that cannot be read has a report that says so."""
        if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            raise HTTPException(415, "请用 multipart/form-data 上传文件。")
        try:
            workspace = service.workspace()
        except UsageError as error:
            raise HTTPException(404, one_sentence(error)) from error
        with workspace as folder:
            async with request.form(max_files=service.settings.upload_files, max_fields=20) as sent:
                files = [value for _, value in sent.multi_items() if isinstance(value, UploadFile)]
                if not files:
                    raise HTTPException(422, "没有收到文件；请用 files 字段上传一个或几个文件。")
                kept = [(folder.place(file.filename or ""), file) for file in files]
                await run_sync(_written, kept)
            return await service.precheck([one for one, _ in kept], folder.path, "api", request.is_disconnected)


def _add_law(app: FastAPI, service: Service) -> None:
    @app.get("/provisions", responses=documented(404, 422), summary="全部条文")
    def provisions(pack: Short = "", version: Short = "", document: Short = "") -> LawSlice:
        """All provisions of a pack with the canonical texts that their offsets count in."""
        return _found(service, "", pack, version, document)

    @app.get("/provisions/{locator}", responses=documented(404, 422), summary="一条规定")
    def provision(locator: str, pack: Short = "", version: Short = "", document: Short = "") -> LawSlice:
        """A provision by its locator (art_7.item_4) or its name (第七条第（四）项)."""
        return _found(service, locator, pack, version, document)

    @app.get("/version", summary="版本")
    def version_of_all() -> Version:
        """The versions of this program and of the regulations it answers from."""
        packs = [
            InstalledPack(
                pack=p.id,
                title=p.about.title,
                version=p.version,
                status=p.about.status.value,
                sha256=p.sha256,
                documents=[d.id for d in p.documents],
            )
            for p in service.packs
        ]
        return Version(version=project_version(), packs=packs, embedder=service.embedder, composer=service.composer)


def _found(service: Service, reference: str, pack: str, version: str, document: str) -> LawSlice:
    if len(reference) > 200:
        raise HTTPException(404, "没有这一条；请检查写法。")
    try:
        return service.provisions(reference, pack, version, document)
    except UsageError as error:
        raise HTTPException(404, one_sentence(error)) from error


def _written(kept: list[tuple[Input, UploadFile]]) -> None:
    """Copies uploads to where their reader finds them."""
    for one, file in kept:
        file.file.seek(0)
        with Path(one.path).open("xb") as target:
            shutil.copyfileobj(file.file, target)


async def _busy(_: Request, error: Exception) -> Response:
    assert isinstance(error, BusyError)  # noqa: S101 - registered for it
    return problem(503, one_sentence(error), headers={"Retry-After": "10"})


def _describe(app: FastAPI) -> None:
    """Puts into the description what the framework does not know: what problems look like, and the key."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = made()
            parts = schema.setdefault("components", {})
            shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            parts.setdefault("schemas", {}).update({**shape.pop("$defs"), "Problem": shape})
            parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
            schema["security"] = [{"key": []}, {}]
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
