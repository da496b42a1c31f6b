"""A name server that knows one address for every name, and can be told another."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Self

_HEADER = 12
_A = b"\0\1"


class NameServer:
    """Answers questions for an IPv4 address, at ``port`` of loopback, where its last answer holds a second."""

    def __init__(self, address: str) -> None:
        self.address: str | None = address
        """What all names resolve to; None where there is no such name."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        while True:
            question, asker = self._socket.recvfrom(512)
            if not question:
                return
            self._socket.sendto(self._answer(question), asker)

    def _answer(self, question: bytes) -> bytes:
        """The question again, with the address behind it (RFC 1035, section 4)."""
        end = question.index(b"\0", _HEADER) + 5
        asked, kind = question[_HEADER:end], question[end - 4 : end - 2]
        if self.address is None:
            return question[:2] + b"\x81\x83\0\1\0\0\0\0\0\0" + asked
        if kind != _A:
            return question[:2] + b"\x81\x80\0\1\0\0\0\0\0\0" + asked
        record = b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4" + socket.inet_aton(self.address)
        return question[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + asked + record

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(10)
        self._socket.close()
