# /// script
# requires-python = ">=3.11"
# dependencies = ["pygame-ce", "msgpack"]
# ///
"""The client's entry point, in a browser tab and on a desktop: one coroutine, one `await asyncio.sleep(0)` a frame."""

from __future__ import annotations

import asyncio

from game.platform import here
from game.ui.app import App


async def main() -> None:
    """Play until the window closes."""
    platform = here()
    await App(platform, platform.link()).run()


if __name__ == "__main__":
    asyncio.run(main())
