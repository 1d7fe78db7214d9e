"""`python -m game`: the client in a desktop window, for development."""

from __future__ import annotations

import asyncio

from game.main import main

asyncio.run(main())
