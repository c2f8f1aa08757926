"""Answers that need not be made twice: a publication does not change, so an address has one answer all day."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

MOST = 64 * 2**20  # bytes of bodies that are kept
LONGEST = 2**20  # of one


class Kept:
    """Whole answers by address, those asked for last; each is the list of ASGI messages it was sent as."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held = 0
        self._answers: OrderedDict[object, list[Message]] = OrderedDict()

    async def send(self, address: object, send: Send) -> bool:
        """Send the answer that is kept for this address. False when there is none."""
        messages = self._answers.get(address)
        if messages is None:
            return False
        self._answers.move_to_end(address)
        for message in messages:
            await send(message)
        return True

    def keeping(self, address: object, send: Send) -> Send:
        """``send``, and keep what is sent: a whole answer 200 that is not too long."""
        messages: list[Message] = []
        size = 0

        async def send_and_keep(message: Message) -> None:
            nonlocal size
            await send(message)
            size += len(message.get("body", b""))
            if size > LONGEST or message.get("status", 200) != 200:
                size = LONGEST + 1
                messages.clear()
                return
            messages.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self._keep(address, messages, size)

        return send_and_keep

    def _keep(self, address: object, messages: list[Message], size: int) -> None:
        if address in self._answers:
            return
        self._answers[address] = messages
        self._held += size
        while self._held > self._most:
            _, oldest = self._answers.popitem(last=False)
            self._held -= sum(len(message.get("body", b"")) for message in oldest)
