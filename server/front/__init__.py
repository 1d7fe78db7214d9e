"""The front: pages, files of the built client, the HTTP API, and what guards them."""
