"""What the pre-check on the page works with: the desk that drafts are checked at, and the rooms they wait in."""

import atexit
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.api.service import Service
from assistant.config import Settings
from assistant.forms.form_schema import FORM_FILE
from assistant.precheck.check import Desk, open_desk
from assistant.precheck.models import Report
from assistant.ui.upload_rooms import Rooms, rooms_of

Noted = Callable[[Report, float, Path], Report]


@dataclass(frozen=True)
class Reception:
    """The desk and the rooms of one page."""

    desk: Desk
    rooms: Rooms
    noted: Noted = lambda report, *_: report
    """Given each report before it is shown, the seconds it took, and the draft's file."""


def reception_of(service: Service) -> Reception | None:
    """The reception of a service, sweeping its rooms from now on; None if no pack has a form."""
    if service.desk is None:
        return None
    desk, noted = service.desk, service.noted
    return _started(service.settings, desk, lambda report, seconds, file: noted(report, "page", seconds, file))


def open_reception(settings: Settings) -> Reception | None:
    """The same without a service. Raises MicError."""
    if not any((path / FORM_FILE).is_file() for path in settings.pack_paths):
        return None
    return _started(settings, open_desk(settings), lambda report, *_: report)


def _started(settings: Settings, desk: Desk, noted: Noted) -> Reception:
    rooms = rooms_of(settings)
    rooms.start()
    atexit.register(rooms.close)
    return Reception(desk, rooms, noted)
