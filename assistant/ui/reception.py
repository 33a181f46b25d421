"""What the pre-check on the page works with: the desk that drafts are checked at, and the rooms they wait in."""

import atexit
from dataclasses import dataclass

from assistant.config import Settings
from assistant.forms.form_schema import FORM_FILE
from assistant.precheck.check import Desk, open_desk
from assistant.ui.upload_rooms import Rooms, rooms_of


@dataclass(frozen=True)
class Reception:
    """The desk and the rooms of one page."""

    desk: Desk
    rooms: Rooms


def open_reception(settings: Settings) -> Reception | None:
    """The reception, sweeping its rooms from now on; None if no pack has a form. Raises MicError."""
    if not any((path / FORM_FILE).is_file() for path in settings.pack_paths):
        return None
    rooms = rooms_of(settings)
    rooms.start()
    atexit.register(rooms.close)
    return Reception(open_desk(settings), rooms)
