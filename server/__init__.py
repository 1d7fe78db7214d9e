"""The server: an authority that hosts rooms, a front that serves pages, and one public port before both."""
