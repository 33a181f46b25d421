"""Starts the web page: `python app.py [--host 127.0.0.1] [--port 7860]`, the same as `mic serve`."""

import argparse
import sys

from assistant.config import load_settings
from assistant.errors import MicError


def main(arguments: list[str] | None = None) -> int:
    """Opens the assistant and serves it until interrupted. Returns the exit code, which is that of `mic serve`."""
    parser = argparse.ArgumentParser(description="网页问答")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址")
    parser.add_argument("--port", type=int, default=7860, help="端口")
    options = parser.parse_args(arguments)
    try:
        from assistant.ui.serving import serve_web

        serve_web(load_settings(), options.host, options.port, lambda message: print(message, file=sys.stderr))
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
