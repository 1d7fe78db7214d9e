"""How the client becomes a page: template, shim, runtime and the build that joins them. Never imported at run time."""
