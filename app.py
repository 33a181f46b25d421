"""Starts the web page: `python app.py [--host 127.0.0.1] [--port 7860]`."""

import argparse
import sys

from assistant.config import load_settings
from assistant.errors import MicError


def main(arguments: list[str] | None = None) -> int:
    """Opens the assistant and serves the page until interrupted. Returns the exit code."""
    parser = argparse.ArgumentParser(description="网页问答")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址")
    parser.add_argument("--port", type=int, default=7860, help="端口")
    options = parser.parse_args(arguments)
    try:
        serve(options.host, options.port)
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def serve(host: str, port: int) -> None:
    """Serves the page until interrupted. Raises MicError if the assistant cannot be opened."""
    from assistant.qa.service import open_assistant
    from assistant.ui.page import serve_page
    from assistant.ui.reception import open_reception

    settings = load_settings()
    assistant = open_assistant(settings, lambda message: print(message, file=sys.stderr))
    serve_page(assistant, host, port, open_reception(settings))


if __name__ == "__main__":
    sys.exit(main())
