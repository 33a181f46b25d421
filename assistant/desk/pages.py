"""What the desk's routes share: what they work with, who asks, and how a page is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.api.locality import client_address
from assistant.config import Settings
from assistant.desk.doorkeeper import SIGN_IN, path_of
from assistant.law.installed import Installed
from assistant.law.pack import Pack
from assistant.records.store import RecordStore
from assistant.staff.queue import Queue
from assistant.staff.sessions import Session
from assistant.staff.staff import Staff

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Desk:
    """What the staff's pages work with."""

    settings: Settings
    installed: Installed
    store: RecordStore
    staff: Staff
    queue: Queue

    @property
    def packs(self) -> tuple[Pack, ...]:
        return self.installed.packs

    def pack_of(self, sha256: str, pack_id: str) -> Pack | None:
        """The very text that a record rests on, else a version of the same regulation, else any."""
        same = (pack for pack in self.packs if pack.sha256 == sha256)
        return (
            next(same, None) or next((p for p in self.packs if p.id == pack_id), None) or next(iter(self.packs), None)
        )


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the desk's pages in the row at the top."""

    path: str
    words: str
    is_for_administrators: bool = False


TABS: tuple[Tab, ...] = (
    Tab("/", "待核对"),
    Tab("/overview", "概况"),
    Tab("/cite-check", "引文核对"),
    Tab("/open-matters", "未决事项"),
    Tab("/versions", "版本对照"),
    Tab("/admin/records", "记录", True),
    Tab("/admin/accounts", "账号", True),
)


def session_of(request: Request) -> Session:
    """Who asks. The doorkeeper lets nobody else through to a page that needs somebody; this makes sure once more."""
    session: Session | None = getattr(request.state, "session", None)
    if session is None:
        raise HTTPException(401, "没有登录，或登录已过期。请重新登录。")
    return session


def administrator_of(request: Request) -> Session:
    """The administrator who asks."""
    session = session_of(request)
    if not session.account.is_administrator:
        raise HTTPException(403, "这一页只给管理员。")
    return session


def client_of(request: Request) -> str:
    return client_address(request.scope)


async def own_forms_only(request: Request) -> None:
    """Refuses what changes something unless it comes out of a page that was written for this very session.

    Signing in is of no session; that it does not come from a strange page, the doorkeeper sees.
    """
    session: Session | None = getattr(request.state, "session", None)
    if request.method != "POST" or session is None or path_of(request.scope) == SIGN_IN:
        return
    word = (await request.form()).get("csrf", "")
    if not isinstance(word, str) or not session.is_mine(word):
        raise HTTPException(403, "这一页已经过时，没有执行。请返回并刷新后再试。")


def home_of(request: Request) -> str:
    """Where the desk stands, without a slash at the end."""
    return str(request.scope.get("root_path", ""))


def write_page(
    request: Request, template: str, content: Mapping[str, Any], *, status: int = 200, tab: str = ""
) -> HTMLResponse:
    """A page. Every text in it is escaped by the template engine."""
    session: Session | None = getattr(request.state, "session", None)
    home = home_of(request)
    tabs: Sequence[Tab] = ()
    if session:
        tabs = [t for t in TABS if session.account.is_administrator or not t.is_for_administrators]
    common = {
        "home": home,
        "service": str(request.scope.get("app_root_path", home.removesuffix("/staff"))),
        "session": session,
        "csrf": session.csrf if session else "",
        "tabs": tabs,
        "tab": tab,
    }
    return HTMLResponse(_templates().get_template(template).render({**common, **content}), status)


def local_time(at: datetime) -> str:
    """In this machine's time zone."""
    return f"{at.replace(tzinfo=at.tzinfo or UTC).astimezone():%Y-%m-%d %H:%M}"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["local_time"] = local_time
    return made
