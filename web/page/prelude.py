"""Gives the game pygbag's two promises inside Pyodide: `asyncio.sleep(0)` is one frame, `asyncio.run` does not block.

Run once by runtime.js before the game. It patches asyncio, because the game itself must not know where it runs.
"""

import asyncio
import os
import runpy
import sys
import traceback
from collections.abc import Coroutine
from typing import Any

from js import shim
from pyodide.ffi import create_proxy

APP = "/app/assets"
"""Where pygbag's archive puts the packed folder."""

_sleep = asyncio.sleep
_waiting: list[asyncio.Future[None]] = []


def _wake() -> None:
    woken = _waiting[:]
    _waiting.clear()
    for future in woken:
        if not future.done():
            future.set_result(None)


async def _sleep_or_frame(delay: float, result: Any = None) -> Any:
    if delay > 0:
        return await _sleep(delay, result)
    future = asyncio.get_running_loop().create_future()
    _waiting.append(future)
    shim.ask_frame()
    await future
    return result


def _ended(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        shim.fail("".join(traceback.format_exception(error)))


def _run(coroutine: Coroutine[Any, Any, Any], **_: Any) -> asyncio.Task[Any]:
    task = asyncio.get_event_loop().create_task(coroutine)
    task.add_done_callback(_ended)
    return task


shim.attach(create_proxy(_wake))
vars(asyncio).update(sleep=_sleep_or_frame, run=_run)
# SDL would take every key of the window, also those typed into the page's forms: the shim listens instead.
os.environ["SDL_EMSCRIPTEN_KEYBOARD_ELEMENT"] = "#nowhere"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
os.chdir(APP)
sys.path.insert(0, APP)
sys.argv = ["main.py"]
runpy.run_path(f"{APP}/main.py", run_name="__main__")
