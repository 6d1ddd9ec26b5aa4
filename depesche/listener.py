"""A partner for the demo: takes webhooks on a loopback port and notes when each came."""

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue


@dataclass(frozen=True, slots=True)
class Delivered:
    """One webhook call; `at` is monotonic seconds."""

    headers: dict[str, str]
    body: bytes
    at: float


@dataclass(slots=True)
class Listener:
    """Answers every POST with 204 and puts it into `deliveries`."""

    deliveries: "Queue[Delivered]" = field(default_factory=Queue)
    server: ThreadingHTTPServer | None = None

    def start(self) -> int:
        """Begin to listen; return the port."""
        deliveries = self.deliveries

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                at = time.monotonic()
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(204)
                self.end_headers()
                deliveries.put(Delivered(headers, body, at))

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
                """Stay silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return int(self.server.server_port)

    def stop(self) -> None:
        """Stop listening."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
