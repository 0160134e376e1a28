"""So many questions are asked at once and so many wait; who comes after is told so, and nothing is kept (R8)."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from missingnet.graph.turns import TooManyWait, Turns


class Engine:
    """Answers when it is let; says how many ask it at once."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self._lock = threading.Lock()
        self.asking = self.most = self.asked = 0

    def answer(self, number: int) -> int:
        with self._lock:
            self.asked += 1
            self.asking += 1
            self.most = max(self.most, self.asking)
        assert self.let.wait(30)
        with self._lock:
            self.asking -= 1
        return number


async def until(so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 10
    while not so():
        assert time.monotonic() < give_up
        await asyncio.sleep(0.005)


def run(test: Callable[[Turns, Engine], Awaitable[Any]], at_once: int = 2, waiting: int = 3) -> Engine:
    turns, engine = Turns(at_once, waiting), Engine()
    try:
        asyncio.run(test(turns, engine))  # type: ignore[arg-type]
    finally:
        engine.let.set()
        turns.end()
    return engine


def test_beyond_those_who_may_wait_nobody_is_taken_and_those_who_wait_are_answered() -> None:
    async def test(turns: Turns, engine: Engine) -> None:
        tasks = [asyncio.create_task(turns.take(engine.answer, number)) for number in range(40)]
        await until(lambda: engine.asking == 2 and turns.waiting == 3)
        refused = [task for task in tasks if task.done()]
        assert len(refused) == 35
        assert all(isinstance(task.exception(), TooManyWait) for task in refused)
        engine.let.set()
        answered = await asyncio.gather(*(task for task in tasks if task not in refused))
        assert sorted(answered) == [0, 1, 2, 3, 4]
        assert (turns.waiting, await turns.take(engine.answer, 7)) == (0, 7)

    engine = run(test)
    assert (engine.most, engine.asked) == (2, 6)


def test_who_gives_up_waiting_leaves_room_and_is_never_asked() -> None:
    async def test(turns: Turns, engine: Engine) -> None:
        tasks = [asyncio.create_task(turns.take(engine.answer, number)) for number in range(5)]
        await until(lambda: engine.asking == 2 and turns.waiting == 3)
        for task in tasks[2:]:
            task.cancel()
        await asyncio.gather(*tasks[2:], return_exceptions=True)
        assert turns.waiting == 0
        again = asyncio.create_task(turns.take(engine.answer, 9))
        await until(lambda: turns.waiting == 1)
        engine.let.set()
        assert await again == 9

    assert run(test).asked == 3


def test_a_question_given_up_keeps_its_thread_so_that_a_silent_engine_is_asked_by_no_more() -> None:
    async def test(turns: Turns, engine: Engine) -> None:
        for _ in range(4):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await turns.take(engine.answer, 0)
        assert (engine.asked, turns.waiting) == (2, 0)
        engine.let.set()
        await until(lambda: engine.asking == 0)
        assert await turns.take(engine.answer, 3) == 3

    assert run(test).most == 2
