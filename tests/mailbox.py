"""A real mail server on loopback for tests: it keeps what it received, and can say no or be slow."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from strategy.config import Smtp
from tests.servers import free_port


@dataclass
class Mailbox:
    """What came, in order; addresses in `refused` get a no. With a file, each mail is noted there at once."""

    refused: set[str] = field(default_factory=set)
    delay: float = 0
    received: list[EmailMessage] = field(default_factory=list)
    noted: Path | None = None
    port: int = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        time.sleep(self.delay)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append(message)
        if self.noted:
            with self.noted.open("a") as file:
                file.write(f"{message['Message-ID']}\n")
        return "250 OK"

    @property
    def smtp(self) -> Smtp:
        return Smtp("127.0.0.1", self.port, "none", "", "", "plan@eksempel.no")

    @property
    def to(self) -> list[str]:
        return [str(message["To"]) for message in self.received]


@contextmanager
def open_mailbox(**said: Any) -> Iterator[Mailbox]:
    """A server on a free port."""
    box = Mailbox(**said, port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
